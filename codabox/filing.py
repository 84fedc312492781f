"""Of which days a VAT return is, and by when it has to be in. Days are passed.

Since 2025 that is the 20th of the month after a month, and the 25th of the month after a quarter.
Where that is no working day the tax office waits longer; who keeps to these days is never late.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

MONTH: Final = "month"
QUARTER: Final = "quarter"
LENGTHS: Final = {MONTH: 1, QUARTER: 3}
DUE_DAYS: Final = {MONTH: 20, QUARTER: 25}


class Period(NamedTuple):
    """The first and the last day of a month or quarter."""

    start: date
    end: date


def period_of(filing: str, day: date) -> Period:
    """Return the month or quarter of a day.

    :param filing: ``month`` or ``quarter``.
    :raise KeyError: for anything else.
    """
    months = LENGTHS[filing]
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(start, _months_later(start, months) - timedelta(days=1))


def due_day(filing: str, period: Period) -> date:
    """Return the last day on which the return of a period may be filed."""
    return (period.end + timedelta(days=1)).replace(day=DUE_DAYS[filing])


def next_due(filing: str, today: date, back: int = 0) -> Period:
    """Return the period whose return has to be in next; on its last day it still has to.

    :param back: so many periods before that one.
    """
    period = periods_before(filing, period_of(filing, today), 1)
    if due_day(filing, period) < today:
        period = period_of(filing, today)
    return periods_before(filing, period, back)


def periods_before(filing: str, period: Period, count: int) -> Period:
    """Return the month or quarter that is so many before a period."""
    return period_of(filing, _months_later(period.start, -count * LENGTHS[filing]))


def _months_later(start: date, months: int) -> date:
    number = start.year * 12 + start.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
