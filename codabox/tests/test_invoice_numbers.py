"""A text names exactly the invoices whose number it writes, however it is typed."""

from __future__ import annotations

import unittest

from ..reading.invoice_numbers import InvoiceNumbers

OURS = "INV/2026/00001"


class InvoiceNumbersTest(unittest.TestCase):
    def assert_named(self, names, text, *numbers):
        self.assertEqual(InvoiceNumbers(numbers or [OURS]).named_in(text), set(names), text)

    def test_case_signs_and_leading_zeros_do_not_matter(self):
        for text in (
            "INV/2026/00001",
            "inv/2026/00001",
            "INV 2026 00001",
            "INV-2026-00001",
            "INV.2026.00001",
            "INV202600001",
            "Inv2026/1",
            "inv 2026 1",
            "INV - 2026 - 00001",
            "Betaling factuur INV/2026/00001, dank u",
            "fact.INV/2026/00001",
            "(INV/2026/00001)",
            "INV/2026/00001.",
            "INV 2026 00001 121,00 EUR",
            "INV 2026 1 121,00",
            "12 INV/2026/00001 15/01/2026",
            "INV 2026 00001 15 01 2026",
        ):
            self.assert_named({OURS}, text)

    def test_another_number_that_looks_alike_is_not_named(self):
        for text in (
            "INV/2026/00011",
            "INV/2026/10001",
            "INV/2025/00001",
            "RINV/2026/00001",
            "R-INV/2026/00001",
            "INV/2026/00001/2",
            "INV/2026/00001-00003",
            "INV/2026/00001A",
            "1INV/2026/00001",
            "INV/2026\n00001",
            "BILL/2026/00001",
            "2026/00001",
            "INV 2026 01 0005",
            "INV 20260 0001",
            "INV/2026",
            "1",
            "00001",
            "",
        ):
            self.assert_named((), text)

    def test_without_its_year_a_number_is_named_where_it_is_the_only_one(self):
        self.assert_named({OURS}, "INV/00001")
        self.assert_named({OURS}, "inv 1")
        self.assert_named((), "INV/00001", OURS, "INV/2025/00001")
        self.assert_named({"INV/00001"}, "INV/00001", "INV/00001")
        self.assert_named((), "INV 2026 00001", "INV/2025/02026")
        self.assert_named((), "INV/2026/00001", "INV/2025/02026")

    def test_several_numbers_are_all_named(self):
        both = {OURS, "INV/2026/00002"}
        for sign in (" ", ", ", " + ", "+", " en ", " & ", " - ", "\n"):
            self.assert_named(both, sign.join(sorted(both)), *both)

    def test_of_a_range_all_that_are_open_are_named_when_both_ends_are(self):
        three = {OURS, "INV/2026/00002", "INV/2026/00003"}
        for text in (
            "INV/2026/00001-00003",
            "INV/2026/00001 - 00003",
            "fact. inv 2026 00001 t/m 00003 dank u",
            "INV/2026/00001 tot en met 00003",
            "factures INV/2026/00001 à 3",
            "INV/2026/00001 au 00003 363,00 EUR",
            "INV/2026/00001 bis 00003",
        ):
            self.assert_named(three, text, *three, "INV/2026/00004")
        self.assert_named({"9200455", "9200456"}, "9200455-9200456", "9200455", "9200456")
        two = {OURS, "INV/2026/00003"}
        self.assert_named(two, "INV/2026/00001 t/m 00003", *two)
        for text in ("INV/2026/00001-00004", "INV/2026/00001-3", "INV/2026/00003-00001"):
            self.assert_named((), text, *three)
        self.assert_named({OURS}, "INV/2026/00001 tot 15", *three)
        self.assert_named({OURS}, "INV/2026/00001 t/m 99999999999", *three)

    def test_several_may_be_named_by_their_ends(self):
        three = {OURS, "INV/2026/00002", "INV/2026/00003"}
        for text in (
            "INV/2026/00001, 00002, 00003",
            "INV/2026/00001+00002+00003",
            "inv 2026 00001, 00002 en 00003",
            "INV/2026/00001 & 00002 & 00003",
            "INV/2026/00001-00002 et 00003",
        ):
            self.assert_named(three, text, *three, "INV/2026/00004")
        self.assert_named({OURS}, "INV/2026/00001, 2", *three)
        self.assert_named({OURS}, "INV/2026/00001, 00009", *three)

    def test_two_numbers_that_are_written_the_same_are_both_returned(self):
        both = {OURS, "INV-2026-1"}
        self.assert_named(both, "INV 2026 1", *both)

    def test_the_longest_number_counts(self):
        self.assert_named({"INV/2026/1/2"}, "INV 2026 1 2", OURS, "INV/2026/1/2")

    def test_digits_alone_count_when_they_are_long_and_no_date_or_group_of_another_number(self):
        for number, text in (
            ("9200456", "facture 9200456"),
            ("9200456", "9200456 121,00"),
            ("9200456", "9200455 9200456"),
            ("2026/00001", "factuur 2026/00001"),
            ("2026/00001", "202600001"),
            ("2026/00001", "nr 2026 00001"),
        ):
            self.assert_named({number}, text, number)
        for number, text in (
            ("12", "12"),
            ("12345", "12345"),
            ("202601", "202601"),
            ("2026/01", "huur 2026/01"),
            ("2026/00001", "huur 2026/01"),
            ("2026/00001", "BILL/2026/00001"),
            ("2026/00001", "BILL 2026 00001"),
            ("20260115", "20260115"),
            ("15/01/2026", "15/01/2026"),
            ("123456", "0475 123456"),
            ("123456", "tel. 123456 78"),
            ("123456", "F123456"),
            ("123456", "1123456"),
            ("F12", "F12"),
            ("MEI 2026", "mei 2026"),
        ):
            self.assert_named((), text, number)

    def test_names_without_letters_or_digits_and_very_long_ones_are_left_out(self):
        for number in ("", "+++", "HUUR", "1 " * 50):
            self.assert_named((), number, number)


if __name__ == "__main__":
    unittest.main()
