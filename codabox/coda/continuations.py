"""Reads the records that continue a movement: 2.2 and 2.3.

Banks repeat payers and codes all day long, so the parts that repeat are read once and shared.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from .accounts import read_bic, read_counterparty
from .layout import RECORDS, cut
from .records import Counterparty
from .values import is_digits

_NOT_PROVIDED = ("NOTPROVIDED", "NOT PROVIDED")
_RETURN_TYPES = ("1", "2", "3", "4", "5")
_CACHE = 4096


class Tail(NamedTuple):
    """What stands behind the customer reference in a 2.2 record."""

    bic: str = ""
    return_type: str = ""
    return_reason: str = ""
    category_purpose: str = ""
    purpose: str = ""
    original_currency: str = ""
    original_amount: Decimal | None = None


_NO_TAIL = Tail()


class ContinuationReader:
    """Reads 2.2 and 2.3 records by the tables of one version."""

    def __init__(self, version: int) -> None:
        second, third = RECORDS[version]["22"], RECORDS[version]["23"]
        self._version = version
        self._text_2 = second["communication"].span
        self._reference = second["customer_reference"].span
        self._tail = slice(second["customer_reference"].last, second["next"].first - 1)
        # Version 1 has an address in the place of the communication.
        text_3 = third.get("communication")
        end = third["next"] if text_3 is None else text_3
        self._party = slice(third["account"].first - 1, end.first - 1)
        self._text_3 = slice(0, 0) if text_3 is None else text_3.span

    def second(self, line: str) -> tuple[str, str, Tail]:
        """Return communication, customer reference and the rest of a 2.2 line, if there is one."""
        if not line:
            return "", "", _NO_TAIL
        reference = line[self._reference].strip()
        if reference.upper() in _NOT_PROVIDED:
            reference = ""
        return line[self._text_2], reference, _read_tail(line[self._tail], self._version)

    def third(self, line: str, bic: str) -> tuple[Counterparty, str]:
        """Return counterparty and communication of a 2.3 line, if there is one."""
        if not line:
            return _bare_party(bic), ""
        return _read_party(line[self._party], bic, self._version), line[self._text_3]


@lru_cache(maxsize=_CACHE)
def _read_tail(text: str, version: int) -> Tail:
    layout = RECORDS[version]["22"]
    parts = cut(layout, " " * layout["customer_reference"].last + text)
    if version == 1:
        currency, digits = parts["original_currency"].strip(), parts["original_amount"]
        if not currency or not is_digits(digits):
            return _NO_TAIL
        amount = Decimal(f"{digits[:12]}.{digits[12:]}")
        return Tail(original_currency=currency, original_amount=amount)
    bic = read_bic(parts["bic"])
    if parts["blank"].strip():
        # Before 2.5 some banks wrote a reference of their own in 110-125.
        return Tail(bic)
    return_type, reason = parts["return_type"], parts["return_reason"].strip()
    return Tail(
        bic,
        return_type if return_type in _RETURN_TYPES else "",
        reason if reason.strip("0") else "",
        parts["category_purpose"].strip(),
        parts["purpose"].strip(),
    )


@lru_cache(maxsize=_CACHE)
def _read_party(text: str, bic: str, version: int) -> Counterparty:
    layout = RECORDS[version]["23"]
    parts = cut(layout, " " * (layout["account"].first - 1) + text)
    number, currency = read_counterparty(parts["account"])
    return Counterparty(
        number,
        parts["name"].strip(),
        bic,
        currency,
        parts.get("address", "").strip(),
        parts.get("locality", "").strip(),
    )


@lru_cache(maxsize=_CACHE)
def _bare_party(bic: str) -> Counterparty:
    return Counterparty("", "", bic)
