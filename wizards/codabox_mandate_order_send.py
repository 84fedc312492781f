from odoo import api, fields, models

# A mandate in one of these states waits for the client.
_TO_SIGN = ("preparing", "to_sign")


class CodaboxMandateOrder(models.TransientModel):
    """Handing over: what the client gets to sign."""

    _inherit = "codabox.mandate.order"

    to_sign_ids = fields.Many2many("codabox.mandate", compute="_compute_to_sign_ids")

    @api.depends("mandate_ids.state")
    def _compute_to_sign_ids(self):
        for order in self:
            order.to_sign_ids = order.mandate_ids.filtered(
                lambda m: m.service == "coda" and m.state in _TO_SIGN
            )

    def action_send(self):
        """Open the mail to the client, ready to be sent."""
        self.ensure_one()
        return self.mandate_ids._compose_to_client(self.email)

    def _send_to_client(self):
        """Mail every client what there is to sign; in the background."""
        orders = self.filtered("to_sign_ids")
        orders.to_sign_ids._mail_to_clients({o.partner_id.id: o.email for o in orders})

    def action_open_order(self):
        """Open the line of a batch: what came of it, or what is to correct."""
        self.ensure_one()
        self.step = {"new": "what", "ready": "check", "blocked": "check"}.get(self.state, "result")
        return self._reopen()

    def action_close_order(self):
        """Go back from a line to its batch."""
        return self.batch_id._reopen()

    def action_back_to_batch(self):
        """Check this line again and go back to the batch."""
        self.ensure_one()
        self._check(self._read_clients())
        return self.batch_id._reopen()
