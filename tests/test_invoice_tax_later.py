"""In a company whose prices include tax, a line whose tax is chosen later keeps its amount."""

from odoo.tests import Form, tagged

from .bill_case import BillCase, line
from .test_invoice_cents import METHODS


@tagged("post_install", "-at_install")
class TestInvoiceTaxChosenLater(BillCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.account_price_include = "tax_included"
        cls.purchases.default_account_id = cls.account("499000")
        cls.included, cls.lower = cls.tax("21% M"), cls.tax("6% M")

    def waiting(self, *lines):
        lines = lines or (line("A", "100"), line("B", "10.33", quantity="3"))
        move = self.import_bill(*lines)
        self.assertEqual(self.flags(move), ["no_box"])
        self.assertTrue(self.included.price_include)
        return move

    def assert_file(self, move, untaxed=130.99, tax=27.51):
        self.assertEqual(self.flags(move), [])
        self.assertEqual((move.amount_untaxed, move.amount_tax), (untaxed, tax))

    def test_chosen_in_the_form(self):
        for method in METHODS:
            self.company.tax_calculation_rounding_method = method
            with self.subTest(method), self.rolled_back():
                move = self.waiting()
                with Form(move) as form:
                    for at in range(2):
                        with form.invoice_line_ids.edit(at) as row:
                            row.tax_ids.add(self.included)
                self.assert_file(move)

    def test_chosen_by_a_command(self):
        move = self.waiting()
        change = {"tax_ids": [(6, 0, self.included.ids)]}
        rows = [(1, row.id, change) for row in move.invoice_line_ids]
        self.press(move, "write", {"invoice_line_ids": rows})
        self.assert_file(move)

    def test_of_two_rates_no_cent_is_left(self):
        move = self.waiting(line("A", "99999.99"), line("B", "9137.95", "6"))
        first, second = move.invoice_line_ids.sorted("id")
        first.tax_ids = self.included
        second.tax_ids = self.lower
        self.assert_file(move, 109137.94, 21548.28)

    def test_a_tax_that_is_changed_once_more_leaves_the_amount_too(self):
        move = self.waiting()
        for tax in (self.included, self.lower, self.lower.browse()):
            move.invoice_line_ids.tax_ids = tax
            self.assertEqual(move.amount_untaxed, 130.99)
        move.invoice_line_ids.tax_ids = self.lower
        self.assertEqual(self.flags(move), ["totals_differ"], "its VAT is not that of the file")
        move.invoice_line_ids.tax_ids = self.included
        self.assert_file(move)

    def test_a_line_that_a_person_adds_keeps_the_price_that_he_typed(self):
        move = self.waiting()
        move.invoice_line_ids = [(0, 0, {"name": "C", "price_unit": 12.1, "tax_ids": [(5, 0, 0)]})]
        added = move.invoice_line_ids.filtered(lambda row: row.name == "C")
        added.tax_ids = self.included
        self.assertEqual((added.price_unit, added.price_subtotal), (12.1, 10.0))

    def test_a_price_that_is_typed_stays(self):
        move = self.waiting()
        row = move.invoice_line_ids[0]
        row.write({"tax_ids": [(6, 0, self.included.ids)], "price_unit": 50.0})
        self.assertEqual(row.price_unit, 50.0)
