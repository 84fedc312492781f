from odoo import fields, models


class CodaboxLeave(models.TransientModel):
    """The last day of a mission: of all kinds at once, and what follows from it."""

    _name = "codabox.leave"
    _inherit = "codabox.dialog.mixin"
    _description = "A client leaves the office"

    feed_id = fields.Many2one("codabox.feed", "Client", required=True, readonly=True)
    last_day = fields.Date(required=True, default=fields.Date.context_today)

    def action_leave(self):
        """Fetch nothing that is dated after this day; what is dated before comes with the next night.

        The mandates that still deliver become a to-do, as for every mission that is over. Of a
        client that is no company here nothing is fetched any more.

        :raise AccessError: for who does not administer CodaBox.
        """
        self.ensure_one()
        self.env["codabox.connection"]._require_administrator()
        if self.feed_id.company_id:
            self.feed_id._ensure_kinds()
            self.feed_id.kind_ids.book_until = self.last_day
        else:
            self.feed_id.is_fetched = False
        return {"type": "ir.actions.act_window_close"}
