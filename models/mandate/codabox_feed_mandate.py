from odoo import api, fields, models
from odoo.tools import SQL


class CodaboxFeed(models.Model):
    """The mandates of a client."""

    _inherit = "codabox.feed"

    mandate_ids = fields.One2many("codabox.mandate", "feed_id", "Mandates")
    client_state = fields.Char(
        "State at CodaBox", readonly=True, help="State of the client itself, in CodaBox's word."
    )
    client_state_date = fields.Datetime("State since", readonly=True)

    mandate_text = fields.Char("Active mandates", compute="_compute_mandate_text")

    @api.depends("mandate_ids.state")
    def _compute_mandate_text(self):
        nobodys = self.env["codabox.mandate"]
        may_read = nobodys.has_access("read")
        for feed in self:
            mandates = feed.mandate_ids if may_read else nobodys
            current = mandates.filtered(lambda m: m.state != "archived")
            active = current.filtered(lambda m: m.state == "active")
            feed.mandate_text = f"{len(active)}/{len(current)}" if mandates else False

    def action_open_mandates(self):
        """Open the mandates of these clients."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_mandate_action"
        )
        return action | {"domain": [("feed_id", "in", self.ids)], "context": {}}

    @api.model
    def _apply_client_states(self, connection, clients):
        """Store in which state CodaBox has each client.

        :param codabox.connection connection: the connection that asked.
        :param clients: ``Client`` values.
        """
        feeds = {feed.client_ref: feed for feed in connection.feed_ids}
        for client in clients:
            feed = feeds.get(client.id)
            if feed:
                feed._tell_odd(client.odd)
            if feed and feed.client_state != client.state:
                feed.write(
                    {"client_state": client.state, "client_state_date": fields.Datetime.now()}
                )

    def write(self, vals):
        mandates = self.sudo().mandate_ids if "company_id" in vals else self.env["codabox.mandate"]
        before = mandates._partner_companies()
        result = super().write(vals)
        if mandates:
            mandates._adopt_company()
            mandates._refresh_partners(before | mandates._partner_companies())
        return result

    # Since when a mandate brings nothing: the date of its last document.

    def _refresh_mandate_dates(self):
        """Store the date of the last document of each mandate of this client."""
        self.ensure_one()
        if not self.mandate_ids:
            return
        dates = self._last_document_dates()
        for mandate in self.mandate_ids:
            for account in mandate.account_ids:
                account._keep_later_date(dates.get(("coda", account.iban)))
            found = [*mandate.account_ids.mapped("last_document_date")]
            if mandate.service != "coda":
                keys = {(mandate.service, ""), (mandate.service, mandate.secretariat_ref)}
                found = [dates.get(key) for key in keys]
            mandate._keep_later_date(max(filter(None, found), default=None))

    def _last_document_dates(self):
        """Return kind and account (or secretariat, if CodaBox says which) -> last date."""
        documents = self.env["codabox.document"]
        documents.flush_model(["feed_id", "kind", "state", "metadata", "document_date"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT kind,
                       COALESCE(metadata->>'iban', metadata->>'social_welfare_id', ''),
                       max(document_date)
                  FROM codabox_document
                 WHERE feed_id = %s AND state != 'withheld' AND document_date IS NOT NULL
              GROUP BY 1, 2
                """,
                self.id,
            )
        )
        return {(kind, subject): day for kind, subject, day in rows}
