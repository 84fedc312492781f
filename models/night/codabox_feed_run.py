import logging

from odoo import fields, models
from odoo.exceptions import ConcurrencyError, UserError

from ...codabox import Channel, CodaboxError
from ..common.contained import contained, fault_facts, is_concurrent, log_fault
from ..connection.codabox_connection_client import CannotCall
from .codabox_feed_gate import Gate
from .turn import TimeIsUp

_logger = logging.getLogger(__name__)


# Of the time that is left, fetching takes this share: what came is booked in the same turn.
FETCH_SHARE = 0.5


class CodaboxFeed(models.Model):
    """One run of one client, from its first lock to the record of what it gave.

    A run with much to do takes several turns, and other clients have theirs in between. In each,
    what was received is booked before more is fetched, and time is looked at after each document.

    Whatever happens in between stays here: the run says why it stopped, and the next client goes
    on. How entries come in: ``codabox_feed_receive``.
    """

    _inherit = "codabox.feed"

    fetch_turns = fields.Integer(
        "Turns",
        default=0,
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="How often this client had its turn since it is marked; who had more waits longer.",
    )

    def _begin(self):
        """Commit the step before and begin the next one under the lock of this client.

        The lock goes with each commit; it is taken anew on a fresh view of the database, so what
        another worker did in between is seen.

        :return: whether the lock was free.
        :rtype: bool
        """
        self.ensure_one()
        # No progress is told: that would cost a write for every step; see Turn.
        self.env.cr.commit()  # pylint: disable=invalid-commit
        return bool(self.try_lock_for_update(allow_referencing=True))

    def _begin_or_leave(self):
        if not self._begin():
            raise TakenOver

    def _run(self, turn):
        """Give this client its turn: book what came, fetch more, book that.

        Never raises for what its documents say. A client with more to do than there is time stays
        marked.

        :param Turn turn: how much time there is.
        :return: the record of this run; empty when another worker has this client.
        :rtype: codabox.run
        """
        runs, left = [], []
        with contained(
            self.env,
            _logger,
            f"client {self.id}",
            lambda facts: self._broke_off(runs, facts),
            self._on_conflict,
        ):
            try:
                runs.append(self._open_run())
                if runs[0]:
                    self._begin_or_leave()
                    self._heed_stop()
                    left += [] if self._work(runs[0], turn) else [self]
            except TakenOver:
                _logger.info("CodaBox client %s: another worker goes on", self.id)
            except LeaveClient as stop:
                self._end_stopped(runs[0], *stop.args)
                turn.tell(1, ended=1)
        if not left:
            turn.waiting -= 1
        return self.env["codabox.run"].union(*runs)

    def _open_run(self):
        """Return the run of this client that is under way, or a new one.

        Nothing is returned when there is nothing to do. The turn is counted before anything else:
        a client at whose documents the process dies goes behind the others too.
        """
        runs = self.env["codabox.run"]
        if not self._begin() or self.connection_id.state != "connected":
            return runs
        if not self.fetch_pending:
            return runs  # another worker did it meanwhile
        now = fields.Datetime.now()
        under_way = runs.search([("feed_id", "=", self.id), ("ended_at", "=", False)])
        run = under_way[:1] if self.fetch_turns else runs
        # Left behind by a process that died and a round that ended without it.
        (under_way - run).write({"ended_at": now, **self._reason_vals("run_broke_off")})
        self.fetch_turns += 1
        return run or runs.create({"feed_id": self.id, "started_at": now})

    def _work(self, run, turn):
        """Do what there is to do while there is time.

        :return: whether all of it was done.
        :rtype: bool
        """
        turn.begin()
        if not self._book_documents(run, turn):
            return False
        if not run.is_fetched:
            if turn.is_spent():
                return False
            turn.begin(FETCH_SHARE)
            self._fetch_documents(run, turn)
            turn.begin()
        if not self._book_documents(run, turn) or not run.is_fetched:
            return False
        self._begin_or_leave()
        self._end_run(run)
        turn.tell(1, ended=1)
        return True

    def _fetch_documents(self, run, turn):
        """Store what CodaBox has for this client, while there is time; what stops it is kept."""
        try:
            self._begin_or_leave()
            with self.connection_id._codabox_client() as client:
                gate = Gate(self, client)
                self._receive_channel(gate, Channel.FEED, run, turn)
                self._receive_redelivery(gate, run, turn)
                self._ask_missing_files(gate, run, turn)
                self._ask_missing_pdfs(client)
                self._plan_failed_files(gate, run)
        except LeaveClient:
            raise
        except TimeIsUp:
            return
        except Exception as error:
            if is_concurrent(error):
                raise
            self._stop_run(run, error)
        run.is_fetched = True

    def _stop_run(self, run, error):
        """Keep why CodaBox could not be read to the end; what came in before is still booked."""
        self.env.cr.rollback()
        self._begin_or_leave()  # the lock went with the transaction
        if isinstance(error, (CodaboxError, CannotCall)):
            _logger.info("CodaBox client %s: run stopped: %s", self.id, error)
            run.write(self._reason_vals_of(error))
            if error.code == "unauthorized":
                self.connection_id._mark_broken(error)
            else:
                self.connection_id._retry_soon(error)
        elif isinstance(error, UserError):
            _logger.info("CodaBox client %s: run stopped: %s", self.id, error)
            run.write(self._reason_vals("unexpected", error=str(error)))
        else:
            reference = log_fault(_logger, f"client {self.id}", error)
            run.write(self._reason_vals("unforeseen", **fault_facts(reference, error)))
        run.is_stopped = True
        self._note_failed_night()

    def _end_run(self, run):
        """Close the record of this run and tell the responsible what is left to do."""
        run.ended_at = fields.Datetime.now()
        self._unmark(last_fetch=run.ended_at)
        if not run.is_stopped:
            self._note_good_night()
        self._refresh_activity()
        self._refresh_mandate_dates()

    # -------------------------------------------------------------------------
    # What goes wrong
    # -------------------------------------------------------------------------

    def _on_conflict(self, error):
        """Another transaction was in the way: this client stays marked for the next call."""
        if isinstance(error, ConcurrencyError):
            # What another worker makes just now is there in a moment.
            self.env["ir.cron"]._codabox_trigger("fetch")

    def _broke_off(self, runs, facts):
        """Close what broke off, so that this client waits for the next night as all do.

        :param runs: the record of this run, if it was made.
        :param dict facts: of the reason ``unforeseen``.
        """
        if not self._begin():
            return  # another worker goes on
        self._unmark()
        self._note_failed_night()
        self.env["codabox.run"].union(*runs).exists().write(
            {"ended_at": fields.Datetime.now(), **self._reason_vals("unforeseen", **facts)}
        )
        self.env.cr.commit()  # pylint: disable=invalid-commit


class LeaveClient(Exception):
    """This client is left before its turn is over."""


class TakenOver(LeaveClient):
    """Another worker holds the lock of this client; it goes on where this one stops."""
