from odoo import api, fields, models
from odoo.exceptions import UserError

READ = "codabox_read_flag"


class CodaboxFlagOverride(models.TransientModel):
    """Why one open flag of a bill does not matter; of several, one after the other."""

    _name = "codabox.flag.override"
    _inherit = "codabox.dialog.mixin"
    _description = "Override the flags of a bill"

    move_id = fields.Many2one("account.move", "Bill", required=True, readonly=True)
    # What the person reads: nothing else is closed, whatever comes up while the dialog is open.
    read_flag = fields.Json(
        compute="_compute_read_flag",
        store=True,
        precompute=True,
        readonly=False,
        export_string_translation=False,
    )
    flag_text = fields.Text(compute="_compute_flag_text")
    other_count = fields.Integer(compute="_compute_flag_text", export_string_translation=False)
    reason = fields.Text(required=True)

    @api.depends("move_id")
    def _compute_read_flag(self):
        """Take the first open flag, or that of the number in the context."""
        for wizard in self:
            flags = wizard.move_id and wizard.move_id.sudo()._codabox_open_flags()
            place = self.env.context.get(READ) or 0
            wizard.read_flag = flags[place % len(flags)] if flags else False

    @api.depends("read_flag")
    @api.depends_context("lang")
    def _compute_flag_text(self):
        for wizard in self:
            move = wizard.move_id.sudo()
            # Only what is open: a browser may send a flag of its own making.
            flags = move and move._codabox_open_of([wizard.read_flag])
            sentences = move and move._codabox_flag_sentences(flags)
            wizard.flag_text = "\n".join(sentences or []) or False
            wizard.other_count = max(len(move._codabox_open_flags()) - 1, 0) if move else 0

    def action_override(self):
        """Close the flag that is shown, for the reason given, and go on to the next one."""
        self.ensure_one()
        if not self.reason.strip():
            raise UserError(self.env._("Say why: it stays readable on the bill."))
        self.move_id._codabox_override(self.reason, [self.read_flag])
        if self.move_id._codabox_open_flags():
            return self._go_on(self.env.context.get(READ) or 0)
        return {"type": "ir.actions.act_window_close"}

    def action_next(self):
        """Leave this flag open, and show the next one."""
        self.ensure_one()
        return self._go_on((self.env.context.get(READ) or 0) + 1)

    def _go_on(self, place):
        """Open this dialog about the flag of a number."""
        action = self.move_id.action_codabox_override()
        return action | {"context": {**action["context"], READ: place}}
