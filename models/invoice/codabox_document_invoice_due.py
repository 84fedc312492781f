from datetime import timedelta

from odoo import models

# What the law gives where nothing was agreed.
USUAL_DAYS = 30


class CodaboxDocument(models.Model):
    """When an invoice is due whose file does not say it: as agreed with its partner, else by law."""

    _inherit = "codabox.document"

    def _complete_invoice(self, move, parsed):
        # EXTENDS account_codabox
        result = super()._complete_invoice(move, parsed)
        # With terms of the partner, Odoo has counted from the day of the invoice.
        if not parsed.due_date and not move.invoice_payment_term_id:
            move.invoice_date_due = move.invoice_date + timedelta(days=USUAL_DAYS)
            move._codabox_flag("no_due_date", blocking=False, days=USUAL_DAYS)
        return result
