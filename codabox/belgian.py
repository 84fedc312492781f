"""Checks of Belgian numbers before they are sent to CodaBox."""

from __future__ import annotations

import re
from typing import Final

_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_BELGIAN_IBAN: Final = re.compile(r"BE[0-9]{14}")
_ENTERPRISE: Final = re.compile(r"(?:BE)?([01]?[0-9]{9})")


def clean_iban(iban: str) -> str:
    """Write an account number in capitals, without blanks and signs; it is not checked."""
    return re.sub(r"[^0-9A-Z]", "", iban.upper())


def iban_problem(iban: str) -> str:
    """Say why CodaBox would refuse an account number.

    :return: ``""`` when it is fine; ``missing``; ``invalid`` (form or check digits); ``foreign``
        (valid, but CodaBox has CODA for Belgian accounts only, API 7.2).
    """
    number = clean_iban(iban)
    if not number:
        return "missing"
    if not _IBAN.fullmatch(number) or _mod97(number[4:] + number[:4]) != 1:
        return "invalid"
    if not number.startswith("BE"):
        return "foreign"
    # The Belgian number inside has check digits of its own.
    belgian = _BELGIAN_IBAN.fullmatch(number)
    return "" if belgian and (int(number[4:14]) % 97 or 97) == int(number[14:]) else "invalid"


def enterprise_number(text: str | None) -> str:
    """Write a Belgian enterprise or VAT number as CodaBox does: ``BE`` and ten digits (API 3.3).

    The last two digits are 97 minus the remainder of the first eight by 97; the first is 0 or 1,
    and people leave the 0 out.

    :param text: in any spelling, e.g. ``0477.472.701`` or ``BE 477 472 701``.
    :return: ``""`` when it is not such a number or its check digits are wrong.
    """
    match = _ENTERPRISE.fullmatch(re.sub(r"[\s./-]", "", text or "").upper())
    digits = match[1].zfill(10) if match else ""
    valid = digits.strip("0") and 97 - int(digits[:8]) % 97 == int(digits[8:])
    return f"BE{digits}" if valid else ""


def _mod97(text: str) -> int:
    return int("".join(str(int(char, 36)) for char in text)) % 97
