from odoo import models

from ..connection.codabox_feed import enterprise_digits


class CodaboxConnection(models.Model):
    """Which role this connection has, by what CodaBox shows it."""

    _inherit = "codabox.connection"

    def _proposed_role(self):
        """Return the role that the answer shows: several clients, or another's, are an office's.

        The company itself as the only client, of no office, is a contract of its own (API 5.1). What
        cannot be told stays as it was chosen: as a company, nothing waits for a mandate.

        :rtype: str
        """
        self.ensure_one()
        if self.is_showing_clients:
            return "office"
        feeds = self.feed_ids.filtered(lambda f: f.state != "ended")
        own = self.company_id._codabox_enterprise_number()
        if (
            len(feeds) == 1
            and own
            and not feeds.fiduciary_ref
            and enterprise_digits(feeds.enterprise_number) == own
        ):
            return "company"
        return self.role
