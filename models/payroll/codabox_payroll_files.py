from odoo import models

from ...codabox import split_soda


class CodaboxPayroll(models.Model):
    """The files of a payroll on its entry, for the group *Payroll documents* only."""

    _inherit = "codabox.payroll"

    def _attach_files(self):
        """Put the files on the entries, each once; the PDF is what is shown beside it.

        A file for several employers is cut: each entry gets its own part only, and no PDF, which
        cannot be cut.
        """
        for payroll in self.filtered("move_id"):
            move = payroll.move_id.sudo()
            created = payroll._attachments()._codabox_attach(
                move,
                payroll._files_to_attach(),
                company_id=payroll.company_id.id,
                codabox_payroll=True,
            )
            pdf = created.filtered(lambda a: a.mimetype == "application/pdf")[:1]
            if pdf:
                pdf._codabox_show_beside(move)

    def _attachments(self):
        """Return the attachments that these put on their entries."""
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "account.move"),
                    ("res_id", "in", self.move_id.ids),
                    ("codabox_payroll", "=", True),
                ]
            )
        )

    def _files_to_attach(self):
        """Return (name, bytes) of what belongs to this payroll alone."""
        self.ensure_one()
        document = self.document_id
        files = document.file_ids.filtered(lambda f: f.state == "here")
        xml = files.filtered(lambda f: f.format == "xml")
        found = [(xml.name, split_soda(xml._raw(), self.position))] if xml else []
        if len(document.payroll_ids) > 1:
            return found
        pdf = files.filtered(lambda f: f.format == "pdf") or document._pdf_of_copies()
        return [*found, (pdf.name, pdf._raw())] if pdf else found
