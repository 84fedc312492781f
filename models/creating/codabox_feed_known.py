from odoo import api, fields, models

from .plan import known_of


class CodaboxFeed(models.Model):
    """What CodaBox says of the enterprise of a client, kept for the day its company is made."""

    _inherit = "codabox.feed"

    known_facts = fields.Json(readonly=True, copy=False, groups="base.group_system")

    @api.model
    def _apply_client_states(self, connection, clients):
        # EXTENDS account_codabox
        result = super()._apply_client_states(connection, clients)
        feeds = {feed.client_ref: feed for feed in connection.feed_ids}
        for client in clients:
            feed, known = feeds.get(client.id), known_of(client)
            if feed and feed.known_facts != known:
                feed.known_facts = known
        return result

    def _mandate_accounts(self):
        """Return (IBAN, BIC) of the accounts of its mandates for statements that are not archived.

        :rtype: list[tuple[str, str]]
        """
        self.ensure_one()
        mandates = self.sudo().mandate_ids.filtered(
            lambda m: m.service == "coda" and m.state != "archived"
        )
        return [(account.iban, m.bank_bic or "") for m in mandates for account in m.account_ids]

    def _has_payroll(self):
        """Return whether CodaBox knows a social secretariat of this client."""
        self.ensure_one()
        mandates = self.sudo().mandate_ids
        return bool(mandates.filtered(lambda m: m.service == "soda" and m.state != "archived"))
