import logging
import math

from odoo import api, fields, models

from ...codabox import CodaboxError, TransportError
from ..common.contained import contained
from ..night.turn import Turn

_logger = logging.getLogger(__name__)

# A person waits at most this long; what is left is looked at in the background.
LOOK_SECONDS = 10

# So many clients in a row that cannot be reached are no fault of these clients.
MAX_FAULTS = 6


class CodaboxConnection(models.Model):
    """Looking what waits for hundreds of clients, one after the other, each by itself."""

    _inherit = "codabox.connection"

    look_count = fields.Integer("Clients seen", compute="_compute_look")
    look_left_count = fields.Integer("Left to look at", compute="_compute_look")
    look_failed_count = fields.Integer("Could not be looked at", compute="_compute_look")
    look_text = fields.Char("Looking", compute="_compute_look")

    @api.depends("feed_ids.look_pending", "feed_ids.look_failure", "feed_ids.state")
    @api.depends_context("lang")
    def _compute_look(self):
        for connection in self:
            feeds = connection.feed_ids.filtered(lambda f: f.state != "ended")
            left = feeds.filtered("look_pending")
            connection.look_count = len(feeds)
            connection.look_left_count = len(left)
            connection.look_failed_count = len(feeds.filtered("look_failure"))
            connection.look_text = bool(left) and self.env._(
                "Looking what waits for your clients: %(done)s of %(all)s done. You may go on meanwhile.",
                done=len(feeds - left),
                all=len(feeds),
            )

    def _look_at(self, feeds):
        """Look what waits for these clients: as many as a person waits for, then in the background.

        Commits.

        :param codabox.feed feeds: of this connection.
        :raise UserError: CodaBox refuses the connection as a whole.
        """
        self.ensure_one()
        feeds.sudo().look_pending = True
        self.env["ir.cron"]._commit_progress()
        self._call_or_break(lambda client: self.sudo()._look_on(client, feeds.sudo(), LOOK_SECONDS))
        if feeds.sudo().filtered("look_pending"):
            self.env["ir.cron"]._codabox_trigger("look")

    def _look_on(self, client, feeds, seconds=math.inf):
        """Look what waits for clients until the time is up; one that fails never stops the others.

        :raise CodaboxError: the connection is refused as a whole.
        """
        turn, faults = Turn(self.env, len(feeds), seconds), 0
        for each in feeds:
            feed = each.with_prefetch()
            if feed.try_lock_for_update(allow_referencing=True) and feed.look_pending:
                error = self._look_at_one(client, feed)
                turn.tell(1, 1)
                faults = faults + 1 if isinstance(error, TransportError) else 0
            turn.waiting -= 1
            if faults >= MAX_FAULTS:
                self._give_up_look(error)
            if faults >= MAX_FAULTS or turn.is_over():
                break

    def _look_at_one(self, client, feed):
        """Look at one client; what nobody foresaw is kept on it.

        :return: what CodaBox answered when it went wrong, else ``None``.
        :raise CodaboxError: the connection is refused as a whole.
        """
        error = None
        with contained(self.env, _logger, f"looking at feed {feed.id}", feed._keep_look_fault):
            error = feed._look(client)
        if error is not None and self._is_refused_as_a_whole(error):
            raise error
        return error

    def _give_up_look(self, error):
        """CodaBox cannot be reached: each client that is left says so, and can be looked at again."""
        left = self.feed_ids.filtered("look_pending")
        for feed in left.try_lock_for_update(allow_referencing=True):
            feed._keep_look(error)
        self.env["ir.cron"]._commit_progress()

    @api.model
    def _cron_look(self):
        """Look at the clients that are left, connection by connection, until the time is up."""
        left = self.env["codabox.feed"].search([("look_pending", "=", True)])
        for connection, feeds in left.grouped("connection_id").items():
            connection._look_alone(feeds)
        still = self.env["codabox.feed"].search_count([("look_pending", "=", True)], limit=1)
        self.env["ir.cron"]._commit_progress(remaining=still)
        if still:
            self.env["ir.cron"]._codabox_trigger("look")

    def _look_alone(self, feeds):
        """Look at clients of one connection; what stops it is kept on each of them."""
        if self.state != "connected":
            feeds.look_pending = False
            return
        try:
            with self._codabox_client() as client:
                self._look_on(client, feeds)
        except CodaboxError as error:
            if self._is_refused_as_a_whole(error):
                self._mark_broken(error)
            self._give_up_look(error)


class CodaboxFeed(models.Model):
    """Looking again at what could not be seen."""

    _inherit = "codabox.feed"

    def _keep_look_fault(self, facts):
        """Keep what nobody foresaw; commits."""
        self.write(
            {
                "look_pending": False,
                "looked_at": fields.Datetime.now(),
                "look_failure": {"code": "unforeseen", "facts": facts},
            }
        )
        self.env["ir.cron"]._commit_progress()

    def action_look_again(self):
        """Look again what waits for these clients.

        :raise AccessError: for who does not administer CodaBox.
        """
        self.check_access("read")
        self.connection_id._require_administrator()
        for connection, feeds in self.grouped("connection_id").items():
            connection._look_at(feeds)
        return True
