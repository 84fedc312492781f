"""Which month or quarter has to be filed next, and by when: swept day by day."""

from __future__ import annotations

import unittest
from datetime import date, timedelta

from ..filing import Period, due_day, next_due, period_of, periods_before

FILINGS = ("month", "quarter")
FIRST, DAYS = date(2023, 12, 1), 1600  # over a leap year, and its end
SWEPT = [FIRST + timedelta(days=number) for number in range(DAYS)]


class TestFiling(unittest.TestCase):
    def test_a_day_is_in_its_period_and_the_day_after_its_end_in_the_next(self) -> None:
        for filing in FILINGS:
            for day in SWEPT:
                period = period_of(filing, day)
                self.assertTrue(period.start <= day <= period.end)
                after = period_of(filing, period.end + timedelta(days=1))
                self.assertEqual(after.start, period.end + timedelta(days=1))
                self.assertEqual(periods_before(filing, after, 1), period)

    def test_what_is_due_next_is_the_first_that_is_not_late(self) -> None:
        for filing in FILINGS:
            for day in SWEPT:
                period = next_due(filing, day)
                before = periods_before(filing, period, 1)
                self.assertLess(due_day(filing, before), day)
                self.assertGreaterEqual(due_day(filing, period), day)
                self.assertEqual(next_due(filing, day, back=1), before)

    def test_a_month_is_due_on_the_20th_and_a_quarter_on_the_25th_of_the_next_month(self) -> None:
        october = period_of("month", date(2026, 10, 7))
        self.assertEqual(october, Period(date(2026, 10, 1), date(2026, 10, 31)))
        self.assertEqual(due_day("month", october), date(2026, 11, 20))
        last = period_of("quarter", date(2026, 10, 7))
        self.assertEqual(last, Period(date(2026, 10, 1), date(2026, 12, 31)))
        self.assertEqual(due_day("quarter", last), date(2027, 1, 25))

    def test_on_its_last_day_a_return_still_has_to_be_in(self) -> None:
        self.assertEqual(next_due("month", date(2026, 11, 20)).end, date(2026, 10, 31))
        self.assertEqual(next_due("month", date(2026, 11, 21)).end, date(2026, 11, 30))
        self.assertEqual(next_due("quarter", date(2026, 10, 25)).end, date(2026, 9, 30))
        self.assertEqual(next_due("quarter", date(2026, 10, 26)).end, date(2026, 12, 31))

    def test_nobody_is_given_a_period_he_did_not_choose(self) -> None:
        with self.assertRaises(KeyError):
            period_of("none", date(2026, 1, 1))
