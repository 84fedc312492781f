"""The days on which calendars go wrong: the end of February, New Year, and both clock changes."""

from __future__ import annotations

import unittest
from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from unittest.mock import patch

from ..coda import find_gaps, parse_coda, write_coda
from ..coda.builders import credit, statement
from ..mandates.gate import check_document, document_day
from ..sandbox.metadata import derive
from ..soda import parse_soda
from ..transport.refusals import parse_retry_after
from ..ubl import parse_ubl, write_ubl
from ..ubl.builders import invoice, line
from ..v2.json_reader import Reader
from .chain_series import HABITS, series
from .test_mandates import IBAN, client, coda
from .test_soda_parser import good

DAYS = (
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2027, 2, 28),
    date(2027, 3, 1),
    date(2027, 3, 28),  # summer time begins
    date(2027, 10, 31),  # and ends
    date(2028, 2, 28),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2028, 12, 31),
    date(2029, 1, 1),
)
ONE_DAY = timedelta(days=1)


class FilesTest(unittest.TestCase):
    def test_a_bank_statement_is_read_on_the_day_on_which_it_was_written(self):
        for day in DAYS:
            with self.subTest(day.isoformat()):
                written = statement(
                    account=IBAN, movements=[credit("10")], day=day, opening_day=day - ONE_DAY
                )
                data = write_coda([written])
                self.assertEqual(derive("coda", {"cod": data})["new_balance_date"], day.isoformat())
                (found,) = parse_coda(data).statements
                self.assertEqual(found.closing.date, day)
                self.assertEqual(found.opening.date, day - ONE_DAY)
                self.assertEqual(found.movements[0].entry_date, day)

    def test_an_invoice_is_read_on_the_day_on_which_it_was_written(self):
        for day in DAYS:
            with self.subTest(day.isoformat()):
                due = day + timedelta(days=30)
                found = parse_ubl(
                    write_ubl(invoice("1", line("100"), issue_date=day, due_date=due))
                )
                self.assertEqual((found.issue_date, found.due_date), (day, due))

    def test_payroll_is_booked_on_the_last_day_of_its_month(self):
        (entry,) = parse_soda(good()).entries
        for day in DAYS:
            with self.subTest(day.isoformat()):
                found = replace(entry, period=f"{day:%Y%m}").period_end
                self.assertEqual((found.year, found.month), (day.year, day.month))
                self.assertNotEqual((found + ONE_DAY).month, day.month)


class ChainTest(unittest.TestCase):
    def test_a_complete_series_over_the_day_misses_nothing(self):
        for day in DAYS:
            with self.subTest(day.isoformat()):
                for habit in HABITS:
                    links = series(
                        habit, [5 + n for n in range(20)], start=day - timedelta(days=14)
                    )
                    self.assertEqual(find_gaps(links), [], habit)

    def test_the_statement_that_is_missing_around_the_day_is_told_with_its_day(self):
        for day in DAYS:
            with self.subTest(day.isoformat()):
                for habit in HABITS:
                    links = series(
                        habit, [5 + n for n in range(20)], start=day - timedelta(days=14)
                    )
                    lost = min(links, key=lambda link, day=day: abs(link.day - day))
                    (gap,) = find_gaps([link for link in links if link is not lost])
                    self.assertTrue(gap.first_day <= lost.day <= gap.last_day, (habit, gap))
                    self.assertEqual(gap.amount, lost.closing - lost.opening, habit)


class GateTest(unittest.TestCase):
    def test_a_mandate_that_ended_lets_in_what_is_dated_until_then(self):
        for day in DAYS:
            with self.subTest(day.isoformat()):
                moment = datetime.combine(day, time(12))
                ended = client(coda_mandates=[replace(coda("archived"), state_modified_at=moment)])
                for dated, allowed in ((day - ONE_DAY, True), (day, True), (day + ONE_DAY, False)):
                    metadata = {"new_balance_date": dated.isoformat()}
                    self.assertIs(check_document(ended, "coda", metadata).allowed, allowed, dated)

    def test_a_month_is_dated_on_its_last_day(self):
        for day in DAYS:
            with self.subTest(day.isoformat()):
                last = monthrange(day.year, day.month)[1]
                found = document_day({"period": f"{day:%Y-%m}"})
                self.assertEqual(found, day.replace(day=last))


class MomentsTest(unittest.TestCase):
    def test_a_moment_with_a_zone_is_the_same_moment_in_utc(self):
        for day in DAYS:
            with self.subTest(day.isoformat()):
                for hour in (0, 1, 2, 3, 23):
                    moment = datetime(day.year, day.month, day.day, hour, 30, tzinfo=timezone.utc)
                    for hours in (-5, 0, 1, 2):
                        zone = timezone(timedelta(hours=hours))
                        text = moment.astimezone(zone).isoformat()
                        found = Reader({"at": text}, "x").moment("at")
                        self.assertEqual(found, moment.replace(tzinfo=None), text)

    def test_the_wait_until_a_moment_is_the_same_on_every_day(self):
        for day in DAYS:
            with self.subTest(day.isoformat()):
                now = datetime(day.year, day.month, day.day, 0, 59, 30, tzinfo=timezone.utc)
                header = (now + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")
                with patch("time.time", now.timestamp):
                    self.assertEqual(parse_retry_after(header), 90)


if __name__ == "__main__":
    unittest.main()
