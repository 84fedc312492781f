"""ISO 20022 codes of returned payments and of purposes: English, Dutch, French, German.

Codes: ISO 20022 external code sets (ExternalStatusReason1Code, ExternalReturnReason1Code,
ExternalCategoryPurpose1Code), those that SEPA uses. Wording is ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_Texts = tuple[str, str, str, str]

RETURN_TYPES: Mapping[str, _Texts] = {
    "1": ("rejected", "geweigerd", "rejeté", "zurückgewiesen"),
    "2": ("returned", "teruggestuurd", "retourné", "zurückgegeben"),
    "3": ("refunded", "terugbetaald", "remboursé", "erstattet"),
    "4": ("reversed", "teruggeboekt", "extourné", "rückgebucht"),
    "5": ("cancelled", "geannuleerd", "annulé", "storniert"),
}

REASONS: Mapping[str, _Texts] = {
    "AC01": (
        "account number is wrong",
        "rekeningnummer is fout",
        "numéro de compte erroné",
        "Kontonummer ist falsch",
    ),
    "AC03": (
        "account number of the creditor is wrong",
        "rekeningnummer van de begunstigde is fout",
        "numéro de compte du bénéficiaire erroné",
        "Kontonummer des Begünstigten ist falsch",
    ),
    "AC04": (
        "account is closed",
        "rekening is afgesloten",
        "compte clôturé",
        "Konto ist geschlossen",
    ),
    "AC06": (
        "account is blocked",
        "rekening is geblokkeerd",
        "compte bloqué",
        "Konto ist gesperrt",
    ),
    "AC13": (
        "debtor is a consumer",
        "debiteur is een consument",
        "le débiteur est un consommateur",
        "Schuldner ist Verbraucher",
    ),
    "AG01": (
        "not allowed on this account",
        "niet toegestaan op deze rekening",
        "opération interdite sur ce compte",
        "auf diesem Konto nicht erlaubt",
    ),
    "AG02": (
        "bank operation code is wrong",
        "code van de verrichting is fout",
        "code d'opération erroné",
        "Vorgangscode ist falsch",
    ),
    "AM01": ("amount is zero", "bedrag is nul", "montant nul", "Betrag ist null"),
    "AM02": (
        "amount is too high",
        "bedrag is te hoog",
        "montant trop élevé",
        "Betrag ist zu hoch",
    ),
    "AM03": (
        "currency is not accepted",
        "munt wordt niet aanvaard",
        "devise non acceptée",
        "Währung wird nicht akzeptiert",
    ),
    "AM04": (
        "insufficient funds",
        "onvoldoende saldo",
        "provision insuffisante",
        "unzureichende Deckung",
    ),
    "AM05": ("duplicate", "dubbele verrichting", "opération en double", "doppelter Vorgang"),
    "AM09": ("amount is wrong", "bedrag is fout", "montant erroné", "Betrag ist falsch"),
    "BE01": (
        "name and account do not agree",
        "naam en rekening stemmen niet overeen",
        "nom et compte ne concordent pas",
        "Name und Konto stimmen nicht überein",
    ),
    "BE04": (
        "address of the creditor is missing",
        "adres van de schuldeiser ontbreekt",
        "adresse du créancier manquante",
        "Adresse des Gläubigers fehlt",
    ),
    "BE05": (
        "creditor identifier is not known",
        "identificatie van de schuldeiser is onbekend",
        "identifiant du créancier inconnu",
        "Gläubiger-Identifikation ist unbekannt",
    ),
    "CNOR": (
        "bank of the creditor cannot be reached",
        "bank van de schuldeiser is niet bereikbaar",
        "banque du créancier non accessible",
        "Bank des Gläubigers ist nicht erreichbar",
    ),
    "CURR": ("currency is wrong", "munt is fout", "devise erronée", "Währung ist falsch"),
    "CUST": (
        "asked by the customer",
        "op vraag van de klant",
        "à la demande du client",
        "auf Wunsch des Kunden",
    ),
    "DNOR": (
        "bank of the debtor cannot be reached",
        "bank van de debiteur is niet bereikbaar",
        "banque du débiteur non accessible",
        "Bank des Schuldners ist nicht erreichbar",
    ),
    "DUPL": ("duplicate", "dubbele betaling", "paiement en double", "doppelte Zahlung"),
    "ED05": (
        "settlement failed",
        "afwikkeling mislukt",
        "échec du règlement",
        "Abwicklung fehlgeschlagen",
    ),
    "FF01": (
        "file format is wrong",
        "bestandsformaat is fout",
        "format de fichier erroné",
        "Dateiformat ist falsch",
    ),
    "FF05": (
        "kind of direct debit is wrong",
        "soort domiciliëring is fout",
        "type de domiciliation erroné",
        "Lastschriftart ist falsch",
    ),
    "FOCR": (
        "following a request for cancellation",
        "na een verzoek tot annulering",
        "suite à une demande d'annulation",
        "nach einem Stornierungsantrag",
    ),
    "FRAD": (
        "possible fraud",
        "mogelijke fraude",
        "fraude possible",
        "möglicher Betrug",
    ),
    "MD01": (
        "no valid mandate",
        "geen geldig mandaat",
        "pas de mandat valable",
        "kein gültiges Mandat",
    ),
    "MD02": (
        "mandate data are missing",
        "gegevens van het mandaat ontbreken",
        "données du mandat manquantes",
        "Mandatsdaten fehlen",
    ),
    "MD06": (
        "debtor asked for a refund",
        "debiteur vroeg terugbetaling",
        "remboursement demandé par le débiteur",
        "Schuldner verlangt Erstattung",
    ),
    "MD07": (
        "debtor has died",
        "debiteur is overleden",
        "débiteur décédé",
        "Schuldner ist verstorben",
    ),
    "MS02": (
        "refused by the customer, no reason given",
        "geweigerd door de klant, zonder reden",
        "refusé par le client, sans motif",
        "vom Kunden ohne Angabe von Gründen abgelehnt",
    ),
    "MS03": (
        "refused by the bank, no reason given",
        "geweigerd door de bank, zonder reden",
        "refusé par la banque, sans motif",
        "von der Bank ohne Angabe von Gründen abgelehnt",
    ),
    "NOAS": (
        "no answer of the customer",
        "geen antwoord van de klant",
        "pas de réponse du client",
        "keine Antwort des Kunden",
    ),
    "RC01": (
        "bank code (BIC) is wrong",
        "bankcode (BIC) is fout",
        "code bancaire (BIC) erroné",
        "Bankcode (BIC) ist falsch",
    ),
    "RR01": (
        "account or identification of the debtor is missing",
        "rekening of identificatie van de debiteur ontbreekt",
        "compte ou identification du débiteur manquant",
        "Konto oder Identifikation des Schuldners fehlt",
    ),
    "RR02": (
        "name or address of the debtor is missing",
        "naam of adres van de debiteur ontbreekt",
        "nom ou adresse du débiteur manquant",
        "Name oder Adresse des Schuldners fehlt",
    ),
    "RR03": (
        "name or address of the creditor is missing",
        "naam of adres van de schuldeiser ontbreekt",
        "nom ou adresse du créancier manquant",
        "Name oder Adresse des Gläubigers fehlt",
    ),
    "RR04": (
        "legal reason",
        "wettelijke reden",
        "raison réglementaire",
        "gesetzlicher Grund",
    ),
    "SL01": (
        "refused because of a service of the debtor's bank",
        "geweigerd wegens een dienst van de bank van de debiteur",
        "refusé en raison d'un service de la banque du débiteur",
        "abgelehnt wegen einer Dienstleistung der Bank des Schuldners",
    ),
    "TECH": (
        "technical problem",
        "technisch probleem",
        "problème technique",
        "technisches Problem",
    ),
    "TM01": (
        "received too late",
        "te laat ontvangen",
        "reçu trop tard",
        "zu spät eingegangen",
    ),
    "UPAY": (
        "payment was not due",
        "betaling was niet verschuldigd",
        "paiement indu",
        "Zahlung war nicht geschuldet",
    ),
}

PURPOSES: Mapping[str, _Texts] = {
    "BONU": ("bonus", "bonus", "prime", "Bonus"),
    "CASH": ("cash management", "cashmanagement", "gestion de trésorerie", "Cash-Management"),
    "CCRD": ("credit card", "kredietkaart", "carte de crédit", "Kreditkarte"),
    "CORT": ("trade settlement", "afwikkeling", "règlement de transaction", "Handelsabwicklung"),
    "DCRD": ("debit card", "debetkaart", "carte de débit", "Debitkarte"),
    "DIVI": ("dividend", "dividend", "dividende", "Dividende"),
    "GOVT": ("government payment", "overheidsbetaling", "paiement public", "Behördenzahlung"),
    "INTC": ("within the group", "binnen de groep", "intragroupe", "konzernintern"),
    "INTE": ("interest", "interesten", "intérêts", "Zinsen"),
    "LOAN": ("loan", "lening", "prêt", "Darlehen"),
    "OTHR": ("other", "andere", "autre", "Sonstiges"),
    "PENS": ("pension", "pensioen", "pension", "Rente"),
    "RENT": ("rent", "huur", "loyer", "Miete"),
    "SALA": ("wages", "lonen", "salaires", "Löhne und Gehälter"),
    "SECU": ("securities", "effecten", "titres", "Wertpapiere"),
    "SSBE": ("social security", "sociale zekerheid", "sécurité sociale", "Sozialversicherung"),
    "SUPP": ("supplier payment", "leveranciersbetaling", "paiement fournisseur", "Lieferant"),
    "TAXS": ("taxes", "belastingen", "impôts", "Steuern"),
    "TRAD": ("trade", "handel", "commerce", "Handel"),
    "TREA": ("treasury", "thesaurie", "trésorerie", "Treasury"),
    "VATX": ("VAT", "btw", "TVA", "MwSt."),
    "WHLD": ("withholding tax", "voorheffing", "précompte", "Quellensteuer"),
}
