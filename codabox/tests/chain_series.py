"""Complete series of statements, numbered as the banks do."""

from datetime import date, timedelta
from decimal import Decimal

from ..coda import Link

START = date(2025, 12, 1)
HABITS = ("normal", "yearly", "crelan", "constant", "none")


def working_days(start=START):
    """Yield the working days from a day on: no statement at the weekend."""
    day = start
    while True:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def series(habit, amounts, *, parts=None, start=None):
    """Return a complete series with these amounts; 0 is a statement without movements.

    :param habit: one of ``HABITS``.
    :param parts: how many statements each working day has, 1 by default.
    """
    # "normal" stays within a year, the others see a new one.
    days = working_days(start or (date(2026, 1, 5) if habit == "normal" else START))
    parts = iter(parts or ())
    links, balance, previous, day, left = [], Decimal(1000), None, None, 0
    counter = Counter(habit)
    for index, amount in enumerate(amounts):
        if not left:
            previous, day, left = day, next(days), next(parts, 1)
            opening_day = previous or day - timedelta(days=1)
        number, paper = counter.next(day)
        closing = balance + Decimal(amount)
        links.append(Link(index, opening_day, balance, day, closing, number, paper))
        balance, opening_day, left = closing, day, left - 1
    return links


class Counter:
    """Gives the CODA number and the paper number of each statement."""

    def __init__(self, habit):
        self.habit = habit
        self.number = 10 if habit == "normal" else 0
        self.period = None

    def next(self, day):
        """Return both numbers of the next statement."""
        if self.habit == "none":
            return 0, 0
        if self.habit == "constant":
            return 1, 0
        period = day.isocalendar()[:2] if self.habit == "crelan" else day.year
        if self.habit != "normal" and period != self.period:
            self.number, self.period = 0, period
        self.number += 1
        return self.number, period[1] if self.habit == "crelan" else self.number
