"""A draft is made in one step, with what its lines are about, and stays worth its file."""

from dataclasses import replace
from decimal import Decimal

from odoo import Command, fields
from odoo.tests import Form, tagged

from ..codabox import write_ubl
from ..codabox.ubl import builders
from .bill_case import PEETERS, BillCase, charge, line
from .common import NUMBER


@tagged("post_install", "-at_install")
class TestInvoiceMade(BillCase):
    def off_by(self, cents, *lines):
        """Return a file whose VAT is not what its lines make, by some cents."""
        customer = replace(builders.CUSTOMER, enterprise=NUMBER, vat=f"BE{NUMBER}")
        found = builders.invoice(
            "X1", *lines, supplier=PEETERS, customer=customer, attachments=(), ibans=()
        )
        (tax,) = found.taxes
        taxes = (replace(tax, amount=tax.amount + cents),)
        total = found.total + cents
        return write_ubl(
            replace(found, taxes=taxes, tax=found.tax + cents, total=total, payable=total)
        )

    def assert_worth(self, move, untaxed, tax):
        self.assertEqual((move.amount_untaxed, move.amount_tax), (untaxed, tax))
        self.assertEqual(self.flags(move), [])
        self.assertFalse(round(sum(move.line_ids.mapped("balance")), 2))

    # --- In one step -----------------------------------------------------------------------------

    def test_many_lines_ask_no_more_than_few(self):
        product = self.env["product.product"].create({"name": "Bout", "default_code": "B7"})
        counts = {}
        for count in (3, 60):
            lines = [replace(line(f"Label {at}", "10"), code=f"B{at}") for at in range(count)]
            self.import_bill(*lines)  # what is read once is read
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            move = self.import_bill(*lines)
            counts[count] = self.env.cr.sql_log_count - before
        self.assertLess(counts[60] - counts[3], 15, counts)
        self.assertEqual(move.invoice_line_ids.product_id, product)

    def test_vat_that_is_not_what_the_lines_make_is_that_of_the_file(self):
        cent = Decimal("0.01")
        move = self.make_draft(self.off_by(cent, line("A", "10.10"), line("B", "20.20")))
        self.assert_worth(move, 30.30, 6.37)
        self.assertEqual(self.boxes(move), {"59": "6.37", "81": "30.30"})

    def test_it_stays_when_another_line_is_edited(self):
        cent = Decimal("0.01")
        move = self.make_draft(self.off_by(cent, line("A", "10.10"), line("B", "20.20")))
        with Form(move) as form, form.invoice_line_ids.edit(0) as row:
            row.account_id = self.account("613200")
        self.assertEqual(move.amount_tax, 6.37)

    # --- What Odoo itself adds --------------------------------------------------------------------

    def test_a_private_part_is_left_to_odoo(self):
        self.book("P", ("Auto", 100.0, "21% M"), deductible_amount=50.0)
        move = self.import_bill(line("Auto", "100"))
        self.assertEqual(move.amount_total, 121.0)
        kinds = move.line_ids.mapped("display_type")
        self.assertIn("non_deductible_tax", kinds)
        self.assertFalse(round(sum(move.line_ids.mapped("balance")), 2))

    def test_an_analytic_distribution_that_odoo_finds_is_on_the_line(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        project = self.env["account.analytic.account"].create({"name": "P1", "plan_id": plan.id})
        self.env["account.analytic.distribution.model"].create(
            {
                "partner_id": self.supplier.id,
                "analytic_distribution": {str(project.id): 100},
                "company_id": self.company.id,
            }
        )
        move = self.import_bill(line("A", "100"))
        self.assertEqual(move.invoice_line_ids.analytic_distribution, {str(project.id): 100.0})
        self.assert_worth(move, 100.0, 21.0)

    def test_a_discount_for_early_payment_is_left_to_odoo(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2 %",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 8,
                "early_pay_discount_computation": "mixed",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 100, "nb_days": 30})
                ],
            }
        )
        self.supplier.with_company(self.company).property_supplier_payment_term_id = term
        move = self.import_bill(line("A", "100"), due_date=None)
        self.assertEqual(move.invoice_payment_term_id, term)
        self.assertFalse(round(sum(move.line_ids.mapped("balance")), 2))
        self.assertIn("epd", move.line_ids.mapped("display_type"))

    # --- What lines are about ---------------------------------------------------------------------

    def test_a_product_is_found_by_barcode_code_and_name_the_own_one_first(self):
        products = self.env["product.product"]
        shared = products.create({"name": "Schroef", "default_code": "S1"})
        own = products.create(
            {"name": "Schroef", "default_code": "S2", "company_id": self.company.id}
        )
        coded = products.create({"name": "Z", "barcode": "5410000000001"})
        longer = products.create({"name": "Grote waterpomptang"})
        named = line("Schroef", "1")
        lines = (
            replace(line("A", "1"), code="S1"),
            replace(line("Schroef", "1"), barcode="5410000000001"),
            named,
            line("waterpomptang", "1"),
            line("Nergens te vinden", "1"),
        )
        move = self.import_bill(*lines)
        found = [made.product_id for made in move.invoice_line_ids.sorted("id")]
        self.assertEqual(found, [shared, coded, own, longer, products])

    def test_the_unit_of_the_file_is_kept_where_the_product_has_no_other(self):
        self.env["product.product"].create({"name": "Zand", "default_code": "ZAND"})
        sand = replace(line("Zand", "1", unit="KGM"), code="ZAND")
        move = self.import_bill(line("Suiker", "1", unit="KGM"), sand, line("X", "1", unit="??"))
        units = [made.product_uom_id for made in move.invoice_line_ids.sorted("id")]
        kilo, piece = self.env.ref("uom.product_uom_kgm"), self.env.ref("uom.product_uom_unit")
        self.assertEqual(units, [kilo, piece, piece.browse()])

    def test_a_contribution_by_piece_is_its_tax_where_there_is_one_of_purchases(self):
        values = {
            "name": "Recupel",
            "amount_type": "fixed",
            "amount": 0.5,
            "include_base_amount": True,
            "sequence": 0,
            "company_id": self.company.id,
        }
        recupel = replace(charge("Recupel", "1.00", ""), code="AEO")
        lamp = line("Lamp", "10", quantity="2", charges=[recupel])
        self.env["account.tax"].create({**values, "type_tax_use": "sale"})
        move = self.import_bill(lamp)
        self.assertEqual(len(move.invoice_line_ids), 2)
        self.assert_worth(move, 21.0, 4.41)
        tax = self.env["account.tax"].create({**values, "type_tax_use": "purchase"})
        move = self.import_bill(lamp)
        self.assertIn(tax, move.invoice_line_ids.tax_ids)
        self.assertEqual((move.amount_total, self.flags(move)), (25.41, []))

    def test_what_stands_beside_the_lines_is_kept(self):
        day = fields.Date.to_date("2026-01-10")
        move = self.import_bill(line("A", "100"), notes=("First", "Second"), delivery_date=day)
        self.assertEqual(move.delivery_date, day)
        self.assertIn("First", move.narration)
        self.assertIn("Second", move.narration)
