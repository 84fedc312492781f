from odoo import models
from odoo.fields import Command


class CodaboxStatement(models.Model):
    """The files of a document on its bank statements, whenever they come."""

    _inherit = "codabox.statement"

    def _attach_files(self, bank_statement):
        """Put the files of the document on the bank statement, the PDF first; each one once.

        A file that comes late, with the delivery or with a duplicate of it, is added then. Files
        that tell who earns what stay on the document alone, whose rules protect them.
        """
        if self.document_id.is_closed:
            return
        known = set(bank_statement.attachment_ids.mapped("checksum"))
        files = self._files_to_attach()
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": file.name,
                    "raw": file._raw(),
                    "res_model": bank_statement._name,
                    "res_id": bank_statement.id,
                    "company_id": self.company_id.id,
                }
                for file in files
                if file._checksum() not in known
            ]
        )
        if attachments:
            bank_statement.attachment_ids = [Command.link(a.id) for a in attachments]

    def _files_to_attach(self):
        """Return the files of the document, and the PDF of a duplicate where it has none itself."""
        here = self.document_id.file_ids.filtered(lambda f: f.state == "here")
        pdf = (
            here.filtered(lambda f: f.format == "pdf")
            or self._duplicate_documents()
            .filtered(lambda d: not d.is_closed)
            .file_ids.filtered(lambda f: f.format == "pdf" and f.state == "here")[:1]
        )
        return pdf + here.filtered(lambda f: f.format == "cod")

    def _duplicate_documents(self):
        """Return the documents that brought the same file again."""
        return self.env["codabox.document"].search(
            [("duplicate_of_id", "=", self.document_id.id), ("state", "=", "duplicate")]
        )

    def _attach_late_files(self):
        """Give the bank statements of these what came after they were booked."""
        for statement in self.filtered("bank_statement_id"):
            statement._attach_files(statement.bank_statement_id)
