from odoo import api, fields, models


class CodaboxConnection(models.Model):
    """What is under way: since when, how far, what is left; and how a person stops it."""

    _inherit = "codabox.connection"

    round_started_at = fields.Datetime(
        readonly=True, copy=False, export_string_translation=False, help="Of the last round."
    )
    is_running = fields.Boolean(compute="_compute_progress", export_string_translation=False)
    progress_text = fields.Char("Under way", compute="_compute_progress")

    @api.depends("feed_ids.fetch_pending", "round_started_at")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_progress(self):
        """Tell only of the clients that the user sees."""
        for connection in self:
            left = self.env["codabox.feed"].search(connection._waiting_domain())
            connection.is_running = bool(left)
            connection.progress_text = bool(left) and connection._progress(left)

    def _waiting_domain(self):
        """Return the domain of the clients that are being fetched or wait for their turn."""
        return [("connection_id", "=", self.id), ("fetch_pending", "=", True)]

    def _progress(self, left):
        """Return in a sentence how far the fetch is.

        :param codabox.feed left: the clients that are not done.
        """
        runs = self.env["codabox.run"].search(
            [
                ("connection_id", "=", self.id),
                ("started_at", ">=", self.round_started_at or fields.Datetime.now()),
            ]
        )
        return self.env._(
            "Running. Clients done: %(done)s, left: %(left)s. Documents received: "
            "%(stored)s, booked: %(booked)s, left so far: %(documents)s.",
            done=len(runs.filtered("ended_at").feed_id - left),
            left=len(left),
            stored=sum(runs.mapped("stored")),
            booked=sum(runs.mapped("booked")),
            documents=sum(runs.mapped("left")),
        )

    def action_stop(self):
        """Stop fetching the clients of this connection that the user sees; the next night goes on.

        :raise AccessError: when the user is no accountant, or may not read the connection.
        """
        self.ensure_one()
        self._require_accountant()
        self.check_access("read")
        return self.env["codabox.feed"].search(self._waiting_domain()).action_stop()
