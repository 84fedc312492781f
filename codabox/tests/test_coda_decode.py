"""Encodings and line ends: the same records come out, whatever program wrote them."""

import codecs
import unittest

from ..coda import is_coda, parse_coda, write_coda
from ..coda.builders import credit, party, statement
from .coda_lines import ACCOUNT, codes, good_lines, good_statement, parse_lines, put, to_bytes

TEXT = "Café crème brûlée n° 5"


def accents():
    movement = credit("1", communication=TEXT, counterparty=party("FRANÇOIS ÉLÈVE"))
    return write_coda([statement(account=ACCOUNT, movements=[movement])]).decode("cp1252")


def text_of(data):
    return parse_coda(data).statements[0].movements[0].communication


class TestEncodings(unittest.TestCase):
    def test_windows_1252_reads(self):
        self.assertEqual(text_of(accents().encode("cp1252")), TEXT)

    def test_utf_8_reads_when_every_line_has_128_characters(self):
        self.assertEqual(text_of(accents().encode()), TEXT)

    def test_utf_8_with_a_byte_order_mark_reads(self):
        self.assertEqual(text_of(codecs.BOM_UTF8 + accents().encode()), TEXT)

    def test_a_bad_byte_behind_a_byte_order_mark_kills_nothing(self):
        data = codecs.BOM_UTF8 + accents().encode().replace(b"Caf", b"Ca\xff")
        self.assertEqual(text_of(data), TEXT.replace("f", "\ufffd", 1))

    def test_utf_16_with_a_byte_order_mark_reads(self):
        self.assertEqual(text_of(accents().encode("utf-16")), TEXT)

    def test_the_code_page_of_dos_reads(self):
        self.assertEqual(text_of(accents().encode("cp850")), TEXT)

    def test_bytes_that_count_as_columns_are_not_taken_for_utf_8(self):
        doubled = accents().replace("Café crème brûlée n° 5", "CafÃ© creme brulee n 5")
        coda = parse_coda(doubled.encode("cp1252"))
        self.assertEqual(coda.statements[0].movements[0].communication, "CafÃ© creme brulee n 5")

    def test_utf_8_without_trailing_blanks_reads(self):
        for blanks in range(6):  # one of them makes a line of 128 bytes
            text = "é" * 40 + "x" * (35 + blanks)
            movement = credit("1", communication=text[:53], counterparty=party("É" * 3))
            data = write_coda([statement(account=ACCOUNT, movements=[movement])])
            lines = [line.rstrip() for line in data.decode("cp1252").splitlines()]
            self.assertEqual(text_of("\n".join(lines).encode()), text[:53])

    def test_a_byte_that_windows_1252_does_not_know_kills_nothing(self):
        data = accents().encode("cp1252").replace(b"cr\xe8me", b"c\x9d\xe8me")
        self.assertEqual(text_of(data), "Café c\ufffdème brûlée n° 5")

    def test_the_euro_sign_and_a_curly_quote_are_those_of_windows(self):
        data = accents().replace("n° 5  ", "l’5 € ").encode("cp1252")
        self.assertEqual(text_of(data), "Café crème brûlée l’5 €")

    def test_lone_letters_of_dos_are_found_by_their_neighbours(self):
        for letter in ("ç", "è", "ä", "ü", "É"):
            word = f"x{letter}x" if letter != "É" else "AÉA"
            data = accents().replace("Café crème brûlée n° 5", word.ljust(22))
            data = data.replace("FRANÇOIS ÉLÈVE", "X".ljust(14))
            with self.subTest(letter):
                self.assertEqual(text_of(data.encode("cp850")), word)


class TestLineEnds(unittest.TestCase):
    def setUp(self):
        self.lines = good_lines()
        self.expected = parse_lines(self.lines).statements

    def check(self, data):
        coda = parse_coda(data)
        self.assertEqual(coda.statements, self.expected)
        self.assertEqual(coda.notices, ())

    def test_every_kind_of_line_end_reads(self):
        for end in ("\n", "\r\n", "\r"):
            with self.subTest(repr(end)):
                self.check(end.join(self.lines).encode())
                self.check((end.join(self.lines) + end).encode())

    def test_a_file_without_any_line_ends_reads(self):
        self.check("".join(self.lines).encode())
        self.check(("".join(self.lines).rstrip() + "\n").encode())

    def test_the_end_of_file_mark_of_dos_is_nothing(self):
        self.check(to_bytes(self.lines) + b"\r\n\x1a")
        self.check(to_bytes(self.lines) + b"\x1a")

    def test_lines_without_their_trailing_blanks_read(self):
        self.check(to_bytes([line.rstrip() for line in self.lines]))

    def test_trailing_blanks_behind_the_last_column_are_nothing(self):
        self.check(to_bytes([line + "   " for line in self.lines]))

    def test_blank_lines_are_left_out_but_counted(self):
        coda = parse_coda(("\r\n \r\n" + "\r\n\r\n".join(self.lines)).encode())
        self.assertEqual(coda.statements[0].record, 3)
        self.assertEqual(coda.statements[0].movements[0].record, 7)

    def test_a_longer_line_is_cut_and_said(self):
        lines = [*self.lines]
        lines[2] += "EXTRA"
        coda = parse_lines(lines)
        self.assertEqual(coda.statements, self.expected)
        (notice,) = coda.notices
        self.assertEqual((notice.code, notice.record), ("long_line", 3))
        self.assertEqual((notice.expected, notice.found), ("128", "133"))

    def test_control_characters_become_blanks(self):
        lines = put(self.lines, 5, 63, "IN\x00O\x0bICE")
        coda = parse_lines(lines)
        self.assertEqual(coda.statements[0].movements[1].communication, "IN O ICE12")

    def test_signs_that_python_takes_for_line_ends_are_text(self):
        movement = credit("1", communication="A\x85B\u2028C")
        data = write_coda([statement(account=ACCOUNT, movements=[movement])])
        self.assertEqual(text_of(data), "A\x85B\u2028C")


class TestDetection(unittest.TestCase):
    def test_content_decides_and_nothing_else(self):
        self.assertTrue(is_coda(write_coda([good_statement()])))
        for data in (b"", b" \r\n", b"%PDF-1.7", b"<html>", b":20:MT940", b"00000", b"\xff\xfe"):
            with self.subTest(data):
                self.assertFalse(is_coda(data))

    def test_blank_bank_and_blank_lines_before_are_fine(self):
        data = b"\xef\xbb\xbf\r\n" + to_bytes(put(good_lines(), 1, 12, "   "))
        self.assertTrue(is_coda(data))
        self.assertEqual(parse_coda(data).statements[0].bank_id, "")

    def test_a_version_that_nobody_knows_is_still_coda(self):
        self.assertTrue(is_coda(to_bytes(put(good_lines(), 1, 128, "5"))))

    def test_what_can_be_read_has_no_notices(self):
        self.assertEqual(codes(parse_lines(good_lines())), [])
