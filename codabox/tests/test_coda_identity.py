"""Which statement a statement is, and how it is cut out of its file."""

import random
import unittest
from dataclasses import replace
from datetime import date

from ..coda import (
    are_two,
    content_key,
    cut_statement,
    figures_key,
    have_other_references,
    parse_coda,
    write_coda,
)
from ..coda.builders import credit, debit, free_information, party, statement
from .coda_golden import CASES
from .coda_samples import OURS, case, read

ACCOUNT = "BE68539007547034"


def day(*movements, **values):
    return statement(
        account=ACCOUNT, movements=movements, **{"number": 0, "paper_number": "000"} | values
    )


class TestKeys(unittest.TestCase):
    def test_what_is_said_beside_the_money_makes_no_other_statement(self):
        one = day(credit("1", communication="A"))
        for values in (
            {"file_reference": "X"}, {"duplicate": True}, {"addressee": "X"},
            {"free_text": "ADVERT"},
            {"bank_id": "300"}, {"created": date(2026, 3, 1)},
        ):  # fmt: skip
            with self.subTest(values):
                self.assertEqual(content_key(replace(one, **values)), content_key(one))

    def test_whatever_the_bank_says_of_a_movement_makes_one(self):
        one = day(credit("1", communication="A"))
        for values in (
            {"communication": "B"}, {"bank_reference": "R"}, {"customer_reference": "C"},
            {"code": "00250000"}, {"value_date": date(2026, 1, 20)}, {"return_reason": "AM04"},
            {"counterparty": party("NAME")}, {"counterparty": party("", ACCOUNT)},
            {"information": [free_information("MORE")]},
            {"details": [credit("1", code="50550000")]},
        ):  # fmt: skip
            with self.subTest(values):
                other = day(credit("1", **{"communication": "A"} | values))
                self.assertEqual(figures_key(other), figures_key(one))
                self.assertNotEqual(content_key(other), content_key(one))

    def test_accents_signs_and_capitals_make_none(self):
        for text, other in (("CAFÉ", "cafe"), ("A-B/C", "a b c"), ("Łódź", "ŁODZ")):
            with self.subTest(text):
                keys = [content_key(day(credit("1", communication=t))) for t in (text, other)]
                self.assertEqual(*keys)


class TestTwo(unittest.TestCase):
    def test_the_sweep_of_a_day_that_comes_twice_is_two(self):
        one, other = parse_coda(case("sweep_two_a_day_unnumbered")).statements
        self.assertEqual(figures_key(one), figures_key(other))
        self.assertTrue(are_two(one, other) and are_two(other, one))

    def test_details_that_come_later_are_of_one(self):
        (one,), (other,) = (
            parse_coda(case(name)).statements
            for name in ("ident_total_first", "ident_details_later")
        )
        self.assertEqual(figures_key(one), figures_key(other))
        self.assertFalse(are_two(one, other) or have_other_references(one, other))

    def test_they_are_two_only_where_everything_says_so(self):
        def both(reference, text, **values):
            return day(
                credit("5", bank_reference=f"A{reference}", communication=text),
                debit("5", bank_reference=f"B{reference}", communication="OUT" + text),
                **values,
            )

        one = both("1", "FIRST")
        self.assertTrue(are_two(one, both("2", "SECOND")))
        self.assertFalse(are_two(one, both("1", "SECOND")))
        self.assertFalse(are_two(one, both("2", "FIRST")))
        self.assertFalse(are_two(one, both("2", "FIRST AND MORE")))
        self.assertFalse(are_two(one, both("2", "")))
        numbered = {"number": 7}
        self.assertFalse(are_two(both("1", "FIRST", **numbered), both("2", "SECOND", **numbered)))
        paper = {"paper_number": "012"}
        self.assertFalse(are_two(both("1", "FIRST", **paper), both("2", "SECOND", **paper)))
        self.assertFalse(are_two(day(), day()))


class TestSlices(unittest.TestCase):
    def test_each_statement_of_each_sample_is_cut_out_as_it_stands(self):
        data = {name: read(name) for name, sample in OURS.items() if not sample.error}
        data |= {name: build() for name, build in CASES.items()}
        several = 0
        for name, content in data.items():
            file = parse_coda(content)
            several += len(file.statements) > 1
            for position, item in enumerate(file.statements):
                with self.subTest(name, position=position):
                    found = cut_statement(content, file, position)
                    if found:
                        self.assertIn(found, content)
                        (alone,) = parse_coda(found).statements
                        self.assertEqual(content_key(alone), content_key(item))
        self.assertGreater(several, 2)

    def test_so_it_is_with_any_line_ends(self):
        days = [day(credit(f"{n}", communication="É")) for n in range(1, 4)]
        plain = write_coda(days)
        pick = random.Random(1)
        for end in (b"\n", b"\r\n", b"\r"):
            lines = plain.splitlines()
            content = end.join(lines) + end * pick.randint(0, 2)
            file = parse_coda(content)
            for position in range(3):
                with self.subTest(end, position=position):
                    found = cut_statement(content, file, position)
                    self.assertIn(lines[position * 4 + 2], found)

    def test_where_lines_cannot_be_told_apart_nothing_is_cut(self):
        content = b"".join(write_coda([day(credit("1")), day(credit("2"))]).splitlines())
        file = parse_coda(content)
        self.assertEqual(len(file.statements), 2)
        self.assertEqual(cut_statement(content, file, 0), b"")
