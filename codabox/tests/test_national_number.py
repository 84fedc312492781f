"""Which texts have a Belgian national number: it never leaves in a request to CodaBox."""

from __future__ import annotations

import unittest

from .. import has_national_number


class TestNationalNumber(unittest.TestCase):
    def test_every_spelling_of_one_is_found(self) -> None:
        for text in ("85.07.30-033.28", "85073003328", "number 850730 033 28.", "850730-033-28"):
            with self.subTest(text):
                self.assertTrue(has_national_number(text))

    def test_one_of_somebody_born_in_this_century_is_found(self) -> None:
        digits = "050101001"
        check = 97 - int(f"2{digits}") % 97
        self.assertTrue(has_national_number(f"{digits}{check:02}"))

    def test_other_numbers_are_left_alone(self) -> None:
        for text in ("0417.497.106", "BE83 7361 2345 6715", "BE83736123456715", "85.07.30-033.29"):
            with self.subTest(text):
                self.assertFalse(has_national_number(text))
