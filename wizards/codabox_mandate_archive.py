from odoo import api, fields, models


class CodaboxMandateArchive(models.TransientModel):
    """Why mandates are archived, and what archiving does not stop."""

    _name = "codabox.mandate.archive"
    _inherit = "codabox.dialog.mixin"
    _description = "Archive CodaBox mandates"

    mandate_ids = fields.Many2many("codabox.mandate", readonly=True)
    reason = fields.Text("Why", required=True)
    warning = fields.Text(compute="_compute_warning")

    @api.depends("mandate_ids")
    def _compute_warning(self):
        for wizard in self:
            wizard.warning = "\n".join(wizard.mandate_ids._goes_on_after_archiving())

    def action_archive(self):
        """Archive these mandates at CodaBox."""
        self.ensure_one()
        self.mandate_ids._archive_remotely(self.reason)
        return {"type": "ir.actions.act_window_close"}
