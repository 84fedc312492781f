"""Kinds of sub-fields in structured communications: how each is read and written.

They are read leniently: a part that makes no sense is ``None`` or empty and the raw text stays
beside it. No booking depends on it, unlike the fields of the records themselves.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from .values import DAYS, EXACT, is_digits

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

_LINE = 35


class Kind(NamedTuple):
    """A pair of functions: text to value, and value and size to text."""

    read: Callable[[str], Any]
    write: Callable[[Any, int], str]


def _write_text(value: str, size: int) -> str:
    return value.ljust(size)


def _read_count(text: str) -> int | None:
    return int(text) if is_digits(text) else None


def _write_count(value: int | None, size: int) -> str:
    return " " * size if value is None else str(value).zfill(size)


def _read_day(text: str) -> date | None:
    try:
        return DAYS[text]
    except ValueError:  # 999999 means "none" in type 123, for one
        return None


def _write_day(value: date | None, size: int) -> str:
    return "0" * size if value is None else value.strftime("%d%m%y")


def _read_long_day(text: str) -> date | None:
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2])) if is_digits(text) else None
    except ValueError:
        return None


def _write_long_day(value: date | None, size: int) -> str:
    return "0" * size if value is None else value.strftime("%d%m") + f"{value.year:04d}"


def _read_time(text: str) -> str:
    """Return ``HH:MM``, empty when it is no time."""
    if not is_digits(text) or int(text[:2]) > 23 or int(text[2:]) > 59:
        return ""
    return f"{text[:2]}:{text[2:]}"


def _write_time(value: str, size: int) -> str:
    return value.replace(":", "").ljust(size)


def _read_lines(text: str) -> tuple[str, ...]:
    """Return the lines of 35 characters, without the empty ones at the end."""
    lines = [text[at : at + _LINE].strip() for at in range(0, len(text), _LINE)]
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _write_lines(value: tuple[str, ...], size: int) -> str:
    return "".join(line.ljust(_LINE) for line in value).ljust(size)


def decimals(places: int) -> Kind:
    """Return the kind of a number without sign and point, with this number of decimals."""

    def read(text: str) -> Decimal | None:
        return EXACT.scaleb(int(text), -places) if is_digits(text) else None

    def write(value: Decimal | None, size: int) -> str:
        return " " * size if value is None else str(int(value.scaleb(places))).zfill(size)

    return Kind(read, write)


def _signed_amount() -> Kind:
    """Return the kind of an amount with its sign behind it, as information 006 has it."""
    amount = decimals(3)

    def read(text: str) -> Decimal | None:
        value: Decimal | None = amount.read(text[:-1])
        return -value if value and text[-1:] == "1" else value

    def write(value: Decimal | None, size: int) -> str:
        if value is None:
            return " " * size
        return amount.write(abs(value), size - 1) + ("1" if value < 0 else "0")

    return Kind(read, write)


TEXT = Kind(str.strip, _write_text)
# Numbers that identify: kept as text with their zeros.
DIGITS = TEXT
COUNT = Kind(_read_count, _write_count)
DAY = Kind(_read_day, _write_day)
LONG_DAY = Kind(_read_long_day, _write_long_day)
TIME = Kind(_read_time, _write_time)
LINES = Kind(_read_lines, _write_lines)
AMOUNT = decimals(3)
SIGNED_AMOUNT = _signed_amount()
RATE = decimals(8)
SHARES = decimals(4)
COUPON = decimals(6)
VOLUME = decimals(2)
DENOMINATION = decimals(3)
