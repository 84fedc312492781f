"""The totals of the file and those of the bill."""

from dataclasses import replace
from decimal import Decimal

from odoo.tests import tagged

from ..codabox.ubl import builders
from .bill_case import BillCase, Tax, line


@tagged("post_install", "-at_install")
class TestInvoiceTotals(BillCase):
    def bill(self, *lines, base="", amount="", **values):
        """Import a file whose VAT at 21 % has another base or amount than its lines make."""
        (tax,) = builders.invoice("F1", *lines, flavour="ublbe1").taxes
        tax = replace(tax, base=Decimal(base or tax.base), amount=Decimal(amount or tax.amount))
        untaxed = sum(found.amount for found in lines)
        totals = {"taxes": (tax,), "tax": tax.amount, "total": untaxed + tax.amount}
        totals["payable"] = totals["total"]
        return self.import_bill(*lines, **{**totals, **values})

    def test_a_rounding_of_the_vat_is_taken_over_and_told(self):
        move = self.bill(line("A", "10.02"), line("B", "10.02"), amount="4.20")
        self.assertEqual((move.amount_tax, move.amount_total), (4.2, 24.24))
        self.assertEqual(self.boxes(move), {"59": "4.20", "81": "20.04"})
        self.assertEqual(self.flags(move), [])
        self.assertIn("4.20", move.codabox_note_text)
        self.assertIn("4.21", move.codabox_note_text)

    def test_a_rounding_of_half_deducted_vat_is_taken_over_too(self):
        self.book("B1", ("A", 100, "21% D50"))
        move = self.bill(line("A", "10.02"), line("A", "10.02"), amount="4.20")
        self.assertEqual((move.amount_total, self.flags(move)), (24.24, []))

    def test_a_credit_note_takes_over_a_rounding_the_other_way_round(self):
        move = self.bill(line("A", "10.02"), line("B", "10.02"), amount="4.20", credit=True)
        self.assertEqual((move.amount_total, self.flags(move)), (24.24, []))
        self.assertEqual(self.boxes(move), {"63": "4.20", "81": "-20.04", "85": "20.04"})

    def test_a_discount_for_cash_that_is_only_in_the_totals_corrects_the_vat_base(self):
        move = self.bill(line("A", "60"), line("B", "40"), base="98", amount="20.58")
        self.assertEqual(self.boxes(move), {"59": "20.58", "81": "98.00"})
        self.assertEqual((move.amount_untaxed, move.amount_total), (100.0, 120.58))
        self.assertEqual(self.flags(move), [])
        self.assertIn("base_corrected", self.flags(move, blocking=False))

    def test_a_standard_exchange_has_a_higher_base_than_price(self):
        exchange = Tax("S", "03/SE", Decimal(21))
        move = self.bill(line("Motor", "1000", exchange), base="1100", amount="231")
        self.assertEqual(self.boxes(move), {"59": "231.00", "81": "1100.00"})
        self.assertEqual((move.amount_total, self.flags(move)), (1231.0, []))

    def test_a_base_that_nothing_explains_is_taken_over_and_blocks(self):
        move = self.bill(line("A", "100"), base="50", amount="10.50")
        self.assertEqual(self.boxes(move), {"59": "10.50", "81": "50.00"})
        self.assertEqual((move.amount_total, self.flags(move)), (110.5, ["base_corrected"]))

    def test_a_base_is_not_corrected_while_a_line_of_its_rate_has_no_tax(self):
        self.book("B1", ("Voorschot", 100, None), account="499000")
        self.book("B2", ("Papier", 50, "21% S"))
        move = self.import_bill(line("Voorschot", "100"), line("Papier", "50"))
        self.assertEqual(self.flags(move), ["no_box"])
        self.assertEqual(len(move.invoice_line_ids), 2)

    def test_vat_that_is_not_its_rate_blocks_with_the_figures(self):
        move = self.bill(line("A", "100"), amount="12")
        self.assertEqual(self.flags(move), ["tax_amount_wrong"])
        self.assertEqual(move.amount_total, 112.0)
        for figure in ("12.00", "100.00", "21.00"):
            self.assertIn(figure, move.codabox_flag_text)

    def test_a_total_that_its_parts_do_not_make_blocks_until_they_do(self):
        move = self.bill(line("A", "100"), total=Decimal("133.10"), payable=Decimal("133.10"))
        self.assertEqual(self.flags(move), ["totals_differ"])
        for figure in ("133.10", "121.00"):
            self.assertIn(figure, move.codabox_flag_text)
        move.invoice_line_ids.price_unit = 110
        self.assertEqual(self.flags(move), [])

    def test_a_change_that_leaves_the_total_of_the_file_blocks(self):
        move = self.bill(line("A", "100"))
        self.assertFalse(move.codabox_has_flags)
        move.invoice_line_ids.price_unit = 90
        self.assertTrue(move.codabox_has_flags)
        self.assertEqual(self.flags(move), ["totals_differ"])

    def test_a_bill_in_another_currency_is_compared_in_its_own(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids = [(5, 0, 0), (0, 0, {"name": "2026-01-01", "rate": 2.0})]
        move = self.bill(line("A", "10.02"), line("B", "10.02"), amount="4.20", currency="USD")
        self.assertEqual(
            (move.currency_id, move.amount_total, self.flags(move)), (dollar, 24.24, [])
        )
