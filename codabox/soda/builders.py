"""Short ways to make payroll entries: for tests, the demonstration and the sandbox.

::

    data = write_soda(soda(entry("202601", debit("620200", "100"), credit("455000", "100"))))
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from .records import Entry, Line, SodaFile

if TYPE_CHECKING:
    from datetime import date

_CENT = Decimal("0.01")
_NOTHING = Decimal("0.00")


def debit(account: str, amount: str, label: str = "", period: str = "") -> Line:
    """Return a line that debits an account; ``amount`` in euro, may be negative."""
    return Line(period, account, label, Decimal(amount).quantize(_CENT), _NOTHING)


def credit(account: str, amount: str, label: str = "", period: str = "") -> Line:
    """Return a line that credits an account; ``amount`` in euro, may be negative."""
    return Line(period, account, label, _NOTHING, Decimal(amount).quantize(_CENT))


def entry(
    period: str,
    *lines: Line,
    sequence: str = "1",
    enterprise: str = "BE0477472701",
    label: str = "TEST COMPANY BV",
    generated: date | None = None,
) -> Entry:
    """Return the entry of one month, ``YYYYMM``; lines without month get it."""
    return Entry(
        sequence=sequence,
        generated=generated,
        enterprise=enterprise,
        label=label,
        period=period,
        lines=tuple(
            Line(line.period or period, line.account, line.label, line.debit, line.credit)
            for line in lines
        ),
    )


def soda(*entries: Entry, source: str = "TESTSOC", version: str = "1.2") -> SodaFile:
    """Return a file of these entries."""
    return SodaFile(source, version, entries)
