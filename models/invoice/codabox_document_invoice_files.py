from odoo import models

from odoo.addons.account_edi_ubl_cii.models.account_edi_common import SUPPORTED_FILE_TYPES


class CodaboxDocument(models.Model):
    """The files of an invoice beside it: XML and PDF as they came, and what the XML holds."""

    _inherit = "codabox.document"

    def _attach_invoice_files(self, parsed=None):
        """Put the files of these documents on their invoice, each once; a PDF is shown beside it.

        An invoice that came otherwise gets them only where it has no file at all.

        :param Invoice parsed: what the file of the one document says; read when not given.
        """
        for document in self.filtered("invoice_id"):
            move = document.invoice_id.sudo().with_context(skip_is_manually_modified=True)
            attached = self.env["ir.attachment"].sudo().search(
                [("res_model", "=", move._name), ("res_id", "=", move.id), ("res_field", "=", False)]
            )  # fmt: skip
            if attached and not move.codabox_document_id:
                continue
            document._attach_files_on(move, parsed, attached)

    def _attach_files_on(self, record, parsed=None, attached=None):
        """Put the files of this document on a record, each once, and show the PDF beside it.

        :param record: what this document became.
        :param Invoice parsed: what the file says; read when not given.
        :param ir.attachment attached: what it has already, if anything.
        """
        attached = attached or self.env["ir.attachment"]
        self._show_beside(record, attached._codabox_attach(record, self._invoice_files(parsed)))

    def _invoice_files(self, parsed):
        """Return (name, bytes) of every file of this document, the PDF of CodaBox first."""
        self.ensure_one()
        here = self.file_ids.filtered(lambda f: f.state == "here")
        files = [(file.name, file._raw()) for file in here.sorted(lambda f: f.format != "pdf")]
        parsed = parsed or self._parse_invoice()
        embedded = sorted(parsed.attachments if parsed else (), key=lambda a: not a.is_invoice)
        return files + [
            (attachment.name, attachment.content)
            for attachment in embedded
            if attachment.mime in SUPPORTED_FILE_TYPES
        ]

    def _show_beside(self, move, attachments):
        """Show the first PDF beside the invoice; that of CodaBox replaces one from the XML."""
        pdf = attachments.filtered(lambda a: a.mimetype == "application/pdf")[:1]
        main = move.message_main_attachment_id
        if pdf and (not main or main.mimetype != pdf.mimetype or pdf.name == self.pdf_file_id.name):
            pdf._codabox_show_beside(move)

    # -------------------------------------------------------------------------
    # Files that come late
    # -------------------------------------------------------------------------

    def _download(self, client):
        # EXTENDS account_codabox: a PDF that comes after its entry still goes beside the invoice
        before = self.file_ids.filtered(lambda f: f.state == "here")
        became_readable = super()._download(client)
        if (self.invoice_id or self.expense_id) and self.file_ids.filtered(
            lambda f: f.state == "here"
        ) != before:
            self._attach_invoice_files()
        return became_readable

    def _set_state(self, state, code=False, **facts):
        result = super()._set_state(state, code, **facts)
        if state == "duplicate":
            self._attach_invoice_files()
        return result
