from odoo import fields, models
from odoo.exceptions import UserError


class CodaboxFlagOverride(models.TransientModel):
    """Why the open flags of a bill do not matter."""

    _name = "codabox.flag.override"
    _inherit = "codabox.dialog.mixin"
    _description = "Override the flags of a bill"

    move_id = fields.Many2one("account.move", "Bill", required=True, readonly=True)
    flag_text = fields.Text(related="move_id.codabox_flag_text")
    reason = fields.Text(required=True)

    def action_override(self):
        """Let the bill be posted, for the reason given."""
        self.ensure_one()
        if not self.reason.strip():
            raise UserError(self.env._("Say why: it stays readable on the bill."))
        self.move_id._codabox_override(self.reason)
        return {"type": "ir.actions.act_window_close"}
