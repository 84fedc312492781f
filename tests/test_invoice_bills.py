"""Purchase invoices through the night run: which bill, of whom, with which files."""

from odoo.tests import tagged

from ..codabox.tests.soda_samples import FOLDER as _SODA
from .common import date
from .invoice_common import InvoiceCase

FOLDER = _SODA.parent / "invoices"


@tagged("-at_install", "post_install")
class TestInvoiceBills(InvoiceCase):
    def test_an_invoice_becomes_a_draft_bill(self):
        data = (FOLDER / "synthetic_efff_v1_invoice_380.xml").read_bytes()
        document = self.receive_invoice(data)
        self.assert_state(document, "imported")
        move = document.invoice_id
        self.assertRecordValues(
            move,
            [
                {
                    "state": "draft",
                    "move_type": "in_invoice",
                    "company_id": self.company.id,
                    "invoice_date": date(2026, 1, 15),
                    "date": date(2026, 1, 15),
                    "ref": "T2026001",
                    "payment_reference": "+++000/0000/00097+++",
                    "amount_total": 121.0,
                }
            ],
        )
        self.assertEqual(move.partner_id.company_registry, "0000000196")
        self.assertEqual(move.message_main_attachment_id.mimetype, "application/pdf")
