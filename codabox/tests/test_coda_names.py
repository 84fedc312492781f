"""A statement is called as the bank calls it on paper, and no two of an account alike."""

import unittest

from ..coda import parse_coda, statement_name
from ..coda.builders import DAY, credit, statement
from .chain_series import HABITS, series
from .coda_samples import case

ACCOUNT = "BE68539007547034"


def name(**values):
    return statement_name(statement(account=ACCOUNT, movements=[credit("1")], **values))


class TestNames(unittest.TestCase):
    def test_one_number_is_said_once(self):
        self.assertEqual(name(number=41), "2026/041")

    def test_the_number_on_paper_comes_first_and_the_coded_one_stands_behind_it(self):
        self.assertEqual(name(number=67, paper_number="070"), "2026/070-067")
        (found,) = parse_coda(case("paper_084_number_001")).statements
        self.assertEqual(statement_name(found), "2026/084-001")

    def test_a_bank_that_has_one_of_both_is_called_by_that(self):
        self.assertEqual(name(number=0, paper_number="033"), "2026/033")
        self.assertEqual(name(number=12, paper_number="000"), "2026/012")
        self.assertEqual(name(number=12, paper_number=""), "2026/012")

    def test_without_numbers_it_is_called_by_its_day(self):
        self.assertEqual(name(number=0, paper_number="000"), DAY.isoformat())
        self.assertEqual(name(number=0, paper_number="A 1"), DAY.isoformat())

    def test_the_day_of_a_period_is_told_from_the_same_day_of_another(self):
        files = [case(f"crelan_{number}") for number in range(1, 6)]
        names = [statement_name(item) for data in files for item in parse_coda(data).statements]
        self.assertEqual(len(set(names)), 5, names)
        self.assertIn("2026/002-001", names)

    def test_crelan_says_period_and_day_also_where_they_are_alike(self):
        self.assertEqual(name(number=2, paper_number="002", bic="NICABEBB"), "2026/002-002")
        self.assertEqual(name(number=2, paper_number="000", bic="NICABEBBXXX"), "2026/002")

    def test_no_habit_gives_two_statements_of_an_account_one_name(self):
        for habit in HABITS:
            if habit == "constant":  # one number for ever, and no other: the day tells them apart
                continue
            with self.subTest(habit):
                names = [
                    name(number=link.number, paper_number=f"{link.paper:03}", day=link.day)
                    for link in series(habit, range(1, 41))
                ]
                self.assertEqual(len(set(names)), 40)

    def test_a_coded_number_that_stands_still_leaves_it_to_the_paper_number(self):
        names = [name(number=1, paper_number=f"{paper:03}") for paper in (1, 2, 33)]
        self.assertEqual(names, ["2026/001", "2026/002-001", "2026/033-001"])
