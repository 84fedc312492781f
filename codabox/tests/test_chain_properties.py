"""What holds for any complete series and for any part of it that is lost."""

import unittest
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from ..coda import find_gaps
from .chain_series import HABITS, series

try:
    from hypothesis import given, settings
    from hypothesis import strategies as st
except ImportError:  # Odoo runs these tests too, with what it has
    st = None

COUNTING = ("normal", "yearly", "crelan")


def lost_runs(links, kept):
    """Return (before, after, lost statements) wherever something is lost in between."""
    refs = sorted(link.ref for link in kept)
    return [(a, b, links[a + 1 : b]) for a, b in pairwise(refs) if b - a > 1]


if st:
    amounts = st.lists(st.integers(0, 500), min_size=3, max_size=60)
    parts = st.lists(st.integers(1, 2), max_size=60)

    @st.composite
    def damaged(draw):
        """Return a habit, a complete series and what is left of it, in any order."""
        habit = draw(st.sampled_from(HABITS))
        links = series(habit, [Decimal(a) / 100 for a in draw(amounts)], parts=draw(parts))
        kept = draw(st.lists(st.sampled_from(links), min_size=2, unique=True))
        return habit, links, kept

    class TestAnySeries(unittest.TestCase):
        @settings(deadline=None, max_examples=400)
        @given(st.sampled_from(HABITS), st.lists(st.integers(-500, 500), max_size=60),
               parts, st.randoms(use_true_random=False))  # fmt: skip
        def test_a_complete_series_raises_no_alarm(self, habit, moved, day_parts, rough):
            links = series(habit, moved, parts=day_parts)
            rough.shuffle(links)
            self.assertEqual(find_gaps(links), [])

        @settings(deadline=None, max_examples=800)
        @given(damaged())
        def test_whatever_is_lost_is_reported_and_nothing_else(self, case):
            habit, links, kept = case
            gaps = {(gap.before.ref, gap.after.ref): gap for gap in find_gaps(kept)}
            runs = {(a, b): lost for a, b, lost in lost_runs(links, kept)}
            self.assertLessEqual(gaps.keys(), runs.keys(), "an alarm where nothing is lost")
            for sides, lost in runs.items():
                moved = sum(link.closing - link.opening for link in lost)
                if not moved:
                    continue  # it is told where the numbers are proven: see test_chain
                gap = gaps[sides]
                self.assertEqual(gap.amount, moved)
                self.assert_days(kept, gap, lost)
                self.assert_names(habit, gap, lost)

        def assert_days(self, kept, gap, lost):
            """All lost days are named; the neighbour's own where days are seen to share."""
            days = [link.day for link in kept]
            shared = len(set(days)) < len(days)
            for link in lost:
                if shared or link.day != gap.before.day:
                    self.assertTrue(gap.first_day <= link.day <= gap.last_day)

        def assert_names(self, habit, gap, lost):
            """No number is named that was not lost; without a restart all are."""
            named = {
                (span.year, number)
                for span in gap.numbers
                for number in range(span.first, (span.last or 999) + 1)
            }
            if habit not in COUNTING:
                self.assertFalse(named)
                return
            numbers = {(link.day.year, link.number) for link in lost}
            if habit == "crelan":
                # A week over New Year counts in one go; its numbers go by the year of the paper
                # number. Where only paper numbers are seen, weeks are named.
                numbers |= {(link.day.isocalendar().year, link.number) for link in lost}
                numbers |= {(link.day.year, link.paper) for link in lost}
            closed = all(span.last for span in gap.numbers)
            if habit == "normal" and named:
                self.assertEqual(named, numbers)
            elif closed:
                self.assertLessEqual(named, numbers)

        @settings(deadline=None, max_examples=200)
        @given(damaged())
        def test_the_days_of_a_gap_hold_no_more_than_its_neighbours_leave_open(self, case):
            _habit, _links, kept = case
            for gap in find_gaps(kept):
                self.assertGreaterEqual(gap.first_day, gap.before.day)
                self.assertLessEqual(gap.last_day, gap.after.day)
                self.assertLessEqual(gap.first_day - timedelta(days=1), gap.last_day)


if __name__ == "__main__":
    unittest.main()
