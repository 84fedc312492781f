from odoo import models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ...codabox import allowed_formats

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

    def _ask_missing_files(self, gate, run, turn):
        """Ask again for what was not there beside a readable file, and for what is new.

        :raise TimeIsUp: files are left for the next turn.
        """
        self._add_formats()
        files = self.env["codabox.document.file"]._to_ask_again(self)
        if self.fetch_turns > 1:
            files -= run._tried_files()
        for document in files.document_id:
            turn.check()
            self._begin_or_leave()
            self._heed_stop()
            document.with_prefetch()._fetch(gate)
            turn.did()
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

    def _book_documents(self, run, turn):
        """Book what was received, oldest first, one transaction each, while there is time.

        :return: whether nothing is left to book.
        :rtype: bool
        """
        documents = self.env["codabox.document"].search(
            [("feed_id", "=", self.id), ("state", "=", "received")],
            order="document_date, number, id",
        )
        # Each commit empties the cache: read ahead, every document would read all others again.
        for document in (document.with_prefetch() for document in documents):
            if turn.is_spent():
                return False
            self._begin_or_leave()
            self._heed_stop()
            document._process()
            run._count(
                booked=int(document.state == "imported" and not document.to_decide),
                kept=int(document.state in ("stored", "duplicate")),
                waiting=int(document.state == "waiting" or document.to_decide),
                failed=int(document.state == "failed"),
            )
            turn.did()
        return True

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
