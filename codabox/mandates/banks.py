"""How each bank has its CODA mandates signed, and what a client must know or do.

Facts are from CodaBox's help pages: API 7.2, ``docs/reference/mandates.md`` 2. CodaBox's own list
(contract P9) tells the method of today and goes first; this table adds what that list does not say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import stdnum
from stdnum import numdb

from ..belgian import clean_iban

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# How a client signs: by CodaBox's own link, by a Twikey link, in the bank's app, or on paper.
CODABOX_SIGN: Final = "codabox_sign"
TWIKEY: Final = "twikey"
APP: Final = "app"
PAPER: Final = "paper"

# Bank codes of the banks that exist only in CodaBox's sandbox (API 2). In reality they belong to
# others, so they count only where CodaBox lists these banks.
_FAKE_BANKS: Final = {"974": "CDBXBE33", "977": "CDBXBE34"}


@dataclass(frozen=True, slots=True)
class BankRule:
    """What is known of a bank's mandates.

    :param bic: eight characters.
    :param method: ``codabox_sign``, ``twikey``, ``app`` or ``paper``.
    :param has_pdf: whether there is a document on paper at all.
    :param activate_in_app: the client must also activate CodaBox in the app of the bank, for each
        account, and undo that there in the end.
    :param fee_after_archiving: archiving at CodaBox does not stop the bank's fee; the client
        revokes at the bank.
    :param again_from_day: day of the next month from which an account can be ordered again after
        the bank's billing was stopped.
    :param refused_accounts: products for which there is no CODA.
    """

    bic: str
    name: str
    method: str
    has_pdf: bool = True
    activate_in_app: bool = False
    fee_after_archiving: bool = False
    again_from_day: int | None = None
    refused_accounts: tuple[str, ...] = ()

    @property
    def signing(self) -> str:
        """``online``, ``app`` or ``paper``, in the words of contract P9."""
        return self.method if self.method in (APP, PAPER) else "online"


# BICs: see _banks_by_code. Viva Wallet signs with CodaBox-sign too (docs/reference/mandates.md
# 2.1), but is not in that list: its accounts cannot be recognised.
BANK_RULES: Final = (
    BankRule("ARSPBE22", "Argenta", CODABOX_SIGN),
    BankRule("CTBKBEBX", "Beobank", CODABOX_SIGN),
    BankRule("CPHBBE75", "CPH", CODABOX_SIGN),
    BankRule("EURBBE99", "Europabank", CODABOX_SIGN),
    BankRule("BBRUBEBB", "ING", CODABOX_SIGN, again_from_day=10, refused_accounts=("ING Lion",)),
    BankRule("TRIOBEBB", "Triodos", CODABOX_SIGN),
    BankRule("VDSPBE91", "vdk bank", CODABOX_SIGN),
    BankRule("JVBABE22", "Bank Van Breda", TWIKEY),
    BankRule(
        "GKCCBEBB", "Belfius", TWIKEY, has_pdf=False, fee_after_archiving=True, again_from_day=13
    ),
    BankRule("GEBABEBB", "BNP Paribas Fortis", TWIKEY, fee_after_archiving=True, again_from_day=20),
    BankRule("NICABEBB", "Crelan", TWIKEY),
    BankRule("AXABBE22", "Crelan", TWIKEY),  # the former AXA Bank
    BankRule("KREDBEBB", "KBC", APP, activate_in_app=True, refused_accounts=("KBC investment",)),
    BankRule("CREGBEBB", "CBC", APP, activate_in_app=True),
    BankRule("BNAGBEBB", "Nagelmackers", PAPER),
)
# An installation of Odoo may bring a list of 2021 or 2023. Between those and that of 2026 only this
# changed for the banks of the rules.
_TAKEN_OVER: Final = {"BPOTBEB1": "GEBABEBB"}
# "Arkéa Direct Bank (nom commercial / commerciële naam: Keytrade Bank)" in the list of banks.
_TRADE_NAME: Final = re.compile(r"naam: ([^)]+)")
_BY_BANK: Final = {rule.bic[:4]: rule for rule in BANK_RULES}

# The secretariat that has the office sign a contract of its own (docs/reference/mandates.md 1.4).
_OWN_CONTRACT: Final = "securex"


def bank_rule(bic: str | None) -> BankRule | None:
    """Give what is known of a bank.

    :param bic: its BIC, of 8 or 11 characters; the first four name the bank.
    :return: ``None`` when the reference says nothing about it.
    """
    return _BY_BANK.get((bic or "")[:4].upper())


def read_list(lines: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Read a list of banks as python-stdnum has it, of whatever year.

    :return: code -> BIC of eight characters and name, of codes that belong to a bank. The code is
        the three digits after the check digits of a Belgian account.
    """
    listed = numdb.read(lines)
    found = {}
    for code in map("{:03d}".format, range(1000)):
        bank = listed.info(code)[0][1]
        if "bic" in bank:
            bic = bank["bic"][:8]
            found[code] = _TAKEN_OVER.get(bic, bic), bank["bank"]
    return found


