"""Bank days, the rhythm of an account, and the months of payroll that should be here."""

from __future__ import annotations

import unittest
from datetime import date, timedelta
from itertools import pairwise

from ..bank_days import bank_days_between, easter, is_bank_day
from ..rhythm import (
    FEWEST_INTERVALS,
    GRACE,
    RARE,
    RECENT,
    SHORTEST_SILENCE,
    SILENCE,
    TIMES,
    is_silent,
    late_months,
    month_end,
    next_month,
    usual_interval,
)
from .test_days import DAYS

try:
    from hypothesis import given, settings
    from hypothesis import strategies as st
except ImportError:  # Odoo runs these tests too, with what it has
    st = None

ONE_DAY = timedelta(days=1)


def ahead(day, number):
    """Return the bank day so many of them later; earlier when negative."""
    step = ONE_DAY if number > 0 else -ONE_DAY
    while number:
        day += step
        number -= is_bank_day(day) * (1 if number > 0 else -1)
    return day


def every(interval, count, last):
    """Return the days of so many statements, each so many bank days after the one before."""
    days = [ahead(last + ONE_DAY, -1)]
    while len(days) < count:
        days.append(ahead(days[-1], -interval))
    return days[::-1]


class BankDaysTest(unittest.TestCase):
    def test_easter_is_where_the_calendars_have_it(self):
        known = (
            "2000-04-23 2008-03-23 2011-04-24 2019-04-21 2024-03-31 "
            "2025-04-20 2026-04-05 2027-03-28 2028-04-16 2038-04-25"
        )
        for day in known.split():
            self.assertEqual(easter(int(day[:4])), date.fromisoformat(day))

    def test_weekends_and_holidays_are_no_bank_days(self):
        closed = {
            "2026-01-01": "New Year", "2026-04-03": "Good Friday", "2026-04-06": "Easter Monday",
            "2026-05-01": "Labour",
            "2026-05-14": "Ascension", "2026-05-25": "Whit Monday",
            "2026-07-21": "National holiday", "2025-08-15": "Assumption",
            "2027-11-01": "All Saints",
            "2026-11-11": "Armistice",
            "2026-12-25": "Christmas", "2028-12-26": "the day after",
            "2026-06-06": "Saturday", "2026-06-07": "Sunday",
        }  # fmt: skip
        for day, name in closed.items():
            self.assertFalse(is_bank_day(date.fromisoformat(day)), name)
        for day in ("2026-01-02", "2026-04-07", "2026-12-24", "2028-02-29", "2026-12-31"):
            self.assertTrue(is_bank_day(date.fromisoformat(day)), day)

    def test_days_are_counted_behind_the_first_up_to_the_last(self):
        friday, monday = date(2026, 6, 5), date(2026, 6, 8)
        self.assertEqual(bank_days_between(friday, monday), 1)
        self.assertEqual(bank_days_between(friday, friday), 0)
        self.assertEqual(bank_days_between(monday, friday), 0)
        self.assertEqual(bank_days_between(date(2026, 12, 24), date(2027, 1, 4)), 5)
        self.assertEqual(bank_days_between(date(2028, 2, 28), date(2028, 3, 1)), 2)

    def test_a_span_is_the_sum_of_its_parts_over_every_bad_day(self):
        for middle in DAYS:
            first, last = middle - 40 * ONE_DAY, middle + 40 * ONE_DAY
            self.assertEqual(
                bank_days_between(first, last),
                bank_days_between(first, middle) + bank_days_between(middle, last),
            )


class RhythmTest(unittest.TestCase):
    def test_an_account_is_silent_after_three_times_its_interval_and_ten_bank_days(self):
        for last in DAYS:
            for interval in (1, 2, 5, 10, 20):
                days = every(interval, 12, last)
                wait = max(TIMES * interval, SHORTEST_SILENCE)
                with self.subTest(last.isoformat(), interval=interval):
                    self.assertEqual(usual_interval(days), interval)
                    self.assertFalse(is_silent(days, ahead(days[-1], wait) - ONE_DAY))
                    self.assertTrue(is_silent(days, ahead(days[-1], wait)))
                    self.assertTrue(is_silent(days, ahead(days[-1], wait + 200)))

    def test_who_moves_rarely_is_never_silent(self):
        days = every(RARE + 1, 12, date(2026, 6, 5))
        self.assertFalse(is_silent(days, date(2028, 1, 1)))
        monthly = [month_end(f"2026{month:02d}") for month in range(1, 11)]
        self.assertTrue(is_silent(monthly, date(2027, 3, 1)))
        self.assertFalse(is_silent(monthly[::3], date(2028, 3, 1)), "each quarter")

    def test_too_few_statements_know_no_rhythm(self):
        days = every(1, FEWEST_INTERVALS, date(2026, 6, 5))
        self.assertIsNone(usual_interval(days))
        for known in (days, [], days * 3):
            self.assertFalse(is_silent(known, date(2027, 6, 5)))

    def test_one_long_closing_changes_no_rhythm_and_several_are_one(self):
        days = every(1, 20, date(2026, 6, 5))
        closing = every(1, 20, ahead(days[0], -25))
        self.assertEqual(usual_interval(closing + days), 1)
        irregular = [
            day for place, day in enumerate(every(1, 60, date(2026, 6, 5))) if place % 7 < 3
        ]
        self.assertEqual(usual_interval(irregular), 5)

    def test_what_was_long_ago_says_nothing_of_the_rhythm_now(self):
        days = every(5, RECENT, date(2026, 6, 5))
        before = every(1, 300, days[0] - ONE_DAY)
        self.assertEqual(usual_interval(before + days), 5)

    def test_a_statement_of_the_future_hides_no_silence(self):
        days = every(1, 20, date(2026, 6, 5))
        self.assertTrue(is_silent([*days, date(2099, 1, 1)], date(2026, 7, 6)))

    def test_several_statements_of_a_day_or_of_a_weekend_are_no_interval_of_nothing(self):
        weekend = [date(2026, 1, 3) + number * ONE_DAY for number in range(14)]
        self.assertEqual(usual_interval(weekend * 2), 1)


