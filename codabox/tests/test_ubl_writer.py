"""Every flavour, as invoice and credit note, in every tax case: what is written reads back."""

import unittest

from ..ubl import TaxMeaning, parse_ubl, tax_meaning, write_ubl
from ..ubl.builders import TAX_CASES, charge, invoice, line
from ..ubl.flavours import EFFF1, FLAVOURS

# What each case means to the buyer.
MEANINGS = {
    "21": "rate", "12": "rate", "6": "rate", "zero": "zero", "cocontractor": "cocontractor",
    "eu_goods": "eu_goods", "eu_services": "eu_services", "export": "export", "exempt": "exempt",
    "small_company": "small_company", "outside": "not_subject", "cash_discount": "cash_discount",
    "not_subject": "not_subject",
}  # fmt: skip
EXPECTED_NOTICES = {"endpoint_scheme_withdrawn", "name_from_trade_name", "reference_in_other_place"}


def matrix():
    """Return every flavour x kind x tax case, then mixed rates, prepayments, roundings, charges."""
    for flavour in FLAVOURS:
        for credit in (False, True):
            for case in TAX_CASES:
                yield invoice(
                    "M/1", line("33.33", case, quantity="3"), flavour=flavour, credit=credit
                )
            mixed = (
                line("100", "21"),
                line("50.125", "6", quantity="2"),
                line("20", "cocontractor"),
            )
            for values in (
                {},
                {"prepaid": "20", "rounding": "-0.02"},
                {"charges": (charge("-2", "21"), charge("2", "cash_discount"))},
            ):
                yield invoice("M/2", *mixed, flavour=flavour, credit=credit, **values)


class TestMatrix(unittest.TestCase):
    def test_what_is_written_reads_back_the_same(self):
        for found in matrix():
            with self.subTest(flavour=found.flavour, credit=found.is_credit, taxes=found.taxes):
                read = parse_ubl(write_ubl(found))
                self.assertEqual(read, found)
                self.assertLessEqual({notice.code for notice in read.notices}, EXPECTED_NOTICES)

    def test_totals_are_exact(self):
        found = invoice(
            "1", line("33.33", "21", quantity="3"), line("10", "6"), prepaid="5", rounding="0.01"
        )
        totals = (found.untaxed, found.tax, found.total, found.payable)
        self.assertEqual([str(total) for total in totals], ["109.99", "21.60", "131.59", "126.60"])

    def test_only_the_oldest_flavour_puts_a_credit_note_in_an_invoice(self):
        for found in matrix():
            root = "CreditNote" if found.is_credit and found.flavour != EFFF1 else "Invoice"
            self.assertEqual((found.root, parse_ubl(write_ubl(found)).root), (root, root))

    def test_every_case_keeps_its_meaning_in_every_flavour(self):
        self.assertEqual(set(MEANINGS), set(TAX_CASES))
        for flavour in FLAVOURS:
            for case, meaning in MEANINGS.items():
                found = parse_ubl(write_ubl(invoice("1", line("1", case), flavour=flavour)))
                for tax in (*found.taxes, *found.lines[0].taxes):
                    self.assertIs(tax_meaning(tax), TaxMeaning(meaning), (flavour, case))

    def test_a_flavour_that_nobody_knows_cannot_be_written(self):
        with self.assertRaises(KeyError):
            write_ubl(invoice("1", line("1")), "ubl")
