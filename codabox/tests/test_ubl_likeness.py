"""Of two invoices with one number nothing is lost and nothing doubled unasked."""

from __future__ import annotations

import unittest
from datetime import date

from ..ubl.likeness import Figures, Likeness, compare_invoices

try:
    from hypothesis import given
    from hypothesis import strategies as st
except ImportError:  # Odoo runs these tests too, with what it has
    st = None


def compare(one, two, total=121.0, other=121.0, **options):
    days = [day and date.fromisoformat(day) for day in (one, two)]
    same_year = all(days) and days[0].year == days[1].year
    found = [Figures(day, amount, "EUR") for day, amount in zip(days, (total, other), strict=True)]
    return compare_invoices(*found, **{"same_year": same_year, **options})


class LikenessTest(unittest.TestCase):
    def test_the_same_day_and_total_is_the_same_to_some_cents(self):
        self.assertEqual(compare("2026-01-15", "2026-01-15", other=121.04), Likeness.SAME)

    def test_what_is_sent_again_after_new_year_is_the_same(self):
        self.assertEqual(compare("2025-12-30", "2026-01-02"), Likeness.SAME)
        self.assertEqual(compare("2025-12-30", "2026-01-05"), Likeness.SAME)
        self.assertEqual(compare("2025-12-30", "2026-01-06"), Likeness.PERHAPS)

    def test_a_number_that_begins_anew_each_year_is_of_another_invoice(self):
        self.assertEqual(compare("2025-03-04", "2026-03-02", other=302.5), Likeness.OTHER)
        self.assertEqual(compare("2025-12-30", "2026-01-02", other=302.5), Likeness.OTHER)
        self.assertEqual(compare("2025-03-04", "2026-03-02"), Likeness.OTHER)

    def test_a_slip_in_the_year_asks(self):
        self.assertEqual(compare("2025-03-02", "2026-03-02", other=302.5), Likeness.PERHAPS)

    def test_the_same_year_asks_whatever_the_total(self):
        for other in (121.0, 302.5):
            self.assertEqual(compare("2026-03-02", "2026-06-30", other=other), Likeness.PERHAPS)

    def test_a_number_that_is_used_each_week_or_month_is_never_silently_the_same(self):
        for day in ("2026-03-03", "2026-03-09", "2026-03-30", "2026-04-02"):
            self.assertEqual(compare("2026-03-02", day), Likeness.PERHAPS)

    def test_a_book_year_need_not_be_a_year(self):
        found = compare("2025-10-01", "2026-03-02", other=302.5, same_year=True)
        self.assertEqual(found, Likeness.PERHAPS)

    def test_another_currency_is_another_total(self):
        day = date(2026, 3, 2)
        found = compare_invoices(Figures(day, 1.0, "EUR"), Figures(day, 1.0, "USD"), same_year=True)
        self.assertEqual(found, Likeness.PERHAPS)


if st:
    DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
    FIGURES = st.builds(Figures, st.none() | DAYS, st.integers(0, 999).map(float), st.just("EUR"))

    class LikenessPropertiesTest(unittest.TestCase):
        @given(FIGURES, FIGURES, st.booleans())
        def test_it_does_not_matter_which_came_first(self, one, two, same_year):
            expected = compare_invoices(two, one, same_year=same_year)
            self.assertEqual(compare_invoices(one, two, same_year=same_year), expected)

        @given(FIGURES, FIGURES)
        def test_within_a_year_nothing_is_another_invoice_unasked(self, one, two):
            self.assertNotEqual(compare_invoices(one, two, same_year=True), Likeness.OTHER)

        @given(FIGURES, FIGURES, st.booleans())
        def test_without_a_day_a_person_is_asked(self, one, two, same_year):
            found = compare_invoices(one._replace(day=None), two, same_year=same_year)
            self.assertEqual(found, Likeness.PERHAPS)
