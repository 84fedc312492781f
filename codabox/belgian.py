"""Checks of Belgian numbers before they are sent to CodaBox."""

from __future__ import annotations

import re
from typing import Final

from stdnum.be import vat
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_NATIONAL: Final = re.compile(r"(?<!\d)(\d{2})\.?(\d{2})\.?(\d{2})[- ]?(\d{3})[-. ]?(\d{2})(?!\d)")
_BELGIAN_IBAN: Final = re.compile(r"BE[0-9]{14}")


def clean_iban(iban: str) -> str:
    """Write an account number in capitals, without blanks and signs; it is not checked."""
    return re.sub(r"[^0-9A-Z]", "", iban.upper())


def grouped_iban(iban: str | None) -> str:
    """Write an account number as people read it, in groups of four; without one, nothing."""
    number = iban or ""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def iban_problem(iban: str) -> str:
    """Say why CodaBox would refuse an account number.

    :return: ``""`` when it is fine; ``missing``; ``invalid`` (form or check digits); ``foreign``
        (valid, but CodaBox has CODA for Belgian accounts only, API 7.2).
    """
    number = clean_iban(iban)
    if not number:
        return "missing"
    # Not by stdnum.iban: it cannot be imported inside Odoo 19 (docs/adr/0001).
    if not _IBAN.fullmatch(number) or not mod_97_10.is_valid(number[4:] + number[:4]):
        return "invalid"
    if not number.startswith("BE"):
        return "foreign"
    # The Belgian number inside has check digits of its own.
    belgian = _BELGIAN_IBAN.fullmatch(number)
    return "" if belgian and (int(number[4:14]) % 97 or 97) == int(number[14:]) else "invalid"


def enterprise_number(text: str | None) -> str:
    """Write a Belgian enterprise or VAT number as CodaBox does: ``BE`` and ten digits (API 3.3).

    :param text: in any spelling, e.g. ``0477.472.701`` or ``BE 477 472 701``.
    :return: ``""`` when it is not such a number or its check digits are wrong.
    """
    try:
        digits = vat.validate("".join((text or "").split()))
    except ValidationError:
        return ""
    # It lets pass, some versions more than others, what no number has: 00, 98 and 99 for check
    # digits, and another first digit than 0 or 1.
    return f"BE{digits}" if digits[0] in "01" and 0 < int(digits[8:]) <= 97 else ""


def has_national_number(text: str) -> bool:
    """Say whether a text has what is a Belgian national number: eleven digits with their check.

    :param text: in which numbers may stand in any spelling, e.g. ``85.07.30-033.28``.
    """
    for found in _NATIONAL.finditer(text):
        digits = "".join(found.groups())
        # Born in 2000 or later, a 2 is put before it to compute the check.
        for base in (digits[:9], f"2{digits[:9]}"):
            if 97 - int(base) % 97 == int(digits[9:]):
                return True
    return False
