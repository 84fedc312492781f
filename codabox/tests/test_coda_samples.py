"""Every sample gives what the table says, never an empty success."""

import unittest
from decimal import Decimal

from ..coda import parse_coda
from ..errors import FormatError
from .coda_samples import OURS, PUBLISHED, files, read
from .sample_files import HAS_PUBLISHED, MISSING

# These say nothing about the figures.
SAID = {"announced_statement", "far_entry_date"}


def count(movements):
    return sum(1 + count(movement.details) for movement in movements)


class TestSamples(unittest.TestCase):
    """The samples that this project wrote."""

    maxDiff = None
    samples = OURS

    def test_the_table_names_all_and_only_the_files_there_are(self):
        self.assertEqual(files(self.samples), set(self.samples))

    def test_each_readable_file_has_its_statements_and_notices(self):
        for name, expected in self.samples.items():
            if expected.error:
                continue
            with self.subTest(name):
                coda = parse_coda(read(name))
                days = [
                    (
                        statement.account.number,
                        count(statement.movements),
                        len(statement.movements),
                        statement.opening.amount,
                        statement.closing.amount,
                    )
                    for statement in coda.statements
                ]
                wanted = [
                    (*day[:3], Decimal(day.opening), Decimal(day.closing)) for day in expected.days
                ]
                self.assertEqual(days, wanted)
                self.assertEqual(tuple(notice.code for notice in coda.notices), expected.notices)

    def test_each_broken_file_says_what_stands_where(self):
        for name, expected in self.samples.items():
            if not expected.error:
                continue
            with self.subTest(name), self.assertRaises(FormatError) as caught:
                parse_coda(read(name))
            error = caught.exception
            self.assertEqual((error.code, error.record, error.field), expected.error)
            self.assertIsNotNone(error.found)

    def test_roots_and_closing_agree_with_records_8_and_9_read_by_hand(self):
        for name, expected in self.samples.items():
            if expected.error or set(expected.notices) - SAID:
                continue
            with self.subTest(name):
                figures = list(read_by_hand(read(name)))
                for statement, (count_9, debit, credit, closing) in zip(
                    parse_coda(read(name)).statements, figures, strict=True
                ):
                    amounts = [movement.amount for movement in statement.movements]
                    self.assertEqual(-sum(a for a in amounts if a < 0), debit)
                    self.assertEqual(sum(a for a in amounts if a > 0), credit)
                    self.assertEqual(statement.opening.amount + sum(amounts), closing)
                    self.assertEqual(
                        (statement.debit_total, statement.credit_total), (debit, credit)
                    )
                    self.assertGreater(count_9, count(statement.movements))

    def test_details_sum_to_their_root_in_every_sample(self):
        for name, expected in self.samples.items():
            if expected.error:
                continue
            for statement in parse_coda(read(name)).statements:
                for movement in statement.movements:
                    with self.subTest(name, record=movement.record):
                        self.assertTrue(not movement.details or movement.details_sum_up)


@unittest.skipUnless(HAS_PUBLISHED, MISSING)
class TestPublishedSamples(TestSamples):
    """The same of the files that others published."""

    samples = PUBLISHED


def read_by_hand(data):
    """Yield count, totals and new balance of each statement, with nothing of the parser."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    closing = None
    for line in text.replace("\r", "\n").split("\n"):
        if line.startswith("1"):
            closing = money(line[43:58], line[42])
        elif line.startswith("8"):
            closing = money(line[42:57], line[41])
        elif line.startswith("9"):
            yield int(line[16:22]), money(line[22:37]), money(line[37:52]), closing


def money(digits, sign="0"):
    return Decimal(int(digits)) / 1000 * (-1 if sign == "1" else 1)