class MonthsTest(unittest.TestCase):
    def months(self, first, count):
        months = [first]
        while len(months) < count:
            months.append(next_month(months[-1]))
        return months

    def test_months_follow_each_other_over_the_year_and_end_on_their_last_day(self):
        self.assertEqual(self.months("202611", 4), ["202611", "202612", "202701", "202702"])
        ends = {
            "202702": date(2027, 2, 28),
            "202802": date(2028, 2, 29),
            "202612": date(2026, 12, 31),
        }
        for month, end in ends.items():
            self.assertEqual(month_end(month), end)

    def test_a_month_is_late_from_the_day_after_its_grace_until_the_secretariat_was_left(self):
        for month in ("202611", "202612", "202701", "202702", "202802", "202812"):
            before = self.months("202608", 40)
            before = [m for m in before if m < month]
            end = month_end(month)
            with self.subTest(month):
                self.assertEqual(late_months(before, end + GRACE), [])
                self.assertEqual(late_months(before, end + GRACE + ONE_DAY), [month])
                self.assertEqual(late_months(before, end + SILENCE - ONE_DAY), [month])
                self.assertEqual(late_months(before, end + SILENCE), [])
                self.assertEqual(late_months([*before, month], end + GRACE + ONE_DAY), [])

    def test_a_month_in_between_stays_missing_when_a_later_one_came(self):
        came = ["202601", "202602", "202604"]
        self.assertEqual(late_months(came, date(2026, 5, 25)), ["202603"])
        self.assertEqual(late_months(came, date(2026, 6, 21)), ["202603", "202605"])

    def test_several_months_without_payroll_are_one_question(self):
        self.assertEqual(late_months(["202601", "202602"], date(2026, 6, 21)), ["202603"])

    def test_who_pays_each_quarter_is_asked_nothing_in_between(self):
        self.assertEqual(late_months(["202510", "202601", "202604"], date(2026, 6, 21)), [])
        self.assertEqual(late_months([], date(2026, 6, 21)), [])


if st:
    BOUNDED = settings(max_examples=60, deadline=None)
    near_bad_days = st.builds(
        lambda day, days: day + days * ONE_DAY, st.sampled_from(DAYS), st.integers(-60, 60)
    )

    class PropertiesTest(unittest.TestCase):
        @BOUNDED
        @given(st.lists(near_bad_days, min_size=3, max_size=3))
        def test_bank_days_add_up(self, days):
            first, middle, last = sorted(days)
            both = bank_days_between(first, middle) + bank_days_between(middle, last)
            self.assertEqual(bank_days_between(first, last), both)
            self.assertLessEqual(both, (last - first).days)

        @BOUNDED
        @given(st.lists(near_bad_days, max_size=60), near_bad_days)
        def test_silence_goes_on_until_a_statement_comes(self, days, today):
            if is_silent(days, today):
                known = [day for day in days if day <= today]
                wait = bank_days_between(max(known), today)
                self.assertGreaterEqual(wait, max(SHORTEST_SILENCE, TIMES * usual_interval(known)))
                self.assertFalse(is_silent([*days, today], today))
                later = today + 30 * ONE_DAY
                if not any(today < day <= later for day in days):
                    self.assertTrue(is_silent(days, later))

        @BOUNDED
        @given(st.sets(st.sampled_from(range(24)), max_size=24), near_bad_days)
        def test_a_late_month_is_over_has_not_come_and_follows_one_that_did(self, numbers, today):
            months = {f"{2026 + n // 12}{n % 12 + 1:02d}" for n in numbers}
            late = late_months(months, today)
            self.assertEqual(late, sorted(set(late)))
            for month in late:
                self.assertNotIn(month, months)
                self.assertTrue(GRACE < today - month_end(month) < SILENCE)
                self.assertTrue(any(next_month(before) == month for before in months))
            self.assertFalse(any(next_month(a) == b for a, b in pairwise(late)))
