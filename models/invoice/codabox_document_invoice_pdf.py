from odoo import fields, models

from ...codabox import normal_number
from .codabox_document_invoice import INVOICE_KINDS


class CodaboxDocument(models.Model):
    """An invoice of which CodaBox has a PDF only: a draft to complete by hand, the PDF beside it.

    When its XML comes after all and nobody worked on the draft, the draft is made anew from that.
    """

    _inherit = "codabox.document"

    uses_pdf = fields.Boolean(
        readonly=True, help="A person completes the draft by hand: the XML cannot be read."
    )

    def _readable_file(self):
        # EXTENDS account_codabox: some invoices exist as PDF only
        file = super()._readable_file()
        if self.kind in INVOICE_KINDS and (self.uses_pdf or not file):
            return self.pdf_file_id or file
        return file

    def _import_invoice_pdf(self):
        """Make an empty draft with the PDF, or say what stands in the way."""
        problem = self._find_unusable_journal()
        if problem:
            return self._set_state("waiting", problem.pop("code"), **problem)
        known = self._known_by_metadata()
        if known and not self.is_another_invoice:
            names = ", ".join(known.mapped("display_name"))
            return self._set_state("waiting", "pdf_conflict", invoices=names)
        number = self._metadata_number()
        move = self._new_invoice(self._invoice_move_type(None), self.invoice_partner_id, number)
        move.invoice_date = self.document_date or False
        move._codabox_flag(self._pdf_note())
        if self.is_another_invoice:
            move._codabox_accept_known()
        self.invoice_id = move
        self._set_state("imported")
        return self._attach_invoice_files()

    def _pdf_note(self):
        """Return the code of why a draft is to be completed by hand."""
        return "invoice_pdf_only"

    def _metadata_number(self):
        """Return the number that CodaBox gives this invoice, ``""`` when it gives none."""
        return str((self.sudo().metadata or {}).get("document_number") or "")

    def _known_by_metadata(self):
        """Return the invoices in the books with the number and the day that CodaBox gives."""
        number = normal_number(self._metadata_number())
        if not number or not self.document_date:
            return self.env["account.move"]
        return self.env["account.move"].search(
            [
                ("company_id", "child_of", self.company_id.root_id.id),
                ("codabox_number", "=", number),
                ("invoice_date", "=", self.document_date),
                ("move_type", "in", self._pdf_alike_types()),
                ("state", "!=", "cancel"),
            ]
        )

    def _pdf_alike_types(self):
        """Return the types of entries that a PDF alone may be."""
        return ["in_invoice", "in_refund"]

    def _download(self, client):
        # EXTENDS account_codabox
        alone = self.kind in INVOICE_KINDS and self._readable_file().format == "pdf"
        became_readable = super()._download(client)
        if alone and self._readable_file().format == "xml" and self._is_untouched_pdf():
            self.invoice_id.with_context(codabox_undo=True).unlink()
            self._set_state("received")
            return True
        return became_readable

    def _is_untouched_pdf(self):
        """Return whether nobody decided on, or worked on, what a PDF alone became."""
        if self.state == "waiting":
            return not self.invoice_id
        move = self.invoice_id
        return bool(
            self.state == "imported"
            and move.codabox_document_id == self
            and move.state == "draft"
            and not move.line_ids
            and not move.partner_id
        )
