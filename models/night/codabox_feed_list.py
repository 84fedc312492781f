from odoo import models

from ...codabox import Channel, Forbidden, NotFound, NotOffered, Rejected

# A list that is read again is read at most so often in one run; the rest comes with the next one.
MAX_LISTS = 200


class CodaboxFeed(models.Model):
    """What CodaBox lists for one client: stored entry by entry, and confirmed in its order."""

    _inherit = "codabox.feed"

    def _receive_channel(self, gate, channel, run, turn):
        """Store every entry of one channel and confirm them in order.

        CodaBox may list only the first of many entries: it is asked again until nothing new comes.

        :raise TimeIsUp: entries are left for the next turn.
        """
        asked = self._asked_in_vain(channel, run)
        for _list in range(MAX_LISTS):
            entries = gate.client.feed(self.remote_id, channel).entries
            # Now, while nobody else can have stored an entry since it was listed.
            self._note_confirmed(channel, entries)
            # An entry that cannot be read has no index, and nothing behind it is confirmed.
            fresh = {entry.feed_index for entry in entries} - asked - {""}
            if not fresh or not self._receive_list(gate, channel, entries, fresh, run, turn):
                break
            asked |= fresh
        self._tell_blocked(channel, entries, run)
        odd = [entry for entry in entries if not entry.feed_index]
        if odd:
            run.write(self._reason_vals("odd_entries", count=len(odd)))

    def _receive_redelivery(self, gate, run, turn):
        """Store what CodaBox delivers again, where it offers that; else nothing is missing here."""
        try:
            self._receive_channel(gate, Channel.REDELIVERY, run, turn)
            if self.connection_id._is_lacking("redelivery"):
                self.connection_id._note_function("redelivery")
        except (Forbidden, NotFound, NotOffered) as error:
            if "redownload-feed" not in str(error.details.get("path")):
                raise
            self._begin_or_leave()
            self.connection_id._note_function("redelivery", error)

    def _asked_in_vain(self, channel, run):
        """Return the feed indexes of entries that an earlier turn of this run could not have.

        :rtype: set[str]
        """
        if self.fetch_turns == 1:
            return set()
        tried = run._tried_files().document_id.filtered(
            lambda d: d.channel == channel.value and not d._may_confirm()
        )
        return set(tried.mapped("remote_index"))

    def _receive_list(self, gate, channel, entries, fresh, run, turn):
        """Store the entries of one list and confirm them in order.

        An entry that cannot be had, or may not, stops the confirmations, never the documents
        behind it. One on which CodaBox failed before is asked last: others need not wait for it.

        :param fresh: feed indexes that were not asked for in this run.
        :return: whether any was confirmed.
        :rtype: bool
        """
        run.to_fetch = len(fresh)
        first = fresh - self._failed_before(channel)
        moved = self._walk(gate, channel, entries, first, run, turn)
        if fresh - first:
            moved |= self._walk(gate, channel, entries, fresh - first, run, turn)
        return moved

    def _walk(self, gate, channel, entries, wanted, run, turn):
        """Store the wanted entries of a list and confirm, in order, all that are safely here."""
        confirm, moved = True, False
        for entry in entries:
            if entry.feed_index in wanted:
                turn.check()
                document = self._receive_entry(gate, channel, entry, run, turn)
            elif confirm:
                self._begin_or_leave()
                document = self._find_entry(channel, entry.feed_index)
            else:
                continue
            confirm = confirm and document._may_confirm()
            if confirm and not document.acknowledged:
                confirm = self._confirm(gate.client, channel, document, run)
                moved |= confirm
        self._begin_or_leave()
        return moved

    def _receive_entry(self, gate, channel, entry, run, turn):
        """Store one entry, in a transaction of its own, and return its document."""
        self._begin_or_leave()
        self._heed_stop()
        known = self._find_entry(channel, entry.feed_index)
        document, is_new = self._store_entry(gate, channel, entry, known)
        if not known or self.fetch_turns == 1:  # else an earlier turn counted it
            run._count(seen=1, withheld=int(document.state == "withheld"))
        run._count(stored=int(is_new), to_fetch=-1)
        if is_new or document.state == "failed":
            turn.did()
        self._begin_or_leave()
        gate.downloads.check()
        return document

    def _store_entry(self, gate, channel, entry, known):
        """Return the document of an entry with its files, and whether its files are new here.

        :param codabox.document known: its document, empty when it is not here.
        """
        # Each change of state is logged with its reason; that a record was made says nothing.
        documents = self.env["codabox.document"].with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        )
        document = documents.browse(known.ids)
        if document._may_confirm():
            return document, False
        verdict = gate.check(document, entry.document_model, dict(entry.metadata))
        values = documents._prepare_from_entry(self, channel, entry)
        if not verdict.allowed and document._is_safe():
            return document, False  # it was read before its step was gone
        if not verdict.allowed:
            bare = documents._prepare_withheld(values)
            document = document or documents.create({**values, **bare})
            document._withhold(*gate.reason(verdict))
            return document, False
        if not document:
            document = documents.create(values)
        elif document.state == "withheld":
            document._unveil(values)
        return document, document._download(gate.downloads)

    def _find_entry(self, channel, index):
        """Return the document of an entry, empty when it is not here."""
        return self.env["codabox.document"].search(
            [
                ("feed_id", "=", self.id),
                ("channel", "=", channel.value),
                ("remote_index", "=", index),
            ]
        )

    def _failed_before(self, channel):
        """Return the feed indexes of entries that wait for a file on which CodaBox failed."""
        files = self.env["codabox.document.file"].search(
            [
                ("document_id.feed_id", "=", self.id),
                ("document_id.channel", "=", channel.value),
                ("document_id.acknowledged", "=", False),
                ("state", "=", "missing"),
                ("failed_nights", ">", 0),
            ]
        )
        waiting = files.document_id.filtered(lambda d: not d._may_confirm())
        return set(waiting.mapped("remote_index"))

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

    def _tell_blocked(self, channel, entries, run):
        """Say on the run that nothing CodaBox lists can be had: it may hide what is behind."""
        stuck = (
            self.env["codabox.document"]
            .search(
                [
                    ("feed_id", "=", self.id),
                    ("channel", "=", channel.value),
                    ("remote_index", "in", [entry.feed_index for entry in entries]),
                ]
            )
            .filtered(lambda d: not d._may_confirm() and not d._is_safe())
        )
        is_blocked = len(stuck) == len(entries) > 1 and set(stuck.mapped("state")) != {"withheld"}
        if is_blocked and not run.reason_code:
            run.write(self._reason_vals("list_blocked", count=len(stuck)))
