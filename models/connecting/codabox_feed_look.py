from odoo import api, fields, models

from ...codabox import CodaboxError
from ...reasons import explain


class CodaboxFeed(models.Model):
    """What waits at CodaBox for this client, as it was looked at when it was connected."""

    _inherit = "codabox.feed"

    look_pending = fields.Boolean("To be looked at", readonly=True, copy=False, index=True)
    looked_at = fields.Datetime("Looked at", readonly=True, copy=False)
    waiting_count = fields.Integer("Documents waiting", readonly=True, copy=False)
    waiting_from = fields.Date("Oldest waiting", readonly=True, copy=False)
    waiting_to = fields.Date("Newest waiting", readonly=True, copy=False)
    look_failure = fields.Json(readonly=True, copy=False, help="Why it could not be looked at.")
    look_note = fields.Char("Could not be looked at", compute="_compute_look_note")

    @api.depends("look_failure")
    @api.depends_context("lang", "uid")
    def _compute_look_note(self):
        for feed in self:
            failure = feed.look_failure or {}
            feed.look_note = explain(self.env, failure.get("code"), failure.get("facts"))

    def _look(self, client):
        """Look what waits for this client; nothing is fetched or confirmed.

        What goes wrong is kept on the client: it says nothing of the others.

        :param CodaboxClient client: an open client.
        :return: what CodaBox answered when it went wrong, else ``None``.
        :rtype: CodaboxError or None
        """
        self.ensure_one()
        try:
            entries = client.feed(self.remote_id).entries
        except CodaboxError as error:
            self._keep_look(error)
            return error
        documents = self.env["codabox.document"]
        dates = sorted(filter(None, (documents._date_from_metadata(e.metadata) for e in entries)))
        self._keep_look(
            waiting_count=len(entries),
            waiting_from=dates and dates[0],
            waiting_to=dates and dates[-1],
        )
        return None

    def _keep_look(self, error=None, **values):
        """Keep what was seen, or why nothing was seen.

        :param CodaboxError error: what was answered.
        """
        reason = self._reason_vals_of(error) if error else {}
        failure = (
            {"code": reason["reason_code"], "facts": reason["reason_facts"]} if error else False
        )
        self.write(
            {
                "look_pending": False,
                "looked_at": fields.Datetime.now(),
                "look_failure": failure,
                **values,
            }
        )
