import logging
from datetime import timedelta

from odoo import fields, models

from ...codabox import ApiError, CodaboxError
from ..common.contained import contained
from ..connection.codabox_connection_client import CannotCall

_logger = logging.getLogger(__name__)

# After what nobody foresaw, a connection rests at least this long.
FAULT_SECONDS = 3600


class CodaboxConnection(models.Model):
    """A round: what CodaBox says of a connection, and which of its clients are marked."""

    _inherit = "codabox.connection"

    def _start_round_alone(self):
        """Start the round of this connection if it is due; never raises for what CodaBox says."""
        # Where the database stops it, mostly for a worker on one of its clients, it stays due.
        with contained(self.env, _logger, f"connection {self.id}", self._round_broke_off):
            # A fresh view of the database: another worker may have started this round meanwhile.
            self.env["ir.cron"]._commit_progress(remaining=1)
            self.filtered_domain(self._due_domain())._start_round()

    def _round_broke_off(self, facts):
        """Keep what nobody foresaw in a round, and try again later.

        Due as before, it would be asked again by each call of the scheduled action.

        :param dict facts: of the reason ``unforeseen``.
        """
        wait = timedelta(seconds=max(self.fetch_delay, FAULT_SECONDS))
        self.write({"next_fetch": fields.Datetime.now() + wait})
        self._plan_trigger()
        self._keep_fault(facts)
        self._note_failed_night()
        self.env["ir.cron"]._commit_progress(remaining=1)

    def _keep_fault(self, facts):
        """Keep on this connection what nobody foresaw.

        :param dict facts: of the reason ``unforeseen``; nothing when all went well.
        """
        if facts:
            self.sudo().write(self._reason_vals("unforeseen", **facts))

    def _start_round(self, feeds=None):
        """Read the pod, bring the list of clients up to date and mark those to fetch.

        :param feeds: the clients to fetch; all of this connection by default.
        :return: whether CodaBox answered.
        :rtype: bool
        """
        if not self or not self.try_lock_for_update(allow_referencing=True):
            return False  # another worker starts this round
        try:
            with self._codabox_client() as client:
                pod = client.pod()
                clients = () if feeds else self._read_clients(client)
                if not feeds:
                    self._check_functions_weekly(client)
        except (CodaboxError, CannotCall) as error:
            self._round_failed(error)
            return False
        self._mark_working()
        self._apply_pod(pod, clients)
        marked = (feeds or self.feed_ids).filtered(lambda f: f.is_fetched and f.state != "ended")
        if not self.feed_ids.filtered("fetch_pending"):
            self.round_started_at = fields.Datetime.now()
        marked._mark()
        if not feeds:
            self._note_good_night()
            self.write({"last_fetch": fields.Datetime.now(), "next_fetch": self._next_nightly()})
            self._plan_trigger()
        # The round is decided: a kill from here on finds the marked clients again.
        self.env["ir.cron"]._commit_progress(remaining=1)
        return True

    def _round_failed(self, error):
        """Keep why a round could not start, and when to try again."""
        _logger.info("CodaBox connection %s: round not started: %s", self.id, error)
        if isinstance(error, ApiError) and self._is_refused_as_a_whole(error):
            # Asking again with refused credentials only locks the account.
            self._mark_broken(error)
        else:
            self.write(self._reason_vals_of(error))
            self._retry_soon(error)
            self._note_failed_night()
        self.env["ir.cron"]._commit_progress(remaining=1)

    def _apply_pod(self, pod, clients=()):
        """Store what CodaBox says: the pod, its clients and their mandates.

        :param Pod pod: the answer of CodaBox.
        :param clients: ``Client`` values, as far as this connection may read them.
        """
        self.ensure_one()
        self.sudo().write(
            {
                "pod_id": pod.pod_id or self.pod_id,
                "fetch_delay": pod.fetch_delay,
                "allowed_formats": {
                    model: list(formats) for model, formats in pod.allowed_formats.items()
                },
            }
        )
        enterprises = {client.id: client.legal_entity.enterprise_num for client in clients}
        self._judge_role(pod.clients, enterprises)
        feeds = self.env["codabox.feed"].sudo()
        self._keep_fault(
            feeds._apply_clients(self, pod.clients, enterprises, is_complete=pod.is_complete)
        )
        if not pod.is_complete:
            self.sudo().write(self._reason_vals("odd_clients"))
        if clients:
            self._apply_mandates(clients)
