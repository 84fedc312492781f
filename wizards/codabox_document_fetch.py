from odoo import fields, models


class CodaboxDocumentFetch(models.TransientModel):
    """Why documents are fetched though their mandate does not allow it."""

    _name = "codabox.document.fetch"
    _inherit = "codabox.dialog.mixin"
    _description = "Fetch withheld CodaBox documents"

    document_ids = fields.Many2many(
        "codabox.document", string="Documents", required=True, readonly=True
    )
    reason = fields.Text("Why", required=True)

    def action_fetch(self):
        """Have the documents fetched for the reason given."""
        self.ensure_one()
        self.document_ids._fetch_anyway(self.reason)
        return {"type": "ir.actions.act_window_close"}
