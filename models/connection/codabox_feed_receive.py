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

    def _receive_channel(self, gate, channel, run, turn):
        """Store every entry of one channel and confirm them in order, while there is time.

        An entry that cannot be had, or may not, stops the confirmations, never the documents
        behind it.

        :return: whether all entries had their turn in this run.
        :rtype: bool
        """
        entries = gate.client.feed(self.remote_id, channel).entries
        # Now, while nobody else can have stored an entry since it was listed.
        self._note_confirmed(channel, entries)
        known, tried = self._entries_of_earlier_turns(channel, run)
        confirm = True
        for entry in entries:
            if entry.feed_index in tried:
                confirm = False
                continue
            if turn.is_spent():
                return False
            self._begin_or_leave()
            document, is_new = self._store_entry(gate, channel, entry)
            if entry.feed_index not in known:
                run._count(seen=1, withheld=int(document.state == "withheld"))
            run._count(stored=int(is_new))
            if is_new or document.state == "failed":
                turn.did()
            self._begin_or_leave()
            confirm = confirm and document._is_safe()
            if confirm and not document.acknowledged:
                confirm = self._confirm(gate.client, channel, document, run)
        self._begin_or_leave()
        return True

    def _entries_of_earlier_turns(self, channel, run):
        """Return the entries that are here, and those of them that this run tried in vain.

        In the first turn of a run both are empty. Later ones neither count an entry twice nor ask
        again at once for what CodaBox did not give.

        :return: two sets of identifiers of entries.
        """
        if self.fetch_turns == 1:
            return set(), set()
        documents = self.env["codabox.document"].search_fetch(
            [("feed_id", "=", self.id), ("channel", "=", channel.value)], ["remote_index"]
        )
        tried = run._tried_files().document_id.filtered(
            lambda d: d.channel == channel.value and not d._is_safe()
        )
        return set(documents.mapped("remote_index")), set(tried.mapped("remote_index"))

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

    def _ask_missing_files(self, gate, run, turn):
        """Ask again for the PDF or XML that was not there beside a readable file.

        :return: whether all of them were asked for.
        :rtype: bool
        """
        files = self.env["codabox.document.file"]._to_ask_again(self)
        if self.fetch_turns > 1:
            files -= run._tried_files()
        for document in files.document_id:
            if turn.is_spent():
                return False
            self._begin_or_leave()
            document.with_prefetch()._fetch(gate)
            turn.did()
        self._begin_or_leave()
        return True

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
            document._process()
            run._count(
                booked=int(document.state == "imported"),
                kept=int(document.state in ("stored", "duplicate")),
                waiting=int(document.state == "waiting"),
                failed=int(document.state == "failed"),
            )
            turn.did()
        return True

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
