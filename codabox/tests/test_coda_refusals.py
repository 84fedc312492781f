"""What could be read as wrong money is refused, with record, field, expected and found."""

import unittest

from ..coda import parse_coda
from ..errors import FormatError, NotRecognised
from .coda_lines import drop, good_lines, movement_line, parse_lines, put, statement_lines, to_bytes

# good_lines: 1 header, 2 opening, 3 and 5 movements, 4 their 2.3, 6 information, 7 closing,
# 8 trailer.


class TestRefusals(unittest.TestCase):
    def setUp(self):
        self.lines = good_lines()

    def refuses(self, lines, code, record, field, found=None):
        with self.assertRaises(FormatError) as caught:
            parse_lines(lines)
        error = caught.exception
        self.assertEqual((error.code, error.record, error.field), (code, record, field))
        self.assertTrue(error.expected)
        self.assertIn(str(record), str(error))
        if found is not None:
            self.assertEqual(error.found, found)

    def test_an_amount_with_letters(self):
        for record, first in ((2, 44), (3, 33), (5, 33), (7, 43)):
            with self.subTest(record=record):
                broken = put(self.lines, record, first, "00000000000O000")
                self.refuses(broken, "bad_amount", record, "amount", "00000000000O000")

    def test_an_amount_of_digits_that_are_not_ascii(self):
        broken = put(self.lines, 3, 33, "00000000000²000")
        self.refuses(broken, "bad_amount", 3, "amount")
        arabic = "\n".join(put(self.lines, 3, 33, "000000000001٠٠٠"))
        with self.assertRaises(FormatError):
            parse_coda(arabic.encode())

    def test_a_blank_amount(self):
        self.refuses(put(self.lines, 3, 33, " " * 15), "bad_amount", 3, "amount")

    def test_a_sign_that_is_neither_credit_nor_debit(self):
        for record, first in ((2, 43), (3, 32), (7, 42)):
            for sign in (" ", "2", "-", "C"):
                with self.subTest(record=record, sign=sign):
                    broken = put(self.lines, record, first, sign)
                    self.refuses(broken, "bad_sign", record, "sign", sign)

    def test_a_day_that_does_not_exist(self):
        places = (
            (1, 6, "created"),
            (2, 59, "date"),
            (3, 48, "value_date"),
            (3, 116, "entry_date"),
            (7, 58, "date"),
        )
        for record, first, field in places:
            for day in ("310226", "991326", "15A126", "1501 6", "²50126"):
                if (record == 1 and not day.isascii()) or (record == 1 and day == "15A126"):
                    continue  # then it is no header at all
                with self.subTest(record=record, day=day):
                    broken = put(self.lines, record, first, day)
                    self.refuses(broken, "bad_date", record, field, day)

    def test_a_sequence_or_detail_number_with_letters(self):
        self.refuses(put(self.lines, 3, 3, "00X1"), "bad_number", 3, "sequence", "00X1")
        self.refuses(put(self.lines, 3, 7, "ABCD"), "bad_number", 3, "detail", "ABCD")

    def test_an_unknown_record(self):
        for record_id in ("24", "20", "2 ", "34", "30"):
            with self.subTest(record_id):
                broken = put(self.lines, 4, 1, record_id)
                self.refuses(broken, "unknown_record", 4, "record_id", record_id)
        for record_id in ("5", "6", "7", "A", " "):
            with self.subTest(record_id):
                broken = put(self.lines, 4, 1, record_id)
                self.refuses(broken, "unknown_record", 4, "record_id", record_id)

    def test_a_file_without_trailer_is_truncated(self):
        self.refuses(drop(self.lines, 8), "truncated", 7, "record_id", "end of file")
        self.refuses(drop(self.lines, 4, 5, 6, 7, 8), "truncated", 3, "record_id")
        self.refuses(self.lines[:1], "truncated", 1, "record_id")

    def test_a_second_statement_without_trailer_is_truncated_too(self):
        self.refuses(self.lines + self.lines[:-1], "truncated", 15, "record_id")

    def test_a_missing_header(self):
        with self.assertRaises(NotRecognised):
            parse_lines(drop(self.lines, 1))
        self.refuses(self.lines + drop(self.lines, 1), "missing_record", 9, "record_id", "1")

    def test_a_missing_old_balance(self):
        self.refuses(drop(self.lines, 2), "missing_record", 2, "record_id", "21")
        self.refuses([self.lines[0], self.lines[-1]], "missing_record", 2, "record_id", "9")

    def test_a_missing_new_balance_with_movements(self):
        self.refuses(drop(self.lines, 7), "missing_record", 7, "record_id", "9")

    def test_a_header_inside_a_statement(self):
        self.refuses(drop(self.lines, 8) + self.lines, "missing_record", 8, "record_id", "0")

    def test_records_out_of_order(self):
        twice = [*self.lines[:2], self.lines[1], *self.lines[2:]]
        self.refuses(twice, "unexpected_record", 3, "record_id", "1")
        after = [*self.lines[:7], self.lines[2], self.lines[7]]
        self.refuses(after, "unexpected_record", 8, "record_id", "21")
        closed = [*self.lines[:7], *self.lines[6:]]
        self.refuses(closed, "unexpected_record", 8, "record_id", "8")

    def test_a_version_that_nobody_knows(self):
        for version in ("5", "0", "3", " ", "X"):
            with self.subTest(version):
                broken = put(self.lines, 1, 128, version)
                self.refuses(broken, "unsupported_version", 1, "version", version)

    def test_an_account_structure_that_nobody_knows(self):
        self.refuses(put(self.lines, 2, 2, "7"), "bad_account", 2, "account_structure", "7")

    def test_content_that_is_no_coda(self):
        for data in (b"", b"%PDF-1.7\n", b"<html>", b":20:X", b"\x00\x01", b"000001" * 40):
            with self.subTest(data), self.assertRaises(NotRecognised) as caught:
                parse_coda(data)
            self.assertEqual(caught.exception.code, "not_coda")

    def test_the_line_is_the_one_of_an_editor(self):
        broken = put(self.lines, 5, 33, "X")
        data = b"\r\n\r\n" + to_bytes(broken)
        with self.assertRaises(FormatError) as caught:
            parse_coda(data)
        self.assertEqual(caught.exception.record, 7)


class TestNotRefused(unittest.TestCase):
    def test_unknown_dates_are_none(self):
        lines = put(put(good_lines(), 3, 48, "000000"), 3, 116, "      ")
        movement = parse_lines(lines).statements[0].movements[0]
        self.assertIsNone(movement.value_date)
        self.assertIsNone(movement.entry_date)

    def test_blank_sequence_and_detail_count_as_zero(self):
        lines = put(good_lines(), 3, 3, " " * 8)
        movement = parse_lines(lines).statements[0].movements[0]
        self.assertEqual((movement.sequence, movement.detail), (0, 0))

    def test_unknown_codes_and_communication_types_stop_nothing(self):
        line = movement_line(1, 0, "1", kind="X", code="ABC 77?", flag="1", text="899SOMETHING")
        movement = parse_lines(statement_lines([line], roots="1")).statements[0].movements[0]
        self.assertEqual(movement.code, "XABC 77?")
        self.assertEqual(movement.structured, {"type": "899", "text": "SOMETHING"})
