"""What CodaBox knows of a client, turned into what its company will be; nothing here is looked up.

Absent is unknown: of an account without currency the one of the company is meant, and what cannot be
used is noted, with the facts of a sentence of ``reasons/creating.py``.
"""

from dataclasses import dataclass

from ...codabox import clean_iban, grouped_iban, iban_problem

# CodaBox's word for an account or a mandate that brings nothing any more (API 7.3.10, 7.4).
ARCHIVED = "archived"

# Language at CodaBox -> those of Odoo that do, the best one first.
LANGUAGES = {
    "nl": ("nl_BE", "nl_NL"),
    "fr": ("fr_BE", "fr_FR"),
    "de": ("de_DE",),
    "en": ("en_GB", "en_US"),
}


@dataclass(frozen=True, slots=True)
class PlannedAccount:
    """One currency of a bank account that gets a journal.

    :param currency: its code; empty: that of the company.
    """

    iban: str
    bic: str
    currency: str = ""

    def journal_name(self, bank):
        """Return how the journal is called: bank, number, and a currency that is not the company's.

        :param str bank: how people call the bank, empty when nobody knows.
        """
        return " ".join(filter(None, [bank, grouped_iban(self.iban), self.currency]))


def known_of(client):
    """Return what is kept of a client as CodaBox lists it, for the day its company is made.

    Who signs and who is mailed are not: a company needs no person.

    :param Client client: the client at CodaBox.
    :rtype: dict
    """
    entity = client.legal_entity
    return {
        "name": entity.name or "",
        "street": entity.address or "",
        "street2": entity.address2 or "",
        "zip": entity.zip or "",
        "city": entity.city or "",
        "language": client.language or "",
        "accounts": [
            {
                "iban": account.iban,
                "bic": account.bank_id,
                "state": account.state,
                "currencies": list(account.currencies),
            }
            for account in client.bank_accounts
        ],
    }


def planned_accounts(known, mandates, currency):
    """Return the accounts that get a journal, and a note on each that gets none.

    :param dict known: as ``known_of`` gives it; empty when nothing was kept yet.
    :param mandates: (IBAN, BIC) of the accounts of mandates for statements.
    :param str currency: code of the currency of the company.
    :rtype: tuple[list[PlannedAccount], list[tuple[str, dict]]]
    """
    accounts, notes, seen = [], [], set()
    for account in [*known.get("accounts", ()), *({"iban": i, "bic": b} for i, b in mandates)]:
        iban = clean_iban(account.get("iban") or "")
        if iban in seen:
            continue
        seen.add(iban)
        if note := account_note(iban, account.get("state")):
            notes.append((note, {"account": iban}))
            continue
        codes = account.get("currencies") or [currency]
        own = ("" if code == currency else code for code in codes)
        bic = account.get("bic") or ""
        accounts += [PlannedAccount(iban, bic, code) for code in dict.fromkeys(own)]
    return accounts, notes


def account_note(iban, state):
    """Return the code of why an account gets no journal, ``""`` when it does."""
    problem = iban_problem(iban)
    if problem:
        return f"create_account_{problem}"
    return "create_account_archived" if state == ARCHIVED else ""


def clean_zip(text):
    """Return a postal code as Belgium writes it, ``""`` when it is none: ``B-9000`` is 9000.

    :param str text: as CodaBox has it.
    """
    digits = (text or "").strip().upper().removeprefix("BE").removeprefix("B")
    digits = digits.strip(" -")
    return digits if len(digits) == 4 and digits.isdecimal() and digits[0] != "0" else ""


def language_for(code, installed, otherwise):
    """Return the language of Odoo for one of CodaBox, and whether it is that one.

    :param str code: ``nl``, ``fr``, ...; empty when CodaBox does not say.
    :param installed: codes of the languages that are installed.
    :param str otherwise: what is used where none does.
    :rtype: tuple[str, bool]
    """
    wanted = LANGUAGES.get((code or "")[:2].lower(), ())
    found = next((lang for lang in wanted if lang in installed), None)
    return found or otherwise, bool(found) or not code
