"""The words of payroll labels: a label of these alone names no person.

A label that stands with one code once, as of one director, cannot be told from a name by what
surrounds it. So a word that is not here is taken for a name, and its label is left out.
"""

from __future__ import annotations

import re

# How words begin, in Dutch, French, German and English. No surname begins so: "prov" would be that
# of a Provoost, "wage" that of a Wagemans.
_BEGINNINGS = (
    "aandeel", "aanvull", "abfindung", "abonn", "abzug", "acompte", "admin", "afhoud",
    "afronding", "allocat", "amount", "anciennete", "ancienneté", "anciënniteit", "andere",
    "angestellt", "apprenti", "arbeider", "arbeids", "arbeiter", "arbeitg", "arbeitn",
    "arbeitsunfall", "arrond", "assur", "autok", "autov", "autre", "avance", "avant", "bedien",
    "bedrag", "bedrijf", "beitrag", "beiträge", "beloning", "benefit", "berufssteuer",
    "bestuurder", "betaal", "betal", "bezold", "bicyclette", "bijdrage", "bijzonder", "bonus",
    "brutob", "brutol", "brutow", "bruttog", "bruttol", "charge", "cheque", "chomage", "chèque",
    "chômage", "commiss", "company", "complement", "complément", "congé", "contrib",
    "conventionnel", "correct", "cotis", "deplacement", "dertiende", "dienst", "dimanche",
    "directeurs", "directi", "direktor", "dirigeant", "dispense", "doelgroep", "double", "dubbel",
    "déplacement", "ecobon", "ecocheque", "ecochèque", "ecovergoed", "eindejaar", "employ",
    "enkel", "entreprise", "entschädigung", "essensgutschein", "etudiant", "exoneration",
    "exonération", "expens", "extra", "fahrgeld", "fahrtkosten", "feestdag", "fermeture",
    "fidelite", "fidélité", "fiets", "fiscal", "fonds", "forfait", "formation", "frais",
    "garanti", "gehalt", "geschenk", "geschäftsführer", "getrouwheid", "gewaarborgd",
    "gewerkschaft", "gezondheid", "groep", "gross", "groupe", "gruppenversich", "gérant",
    "holiday", "hosp", "indemn", "ingehouden", "inhouding", "insur", "intempéries", "internet",
    "intérim", "jaareind", "jaarlijks", "jaarpremie", "jahresend", "jobstudent", "kaderp",
    "kantoorvergoed", "kilom", "kinderbijslag", "kost", "krankengeld", "krankheit", "kündigung",
    "lastenverlaging", "leasek", "leasew", "leasingk", "leerling", "licenciement", "lohn",
    "loona", "loonbelasting", "loonbeslag", "loonc", "loonk", "loonlast", "loonm", "loonsub",
    "loonv", "maalt", "maand", "mahlzeit", "maladie", "meal", "mobilit", "month", "naturalbezüge",
    "nebenkosten", "nettob", "nettog", "nettol", "nettov", "nsso", "onkost", "onss", "ontslag",
    "opleiding", "opzeg", "ordinateur", "ouvr", "overig", "overuren", "patron", "pauschal",
    "payable", "payment", "payroll", "pecul", "pensioen", "pension", "personeel", "personnel",
    "persoonlijk", "ploeg", "portion", "preavis", "prec", "premi", "prime", "profession",
    "provis", "prämie", "préavis", "préc", "pécul", "quotité", "rechthebb", "rechtstreeks",
    "reduct", "regul", "reisekosten", "remun", "repas", "retenue", "rsz", "réduct", "régul",
    "rémun", "rückstellung", "sachbezüge", "salai", "salar", "schuld", "secur", "sicherheit",
    "sluitingsfonds", "sociales", "socialeza", "socialezek", "sociaux", "solidar", "sonderbeitr",
    "sozial", "special", "spécial", "steuer", "struct", "studen", "subsid", "suppl", "syndical",
    "sécur", "tantième", "taxable", "technisch", "telefoon", "telephone", "teletravail",
    "tewerkstelling", "thuisvergoed", "thuiswerk", "ticket", "toelag", "transport", "travail",
    "treizieme", "treizième", "téléphone", "télétravail", "uitdiensttred", "unpaid",
    "urlaubsgeld", "vacan", "vacation", "vakan", "vakbond", "vergoed", "vergütung", "verkeer",
    "vermindering", "verplaats", "verrekening", "versicherung", "vervoer", "verzek", "voiture",
    "voordeel", "voordel", "voorheffing", "voorschot", "vorabzug", "vorauszahl", "vorteil",
    "vrijstelling", "vrijwill", "wedde", "weerverlet", "weihnachtsgeld", "werkgever", "werkk",
    "werkloos", "werknemer", "werkp", "werku", "werkv", "werkz", "wettelijk", "withh", "woon",
    "zaakvoerder", "zekerheid", "zieke", "zondag", "écochèq", "économique", "étudiant",
    "überstunden",
)  # fmt: skip
# Whole words: many a surname begins with one of them.
_WORDS = {
    "administrateur", "administrateurs", "amiante", "année", "années", "arbeiders", "arrondi",
    "asbest", "atn", "auto", "autos", "bedienden", "bestuurders", "brut", "brute", "brutes",
    "bruts", "brutto", "cadeau", "cadeaux", "cadre", "cadres", "caisse", "cession", "co2",
    "culture", "cultuur", "dag", "dagen", "dette", "dettes", "dienst", "direct", "directe",
    "directs", "départ", "eco", "eigene", "einde", "employé", "employés", "essen", "fiets", "fso",
    "férié", "fériés", "gedeelte", "gehälter", "gsm", "heure", "heures", "horeca", "jaar",
    "jeunes", "jour", "jours", "kader", "kaders", "krank", "laptop", "lease", "leasing", "lohn",
    "lonen", "loon", "légal", "légale", "légales", "légaux", "löhne", "mandat", "mandataire",
    "mobile", "mois", "nacht", "nature", "net", "nets", "nett", "nette", "nettes", "netto", "non",
    "nuit", "onss", "ouvriers", "overdracht", "part", "patronale", "patronales", "pay", "person",
    "plan", "ploegen", "propre", "propres", "provinciale", "provisie", "provisies", "recht",
    "rechten", "risque", "risques", "rsz", "saisie", "saldo", "scheck", "schecks", "simple",
    "sociaal", "social", "sociale", "sociales", "sociaux", "sortie", "sozial", "soziale", "sport",
    "staff", "storting", "tax", "taxe", "taxes", "thuis", "titre", "titres", "tous", "tout",
    "toute", "toutes", "uit", "uren", "versement", "vertrek", "voiture", "vélo", "wage", "wagen",
    "wages", "weekend", "werk", "wettelijke", "work", "year", "years", "zaakvoerder", "éco",
    "équipe", "équipes",
}  # fmt: skip
# What means something together only: Maribel, Job and Art are names too.
_PHRASES = (
    "alle aard", "aller art", "cash for car", "co2", "eigen aan", "einde jaar", "feestdagen na",
    "fin d'année", "fin de carrière", "fin de contrat", "fin d’année", "fiscale maribel",
    "flexi job", "flexi-job", "flexi-jobs", "flexijob", "flexijobs", "jeder art",
    "maribel social", "net à payer", "nets à payer", "sociale maribel", "van alle aard",
    "à payer",
)  # fmt: skip
_BETWEEN = {
    "à", "aan", "and", "au", "aux", "bij", "d", "de", "der", "des", "die", "du", "een", "en", "et",
    "for", "in", "l", "la", "le", "les", "of", "on", "op", "or", "ou", "par", "per", "pour", "sur",
    "te", "the", "to", "und", "van", "voor", "zu",
}  # fmt: skip
_PHRASE = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _PHRASES))})(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
# As long as this it may be the number of an employee.
_LONG_NUMBER = re.compile(r"\d{6,}")


def names_nobody(label: str) -> bool:
    """Return whether a label consists of payroll words, one at least, and no long number."""
    rest, phrases = _PHRASE.subn(" ", label.lower())
    words = _WORD.findall(rest)
    payroll = {word for word in words if word in _WORDS or word.startswith(_BEGINNINGS)}
    others = set(words) - payroll - _BETWEEN
    return bool(payroll or phrases) and not others and not has_long_number(label)


def has_long_number(label: str) -> bool:
    """Return whether a number stands in a label that may be that of an employee."""
    return bool(_LONG_NUMBER.search(label))
