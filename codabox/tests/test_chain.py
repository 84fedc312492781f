"""What is missing between statements: exactly that, whatever the bank's way of numbering."""

import random
import unittest
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from ..coda import Link, find_conflict, find_gaps, order_chain
from .chain_series import HABITS, series

AMOUNTS = [5 + index * 3 for index in range(40)]
WITH_EMPTY = [0 if index % 4 == 3 else amount for index, amount in enumerate(AMOUNTS)]
# The numbers of the statements that are removed below: the eighth and ninth, and the twentieth.
NAMES = {
    "normal": ["018-019", "030"],
    "yearly": ["008-009", "020"],
    "crelan": ["050/003-004", "052/005-…"],
    "constant": [],
    "none": [],
}


def without(links, *positions):
    return [link for index, link in enumerate(links) if index not in positions]


def sides(gaps):
    return [(gap.before.ref, gap.after.ref) for gap in gaps]


class TestHabits(unittest.TestCase):
    """Five ways of numbering; statements 7, 8 and 19 are lost on the way."""

    def test_a_full_series_is_complete(self):
        for habit in HABITS:
            for amounts in (AMOUNTS, WITH_EMPTY, [0] * 40):
                for parts in (None, [2] * 20, [1, 3] * 10):
                    with self.subTest(habit=habit, parts=parts):
                        self.assertEqual(find_gaps(series(habit, amounts, parts=parts)), [])

    def test_two_gaps_are_named_exactly(self):
        for habit in HABITS:
            with self.subTest(habit=habit):
                links = series(habit, AMOUNTS)
                gaps = find_gaps(without(links, 7, 8, 19))
                self.assertEqual(sides(gaps), [(6, 9), (18, 20)])
                self.assertEqual([gap.amount for gap in gaps], [26 + 29, 62])
                self.assertEqual(
                    [(gap.first_day <= links[i].day <= gap.last_day) for gap, i in
                     zip(gaps * 2, (7, 19, 8, 19), strict=True)],
                    [True] * 4,
                )  # fmt: skip
                names = [str(number) for gap in gaps for number in gap.numbers]
                self.assertEqual(names, NAMES[habit])

    def test_the_period_names_the_missing_days_and_no_others(self):
        for habit in HABITS:
            with self.subTest(habit=habit):
                links = series(habit, AMOUNTS)
                for gap in find_gaps(without(links, 7, 8, 19)):
                    lost = [x.ref for x in links if gap.first_day <= x.day <= gap.last_day]
                    self.assertEqual(lost, list(range(gap.before.ref + 1, gap.after.ref)))

    def test_two_statements_a_day_and_empty_ones_change_nothing(self):
        for habit in HABITS:
            for parts in ([2] * 20, [1, 2] * 14):
                with self.subTest(habit=habit, parts=parts):
                    links = series(habit, WITH_EMPTY, parts=parts)
                    gaps = find_gaps(without(links, 8, 9, 22))
                    self.assertEqual(sides(gaps), [(7, 10), (21, 23)])

    def test_any_order_of_arrival_gives_the_same(self):
        shuffle = random.Random(7)
        for habit in HABITS:
            kept = without(series(habit, AMOUNTS, parts=[1, 2] * 14), 7, 8, 19)
            expected = find_gaps(kept)
            for _ in range(20):
                shuffle.shuffle(kept)
                with self.subTest(habit=habit):
                    self.assertEqual(find_gaps(kept), expected)

    def test_what_comes_in_between_narrows_and_fills_the_gap(self):
        links = series("yearly", AMOUNTS)
        kept = without(links, 7, 8, 9)
        self.assertEqual([str(n) for g in find_gaps(kept) for n in g.numbers], ["008-010"])
        kept.append(links[8])
        self.assertEqual([str(n) for g in find_gaps(kept) for n in g.numbers], ["008", "010"])
        self.assertEqual(find_gaps([*kept, links[7], links[9]]), [])

    def test_the_numbers_lost_at_new_year_are_named_as_far_as_known(self):
        links = series("yearly", AMOUNTS)  # 1 to 23 in December, 2026/001 is position 23
        (gap,) = find_gaps(without(links, 22, 23))
        self.assertEqual([(n.year, str(n)) for n in gap.numbers], [(2026, "001")])
        (gap,) = find_gaps(without(links, 21, 22))
        self.assertEqual([(n.year, str(n)) for n in gap.numbers], [(2025, "022-…")])


