from odoo import api, fields, models


class AccountBankStatement(models.Model):
    """The PDF of the bank beside the statement, and every file of it to download."""

    _inherit = "account.bank.statement"

    codabox_pdf_id = fields.Many2one(
        "ir.attachment", "PDF of the bank", compute="_compute_codabox_pdf", compute_sudo=True
    )
    codabox_pdf = fields.Binary("PDF", compute="_compute_codabox_pdf", compute_sudo=True)

    @api.depends("attachment_ids")
    def _compute_codabox_pdf(self):
        """Take the PDF that came with the CODA; one that a user added serves where none came."""
        for statement in self:
            pdfs = statement.attachment_ids.filtered(
                lambda a: a.mimetype == "application/pdf"
            ).sorted("id")
            statement.codabox_pdf_id = pdfs[:1]
            # With ``bin_size`` the size is enough: the viewer asks for the content itself.
            statement.codabox_pdf = pdfs[:1].datas
