"""The words of payroll labels: a label of these alone names no person.

A label that stands with one code once, as of one director, cannot be told from a name by what
surrounds it. So a word that is not here is taken for a name, and its label is left out.
"""

from __future__ import annotations

import re

# How the words begin, in Dutch, French, German and English.
_BEGINNINGS = (
    "aandeel", "aanvull", "abonn", "abzug", "acompte", "admin", "afhoud", "allocat", "amount",
    "andere", "angestellt", "arbeider", "arbeids", "arbeiter", "arbeitg", "arbeitn", "arrond",
    "assur", "atn", "autre", "auto", "avance", "avant", "bedien", "bedrag", "bedrijf", "beloning",
    "benefit", "betaal", "betal", "bezold", "bijdrage", "bonus", "brut", "cadre", "charge",
    "cheque", "chèque", "commiss", "company", "congé", "contrib", "correct", "cotis", "dett",
    "dienst", "direct", "double", "dubbel", "eco", "eindejaar", "employ", "enkel", "entreprise",
    "expens", "extra", "fiets", "fiscal", "fonds", "frais", "gehalt", "gewaarborgd", "gezondheid",
    "groep", "gross", "groupe", "holiday", "hosp", "indemn", "insur", "internet",
    "jaar", "kader", "kilom", "kost", "leas", "lohn", "lonen", "loon", "maalt", "maand",
    "meal", "mobil", "mois", "month", "net", "nsso", "onkost", "onss", "ouvr", "overig", "overuren",
    "patron", "pay", "pécul", "pecul", "pension", "pensioen", "person", "ploeg", "portion", "préc",
    "prec", "premi", "prime", "prov", "recht", "reduct", "reduction", "réduct", "regul", "régul",
    "rémun", "remun", "repas", "retenue", "rsz", "salai", "salar", "saldo", "schuld", "secur",
    "sécur", "simple", "social", "sociaal", "sociale", "solidar", "sozial", "staff", "steuer",
    "struct", "studen", "subsid", "suppl", "tax", "thuis", "ticket", "toelag", "transport",
    "travail", "unpaid", "vacan", "vacation", "vakan", "vakbond", "vergoed", "vermindering",
    "verplaats", "verrekening", "verzek", "vervoer", "voordeel", "voorheffing", "voorschot",
    "vrijwill", "wage", "wedde", "werk", "withh", "woon", "work", "year", "zaakvoerder", "zieke",
)  # fmt: skip
_BETWEEN = {
    "à", "aan", "and", "au", "aux", "bij", "d", "de", "der", "des", "die", "du", "een", "en", "et",
    "for", "in", "l", "la", "le", "les", "of", "on", "op", "or", "ou", "par", "per", "pour", "sur",
    "te", "the", "to", "und", "van", "voor", "zu",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
# As long as this it may be the number of an employee.
_LONG_NUMBER = re.compile(r"\d{6,}")


def names_nobody(label: str) -> bool:
    """Return whether a label consists of payroll words, one at least, and no long number."""
    words = [word.lower() for word in _WORD.findall(label)]
    payroll = [word for word in words if word.startswith(_BEGINNINGS)]
    others = set(words) - set(payroll) - _BETWEEN
    return bool(payroll) and not others and not _LONG_NUMBER.search(label)