class TestNumbersAlone(unittest.TestCase):
    """The balances agree, the numbers do not."""

    def test_a_paper_number_that_counts_on_over_new_year_names_only_what_is_lost(self):
        links = series("crelan", [1] * 30)
        week = [link for link in links if link.day >= date(2025, 12, 29) and link.paper == 1]
        self.assertEqual([link.day.year for link in week], [2025] * 3 + [2026] * 2)
        lost = week[3]
        (gap,) = find_gaps([link for link in links if link is not lost])
        self.assertEqual([str(span) for span in gap.numbers], ["001/004"])

    def test_a_lost_statement_without_movements_is_told_by_its_number(self):
        (gap,) = find_gaps(without(series("normal", WITH_EMPTY), 11))
        self.assertEqual([str(number) for number in gap.numbers], ["022"])
        self.assertEqual(gap.amount, 0)

    def test_a_first_number_lost_at_new_year_is_told(self):
        links = series("yearly", [*AMOUNTS[:23], 0, *AMOUNTS[24:]])
        (gap,) = find_gaps(without(links, 23))
        self.assertEqual([(n.year, str(n)) for n in gap.numbers], [(2026, "001")])

    def test_a_number_that_is_a_day_of_the_year_skips_weekends_without_alarm(self):
        links = [
            replace(x, number=x.day.timetuple().tm_yday, paper=0) for x in series("normal", AMOUNTS)
        ]
        self.assertEqual(find_gaps(links), [])
        (gap,) = find_gaps(without(links, 7))
        self.assertEqual(gap.numbers, (), "a weekend has no statement to name")

    def test_a_number_that_is_a_day_of_the_month_raises_no_alarm(self):
        links = [replace(x, number=x.day.day, paper=x.day.month) for x in series("yearly", AMOUNTS)]
        self.assertEqual(find_gaps(links), [])

    def test_a_bank_that_skips_numbers_as_it_likes_raises_no_alarm(self):
        rough = random.Random(3)
        number, links = 0, []
        for link in series("normal", AMOUNTS):
            number += rough.choice((1, 1, 2, 4))
            links.append(replace(link, number=number))
        self.assertEqual(find_gaps(links), [])

    def test_a_number_that_stays_for_some_statements_raises_no_alarm(self):
        links = [
            replace(link, number=74 if 10 <= link.ref < 15 else link.number)
            for link in series("normal", AMOUNTS)
        ]
        self.assertEqual(find_gaps(links), [])

    def test_a_paper_number_names_what_a_constant_number_cannot(self):
        links = [replace(x, paper=x.ref + 1) for x in series("constant", AMOUNTS)]
        (gap,) = find_gaps(without(links, 7, 8))
        self.assertEqual([str(number) for number in gap.numbers], ["008-009"])

    def test_a_skipped_paper_number_alone_is_no_alarm(self):
        links = [
            replace(x, paper=x.ref + (1 if x.ref < 20 else 5)) for x in series("constant", AMOUNTS)
        ]
        self.assertEqual(find_gaps(links), [])


class TestOrder(unittest.TestCase):
    def test_many_unnumbered_statements_of_a_day_follow_their_balances(self):
        day = date(2026, 1, 5)
        links = [Link(index, day, Decimal(index), day, Decimal(index + 1)) for index in range(12)]
        shuffled = list(links)
        random.Random(1).shuffle(shuffled)
        first = Link(-1, day, Decimal(0), date(2026, 1, 4), Decimal(0))
        self.assertEqual(order_chain([*shuffled, first])[1:], links)

    def test_a_statement_without_dates_fills_the_gap_that_it_fits(self):
        links = series("none", AMOUNTS)
        links[7] = replace(links[7], opening_date=None, closing_date=None)
        self.assertEqual(find_gaps(links), [])
        links[7] = replace(links[7], closing=Decimal(1))
        self.assertEqual(sides(find_gaps(links)), [(6, 8)])

    def test_nothing_and_one_statement_have_no_gap(self):
        self.assertEqual(find_gaps([]), [])
        self.assertEqual(find_gaps(series("normal", [1])), [])


class TestConflict(unittest.TestCase):
    """Same account and period, other content."""

    def conflict(self, links, **changes):
        new = replace(links[9], ref="new", **changes)
        found = find_conflict(links, new)
        return found and found.ref

    def test_other_content_for_the_same_period_is_found(self):
        for habit in HABITS:
            links = series(habit, AMOUNTS)
            with self.subTest(habit=habit):
                self.assertEqual(self.conflict(links, closing=Decimal(1)), 9)

    def test_other_balances_under_the_same_number_are_found_where_the_bank_counts(self):
        changes = {"opening": Decimal(1), "closing": Decimal(2)}
        for habit in ("normal", "yearly", "crelan"):
            with self.subTest(habit=habit):
                self.assertEqual(self.conflict(series(habit, AMOUNTS), **changes), 9)

    def test_statements_of_one_day_that_follow_each_other_are_no_conflict(self):
        day = date(2026, 1, 5)
        kinds = {"none": 0, "constant": 1}
        balances = [10, 20, 30, 20, 10, 15]
        for habit, number in kinds.items():
            links = []
            for index, (opening, closing) in enumerate(pairwise(balances)):
                new = Link(index, day, Decimal(opening), day, Decimal(closing), number)
                with self.subTest(habit=habit, opening=opening):
                    self.assertIsNone(find_conflict(links, new))
                links.append(new)

    def test_no_statement_of_a_full_series_conflicts_with_the_others(self):
        for habit in HABITS:
            for parts in (None, [2] * 20):
                links = series(habit, WITH_EMPTY, parts=parts)
                for link in links:
                    others = [other for other in links if other is not link]
                    with self.subTest(habit=habit, ref=link.ref):
                        self.assertIsNone(find_conflict(others, link))


if __name__ == "__main__":
    unittest.main()
