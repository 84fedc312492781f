"""The files of a purchase invoice: on the bill as they came, the PDF beside it, a PDF alone."""

from odoo import Command
from odoo.tests import tagged

from ..codabox import Channel
from ..codabox.ubl.builders import pdf as embedded
from .invoice_common import InvoiceCase, date, pdf

FACTS = {"document_number": "Z-77", "issue_date": "2026-01-20"}


@tagged("-at_install", "post_install")
class TestInvoiceFiles(InvoiceCase):
    def delivered(self, index):
        """Return the document as CodaBox holds it."""
        return self.sandbox.find(index, Channel.FEED)[1]

    def names(self, move):
        return sorted(name.rpartition(".")[2] for name in self.attached(move).mapped("name"))

    # --- XML and PDF ---------------------------------------------------------------------------

    def test_xml_and_pdf_are_on_the_bill_byte_for_byte_and_the_pdf_is_shown(self):
        own = embedded("Factuur 1.pdf")
        index = self.deliver_bill(self.bill(flavour="efff1", attachments=(own,)))
        self.night()
        move = self.document(index).invoice_id
        contents = set(self.attached(move).mapped("raw"))
        self.assertEqual(contents, {*self.delivered(index).files.values(), own.content})
        self.assertEqual(move.message_main_attachment_id.raw, self.delivered(index).files["pdf"])

    def test_the_embedded_pdf_is_not_attached_again_when_codabox_gives_the_same(self):
        own = embedded("Factuur 1.pdf", pdf(["Invoice"]))
        move = self.receive_bill(self.bill(attachments=(own,))).invoice_id
        self.assertEqual(self.names(move), ["pdf", "xml"])

    def test_without_a_pdf_of_codabox_the_embedded_one_is_shown(self):
        own = embedded("Factuur 1.pdf")
        move = self.receive_bill(self.bill(attachments=(own,)), files=("xml",)).invoice_id
        self.assertEqual(move.message_main_attachment_id.raw, own.content)

    def test_a_pdf_that_comes_late_goes_beside_the_bill(self):
        index = self.deliver_bill(self.bill(attachments=()), files=("xml",))
        self.night()
        move = self.document(index).invoice_id
        self.assertFalse(move.message_main_attachment_id)
        self.delivered(index).files["pdf"] = pdf(["Invoice"])
        self.night()
        self.assertEqual(move.message_main_attachment_id.raw, pdf(["Invoice"]))
        self.night()
        self.assertEqual(self.names(move), ["pdf", "xml"])

    # --- PDF alone -----------------------------------------------------------------------------

    def test_a_pdf_alone_becomes_a_draft_to_complete_with_the_pdf_beside_it(self):
        document = self.receive_bill(files=("pdf",), metadata=FACTS)
        self.assert_state(document, "imported")
        move = document.invoice_id
        self.assertRecordValues(
            move,
            [
                {
                    "state": "draft",
                    "move_type": "in_invoice",
                    "partner_id": False,
                    "ref": "Z-77",
                    "invoice_date": date(2026, 1, 20),
                }
            ],
        )
        self.assertEqual(move.message_main_attachment_id.raw, pdf(["Invoice"]))
        self.assertIn("invoice_pdf_only", self.flags(move))

    def test_when_the_xml_comes_after_all_the_untouched_draft_is_made_from_it(self):
        index = self.deliver_bill(files=("pdf",), metadata=FACTS)
        self.night()
        self.delivered(index).files["xml"] = self.bill("Z-77")
        self.night()
        document = self.document(index)
        self.assert_state(document, "imported")
        self.assertEqual(self.bills(), document.invoice_id)
        self.assertEqual(document.invoice_id.amount_total, 121.0)

    def test_a_draft_that_a_person_worked_on_keeps_his_work_and_gets_the_xml(self):
        index = self.deliver_bill(files=("pdf",), metadata=FACTS)
        self.night()
        move = self.document(index).invoice_id
        move.write(
            {
                "partner_id": self.make_supplier().id,
                "invoice_line_ids": [Command.create({"name": "By hand", "price_unit": 5.0})],
            }
        )
        self.delivered(index).files["xml"] = self.bill("Z-77", attachments=())
        self.night()
        self.assertEqual(self.document(index).invoice_id, move)
        self.assertEqual(move.invoice_line_ids.mapped("name"), ["By hand"])
        self.assertEqual(self.names(move), ["pdf", "xml"])

    def test_when_the_xml_cannot_be_read_a_person_may_go_on_with_the_pdf(self):
        document = self.receive_bill(b"<Factuur/>", metadata=FACTS)
        self.assert_state(document, "failed", "not_ubl")
        self.resolve(document, choice="pdf")
        self.assert_state(document, "imported")
        self.assertEqual(self.names(document.invoice_id), ["pdf", "xml"])
        self.assertEqual(document.invoice_id.ref, "Z-77")

    def test_a_pdf_with_number_and_day_of_a_bill_in_the_books_waits(self):
        move = self.receive_bill(self.bill("Z-77", issue_date=date(2026, 1, 20))).invoice_id
        other = self.sandbox.add_document(
            self.client, "purchase_invoice", {"pdf": pdf(["Other scan"])}, metadata=FACTS
        )
        self.night()
        self.assert_state(self.document(other), "waiting", "pdf_conflict")
        self.assertEqual(self.bills(), move)
        self.resolve(self.document(other), choice="link")
        self.assert_state(self.document(other), "duplicate", "invoice_linked")
        self.assertEqual(self.document(other).invoice_id, move)
