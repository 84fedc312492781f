"""Checks of Belgian numbers before they are sent to CodaBox."""

from __future__ import annotations

import re

from stdnum import iban as any_iban
from stdnum.be import vat
from stdnum.exceptions import ValidationError


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
    try:
        any_iban.validate(number, check_country=False)
    except ValidationError:
        return "invalid"
    if not number.startswith("BE"):
        return "foreign"
    # The Belgian number inside has check digits of its own.
    return "" if (int(number[4:14]) % 97 or 97) == int(number[14:]) else "invalid"


def enterprise_number(text: str | None) -> str:
    """Write a Belgian enterprise or VAT number as CodaBox does: ``BE`` and ten digits (API 3.3).

    :param text: in any spelling, e.g. ``0477.472.701`` or ``BE 477 472 701``.
    :return: ``""`` when it is not such a number or its check digits are wrong.
    """
    try:
        return f"BE{vat.validate(text or '')}"
    except ValidationError:
        return ""
