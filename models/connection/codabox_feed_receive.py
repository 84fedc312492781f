import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ...codabox import Channel, CodaboxError, allowed_formats
from .codabox_feed_gate import Gate

_logger = logging.getLogger(__name__)

# So many documents get files of a format that is new, in one run.
MAX_NEW = 200


class CodaboxFeed(models.Model):
    """How one client is fetched and booked, so that a kill between any two steps loses nothing.

    Each step is a transaction of its own, begun under the lock of the client::

        lock -> gate -> download every format -> create the document with its bytes -> commit
        lock -> PUT the offset at CodaBox -> note it -> commit
        lock -> book one document -> commit

    Killed before a commit, the entry is still listed by CodaBox and comes again. Killed between a
    commit and its PUT, the entry is listed again and found by its unique index: only the PUT is
    made. The offset therefore never passes what is not safely here.
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

    def _run(self):
        """Fetch this client, then book what came.

        :return: the record of this run; empty when another worker has this client.
        :rtype: codabox.run
        """
        runs = self.env["codabox.run"]
        if not self._begin() or self.connection_id.state != "connected":
            return runs
        if not self.fetch_pending:
            return runs  # another worker did it meanwhile
        run = runs.create({"feed_id": self.id, "started_at": fields.Datetime.now()})
        try:
            self._begin_or_leave()
            self._fetch_documents(run)
            self._book_documents(run)
            self._end_run(run)
        except _TakenOver:
            _logger.info("CodaBox client %s: another worker goes on", self.id)
            return run
        except (ConcurrencyError, OperationalError) as error:
            # The transaction is gone, mostly by a concurrent change. This client stays marked, so
            # that the next call of the scheduled action goes on with it.
            self.env.cr.rollback()
            _logger.info("CodaBox client %s: stopped by the database: %s", self.id, error)
            if isinstance(error, ConcurrencyError):
                # What another worker makes just now is there in a moment.
                self.env.ref("account_codabox.ir_cron_fetch")._trigger()
        return run

    def _fetch_documents(self, run):
        """Store what CodaBox has for this client; what stops it is kept on the run."""
        try:
            with self.connection_id._codabox_client() as client:
                gate = Gate(self, client)
                for channel in Channel:
                    self._receive_channel(gate, channel, run)
                self._ask_missing_files(gate)
                self._ask_missing_pdfs(client)
                self._plan_failed_files(gate, run)
        except (CodaboxError, UserError) as error:
            self._stop_run(run, error)

    def _stop_run(self, run, error):
        """Keep why CodaBox could not be read to the end; this client only."""
        self.env.cr.rollback()
        self._begin_or_leave()  # the lock went with the transaction
        _logger.info("CodaBox client %s: run stopped: %s", self.id, error)
        if isinstance(error, CodaboxError):
            run.write(self._reason_vals_of(error))
            if error.code == "unauthorized":
                self.connection_id._mark_broken(error)
            else:
                self.connection_id._retry_soon(error)
        else:
            run.write(self._reason_vals("unexpected", error=str(error)))

    def _end_run(self, run):
        """Close the record of this run and tell the responsible what is left to do."""
        run.ended_at = fields.Datetime.now()
        self.write({"fetch_pending": False, "last_fetch": run.ended_at})
        self._refresh_activity()
        self._refresh_mandate_dates()
        self.env["ir.cron"]._commit_progress()

    def _begin_or_leave(self):
        if not self._begin():
            raise _TakenOver

    def _ask_missing_files(self, gate):
        """Ask again for what was not there beside a readable file, and for what is new."""
        self._add_formats()
        for document in self.env["codabox.document.file"]._to_ask_again(self).document_id:
            self._begin_or_leave()
            document._fetch(gate)
        self._begin_or_leave()
        gate.downloads.check()

    def _add_formats(self):
        """Note the files that CodaBox allows by now of documents that came without them."""
        allowed = self.connection_id.allowed_formats
        for model in allowed or {}:
            formats = allowed_formats(allowed, model) or ()
            lacking = Domain.OR(
                Domain("file_ids", "not any", [("format", "=", name)]) for name in formats
            )
            domain = [
                ("feed_id", "=", self.id),
                ("document_model", "=ilike", model),
                ("channel", "!=", "upload"),
                ("state", "!=", "discarded"),
            ]
            documents = self.env["codabox.document"].search(lacking & Domain(domain), limit=MAX_NEW)
            documents._add_formats(formats)

    def _plan_failed_files(self, gate, run):
        """Say that CodaBox failed on files, and come back soon as long as it may be passing."""
        if not gate.downloads.last_fault:
            return
        self._begin_or_leave()
        if not run.reason_code:
            run.write(self._reason_vals_of(gate.downloads.last_fault))
        files = self.env["codabox.document.file"]
        domain = [("document_id.feed_id", "=", self.id), *files._failing_domain()]
        if files.search_count(domain, limit=1):
            self.connection_id._plan_retry(gate.downloads.retry_after)

    def _ask_missing_pdfs(self, client):
        """Ask again for the documents of mandates that failed to come with their orders."""
        lacking = self.mandate_ids._lacking_pdf()
        if lacking:
            self._begin_or_leave()
            lacking._ask_missing_pdfs(client)

    # -------------------------------------------------------------------------
    # Book
    # -------------------------------------------------------------------------

    def _book_documents(self, run):
        """Book what was received, oldest first, one transaction each."""
        documents = self.env["codabox.document"].search(
            [("feed_id", "=", self.id), ("state", "=", "received")],
            order="document_date, number, id",
        )
        # Each commit empties the cache: read ahead, every document would read all others again.
        for document in (document.with_prefetch() for document in documents):
            self._begin_or_leave()
            document._process()
            run._count(
                booked=int(document.state == "imported"),
                kept=int(document.state in ("stored", "duplicate")),
                waiting=int(document.state == "waiting"),
                failed=int(document.state == "failed"),
            )

    def _refresh_activity(self):
        """Open one to-do while documents of this client need a person; close it when none does."""
        todo = dict(
            self.env["codabox.document"]._read_group(
                self.env["codabox.document"]._todo_domain(self),
                ["feed_id"],
                ["__count"],
            )
        )
        for feed in self:
            kind = "mail_activity_type_document" if feed.company_id else "mail_activity_type_client"
            xml_id = f"account_codabox.{kind}"
            if feed not in todo:
                feed.activity_feedback([xml_id])
                continue
            opened = feed.activity_search([xml_id])
            user = opened.user_id[:1] or feed._responsible()
            note = feed.with_context(lang=user.lang).env._(
                "Documents of %(client)s need you: %(count)s.", client=feed.name, count=todo[feed]
            )
            if not opened:
                feed.activity_schedule(xml_id, user_id=user.id, note=note)
            elif html2plaintext(opened[0].note) != note:
                opened[0].note = note


class _TakenOver(Exception):
    """Another worker holds the lock of this client; it goes on where this one stops."""
