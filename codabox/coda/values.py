"""Readers of the elementary values: dates, signed amounts, counters.

They refuse what cannot be read, with the line and the name of the field, because a guess here
would be a guess about money.
"""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal
from typing import NoReturn

from ..errors import FormatError

_SIGNS = {"0": "", "1": "-"}
# Decimals of every amount, and where they are counted: the context of the caller may round.
DECIMALS = 3
EXACT = Context(prec=28)


def refuse(code: str, record: int, field: str, expected: str, found: str) -> NoReturn:
    """Raise the error that names where the file breaks the standard."""
    message = f"Record {record}, field {field}: expected {expected}, found {found!r}."
    raise FormatError(code, message, record=record, field=field, expected=expected, found=found)


def is_digits(text: str | bytes) -> bool:
    """Return whether there are only the digits 0 to 9 (``"²".isdigit()`` holds too)."""
    return text.isdigit() and text.isascii()


class _Days(dict["str | bytes", "date | None"]):
    """Dates by their six digits DDMMYY, ``None`` for zeros or blanks; ``ValueError`` for others.

    The century is always 20, as in every reader known: CODA 2 is younger than 2000. Valid days
    stay here, at most 36,525 of them: real files repeat a handful.
    """

    def __missing__(self, text: str | bytes) -> date | None:
        if len(text) != 6 or not is_digits(text):
            raise ValueError(text)
        day = date(2000 + int(text[4:]), int(text[2:4]), int(text[:2]))
        return self.setdefault(text, day)


class _Numbers(dict["str | bytes", int]):
    """Counters by their digits, at most four; blanks count as 0; ``ValueError`` for others."""

    def __missing__(self, text: str | bytes) -> int:
        if is_digits(text):
            return self.setdefault(text, int(text))
        if text.isspace():
            return 0
        raise ValueError(text)


# Both by text and by the bytes of a file, which are as good for digits.
DAYS = _Days({"000000": None, "      ": None, b"000000": None, b"      ": None})
NUMBERS = _Numbers()


def read_day(text: str, record: int, field: str) -> date | None:
    """Return the date of DDMMYY, ``None`` for ``000000`` (unknown) or blanks."""
    try:
        return DAYS[text]
    except ValueError:
        refuse("bad_date", record, field, "a date DDMMYY or 000000", text)


def read_number(text: str, record: int, field: str) -> int:
    """Return a counter of which the file may leave the positions blank, which counts as 0."""
    try:
        return NUMBERS[text]
    except ValueError:
        refuse("bad_number", record, field, f"{len(text)} digits", text)


def read_amount(sign: str, digits: str, record: int, field: str) -> Decimal:
    """Return the signed amount of 12 digits and 3 decimals; sign 0 is a credit, 1 a debit."""
    if not is_digits(digits):
        refuse("bad_amount", record, field, "15 digits", digits)
    if sign not in _SIGNS:
        refuse("bad_sign", record, "sign", "0 or 1", sign)
    return EXACT.scaleb(-int(digits) if sign == "1" else int(digits), -DECIMALS)
