"""An OGM as people type it: in groups with dots, blanks, dashes, slashes or stars.

Its check digits fit one number in 97, so what stands around it has to speak for it too: a group of
a longer number is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Three, four and five digits with the same sign twice. It begins with digits: what may not stand
# before them is looked up later, so that text is skipped quickly.
_GROUPS = re.compile(r"([0-9]{3})( {1,2}| ?[./*-] ?)([0-9]{4})\2([0-9]{5})(?![0-9A-Za-z])")
# Between its own signs the groups do not matter.
_SIGNED = re.compile(r"(?<![0-9+*])(\+{3}|\*{3})([0-9 ./-]{12,24})\1(?![0-9+*])")
# Most texts hold nothing of the kind: this one look tells, also for twelve digits alone.
_MAYBE = re.compile(r"[0-9]{3}[ ./*-]{0,3}[0-9]{4}[ ./*-]{0,3}[0-9]{5}")
_NOT_DIGITS = re.compile(r"[^0-9]")
# A single plus stands before a telephone number, these before the rest of an IBAN.
_PHONE = re.compile(r"(?<![+])[+]\Z")
_IBAN_START = re.compile(r"[A-Za-z]{2}[0-9]{2}[ .-]?\Z")
_NEAR = 6


def may_hold_ogm(text: str) -> bool:
    """Return whether it is worth to look closer."""
    return _MAYBE.search(text) is not None or "+++" in text or "***" in text


def grouped_digits(text: str) -> Iterator[str]:
    """Yield the digits of what is written as an OGM; its check digits are not looked at."""
    for found in _SIGNED.finditer(text):
        yield _NOT_DIGITS.sub("", found.group(2))
    for found in _GROUPS.finditer(text):
        first, sign, second, third = found.groups()
        if not _goes_on(text, found, sign) and not is_other_number(text, found.start()):
            yield first + second + third


def is_other_number(text: str, start: int) -> bool:
    """Return whether the digits from here are a telephone number or a part of an IBAN."""
    before = text[max(start - _NEAR, 0) : start]
    return bool(_PHONE.search(before) or _IBAN_START.search(before))


def _goes_on(text: str, found: re.Match[str], sign: str) -> bool:
    """Return whether the groups are a part of something longer, written the same way."""
    before, after = text[: found.start()], text[found.end() :]
    if before[-1:].isalnum():
        return True
    longer_before = before.endswith(sign) and before[: -len(sign)][-1:].isdigit()
    longer_after = after.startswith(sign) and after[len(sign) :][:1].isdigit()
    return longer_before or longer_after
