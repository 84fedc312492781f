"""The standard as tables: 1-based inclusive positions, as Febelfin prints them.

Source: "Coded statement of account (CODA)", Febelfin, version 2.6. Version 1 has no public
document any more; its differences were read in files of 2000-2007 and in Microsoft's MIT code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import TypeVar

WIDTH = 128
VERSIONS = (1, 2)


class Field:
    """One field of a record: first and last position, counted from 1, both included."""

    __slots__ = ("first", "last", "size", "span")

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last
        # Number of characters, and the same as a slice of the line.
        self.size = last - first + 1
        self.span = slice(first - 1, last)


Layout = Mapping[str, Field]

# A line is cut as text, or as bytes where only digits count.
Text = TypeVar("Text", str, bytes)

# What the record does not have in this version reads as an empty text.
_ABSENT = Field(1, 0)

HEADER: Layout = {
    "record_id": Field(1, 1),  # 0
    "zeros": Field(2, 5),
    "created": Field(6, 11),
    "bank_id": Field(12, 14),
    "application": Field(15, 16),  # 05
    "duplicate": Field(17, 17),  # D or blank
    "file_reference": Field(25, 34),
    "addressee": Field(35, 60),
    "bic": Field(61, 71),
    "enterprise_number": Field(72, 82),  # a zero and the ten digits
    "separate_application": Field(84, 88),
    "transaction_reference": Field(89, 104),
    "related_reference": Field(105, 120),
    "version": Field(128, 128),
}
# Version 1: 20-32 carry a number of the bank, 61-71 one of the addressee.
HEADER_V1: Layout = {name: field for name, field in HEADER.items() if name != "bic"}

OPENING: Layout = {
    "record_id": Field(1, 1),  # 1
    "account_structure": Field(2, 2),
    "paper_number": Field(3, 5),
    "account": Field(6, 42),
    "sign": Field(43, 43),
    "amount": Field(44, 58),
    "date": Field(59, 64),
    "holder": Field(65, 90),
    "description": Field(91, 125),
    "number": Field(126, 128),
}

MOVEMENT: Layout = {
    "record_id": Field(1, 2),  # 21
    "sequence": Field(3, 6),
    "detail": Field(7, 10),
    "bank_reference": Field(11, 31),
    "sign": Field(32, 32),
    "amount": Field(33, 47),
    "value_date": Field(48, 53),
    "code": Field(54, 61),
    "structured": Field(62, 62),
    "communication": Field(63, 115),
    "entry_date": Field(116, 121),
    "paper_number": Field(122, 124),
    "globalisation": Field(125, 125),
    "next": Field(126, 126),
    "link": Field(128, 128),
}
MOVEMENT_V1: Layout = {
    **MOVEMENT,
    "bank_reference": Field(11, 23),
    "other_reference": Field(24, 31),
}

MOVEMENT_2: Layout = {
    "record_id": Field(1, 2),  # 22
    "sequence": Field(3, 6),
    "detail": Field(7, 10),
    "communication": Field(11, 63),
    "customer_reference": Field(64, 98),
    "bic": Field(99, 109),
    "blank": Field(110, 112),
    "return_type": Field(113, 113),
    "return_reason": Field(114, 117),
    "category_purpose": Field(118, 121),
    "purpose": Field(122, 125),
    "next": Field(126, 126),
    "link": Field(128, 128),
}
MOVEMENT_2_V1: Layout = {
    "record_id": Field(1, 2),
    "sequence": Field(3, 6),
    "detail": Field(7, 10),
    "communication": Field(11, 63),
    "customer_reference": Field(64, 89),
    "original_currency": Field(90, 92),
    "original_amount": Field(93, 107),
    "next": Field(126, 126),
    "link": Field(128, 128),
}

MOVEMENT_3: Layout = {
    "record_id": Field(1, 2),  # 23
    "sequence": Field(3, 6),
    "detail": Field(7, 10),
    "account": Field(11, 47),
    "name": Field(48, 82),
    "communication": Field(83, 125),
    "next": Field(126, 126),
    "link": Field(128, 128),
}
MOVEMENT_3_V1: Layout = {
    "record_id": Field(1, 2),
    "sequence": Field(3, 6),
    "detail": Field(7, 10),
    "account": Field(11, 22),
    "name": Field(48, 73),
    "address": Field(74, 99),
    "locality": Field(100, 125),
    "next": Field(126, 126),
    "link": Field(128, 128),
}

INFORMATION: Layout = {
    "record_id": Field(1, 2),  # 31
    "sequence": Field(3, 6),
    "detail": Field(7, 10),
    "bank_reference": Field(11, 31),
    "code": Field(32, 39),
    "structured": Field(40, 40),
    "communication": Field(41, 113),
    "next": Field(126, 126),
    "link": Field(128, 128),
}
INFORMATION_2: Layout = {
    "record_id": Field(1, 2),  # 32
    "sequence": Field(3, 6),
    "detail": Field(7, 10),
    "communication": Field(11, 115),
    "next": Field(126, 126),
    "link": Field(128, 128),
}
INFORMATION_3: Layout = {**INFORMATION_2, "communication": Field(11, 100)}  # 33

FREE_TEXT: Layout = {
    "record_id": Field(1, 1),  # 4
    "sequence": Field(3, 6),
    "detail": Field(7, 10),
    "communication": Field(33, 112),
    "link": Field(128, 128),
}

CLOSING: Layout = {
    "record_id": Field(1, 1),  # 8
    "paper_number": Field(2, 4),
    "account": Field(5, 41),
    "sign": Field(42, 42),
    "amount": Field(43, 57),
    "date": Field(58, 63),
    "link": Field(128, 128),
}

TRAILER: Layout = {
    "record_id": Field(1, 1),  # 9
    "count": Field(17, 22),
    "debit": Field(23, 37),
    "credit": Field(38, 52),
    "multiple": Field(128, 128),
}

RECORDS: Mapping[int, Mapping[str, Layout]] = {
    2: {
        "0": HEADER,
        "1": OPENING,
        "21": MOVEMENT,
        "22": MOVEMENT_2,
        "23": MOVEMENT_3,
        "31": INFORMATION,
        "32": INFORMATION_2,
        "33": INFORMATION_3,
        "4": FREE_TEXT,
        "8": CLOSING,
        "9": TRAILER,
    },
    1: {
        "0": HEADER_V1,
        "1": OPENING,
        "21": MOVEMENT_V1,
        "22": MOVEMENT_2_V1,
        "23": MOVEMENT_3_V1,
        "31": INFORMATION,
        "32": INFORMATION_2,
        "33": INFORMATION_3,
        "4": FREE_TEXT,
        "8": CLOSING,
        "9": TRAILER,
    },
}

# The account and currency field (37 positions) by structure digit, positions inside the field.
# The digit governs records 1 and 8; blank is found in version 1 and in old files of bpost.
ACCOUNT_STRUCTURES: Mapping[str, Layout] = {
    "0": {"number": Field(1, 12), "currency": Field(14, 16), "extension": Field(23, 37)},
    "": {"number": Field(1, 12), "currency": Field(14, 16), "extension": Field(23, 37)},
    "1": {"number": Field(1, 34), "currency": Field(35, 37)},
    "2": {"number": Field(1, 31), "extension": Field(32, 34), "currency": Field(35, 37)},
    "3": {"number": Field(1, 34), "currency": Field(35, 37)},
}


def cutter(layout: Layout, *names: str) -> Callable[[Text], tuple[Text, ...]]:
    """Return a function that cuts these fields out of a line, in this order.

    A field that this version does not have comes out empty. At least two names.
    """
    return itemgetter(*(layout.get(name, _ABSENT).span for name in names))


def cut(layout: Layout, line: str) -> dict[str, str]:
    """Cut every field of a line, untrimmed."""
    return {name: line[field.span] for name, field in layout.items()}
