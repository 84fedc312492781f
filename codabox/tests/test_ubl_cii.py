"""CII, the syntax inside the PDF of a Factur-X invoice, says the same as UBL."""

import unittest
from datetime import date
from decimal import Decimal

from ..errors import FormatError, NotRecognised
from ..ubl import cii_as_ubl, parse_ubl, write_ubl
from ..ubl.builders import invoice, line
from .ubl_samples import cii


class CiiTest(unittest.TestCase):
    def read(self, *changes):
        data = cii()
        for old, new in changes:
            assert old in data, old
            data = data.replace(old, new)
        return parse_ubl(cii_as_ubl(data))

    def test_it_is_read_as_the_same_invoice_in_ubl(self):
        found = self.read()
        self.assertEqual((found.number, found.issue_date), ("FX-7", date(2026, 3, 2)))
        self.assertEqual((found.due_date, found.currency), (date(2026, 4, 1), "EUR"))
        self.assertEqual(
            (found.supplier.name, found.supplier.vat), ("Imprimerie SA", "BE0403170701")
        )
        self.assertEqual(found.supplier.enterprise, "0403170701")
        self.assertEqual(found.customer.vat, "BE0477472701")
        totals = (found.untaxed, found.tax, found.total, found.payable)
        self.assertEqual(
            [f"{amount:.2f}" for amount in totals], ["190.00", "36.90", "226.90", "226.90"]
        )
        taxes = [(tax.category, tax.percent, tax.base, tax.amount) for tax in found.taxes]
        self.assertEqual(
            taxes,
            [
                ("S", 21, Decimal("170.00"), Decimal("35.70")),
                ("S", 6, Decimal("20.00"), Decimal("1.20")),
            ],
        )
        self.assertEqual(found.ibans, ("BE54000000000097",))
        self.assertEqual(found.order, "PO-12")

    def test_lines_charges_and_prices_for_several_pieces(self):
        found = self.read()
        shown = [(item.label, item.quantity, item.price, item.amount) for item in found.lines]
        self.assertEqual(
            shown,
            [("Papier", 2, Decimal("90.00"), Decimal("180.00")), ("Boek", 10, 2, Decimal("20.00"))],
        )
        self.assertEqual([charge.amount for charge in found.charges], [Decimal("-10.00")])

    def test_a_credit_note(self):
        found = self.read((b">380<", b">381<"))
        self.assertTrue(found.is_credit)
        self.assertEqual((found.root, found.total), ("CreditNote", Decimal("226.90")))

    def test_what_is_no_cii_or_says_too_little_is_refused(self):
        with self.assertRaises(NotRecognised):
            cii_as_ubl(write_ubl(invoice("1", line("1"))))
        for name in (b"ID>FX-7", b"IssueDateTime", b"GrandTotalAmount"):
            with self.subTest(name), self.assertRaises(FormatError):
                cii_as_ubl(cii().replace(name, b"X" + name[1:]))

    def test_an_amount_that_is_none_is_refused(self):
        with self.assertRaises(FormatError):
            self.read((b">226.90<", b">veel<"))
