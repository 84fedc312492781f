from odoo import api, fields, models


class CodaboxDocumentDiscard(models.TransientModel):
    """Why documents stay out of the books."""

    _name = "codabox.document.discard"
    _inherit = "codabox.dialog.mixin"
    _description = "Discard CodaBox documents"

    document_ids = fields.Many2many(
        "codabox.document", string="Documents", required=True, readonly=True
    )
    is_giving_up = fields.Boolean(compute="_compute_is_giving_up")
    reason = fields.Text(required=True)

    @api.depends("document_ids")
    def _compute_is_giving_up(self):
        for wizard in self:
            wizard.is_giving_up = any(wizard.document_ids.mapped("can_give_up"))

    def action_discard(self):
        """Discard the documents for the reason given."""
        self.document_ids._discard(self.reason)
        return {"type": "ir.actions.act_window_close"}
