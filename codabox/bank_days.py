"""The days on which Belgian banks work (docs/reference/coda.md 1.14)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

_DAY: Final = timedelta(days=1)
# Month and day: New Year, Labour, National holiday, Assumption, All Saints, Armistice, Christmas
# and the day after it.
_FIXED: Final = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26))
# Days after Easter: Good Friday, Easter Monday, Ascension, Whit Monday.
_MOVING: Final = (-2, 1, 39, 50)
_SATURDAY: Final = 5


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= (moon + golden // 11) // 29
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    return date(year, 3, 22) + timedelta(days=moon + sunday)


@cache
def _holidays(year: int) -> frozenset[date]:
    sunday = easter(year)
    moving = (sunday + timedelta(days=days) for days in _MOVING)
    return frozenset({*(date(year, month, day) for month, day in _FIXED), *moving})


def is_bank_day(day: date) -> bool:
    """Say whether Belgian banks work on a day; a day on which only some do is none."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def bank_days_between(first: date, last: date) -> int:
    """Count the bank days after a day, up to and including another; 0 when that is no later."""
    days = (first + _DAY * ahead for ahead in range(1, (last - first).days + 1))
    return sum(map(is_bank_day, days))
