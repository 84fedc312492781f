"""Account numbers: Belgian numbers to IBAN, and the account fields of records 1, 8 and 2.3."""

from __future__ import annotations

import re
from typing import NamedTuple

from .layout import ACCOUNT_STRUCTURES, cut
from .values import is_digits

_CURRENCY = re.compile(r"[A-Z]{3}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")

_BBAN_SIZE = 12
# B, E and the two zeros that stand for the unknown check digits, as ISO 13616 counts letters.
_BE00 = "111400"


class AccountField(NamedTuple):
    """What an account and currency field says; ``number`` is clean, ``raw`` as written."""

    number: str
    raw: str
    currency: str
    extension: str = ""


def is_valid_bban(number: str) -> bool:
    """Return whether these are the 12 digits of a Belgian account with its check digits."""
    if len(number) != _BBAN_SIZE or not is_digits(number) or not int(number):
        return False
    return (int(number[:10]) % 97 or 97) == int(number[10:])


def bban_to_iban(number: str) -> str:
    """Return the Belgian IBAN of the 12 digits of an old account number."""
    return f"BE{98 - int(number + _BE00) % 97:02d}{number}"


def read_account(text: str, structure: str) -> AccountField:
    """Read the account field of records 1 and 8; ``structure`` is the digit of record 1.

    A Belgian number becomes an IBAN even when its check digits are wrong: the bank says that it
    is one.
    """
    parts = cut(ACCOUNT_STRUCTURES[structure], text)
    raw = parts["number"].strip()
    number = _without_blanks(raw)
    if structure in ("", "0") and len(number) == _BBAN_SIZE and is_digits(number):
        number = bban_to_iban(number)
    currency = parts["currency"].strip() or "EUR"
    return AccountField(number, raw, currency, parts.get("extension", "").strip())


def read_counterparty(text: str) -> tuple[str, str]:
    """Return number and currency of the account of a 2.3 record.

    The structure digit is not about this field: each value is judged by itself. Twelve digits
    are a Belgian account when their check digits agree, otherwise a card or ledger number, left
    as it is. Zeros only are no account.
    """
    if is_digits(text[:_BBAN_SIZE]) and text[_BBAN_SIZE : _BBAN_SIZE + 1] in ("", " "):
        number, currency = text[:_BBAN_SIZE], text[13:16]
    else:
        number, currency = text[:34], text[34:37]
        if not _CURRENCY.fullmatch(currency):
            # A foreign number that runs on to the end of the field.
            number, currency = text, ""
    number = _without_blanks(number)
    if not number.strip("0"):
        return "", ""
    if is_valid_bban(number):
        number = bban_to_iban(number)
    return number, currency if _CURRENCY.fullmatch(currency) else ""


def read_bic(text: str) -> str:
    """Return the BIC, empty when the field holds zeros or something else."""
    text = text.strip()
    return text if _BIC.fullmatch(text) else ""


def _without_blanks(text: str) -> str:
    return text.replace(" ", "")
