"""What the chain of statements and its numbering both know of one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Link:
    """What the chain knows of one statement. ``ref`` is the caller's own; numbers may be 0."""

    ref: Hashable
    opening_date: date | None
    opening: Decimal
    closing_date: date | None
    closing: Decimal
    number: int = 0
    paper: int = 0

    @property
    def day(self) -> date:
        """The day of the closing balance; only a statement with a date has one."""
        return self.closing_date or self.opening_date or date.min

    @property
    def opening_day(self) -> date:
        """The day of the opening balance."""
        return self.opening_date or self.day
