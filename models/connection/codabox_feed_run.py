import logging

from odoo import fields, models
from odoo.exceptions import ConcurrencyError, UserError

from ...codabox import Channel, CodaboxError
from ..inbox.contained import contained, fault_facts, is_concurrent, log_fault
from .codabox_feed_gate import Gate

_logger = logging.getLogger(__name__)


class CodaboxFeed(models.Model):
    """One run of one client, from its first lock to the record of what it gave.

    Whatever happens in between stays here: the run says why it stopped, and the next client goes
    on. How entries come in: ``codabox_feed_receive``.
    """

    _inherit = "codabox.feed"

    def _begin(self):
        """Commit the step before and begin the next one under the lock of this client.

        The lock goes with each commit; it is taken anew on a fresh view of the database, so what
        another worker did in between is seen.

        :return: whether the lock was free.
        :rtype: bool
        """
        self.ensure_one()
        # No progress is told: that counts clients, and would cost a write for every step of each.
        self.env.cr.commit()  # pylint: disable=invalid-commit
        return bool(self.try_lock_for_update(allow_referencing=True))

    def _begin_or_leave(self):
        if not self._begin():
            raise TakenOver

    def _run(self):
        """Fetch this client, then book what came; never raises for what its documents say.

        :return: the record of this run; empty when another worker has this client.
        :rtype: codabox.run
        """
        runs = []
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
                    self._fetch_documents(runs[0])
                    self._book_documents(runs[0])
                    self._end_run(runs[0])
            except TakenOver:
                _logger.info("CodaBox client %s: another worker goes on", self.id)
        return self.env["codabox.run"].union(*runs)

    def _open_run(self):
        """Return a new run of this client, or nothing when there is nothing to do."""
        run = self.env["codabox.run"]
        if not self._begin() or self.connection_id.state != "connected":
            return run
        if not self.fetch_pending:
            return run  # another worker did it meanwhile
        return run.create({"feed_id": self.id, "started_at": fields.Datetime.now()})

    def _fetch_documents(self, run):
        """Store what CodaBox has for this client; what stops it is kept on the run."""
        try:
            with self.connection_id._codabox_client() as client:
                gate = Gate(self, client)
                for channel in Channel:
                    self._receive_channel(gate, channel, run)
                self._ask_missing_files(gate)
                self._ask_missing_pdfs(client)
        except TakenOver:
            raise
        except Exception as error:
            if is_concurrent(error):
                raise
            self._stop_run(run, error)

    def _stop_run(self, run, error):
        """Keep why CodaBox could not be read to the end; what came in before is still booked."""
        self.env.cr.rollback()
        self._begin_or_leave()  # the lock went with the transaction
        if isinstance(error, CodaboxError):
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

    def _end_run(self, run):
        """Close the record of this run and tell the responsible what is left to do."""
        run.ended_at = fields.Datetime.now()
        self.write({"fetch_pending": False, "last_fetch": run.ended_at})
        self._refresh_activity()
        self._refresh_mandate_dates()
        self.env["ir.cron"]._commit_progress()

    # -------------------------------------------------------------------------
    # What goes wrong
    # -------------------------------------------------------------------------

    def _on_conflict(self, error):
        """Another transaction was in the way: this client stays marked for the next call."""
        if isinstance(error, ConcurrencyError):
            # What another worker makes just now is there in a moment.
            self.env.ref("account_codabox.ir_cron_fetch")._trigger()

    def _broke_off(self, runs, facts):
        """Close what broke off, so that this client waits for the next night as all do.

        :param runs: the record of this run, if it was made.
        :param dict facts: of the reason ``unforeseen``.
        """
        if not self._begin():
            return  # another worker goes on
        self.fetch_pending = False
        self.env["codabox.run"].union(*runs).exists().write(
            {"ended_at": fields.Datetime.now(), **self._reason_vals("unforeseen", **facts)}
        )
        self.env.cr.commit()  # pylint: disable=invalid-commit


class TakenOver(Exception):
    """Another worker holds the lock of this client; it goes on where this one stops."""
