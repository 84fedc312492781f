from odoo import models
from odoo.tools import html2plaintext

from ...codabox import Forbidden, NotFound, Rejected


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

    # -------------------------------------------------------------------------
    # Receive
    # -------------------------------------------------------------------------

    def _receive_channel(self, gate, channel, run):
        """Store every entry of one channel and confirm them in order.

        An entry that cannot be had, or may not, stops the confirmations, never the documents
        behind it.
        """
        entries = gate.client.feed(self.remote_id, channel).entries
        # Now, while nobody else can have stored an entry since it was listed.
        self._note_confirmed(channel, entries)
        run._count(seen=len(entries))
        confirm = True
        for entry in entries:
            self._begin_or_leave()
            document, is_new = self._store_entry(gate, channel, entry)
            run._count(stored=int(is_new), withheld=int(document.state == "withheld"))
            self._begin_or_leave()
            confirm = confirm and document._is_safe()
            if confirm and not document.acknowledged:
                confirm = self._confirm(gate.client, channel, document, run)
        self._begin_or_leave()

    def _confirm(self, client, channel, document, run):
        """Tell CodaBox that a document is safely here; return whether CodaBox took it."""
        try:
            client.acknowledge(self.remote_id, document.remote_index, channel)
        except (Forbidden, NotFound, Rejected) as error:
            # The documents behind it still come in; they are confirmed with the next run.
            run.write(self._reason_vals_of(error))
            return False
        document.acknowledged = True
        return True

    def _note_confirmed(self, channel, entries):
        """Note what CodaBox has as confirmed: it lists the other entries.

        A kill after the PUT forgot to note it; and an entry that is listed again, whatever we
        noted, is confirmed again, or it would stay listed for ever.
        """
        listed = {entry.feed_index for entry in entries}
        documents = self.env["codabox.document"].search(
            [
                ("feed_id", "=", self.id),
                ("channel", "=", channel.value),
                "|",
                ("acknowledged", "=", False),
                ("remote_index", "in", list(listed)),
            ]
        )
        for document in documents:
            if document.acknowledged == (document.remote_index in listed):
                document.acknowledged = document.remote_index not in listed

    def _store_entry(self, gate, channel, entry):
        """Return the document of an entry with its files, and whether its files are new here."""
        # Each change of state is logged with its reason; that a record was made says nothing.
        documents = self.env["codabox.document"].with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        )
        document = documents.search(
            [
                ("feed_id", "=", self.id),
                ("channel", "=", channel.value),
                ("remote_index", "=", entry.feed_index),
            ]
        )
        if document and document._is_safe():
            return document, False
        if not document:
            document = documents.create(documents._prepare_from_entry(self, channel, entry))
            if not document.file_ids:
                return document, True
        return document, document._fetch(gate)

    def _ask_missing_files(self, gate):
        """Ask again for the PDF or XML that was not there beside a readable file."""
        for document in self.env["codabox.document.file"]._to_ask_again(self).document_id:
            self._begin_or_leave()
            document._fetch(gate)

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
                [("feed_id", "in", self.ids), ("state", "in", ("waiting", "failed"))],
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