@cache
def _banks_by_code() -> dict[str, tuple[str, str]]:
    """Give the banks of the National Bank's list, see :func:`read_list`.

    It is read as the file that it is: inside Odoo 19 python-stdnum cannot open its own data,
    because Odoo loads that package in a way of its own ("Can't open orphan path", 2026-11-30).
    """
    file = Path(stdnum.__file__).parent / "be" / "banks.dat"
    with file.open(encoding="utf-8") as lines:
        return read_list(lines)


def bic_of(iban: str, bank_ids: Collection[str] = ()) -> str:
    """Give the BIC of the bank of a Belgian account, from its bank code.

    :param iban: in any spelling.
    :param bank_ids: the banks CodaBox lists (P9); needed to recognise those of its sandbox.
    :return: ``""`` when the account is not Belgian or the code is not given to a bank.
    """
    number = clean_iban(iban)
    if not number.startswith("BE") or len(number) != 16 or not number[2:].isdecimal():
        return ""
    fake = _FAKE_BANKS.get(number[4:7])
    if fake and fake in bank_ids:
        return fake
    return _banks_by_code().get(number[4:7], ("", ""))[0]


@cache
def _listed_names() -> dict[str, str]:
    """Give bank -> its shortest name in the list, by the first four letters of its BIC."""
    names: dict[str, str] = {}
    for bic, written in _banks_by_code().values():
        trade = _TRADE_NAME.search(written)
        name = trade[1] if trade else written.partition(" (")[0]
        names[bic[:4]] = min(names.get(bic[:4], name), name, key=len)
    return names


def bank_name(bic: str | None) -> str:
    """Give the name of a bank: as people call it where a rule says so, else as it is listed.

    :param bic: its BIC, of 8 or 11 characters; the first four name the bank.
    :return: ``""`` when it is no bank of the list.
    """
    rule = bank_rule(bic)
    return rule.name if rule else _listed_names().get((bic or "")[:4].upper(), "")


def group_by_bank(
    ibans: Iterable[str], bank_ids: Collection[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Group accounts as CodaBox does: one mandate, and one fee, per company and bank.

    :param bank_ids: see :func:`bic_of`.
    :return: BIC -> IBANs without blanks, each once, in the order given; ``""`` for accounts whose
        bank is not known.
    """
    groups: dict[str, list[str]] = {}
    for iban in dict.fromkeys(map(clean_iban, ibans)):
        groups.setdefault(bic_of(iban, bank_ids), []).append(iban)
    return {bic: tuple(found) for bic, found in groups.items()}


def wants_own_contract(secretariat: str) -> bool:
    """Say whether the office must also sign a delivery contract with this secretariat.

    :param secretariat: its slug or name.
    """
    return _OWN_CONTRACT in secretariat.lower()
