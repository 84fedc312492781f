"""What a tax category means; whatever is in doubt is for a person."""

import doctest
import unittest
from decimal import Decimal

from ..ubl import Tax, TaxMeaning, document_key, normal_number, numbers, tax_meaning
from ..ubl.builders import invoice, line


def meaning(category, code="", percent="0", reason="", **values):
    tax = Tax(category, code, None if percent is None else Decimal(percent), reason=reason)
    return tax_meaning(tax, **values).value


class TestMeaning(unittest.TestCase):
    def test_the_belgian_code_says_it_whatever_the_letter(self):
        for code, expected in (
            ("00", "zero"), ("45", "cocontractor"), ("46/GO", "eu_goods"), ("46/TR", "eu_goods"),
            ("44", "eu_services"), ("47/SE", "eu_services"), ("47/EX", "export"),
            ("47/EI", "export"),
            ("47/EE", "export"), ("47/TO", "unknown"), ("47/AS", "unknown"), ("47/DI", "unknown"),
            ("NA", "not_subject"), ("NS", "not_subject"), ("FD", "cash_discount"),
            ("SC", "small_company"), ("00/44", "exempt"), ("MA", "margin"), ("OSS-G", "oss"),
            ("OSS-S", "oss"), ("OSS-I", "oss"),
        ):  # fmt: skip
            self.assertEqual(meaning("E", code), expected, code)
        self.assertEqual(meaning("S", "03/SE", "21"), "standard_exchange")
        self.assertEqual(meaning("", " 46/go "), "eu_goods")

    def test_a_rate_needs_its_percentage_and_no_other(self):
        for code, percent in (("01", "6"), ("02", "12"), ("03", "21.00")):
            self.assertEqual(meaning("S", code, percent), "rate")
            self.assertEqual(meaning("S", code, "19"), "unknown")
            self.assertEqual(meaning("S", code, None), "rate")
        self.assertEqual(meaning("S", "", "21"), "rate")
        self.assertEqual(meaning("S", "", "0"), "unknown")
        self.assertEqual(meaning("", "", None), "unknown")

    def test_the_letter_says_it_when_there_is_no_code(self):
        for category, expected in (
            ("Z", "zero"), ("AE", "cocontractor"), ("K", "eu_goods"), ("G", "export"),
            ("E", "exempt"), ("O", "not_subject"), ("L", "unknown"), ("M", "unknown"),
        ):  # fmt: skip
            self.assertEqual(meaning(category), expected, category)
        self.assertEqual(meaning("AE", domestic=False), "eu_services")

    def test_a_letter_without_tax_and_a_percentage_contradict_each_other(self):
        for category in "ZEGO":
            self.assertEqual(meaning(category, percent="21"), "unknown")

    def test_the_reason_helps_where_a_letter_means_several_things(self):
        for category, reason, expected in (
            ("K", "Intracommunautaire diensten", "eu_services"),
            ("K", "Prestation de services intracommunautaire", "eu_services"),
            ("K", "VATEX-EU-IC", "eu_goods"),
            ("E", "Kleine onderneming onderworpen aan de vrijstellingsregeling", "small_company"),
            ("E", "Régime particulier de franchise des petites entreprises", "small_company"),
            ("E", "Escompte", "cash_discount"),
            ("E", "Korting contant", "cash_discount"),
            ("E", "VATEX-EU-F", "margin"),
            ("E", "Bijzondere regeling - margeregeling", "margin"),
            ("E", "VATEX-EU-132-1C", "exempt"),
        ):
            self.assertEqual(meaning(category, reason=reason), expected, reason)

    def test_the_words_are_stored_and_never_change(self):
        self.assertEqual(
            [meaning.value for meaning in TaxMeaning],
            ["rate", "cocontractor", "eu_goods", "eu_services", "export", "exempt", "small_company",
             "not_subject", "cash_discount", "zero", "margin", "oss", "standard_exchange",
             "unknown"],
        )  # fmt: skip


class TestNumber(unittest.TestCase):
    def test_the_examples_of_the_documentation(self):
        result = doctest.testmod(numbers)
        self.assertGreater(result.attempted, 3)
        self.assertEqual(result.failed, 0)

    def test_what_two_people_would_type_is_the_same(self):
        for group in (
            ("V01/15000027", "v1-15000027", " V 01 15000027", "V001.15000027", "Ｖ01／15000027"),
            ("F-2026-00012", "f2026/12", "F 2026 012"),
            ("straße 1", "STRASSE-01"),
        ):
            self.assertEqual(len({normal_number(text) for text in group}), 1, group)

    def test_what_differs_stays_different(self):
        numbers = (
            "2026/11",
            "202611",
            "20261/1",
            "2026/1",
            "2026/101",
            "A1",
            "B1",
            "A10",
            "10",
            "100",
            "1",
        )
        self.assertEqual(len({normal_number(text) for text in numbers}), len(numbers))

    def test_the_key_of_an_invoice_is_its_number(self):
        self.assertEqual(document_key(invoice("f-0042", line("1"))), "F42")
