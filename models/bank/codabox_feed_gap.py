from odoo import fields, models


class CodaboxFeed(models.Model):
    """What is missing at a client."""

    _inherit = "codabox.feed"

    gap_count = fields.Integer("Missing statements", compute="_compute_gap_count")

    def _compute_gap_count(self):
        groups = self.env["codabox.gap"]._read_group(
            [("feed_id", "in", self.ids), ("state", "=", "open")], ["feed_id"], ["__count"]
        )
        counts = dict(groups)
        for feed in self:
            feed.gap_count = counts.get(feed, 0)

    def action_open_gaps(self):
        """Open the missing statements of these clients."""
        return self.env["codabox.gap"]._action_open([("feed_id", "in", self.ids)])
