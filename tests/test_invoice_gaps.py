"""What Odoo alone does wrong with Belgian invoices, and that it is right through the night run.

The eight gaps of ``docs/reference/invoices.md`` 2.4.
"""

import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from .invoice_common import CUSTOMER, SUPPLIER, invoice, line, replace, write_ubl
from .sales_case import SalesCase

IMPORT = "odoo.addons.account.models.account_document_import_mixin"


@tagged("-at_install", "post_install")
class TestInvoiceGaps(SalesCase):
    def odoo_alone(self, data, journal=None):
        """Return what Odoo makes of a file that is uploaded, on its purchase journal by default."""
        journal = journal or self.company._codabox_purchase_journal()
        attachment = self.env["ir.attachment"].create({"name": "invoice.xml", "raw": data})
        with mute_logger(IMPORT), self.rolled_back():
            move = journal._create_document_from_attachment(attachment.ids)
            return {
                "type": move.move_type,
                "name": move.name,
                "ref": move.ref,
                "lines": len(move.invoice_line_ids),
                "total": move.amount_total,
                "partner": move.partner_id.name,
                "reference": move.payment_reference,
                "taxes": move.invoice_line_ids.tax_ids.mapped("name"),
                "bank": move.partner_bank_id.sanitized_acc_number,
            }

    def ours(self, data):
        document = self.receive_bill(data)
        self.assert_state(document, "imported")
        return document.invoice_id

    # 1
    def test_a_withdrawn_scheme_of_electronic_address_loses_nothing(self):
        data = self.bill(flavour="ublbe1")
        self.assertIn(b"9956", data)
        self.assertFalse(self.odoo_alone(data)["lines"])
        move = self.ours(data)
        self.assertEqual((move.amount_total, move.partner_id.name), (121.0, SUPPLIER.name))

    # 2
    def test_a_credit_note_that_calls_itself_invoice_is_a_refund(self):
        data = self.bill(flavour="efff1", credit=True)
        self.assertEqual(self.odoo_alone(data)["type"], "in_invoice")
        move = self.ours(data)
        self.assertEqual((move.move_type, move.amount_total), ("in_refund", 121.0))

    # 3
    def test_a_supplier_with_a_trade_name_only_is_known_by_it(self):
        data = self.bill(flavour="efff1")
        alone = self.odoo_alone(data)
        self.assertNotEqual(alone["partner"], SUPPLIER.name)
        self.assertFalse(alone["bank"])
        move = self.ours(data)
        self.assertEqual(move.partner_id.name, SUPPLIER.name)
        self.assertEqual(move.partner_bank_id.sanitized_acc_number, "BE54000000000097")

    # 4
    def test_the_payment_reference_is_read_where_old_software_puts_it(self):
        data = self.bill(flavour="efff1")
        self.assertFalse(self.odoo_alone(data)["reference"])
        self.assertEqual(self.ours(data).payment_reference, "+++000/0000/00097+++")

    # 5
    def test_what_has_no_vat_is_not_booked_as_if_it_were_at_zero_percent(self):
        data = self.bill("F1", line("100", "cocontractor"), line("50", "eu_services"))
        self.assertEqual(set(self.odoo_alone(data)["taxes"]), {"0% M"})
        self.assertNotIn("0% M", self.ours(data).invoice_line_ids.tax_ids.mapped("name"))

    # 6
    def test_a_file_that_names_no_version_is_recognised_by_what_it_is(self):
        data = re.sub(rb"<cbc:UBLVersionID>.*?</cbc:UBLVersionID>", b"", self.bill(flavour="efff1"))
        self.assertFalse(self.odoo_alone(data)["lines"])
        self.assertEqual(self.ours(data).amount_total, 121.0)

    # 7
    def test_a_sales_invoice_keeps_the_number_it_was_sent_with(self):
        data = self.sale("2026-014")
        alone = self.odoo_alone(data, self.company._codabox_sale_journal())
        self.assertEqual((alone["type"], alone["ref"]), ("out_invoice", "2026-014"))
        self.assertNotEqual(alone["name"], "2026-014")
        move = self.receive_sale(data).invoice_id
        self.press(move, "action_post")
        self.assertEqual((move.state, move.name), ("posted", "2026-014"))

    # 8
    def test_an_invoice_of_another_company_is_not_booked(self):
        other = replace(CUSTOMER, enterprise="0403170701", vat="BE0403170701")
        data = self.bill(customer=other)
        self.assertEqual(self.odoo_alone(data)["total"], 121.0)
        self.assert_state(self.receive_bill(data), "waiting", "foreign_enterprise")
        self.assertFalse(self.bills())

    def test_the_same_invoice_twice_is_one_bill(self):
        data = self.bill()
        first = self.ours(data)
        self.assertEqual(self.odoo_alone(data)["total"], 121.0)
        again = self.receive_bill(self.bill(flavour="ublbe3"))
        self.assert_state(again, "duplicate", "known_invoice")
        self.assertEqual(self.bills(), first)

    def test_a_negative_credit_note_is_a_refund_of_what_it_says(self):
        positive = invoice("C1", line("100"), credit=True)
        data = write_ubl(positive)
        for name in (b"TaxableAmount", b"TaxAmount", b"LineExtensionAmount", b"TaxExclusiveAmount",
                     b"TaxInclusiveAmount", b"PayableAmount", b"CreditedQuantity"):  # fmt: skip
            data = re.sub(rb"(<cbc:%b[^>]*>)(\d)" % name, rb"\1-\2", data)
        alone = self.odoo_alone(data)
        self.assertEqual((alone["type"], alone["total"]), ("in_refund", -121.0))
        move = self.ours(data)
        self.assertEqual((move.move_type, move.amount_total), ("in_refund", 121.0))
