from odoo import api, fields, models


class AccountMove(models.Model):
    """The PDF that stands beside a draft while it is decided."""

    _inherit = "account.move"

    codabox_pdf = fields.Binary("PDF beside it", compute="_compute_codabox_pdf")

    # Read with the rights of the user: some payrolls are closed to who keeps the books.
    @api.depends("message_main_attachment_id")
    @api.depends_context("uid")
    def _compute_codabox_pdf(self):
        found = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("res_field", "=", False),
                ("mimetype", "=", "application/pdf"),
            ],
            order="id",
        )
        for move in self:
            pdfs = found.filtered(lambda pdf, move=move: pdf.res_id == move.id)
            main = pdfs.filtered(lambda pdf, move=move: pdf == move.message_main_attachment_id)
            move.codabox_pdf = (main or pdfs)[:1].datas
