"""What a SODA file holds: frozen values, amounts as the file gives them.

``record`` is the line of the element in the XML, 1-based. It says where something stands and is no
part of what stands there: two values that differ in it only are equal.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One ``Accounting`` element.

    ``period`` is the payroll month it concerns (``YYYYMM``, ``""`` when not given), older than
    that of the entry for a regularisation. ``debit`` and ``credit`` are euro with two decimals;
    either may be negative.
    """

    period: str
    account: str
    label: str
    debit: Decimal
    credit: Decimal
    record: int = field(default=0, compare=False)

    @property
    def balance(self) -> Decimal:
        """Debit minus credit, in euro: what the line does to its account."""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``Social`` element: the payroll of one employer in one month.

    ``enterprise`` is the number as written, e.g. ``BE0477472701``; ``label`` the employer's name;
    ``period`` the month to book, ``YYYYMM``; ``generated`` the day the secretariat made it.
    """

    sequence: str
    generated: date | None
    enterprise: str
    label: str
    period: str
    lines: tuple[Line, ...]
    record: int = field(default=0, compare=False)

    @property
    def total_debit(self) -> Decimal:
        """Sum of the debits, in euro."""
        return sum((line.debit for line in self.lines), Decimal("0.00"))

    @property
    def total_credit(self) -> Decimal:
        """Sum of the credits, in euro."""
        return sum((line.credit for line in self.lines), Decimal("0.00"))

    @property
    def difference(self) -> Decimal:
        """Debits minus credits, in euro; zero when the entry balances."""
        return self.total_debit - self.total_credit

    @property
    def period_end(self) -> date:
        """The last day of the month to book."""
        year, month = int(self.period[:4]), int(self.period[4:])
        return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that did not stop the file: where, a stable code, and English words for logs.

    It never quotes a label: that may name a person.
    """

    record: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class SodaFile:
    """One ``SocialDocument``.

    ``unknown_elements`` are the paths of what was not read, each once, attributes as ``…/@name``.
    """

    source: str
    version: str
    entries: tuple[Entry, ...]
    unknown_elements: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = field(default=(), compare=False)
