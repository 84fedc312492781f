"""How often something usually comes, and whether it has stopped.

Nothing is said of what comes rarely, or has not come often enough to know a rhythm. Days are
passed: none of these looks at a clock.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Final

from .bank_days import bank_days_between

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# The statements that tell the rhythm of an account: the last ones, and at least so many intervals.
RECENT: Final = 40
FEWEST_INTERVALS: Final = 6
# Four of five intervals are no longer than the usual one: one summer closing changes no rhythm.
SHARE: Final = 0.8
# Bank days. What usually takes longer than a month moves rarely.
RARE: Final = 25
TIMES: Final = 3
SHORTEST_SILENCE: Final = 10

# A month of payroll is made in the days after it; this long after its end it is late.
GRACE: Final = timedelta(days=20)
# A secretariat that was silent this long was left; nobody is asked for ever.
SILENCE: Final = timedelta(days=120)
# Of so many months before the late one, so many came.
MONTHS_BEFORE: Final = 3
REGULAR: Final = 2


def usual_interval(days: Iterable[date]) -> int | None:
    """Return after how many bank days the next statement of an account usually is there.

    :param days: the days of its statements, in any order.
    :return: nothing when there are too few to know.
    """
    known = sorted(set(days))[-RECENT:]
    intervals = sorted(max(bank_days_between(*two), 1) for two in pairwise(known))
    if len(intervals) < FEWEST_INTERVALS:
        return None
    return intervals[ceil(SHARE * len(intervals)) - 1]


def is_silent(days: Iterable[date], today: date) -> bool:
    """Say whether an account is silent against its own rhythm.

    That is: three times its usual interval and ten bank days passed without a statement.

    :param days: the days of its statements; one in the future, as a bank may write, says nothing.
    """
    known = [day for day in days if day <= today]
    usual = usual_interval(known)
    if usual is None or usual > RARE:
        return False
    return bank_days_between(max(known), today) >= max(TIMES * usual, SHORTEST_SILENCE)


def next_month(month: str) -> str:
    """Return the month after a month, both ``YYYYMM``."""
    year, number = int(month[:4]), int(month[4:])
    return f"{year + number // 12}{number % 12 + 1:02d}"


def month_end(month: str) -> date:
    """Return the last day of a month ``YYYYMM``."""
    year, number = int(month[:4]), int(month[4:])
    return date(year, number, monthrange(year, number)[1])


def late_months(months: Collection[str], today: date) -> list[str]:
    """Return the months of payroll that should be here by now and are not.

    A month is expected where the one before it came, and most before that as far as any did:
    who pays each quarter is asked nothing in between.

    :param months: the months that came, ``YYYYMM``.
    :return: those that are missing, the first one first.
    """
    if not months:
        return []
    late, before = [], [min(months)]
    while today - month_end(month := next_month(before[-1])) > GRACE:
        seen = [earlier in months for earlier in before[-MONTHS_BEFORE:]]
        is_usual = seen[-1] and sum(seen) >= min(len(seen), REGULAR)
        if month not in months and is_usual and today - month_end(month) < SILENCE:
            late.append(month)
        before.append(month)
    return late
