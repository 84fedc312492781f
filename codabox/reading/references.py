"""Payment references inside texts: Belgian OGM/VCS and ISO 11649 (RF), with check digits.

Banks move an OGM to free text (details of a global, direct debits), sometimes across the border
of two records; that is why texts are joined raw before they come here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stdnum import iso11649

from .grouped_ogm import grouped_digits, is_other_number, may_hold_ogm

if TYPE_CHECKING:
    from collections.abc import Iterator

_OGM_SIZE = 12
# With its signs ``+++`` or ``***``, or at least its slashes.
_WRITTEN_OGM = re.compile(r"(?<![0-9/])([0-9]{3}) ?/ ?([0-9]{4}) ?/ ?([0-9]{5})(?![0-9/])")
# Twelve digits that are no part of a longer number or word. What may not stand before them is
# looked up last: a pattern that starts with a digit skips text quickly.
_BARE_OGM = re.compile(r"[0-9]{12}(?![0-9A-Za-z])(?<![0-9A-Za-z][0-9]{12})")
_RF = re.compile(
    r"(?<![0-9A-Za-z])RF[0-9]{2}(?:[0-9A-Z]{1,21}|(?: [0-9A-Z]{4}){0,5}(?: [0-9A-Z]{1,4})?)"
    r"(?![0-9A-Za-z])"
)
_RF_FORM = re.compile(r"RF[0-9]{2}[0-9A-Z]{1,21}")


def is_valid_ogm(digits: str) -> bool:
    """Return whether these 12 digits end with the remainder of the first ten by 97, 0 being 97.

    Not by python-stdnum: the versions that Odoo 19 asks for have no OGM, and that of 2.2 takes
    thirty times as long (25 us), for each number of twelve digits in a file. A test compares both.
    """
    if len(digits) != _OGM_SIZE or not (digits.isdecimal() and digits.isascii()):
        return False
    return (int(digits[:10]) % 97 or 97) == int(digits[10:])


def format_ogm(digits: str) -> str:
    """Return 12 digits as people and Odoo write them."""
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


def is_valid_rf(reference: str) -> bool:
    """Return whether a reference without blanks is a creditor reference of ISO 11649."""
    return bool(_RF_FORM.fullmatch(reference)) and iso11649.is_valid(reference)


def find_reference(text: str, accounts: tuple[str, ...] = ()) -> str:
    """Return the first valid reference of a text in its normal form, else an empty text.

    An OGM with its slashes comes first, then an RF, then one in other groups, then twelve digits
    alone. An old Belgian account number has the same check digits as an OGM, so digits that end
    one of ``accounts``, the numbers at both ends, do not count.
    """
    if text.count("/") > 1:
        for parts in _WRITTEN_OGM.finditer(text):
            digits = "".join(parts.groups())
            if is_valid_ogm(digits):
                return format_ogm(digits)
    found = _find_rf(text) if "RF" in text else ""
    if not found and may_hold_ogm(text):
        return _find_typed_ogm(text, accounts)
    return found


def written_ogms(text: str) -> set[str]:
    """Return the valid Belgian references of a text that are written with their slashes."""
    found = ("".join(parts.groups()) for parts in _WRITTEN_OGM.finditer(text))
    return {format_ogm(digits) for digits in found if is_valid_ogm(digits)}


def _find_rf(text: str) -> str:
    references = (_longest_rf(found.group()) for found in _RF.finditer(text))
    return next(filter(None, references), "")


def _find_typed_ogm(text: str, accounts: tuple[str, ...]) -> str:
    """Return the first valid OGM without slashes, in its normal form."""
    for digits in (*grouped_digits(text), *_bare_digits(text)):
        if is_valid_ogm(digits) and not any(account.endswith(digits) for account in accounts):
            return format_ogm(digits)
    return ""


def _bare_digits(text: str) -> Iterator[str]:
    for found in _BARE_OGM.finditer(text):
        if not is_other_number(text, found.start()):
            yield found.group()


def _longest_rf(text: str) -> str:
    """Return the reference in ``RF18 5390 ...``: a word of four letters may follow it."""
    words = text.split()
    for count in range(len(words), 0, -1):
        reference = "".join(words[:count])
        if is_valid_rf(reference):
            return reference
    return ""
