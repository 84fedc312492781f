"""Texts, numbers, booleans and moments, in the ways that JSON of others writes them."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Final, TypeVar

from ..cleaning import fits_column

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

# `datetime.fromisoformat` of Python 3.10 takes only 0, 3 or 6 digits of a second.
_TIMESTAMP: Final = re.compile(
    r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?"
)

_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")  # as Belgians write
_COMPACT_DAY: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DIGITS: Final = re.compile(r"-?[0-9]{1,10}")
# What other software writes for a boolean.
FLAGS: Final = {"true": True, "1": True, "false": False, "0": False}


def as_text(value: object) -> str | None:
    """Give a text or a number as a text, else ``None``."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if is_number else None


def as_integer(value: object) -> int | None:
    """Give an integer that a database can hold, also one that was written as a text."""
    text = as_text(value)
    found = int(text) if text and _DIGITS.fullmatch(text.strip()) else None
    return found if fits_column(found) else None


def or_none(read: Callable[[str], T], text: str) -> T | None:
    """Read a text; ``None`` instead of the error, which would quote it."""
    try:
        return read(text)
    except (ValueError, OverflowError):
        return None


def as_moment(text: str) -> datetime:
    """Read a timestamp, or a day as midnight.

    :raise ValueError: it is none.
    """
    text = text.strip()
    if match := _DAY_FIRST.match(text):
        text = f"{match[3]}-{match[2].zfill(2)}-{match[1].zfill(2)}{text[match.end() :]}"
    elif match := _COMPACT_DAY.fullmatch(text):
        text = "-".join(match.groups())
    if len(text) == 10:
        text += "T00:00"
    moment = datetime.fromisoformat(_normalised(text))
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def _normalised(timestamp: str) -> str:
    """Write a timestamp in the one form that Python 3.10 reads; nonsense stays nonsense."""
    match = _TIMESTAMP.fullmatch(timestamp)
    if not match:
        return ""
    seconds = match[1] if len(match[1]) > 16 else f"{match[1]}:00"
    fraction = (match[2] or "")[:6].ljust(6, "0")
    zone = (match[3] or "").replace("Z", "+00:00").replace(":", "")
    return f"{seconds}.{fraction}" + (f"{zone[:3]}:{zone[3:]}" if zone else "")
