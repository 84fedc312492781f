"""Values of the dataclasses as JSON knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal


def amount_text(amount: Decimal) -> str:
    """Return the shortest exact form with at least two decimals, e.g. ``-12.50`` or ``0.125``."""
    text = f"{amount:f}"
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def plain(value: object) -> object:
    """Return a value of the dataclasses as JSON knows it."""
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value
