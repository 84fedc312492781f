from odoo import models

# A file of which nothing could be read, kept beside an empty draft.
BY_HAND = ("invoice_pdf_only", "expense_not_read")


class AccountMove(models.Model):
    """A draft of which only the PDF is known is a question until somebody completed it."""

    _inherit = "account.move"

    def _codabox_flag_stands(self, flag):
        # EXTENDS account_codabox
        if flag["code"] in BY_HAND:
            # Odoo posts a receipt without partner.
            is_known = self.partner_id or self.move_type == "in_receipt"
            return not (is_known and self.invoice_line_ids)
        return super()._codabox_flag_stands(flag)
