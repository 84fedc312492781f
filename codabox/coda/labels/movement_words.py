"""How people call a movement, shorter than its codes: English, Dutch, French, German."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Family and operation; dots stand for any: a whole family, or an operation in every family.
HEADS: Mapping[str, tuple[str, str, str, str]] = {
    # cards and terminals
    "0402": ("Card payment", "Kaartbetaling", "Paiement par carte", "Kartenzahlung"),
    "0403": (
        "Credit card settlement",
        "Afrekening kredietkaart",
        "Décompte carte de crédit",
        "Kreditkartenabrechnung",
    ),
    "0404": ("Cash withdrawal", "Geldopname", "Retrait d'argent", "Geldabhebung"),
    "0406": (
        "Fuel card payment",
        "Betaling met tankkaart",
        "Paiement par carte carburant",
        "Zahlung mit Tankkarte",
    ),
    "0407": ("Mobile payment", "Mobiele betaling", "Paiement mobile", "Mobile Zahlung"),
    "0408": (
        "Card payment outside the eurozone",
        "Kaartbetaling buiten de eurozone",
        "Paiement par carte hors zone euro",
        "Kartenzahlung außerhalb der Eurozone",
    ),
    "0409": (
        "Prepaid card loaded",
        "Prepaidkaart opgeladen",
        "Carte prépayée rechargée",
        "Prepaidkarte aufgeladen",
    ),
    "0450": (
        "Terminal receipts",
        "Ontvangsten betaalterminal",
        "Recettes terminal de paiement",
        "Einnahmen Zahlungsterminal",
    ),
    "0453": (
        "Cash deposit at a machine",
        "Storting aan automaat",
        "Versement à l'automate",
        "Einzahlung am Automaten",
    ),
    # direct debits
    "0501": ("Direct debit", "Domiciliëring", "Domiciliation", "Lastschrift"),
    "0503": (
        "Unpaid direct debit",
        "Onbetaalde domiciliëring",
        "Domiciliation impayée",
        "Unbezahlte Lastschrift",
    ),
    "0505": (
        "Direct debit refunded to the debtor",
        "Domiciliëring terugbetaald aan de debiteur",
        "Domiciliation remboursée au débiteur",
        "Lastschrift dem Schuldner erstattet",
    ),
    "0550": (
        "Direct debit collected",
        "Inning domiciliëring",
        "Encaissement de domiciliation",
        "Lastschrifteinzug",
    ),
    "0552": (
        "Direct debit collected under reserve",
        "Inning domiciliëring onder voorbehoud",
        "Encaissement de domiciliation sauf bonne fin",
        "Lastschrifteinzug unter Vorbehalt",
    ),
    "0554": (
        "Direct debit refunded",
        "Terugbetaalde domiciliëring",
        "Domiciliation remboursée",
        "Erstattete Lastschrift",
    ),
    "0558": (
        "Direct debit reversed",
        "Teruggeboekte domiciliëring",
        "Domiciliation extournée",
        "Rückgebuchte Lastschrift",
    ),
    # cash
    "0901": (
        "Cash withdrawal at the counter",
        "Geldopname aan het loket",
        "Retrait au guichet",
        "Barabhebung am Schalter",
    ),
    "0913": (
        "Cash withdrawal at a branch",
        "Geldopname via kantoor",
        "Retrait en agence",
        "Barabhebung in der Filiale",
    ),
    "0950": ("Cash deposit", "Storting contanten", "Versement d'espèces", "Bareinzahlung"),
    "0952": (
        "Night safe deposit",
        "Storting nachtkluis",
        "Versement coffre de nuit",
        "Einzahlung Nachttresor",
    ),
    # loans
    "1301": (
        "Short-term loan",
        "Lening op korte termijn",
        "Prêt à court terme",
        "Kurzfristiges Darlehen",
    ),
    "1302": (
        "Long-term loan",
        "Lening op lange termijn",
        "Prêt à long terme",
        "Langfristiges Darlehen",
    ),
    "1305": (
        "Fixed advance repaid",
        "Terugbetaling vast voorschot",
        "Remboursement d'avance fixe",
        "Rückzahlung fester Vorschuss",
    ),
    "1307": ("Loan instalment", "Afbetaling lening", "Mensualité de prêt", "Darlehensrate"),
    "1311": (
        "Mortgage repayment",
        "Terugbetaling woonkrediet",
        "Remboursement crédit hypothécaire",
        "Rückzahlung Hypothekendarlehen",
    ),
    "1315": ("Leasing", "Leasing", "Leasing", "Leasing"),
    "1350": (
        "Loan paid out",
        "Uitbetaling lening",
        "Mise à disposition du prêt",
        "Darlehensauszahlung",
    ),
    "1360": (
        "Mortgage paid out",
        "Opname woonkrediet",
        "Mise à disposition du crédit hypothécaire",
        "Auszahlung Hypothekendarlehen",
    ),
    # charges and interest
    "35..": (
        "Periodic settlement of interest and charges",
        "Periodieke afrekening van interesten en kosten",
        "Décompte périodique d'intérêts et frais",
        "Periodischer Kontoabschluss (Zinsen und Gebühren)",
    ),
    "80..": ("Bank charges", "Bankkosten", "Frais bancaires", "Bankgebühren"),
    "..37": ("Bank charges", "Bankkosten", "Frais bancaires", "Bankgebühren"),
    "..87": (
        "Bank charges refunded",
        "Terugbetaling bankkosten",
        "Remboursement de frais bancaires",
        "Erstattung Bankgebühren",
    ),
}

WORDS: Mapping[str, tuple[str, str, str, str]] = {
    "on": ("on", "op", "sur", "auf"),
    "mandate": ("mandate", "mandaat", "mandat", "Mandat"),
    "loan": ("loan", "lening", "prêt", "Darlehen"),
    "interest": ("interest", "interesten", "intérêts", "Zinsen"),
    "invoice": ("statement", "afrekening", "décompte", "Abrechnung"),
    "check_fails": (
        "the check digits do not fit",
        "het controlegetal klopt niet",
        "chiffres de contrôle incorrects",
        "Prüfziffern falsch",
    ),
    "creditor": (
        "Ultimate creditor",
        "Uiteindelijke schuldeiser",
        "Créancier final",
        "Endgültiger Gläubiger",
    ),
    "debtor": (
        "Ultimate debtor",
        "Uiteindelijke debiteur",
        "Débiteur final",
        "Endgültiger Schuldner",
    ),
}
