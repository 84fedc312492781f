"""What comes from outside, made fit to be kept: a database holds less than JSON can say.

PostgreSQL holds no NUL, no half of a surrogate pair, and in JSON no NaN and no infinity; its
integers end at 32 bits, and an index at some 2,700 bytes. One such value in the answer about one
client must never stop the others, so it is cleaned where it enters. Nothing is dropped in silence:
a number that no column holds becomes the text it was written as, and who needs a number refuses it.
"""

from __future__ import annotations

import json
import math
import re
from typing import Final

MAX_DEPTH: Final = 40  # of lists and objects; CodaBox nests 5 deep
MAX_DIGITS: Final = 18  # of a whole number; fits in 64 bits
MAX_IDENTITY: Final = 500  # characters of what is looked up by an index
COLUMN_MIN: Final = -(2**31)
COLUMN_MAX: Final = 2**31 - 1
TOO_DEEP: Final = "(…)"

_UNFIT: Final = re.compile("[\x00\ud800-\udfff]")


def clean_text(text: str, length: int | None = None) -> str:
    """Replace the characters that no database holds.

    :param length: longest text to give; nothing: as long as it is.
    """
    return _UNFIT.sub("\ufffd", text[:length])


def clean_json(value: object, depth: int = MAX_DEPTH) -> object:
    """Make a JSON value fit to be kept: texts, numbers and nesting.

    :param value: what ``json`` reads, or the like; anything else becomes its text.
    :param depth: how deep lists and objects may go.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, int):
        return value if abs(value) < 10**MAX_DIGITS else _written(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, (dict, list, tuple)):
        return _clean_nested(value, depth - 1) if depth else TOO_DEEP
    return clean_text(str(value))


def _clean_nested(
    value: dict[object, object] | list[object] | tuple[object, ...], depth: int
) -> object:
    if isinstance(value, dict):
        return {clean_text(str(key)): clean_json(item, depth) for key, item in value.items()}
    return [clean_json(item, depth) for item in value]


def read_json(content: bytes) -> object:
    """Read JSON of which every value can be kept.

    :raise ValueError: it is no JSON.
    :raise RecursionError: it is nested deeper than Python reads.
    """
    # Numbers are read by their digits: Python refuses thousands of them, which says nothing
    # against the rest of the answer.
    read = json.loads(content, parse_int=_whole, parse_float=_broken, parse_constant=str)
    return clean_json(read)


def fits_column(number: object) -> bool:
    """Say whether a value is a whole number that an integer column holds."""
    plain = isinstance(number, int) and not isinstance(number, bool)
    return plain and COLUMN_MIN <= number <= COLUMN_MAX


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_DIGITS else digits


def _broken(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits


def _written(number: int) -> str:
    """Write a large number; Python writes no more than some thousand digits of it."""
    try:
        return str(number)
    except ValueError:
        return hex(number)
