from odoo import api, fields, models


class CodaboxDocument(models.Model):
    """What the page of a document shows of the invoice that it became."""

    _inherit = "codabox.document"

    invoice_party_id = fields.Many2one(
        tracking=False, related="invoice_id.partner_id", string="Partner"
    )
    invoice_number = fields.Char("Number of the invoice", compute="_compute_invoice_number")
    invoice_day = fields.Date(
        tracking=False, related="invoice_id.invoice_date", string="Date of the invoice"
    )
    invoice_currency_id = fields.Many2one(
        tracking=False, related="invoice_id.currency_id", string="Currency"
    )
    invoice_untaxed = fields.Monetary(
        tracking=False, related="invoice_id.amount_untaxed", currency_field="invoice_currency_id"
    )
    invoice_total = fields.Monetary(
        tracking=False, related="invoice_id.amount_total", currency_field="invoice_currency_id"
    )
    invoice_move_state = fields.Selection(
        tracking=False, related="invoice_id.state", string="In the books as"
    )
    invoice_flag_text = fields.Text(
        tracking=False, related="invoice_id.codabox_flag_text", string="To be decided"
    )
    invoice_note_text = fields.Text(
        tracking=False, related="invoice_id.codabox_note_text", string="Good to know"
    )

    @api.depends("invoice_id.name", "invoice_id.ref")
    def _compute_invoice_number(self):
        for document in self:
            document.invoice_number = document.invoice_id._codabox_document_number()
