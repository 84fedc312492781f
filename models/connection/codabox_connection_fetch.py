import logging
from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...codabox import (
    ApiError,
    CodaboxError,
    RateLimited,
    TransportError,
)
from ...reasons import explain
from ..inbox.contained import contained
from .turn import Turn

_logger = logging.getLogger(__name__)

# A person who pressed a button waits at most this long; the rest goes on in the background.
INTERACTIVE_SECONDS = 40

# Who had turns already, because a turn failed or there is much to do, goes behind the others.
QUEUE = "fetch_turns, name, id"

# After what nobody foresaw, a connection rests at least this long.
FAULT_SECONDS = 3600


class CodaboxConnection(models.Model):
    """When to fetch, and for which clients. How one client is fetched: ``codabox_feed_run``."""

    _inherit = "codabox.connection"

    # -------------------------------------------------------------------------
    # Scheduled
    # -------------------------------------------------------------------------

    @api.model
    def _cron_fetch(self):
        """Fetch every connection that is due, client by client, until the time is up.

        One client is one unit: what goes wrong with one never touches another. The job asks to be
        called again while clients are left, and several jobs may run side by side: a client that
        another worker holds is skipped.

        Until it is known how many clients wait, Odoo is told that one does.
        """
        for connection in self.search(self._due_domain()):
            connection.with_prefetch()._start_round_alone()
        feeds = self.env["codabox.feed"].search(
            [("fetch_pending", "=", True), ("connection_id.state", "=", "connected")],
            order=QUEUE,
        )
        self._give_turns(feeds, Turn(self.env, len(feeds)))
        self._tell_silence()

    @api.model
    def _give_turns(self, feeds, turn):
        """Give clients their turn, one after the other, until the time is up.

        :param codabox.feed feeds: clients in the order of the queue.
        :param Turn turn: how much time there is; one client has its turn whatever the time.
        :return: what came of it.
        :rtype: codabox.run
        """
        runs = self.env["codabox.run"].sudo()
        for feed in feeds:
            # Each commit empties the cache: read ahead, every client would read all others again.
            runs |= feed.with_prefetch()._run(turn)
            if turn.is_over():
                break
        turn.tell()
        if turn.waiting:
            # Asked again at once: hundreds of clients, or of documents, do not fit in one turn.
            self.env.ref("account_codabox.ir_cron_fetch").sudo()._trigger()
        return runs

    @api.model
    def _due_domain(self):
        """Return the domain of the connections whose time has come."""
        return Domain(
            [
                ("state", "=", "connected"),
                ("fetch_automatically", "=", True),
                "|",
                "|",
                ("next_fetch", "=", False),
                ("next_fetch", "<=", fields.Datetime.now()),
                ("id", "in", self._planned_too_far().ids),
            ]
        )

    @api.model
    def _planned_too_far(self):
        """Return the connections with a plan that no round makes: a clock was wrong meanwhile."""
        now = fields.Datetime.now()
        planned = self.search([("next_fetch", ">", now + timedelta(days=2))])
        return planned.filtered(
            lambda c: c.next_fetch > now + timedelta(days=2, seconds=c.fetch_delay)
        )

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
        except (CodaboxError, UserError) as error:
            self._round_failed(error)
            return False
        self._mark_working()
        self._apply_pod(pod, clients)
        marked = (feeds or self.feed_ids).filtered(lambda f: f.is_fetched and f.state != "ended")
        marked.write({"fetch_pending": True})
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
            self.write(self._reason_vals_of(error) if isinstance(error, CodaboxError) else {})
            self._retry_soon(error)
            self._note_failed_night()
        self.env["ir.cron"]._commit_progress(remaining=1)

    def _retry_soon(self, error):
        """Try again as soon as CodaBox allows instead of tomorrow, where that may help.

        :param Exception error: what stopped the round or one client of it.
        """
        if not isinstance(error, (TransportError, RateLimited)) or not self.fetch_automatically:
            return
        self._plan_retry(error.details.get("retry_after") or 0)

    def _plan_retry(self, seconds):
        """Plan a round as soon as CodaBox allows, and no sooner.

        :param float seconds: for how long it asked not to come; 0: it did not say.
        """
        if not self.fetch_automatically:
            return
        now = fields.Datetime.now()
        soon = now + timedelta(seconds=max(seconds, self.fetch_delay))
        # Written once: a hundred clients that fail together need one new round.
        planned = self.next_fetch
        is_early = planned and planned < now + timedelta(seconds=seconds) - timedelta(minutes=1)
        if not planned or planned > soon or planned <= now or is_early:
            self.next_fetch = soon
            self._plan_trigger()

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

    def _next_nightly(self):
        """Return the next moment, in UTC, at which this connection is due.

        That is the time of the day that was set, but never sooner than CodaBox allows.
        """
        self.ensure_one()
        zone = self._timezone()
        hours, minutes = divmod(round(self.fetch_time * 60), 60)
        now = fields.Datetime.now()
        today = pytz.utc.localize(now).astimezone(zone).date()
        moments = (
            zone.localize(datetime.combine(today + timedelta(days=days), time(hours % 24, minutes)))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for days in range(3)
        )
        earliest = now + timedelta(seconds=self.fetch_delay)
        return max(next(moment for moment in moments if moment > now), earliest)

    def _plan_trigger(self):
        """Wake the scheduled action at the very minute, whatever its own interval is."""
        for connection in self.filtered("next_fetch"):
            self.env.ref("account_codabox.ir_cron_fetch").sudo()._trigger(at=connection.next_fetch)

    @api.onchange("fetch_automatically", "fetch_time")
    def _onchange_fetch_time(self):
        if self.fetch_automatically:
            self.next_fetch = self._next_nightly()

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"fetch_automatically", "fetch_time"} and "next_fetch" not in vals:
            for connection in self:
                connection.next_fetch = (
                    connection.fetch_automatically and connection._next_nightly()
                )
            self._plan_trigger()
        return result

    # -------------------------------------------------------------------------
    # By button
    # -------------------------------------------------------------------------

    def action_fetch(self, feeds=None):
        """Fetch now and tell the user what came of it.

        :param feeds: only these clients; all of the connection by default.
        :raise AccessError: when the user is no accountant, or may not read the connection.
        :raise UserError: when CodaBox cannot be reached or refuses.
        """
        self.ensure_one()
        self._require_accountant()
        self.check_access("read")
        if feeds:
            feeds.check_access("read")
        # The user reads through rules; the run writes documents that users may only read.
        connection = self.sudo()
        if connection.state not in ("connected", "broken"):
            raise UserError(explain(self.env, "not_connected"))
        if not connection._start_round(feeds and feeds.sudo()):
            raise UserError(
                connection.reason
                or self.env._("Another run is fetching at this moment. Look again in a minute.")
            )
        runs = connection._run_pending(feeds or connection.feed_ids)
        return self._notify_result(runs)

    def _run_pending(self, feeds):
        """Run the marked clients while the user waits; leave the rest to the scheduled action."""
        pending = (
            feeds.sudo().filtered("fetch_pending").sorted(lambda f: (f.fetch_turns, f.name, f.id))
        )
        runs = self._give_turns(pending, Turn(self.env, len(pending), INTERACTIVE_SECONDS))
        self._tell_silence()
        return runs

    def _notify_result(self, runs):
        """Return the notification that says what a fetch gave."""
        totals = {
            name: sum(runs.mapped(name))
            for name in ("stored", "booked", "kept", "waiting", "failed", "withheld")
        }
        errors = sorted({run.reason for run in runs if run.reason_code})
        if not any(totals[name] for name in ("stored", "booked", "withheld")) and not errors:
            message = self.env._("Everything is in: CodaBox has nothing new.")
            return self._notify(message, "success")
        message = self.env._(
            "%(stored)s received, %(booked)s booked, %(kept)s kept, %(waiting)s to do, "
            "%(failed)s failed.",
            **totals,
        )
        if totals["withheld"]:
            message += " " + self.env._(
                "Withheld until a mandate allows it: %s.", totals["withheld"]
            )
        if (
            self.env["codabox.feed"]
            .sudo()
            .search_count([("connection_id", "=", self.id), ("fetch_pending", "=", True)], limit=1)
        ):
            message += " " + self.env._("The rest is fetched in the background.")
        links = []
        if totals["waiting"] or totals["failed"]:
            links.append({"label": self.env._("See what to do"), "url": "/odoo/codabox-documents"})
        if totals["withheld"]:
            links.append({"label": self.env._("See the mandates"), "url": "/odoo/codabox-mandates"})
        message += " %s" * len(links)  # the places of the links
        kind = "warning" if errors or links else "success"
        return self._notify(
            " ".join([message, *errors]), kind, sticky=kind == "warning", links=links
        )

    @api.model
    def _require_accountant(self):
        """Refuse users who may not keep the books.

        Who only invoices may read bank statements in Odoo; ours he may not make or undo.

        :raise AccessError: for a user without accounting rights.
        """
        groups = (
            "account.group_account_basic",
            "account.group_account_manager",
            "base.group_system",
        )
        if not self.env.su and not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("Only an accountant can do this."))
