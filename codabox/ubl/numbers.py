"""The number of an invoice as two people who type it would agree on."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .records import Invoice

_GROUP = re.compile(r"\d+|[^\W\d_]+")


def normal_number(text: str) -> str:
    """Return a document number without case, blanks, separators and leading zeros.

    Zeros go at the start of each group of digits. Two such groups stay apart with a ``-``, so that
    no two numbers of one supplier become the same by chance.

    >>> normal_number("V01/15000027"), normal_number("v1 - 15000027")
    ('V1-15000027', 'V1-15000027')
    >>> normal_number("INV 2026/0015"), normal_number("inv-2026-15")
    ('INV2026-15', 'INV2026-15')
    >>> normal_number("2026/11"), normal_number("202/611")
    ('2026-11', '202-611')
    >>> normal_number("000"), normal_number(" - ")
    ('0', '')
    """
    number = ""
    for group in _GROUP.findall(_plain(text)):
        if not group[0].isdecimal():
            number += group
            continue
        if number[-1:].isdecimal():
            number += "-"
        number += group.lstrip("0") or "0"
    return number


def document_key(invoice: Invoice) -> str:
    """Return what finds an invoice back among those of its supplier."""
    return normal_number(invoice.number)


def _plain(text: str) -> str:
    """Return capitals, and one form of each letter and digit."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper())
