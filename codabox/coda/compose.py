"""Small parts of writing: values to text, text to the columns of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .layout import WIDTH, Layout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

_AMOUNT_SIZE = 15
# A record has no room for line ends or tabs.
_CONTROLS = dict.fromkeys(range(32), " ")


def compose(layout: Layout, **values: str) -> str:
    """Return a line of 128 characters with these texts in their fields, blank elsewhere.

    :raise ValueError: when a text is longer than its field.
    """
    line = " " * WIDTH
    for name, text in values.items():
        field = layout[name]
        if len(text) > field.size:
            message = f"{name} has {len(text)} characters, its field {field.size}: {text!r}"
            raise ValueError(message)
        line = line[: field.first - 1] + text.ljust(field.size) + line[field.last :]
    return line.translate(_CONTROLS)


def amount_digits(amount: Decimal) -> str:
    """Return the fifteen digits of an amount without its sign.

    :raise ValueError: when it has more than three decimals or twelve digits before them.
    """
    thousandths = abs(amount).scaleb(3)
    digits = str(int(thousandths)).zfill(_AMOUNT_SIZE)
    if thousandths != int(thousandths) or len(digits) > _AMOUNT_SIZE:
        message = f"{amount} does not fit in 12 digits and 3 decimals"
        raise ValueError(message)
    return digits


def sign_digit(amount: Decimal) -> str:
    """Return 1 for a debit, 0 for a credit."""
    return "1" if amount < 0 else "0"


def day_digits(day: date | None) -> str:
    """Return DDMMYY, zeros for an unknown date."""
    return "000000" if day is None else day.strftime("%d%m%y")


def pieces(text: str, size: int) -> Iterator[str]:
    """Cut a text in pieces of this size, the last one shorter."""
    for start in range(0, len(text), size):
        yield text[start : start + size]
