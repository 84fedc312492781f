"""Totals that differ say which figures do; a person takes the file's where that is only cents."""

from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..codabox import parse_ubl
from ..codabox.tests.ubl_samples import case
from .bill_case import BillCase, line
from .invoice_common import InvoiceCase


@tagged("post_install", "-at_install")
class TestInvoiceTotalsCure(BillCase):
    def differing(self, by, **values):
        """Return the draft of a file whose total is not what its parts make."""
        total = Decimal("121.00") + Decimal(by)
        return self.import_bill(line("A", "100"), total=total, payable=total, **values)

    def test_the_question_says_which_figures_differ_and_by_how_much(self):
        move = self.import_bill(line("A", "100"))
        for price, words in ((90, ("90.00", "100.00", "10.00", "18.90", "21.00", "2.10")),):
            move.invoice_line_ids.price_unit = price
            for word in words:
                self.assertIn(word, move.codabox_flag_text)
        self.assertIn("contradicts itself", self.differing("12.10", number="F2").codabox_flag_text)

    def test_the_vat_alone_that_differs_is_named(self):
        move = self.import_bill(line("A", "100"))
        move.invoice_line_ids.tax_ids = self.tax("6% M")
        self.assertIn("VAT of this bill is", move.codabox_flag_text)
        self.assertIn("15.00", move.codabox_flag_text)

    def test_cents_are_taken_with_one_click(self):
        for number, by in enumerate(("0.01", "-0.80", "1.00")):
            move = self.differing(by, number=f"F{number}")
            self.assertTrue(move.codabox_can_take_total)
            self.press(move, "action_codabox_take_total")
            self.assertEqual(self.flags(move), [])
            self.assertAlmostEqual(move.amount_total, 121 + float(by), 2)
            self.assertEqual(self.boxes(move), {"59": "21.00", "81": "100.00"})
            self.press(move, "action_post")

    def test_more_than_the_company_allows_is_not_taken(self):
        move = self.differing("1.01")
        self.assertFalse(move.codabox_can_take_total)
        self.press(move, "action_codabox_take_total")
        with self.assertRaises(UserError):
            self.press(move, "action_post")
        self.company.codabox_cents_limit = 2.0
        move.invalidate_recordset()
        self.assertTrue(move.codabox_can_take_total)

    def test_a_credit_note_too(self):
        move = self.differing("0.02", credit=True)
        self.press(move, "action_codabox_take_total")
        self.assertEqual((move.amount_total, self.flags(move)), (121.02, []))

    def test_never_where_the_vat_is_not_its_rate_of_its_base(self):
        move = self.import_bill(line("A", "100"))
        move._codabox_flag("tax_amount_wrong", rate="21%", base=100.0, amount=21.5, expected=21.0)
        move.invoice_line_ids.price_unit = 100.2
        self.assertIn("totals_differ", self.flags(move))
        self.assertFalse(move.codabox_can_take_total)
        move._codabox_override("Seen")
        self.assertFalse(move.codabox_can_take_total)


@tagged("post_install", "-at_install")
class TestInvoiceRate(InvoiceCase):
    def receive_dollars(self, rate):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids = [(5, 0, 0), (0, 0, {"name": "2026-01-01", "rate": rate})]
        return self.receive_bill(case("usd_with_eur_vat_total"), files=("xml",)).invoice_id

    def vat(self, move):
        return sum(move.line_ids.filtered("tax_line_id").mapped("balance"))

    def test_the_vat_in_euro_is_that_of_the_file(self):
        move = self.receive_dollars(1.15)
        self.assertEqual((move.amount_total, self.flags(move)), (484.0, set()))
        self.assertAlmostEqual(self.vat(move), 77.10, 2)
        self.assertIn("rate_of_file", self.flags(move, blocking=False))
        self.press(move, "action_post")
        self.assertAlmostEqual(self.vat(move), 77.10, 2)
        self.assertAlmostEqual(sum(move.line_ids.mapped("balance")), 0.0, 2)

    def test_a_rate_that_is_far_from_that_of_the_day_is_asked_about(self):
        move = self.receive_dollars(2.0)
        self.assertEqual(self.flags(move), {"rate_doubtful"})
        self.assertAlmostEqual(self.vat(move), 42.0, 2)

    def test_it_is_read_with_its_currency_only(self):
        data = case("usd_with_eur_vat_total")
        self.assertEqual(parse_ubl(data).tax_in_euro, Decimal("77.10"))
        other = data.replace(b"<cbc:TaxCurrencyCode>EUR", b"<cbc:TaxCurrencyCode>GBP")
        self.assertIsNone(parse_ubl(other).tax_in_euro)
