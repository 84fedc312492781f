"""A bill that names a purchase order is linked to it, and stays worth its file."""

from odoo import Command
from odoo.tests import tagged

from .invoice_common import InvoiceCase, line


@tagged("-standard", "-at_install", "post_install", "codabox_purchase")
class TestInvoiceOrders(InvoiceCase):
    def order(self, *prices, **values):
        """Return a confirmed purchase order of the supplier of the builders."""
        tax = self.env["account.tax"].search(
            [("name", "=", "21% M"), ("company_id", "=", self.company.id)]
        )
        orders = self.env["purchase.order"].sudo().with_company(self.company)
        order = orders.create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "name": "Article",
                            "product_qty": 1,
                            "price_unit": price,
                            "tax_ids": [Command.set(tax.ids)],
                        }
                    )
                    for price in prices
                ],
                **values,
            }
        )
        order.button_confirm()
        return order

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].sudo().create(
            {"name": "Article", "purchase_method": "purchase"}
        )  # fmt: skip

    def setUp(self):
        super().setUp()
        self.supplier = self.make_supplier()

    def receive(self, order, *lines):
        return self.receive_bill(self.bill("F-1", *lines, order=order)).invoice_id

    def codes(self, move):
        return {code for code in self.flags(move, blocking=False) if code.startswith("order_")}

    def test_its_lines_are_linked_and_it_is_worth_its_file(self):
        for values in ({}, {"partner_ref": "THEIRS-7"}):
            with self.subTest(values), self.rolled_back():
                order = self.order(100, **values)
                move = self.receive(values.get("partner_ref") or order.name)
                self.assertEqual(move.invoice_line_ids.purchase_line_id.order_id, order)
                self.assertEqual((move.amount_untaxed, move.amount_tax), (100.0, 21.0))
                self.assertEqual((self.flags(move), self.codes(move)), (set(), {"order_linked"}))
                self.press(move, "action_post")

    def test_an_order_of_another_amount_changes_nothing(self):
        order = self.order(90)
        move = self.receive(order.name)
        self.assertFalse(move.invoice_line_ids.purchase_line_id)
        self.assertEqual((move.amount_total, self.flags(move)), (121.0, set()))
        self.assertEqual(self.codes(move), {"order_differs"})

    def test_what_is_asked_comes_first(self):
        order = self.order(100)
        move = self.receive(order.name, line("100", "cocontractor"))
        self.assertEqual(self.flags(move), {"reverse_charge_rate"})
        self.assertFalse(move.invoice_line_ids.purchase_line_id)
        self.assertEqual(self.codes(move), {"order_open"})

    def test_an_order_that_is_not_there_is_no_question(self):
        move = self.receive("PO-UNKNOWN")
        self.assertEqual((self.codes(move), move.invoice_origin), (set(), "PO-UNKNOWN"))
