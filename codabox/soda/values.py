"""Readers of the elementary values: amounts, months, days."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from ..reading.xml_reading import refuse

# Up to 15 digits before the separator, which may be a comma; a third decimal may only be a zero.
_AMOUNT = re.compile(r"([+-]?)([0-9]{1,15})(?:[.,]([0-9]{1,2})0*)?", re.ASCII)
# Written for people, and clear all the same: dots between groups of three, a comma, two decimals.
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3}){1,4},[0-9]{2}", re.ASCII)
_MONTH = re.compile(r"([0-9]{4})-?(0[1-9]|1[0-2])", re.ASCII)
_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T ].*)?", re.ASCII | re.DOTALL)


def read_amount(text: str, record: int, field: str) -> Decimal:
    """Return an amount in euro with two decimals.

    :raise FormatError: ``bad_amount`` for anything but a plain number of cents.
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        refuse("bad_amount", record, field, "an amount with two decimals", text)
    sign, whole, cents = match.groups()
    amount = Decimal(f"{sign}{whole}.{(cents or '').ljust(2, '0')}")
    return amount or Decimal("0.00")  # no minus zero


def without_groups(text: str) -> str:
    """Return ``1234,56`` for ``1.234,56``, any other text as it is."""
    return text.replace(".", "") if _GROUPED.fullmatch(text) else text


def read_month(text: str) -> str:
    """Return a month as ``YYYYMM``, ``""`` when it is none."""
    match = _MONTH.fullmatch(text)
    return "".join(match.groups()) if match and match[1] > "1900" else ""


def read_day(text: str) -> date | None:
    """Return a day, ``None`` when it is none."""
    match = _DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
