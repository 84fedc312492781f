"""A PDF that came alone and has the electronic invoice inside is booked from that."""

from io import BytesIO

from odoo.tests import tagged
from odoo.tools.pdf import OdooPdfFileReader, OdooPdfFileWriter

from ..codabox.tests.ubl_samples import cii
from .invoice_common import CUSTOMER, InvoiceCase, pdf, replace


@tagged("-at_install", "post_install")
class TestInvoiceEmbedded(InvoiceCase):
    def pdf_with(self, *files, lines=("Invoice",)):
        """Return a PDF with files inside, as a program for invoices makes it."""
        writer = OdooPdfFileWriter()
        writer.cloneReaderDocumentRoot(OdooPdfFileReader(BytesIO(pdf(list(lines))), strict=False))
        for name, content in files:
            writer.addAttachment(name, content, subtype="text/xml")
        stream = BytesIO()
        writer.write(stream)
        return stream.getvalue()

    def receive(self, content, kind="purchase_invoice"):
        index = self.sandbox.add_document(self.client, kind, {"pdf": content})
        self.night()
        return self.document(index)

    def test_factur_x_becomes_a_bill_with_its_lines_taxes_and_supplier(self):
        document = self.receive(self.pdf_with(("factur-x.xml", cii())))
        self.assert_state(document, "imported")
        move = document.invoice_id
        self.assertEqual((move.ref, move.amount_untaxed, move.amount_tax), ("FX-7", 190.0, 36.9))
        self.assertEqual(self.flags(move), set())
        self.assertEqual(move.partner_id.vat, "BE0403170701")
        self.assertEqual(move.payment_reference, "+++090/9337/55493+++")
        self.assertEqual(len(move.invoice_line_ids), 3)
        self.assertIn("read_from_pdf", self.flags(move, blocking=False))
        self.assertFalse(move.codabox_pdf_only)
        self.assertEqual(move.message_main_attachment_id.mimetype, "application/pdf")
        self.press(move, "action_post")

    def test_ubl_inside_is_read_too_whatever_its_name_and_neighbours(self):
        data = self.bill("U-1", attachments=())
        content = self.pdf_with(("terms.txt", b"Terms"), ("x.xml", b"<a/>"), ("data", data))
        document = self.receive(content)
        self.assert_state(document, "imported")
        self.assertEqual(
            (document.invoice_id.ref, document.invoice_id.amount_total), ("U-1", 121.0)
        )

    def test_it_passes_every_guard_of_an_electronic_invoice(self):
        other = replace(
            CUSTOMER, enterprise="0403170701", vat="BE0403170701", endpoint="0403170701"
        )
        data = self.bill("U-1", customer=other, attachments=())
        self.assert_state(
            self.receive(self.pdf_with(("a.xml", data))), "waiting", "foreign_enterprise"
        )
        self.receive_bill(self.bill("U-2"))
        again = self.pdf_with(("a.xml", self.bill("U-2", attachments=())))
        self.assert_state(self.receive(again), "duplicate", "known_invoice")

    def test_a_pdf_with_something_else_inside_is_completed_by_hand(self):
        broken = cii().replace(b"GrandTotalAmount", b"Other")
        for files in ((("a.xml", b"<a/>"),), (("factur-x.xml", broken),), ()):
            with self.subTest(files=files), self.rolled_back():
                move = self.receive(self.pdf_with(*files)).invoice_id
                self.assertFalse(move.invoice_line_ids)
                self.assertIn("invoice_pdf_only", self.flags(move))

    def test_a_file_that_is_no_pdf_at_all_breaks_nothing(self):
        document = self.receive(b"%PDF-1.4 torn")
        self.assert_state(document, "imported")
        self.assertTrue(document.invoice_id.codabox_pdf_only)
