from datetime import date

from odoo import api, fields, models

from ...codabox import fits_column, formats_to_ask
from .codabox_document import ESSENTIAL_FORMAT, KINDS


class CodaboxDocument(models.Model):
    """From an entry of a feed to a document, and its files from CodaBox."""

    _inherit = "codabox.document"

    @api.model
    def _prepare_from_entry(self, feed, channel, entry):
        """Return the values of the document of a feed entry.

        :param codabox.feed feed: the client.
        :param Channel channel: where the entry was listed.
        :param FeedEntry entry: the entry.
        :rtype: dict
        """
        kind = self._kind_of_model(entry.document_model)
        formats = formats_to_ask(feed.connection_id.allowed_formats, entry.document_model)
        return {
            "feed_id": feed.id,
            "channel": channel.value,
            "remote_index": entry.feed_index,
            "document_model": entry.document_model,
            "kind": kind,
            "metadata": dict(entry.metadata),
            "name": self._title_from_metadata(kind, entry),
            "document_date": self._date_from_metadata(entry.metadata),
            "number": self._number_from_metadata(entry.metadata),
            "file_ids": [fields.Command.create({"format": name}) for name in formats],
        }

    @api.model
    def _kind_of_model(self, model):
        """Return our kind for CodaBox's name of a kind of document."""
        name = model.strip().lower()
        return name if name in {key for key, _label in KINDS} else "other"

    @api.model
    def _title_from_metadata(self, kind, entry):
        """Return a first title; reading the document gives a better one."""
        facts = entry.metadata
        if kind == "coda" and facts.get("iban"):
            return " ".join(
                str(facts[key]) for key in ("iban", "new_balance_date") if facts.get(key)
            )
        return str(facts.get("document_number") or f"{entry.document_model} {entry.feed_index[:8]}")

    @api.model
    def _date_from_metadata(self, metadata):
        """Return the date that CodaBox gives a document, if it gives one."""
        for key in ("new_balance_date", "issue_date", "date"):
            try:
                return date.fromisoformat(str(metadata.get(key)))
            except ValueError:
                continue
        return False

    @api.model
    def _number_from_metadata(self, metadata):
        number = metadata.get("first_statement_number")
        return number if fits_column(number) else 0

    def _fetch(self, gate):
        """Download the files that are not here yet, if their legal step is there.

        :param Gate gate: what decides for this run.
        :return: whether this made the document readable.
        :rtype: bool
        :raise CodaboxError: when CodaBox cannot be reached, or does not show the client.
        """
        self.ensure_one()
        verdict = gate.check(self)
        if verdict.allowed:
            return self._download(gate.downloads)
        if not self._is_safe():
            code, facts = gate.reason(verdict)
            self._set_state("withheld", code, **facts)
        return False

    def _download(self, client):
        """Download the files that are not here yet.

        A file that CodaBox refuses, or fails on, is noted; that it cannot be reached is the caller's.

        :param Downloads client: what this run asks of CodaBox.
        :return: whether this made the document readable.
        :rtype: bool
        :raise CodaboxError: when CodaBox cannot be reached.
        """
        self.ensure_one()
        was_safe = self._is_safe()
        refusals = {}
        for file in self.file_ids.filtered(lambda f: f.state == "missing"):
            if was_safe and file._is_resting():
                continue
            refusals[file.format] = file._download(client)
        if self._is_safe():
            return self._became_readable(was_safe)
        code = "confirmed_without_file" if self.acknowledged else "not_available"
        # What is said of the file to be read, whatever else could not be had.
        told = [refusals.get(ESSENTIAL_FORMAT.get(self.kind)), *refusals.values()]
        self._set_state("failed", code, **next(filter(None, told), {"detail": ""}))
        return False

    def _became_readable(self, was_safe):
        """Have a document booked whose readable file came; return whether it did."""
        if not was_safe:
            self._set_state("received")
            self.received_at = fields.Datetime.now()
            return True
        if self.reason_code == "no_readable_format" and self._readable_file():
            self._set_state("received")
            return True
        return False

    def _add_formats(self, formats):
        """Have formats asked for that CodaBox allows by now.

        :param formats: names of formats.
        """
        for document in self:
            known = set(document.file_ids.mapped("format"))
            document.file_ids = [
                fields.Command.create({"format": name}) for name in formats if name not in known
            ]

    @api.model
    def _ask_lost_files(self):
        """Have asked what earlier versions confirmed to CodaBox without a file."""
        lost = self.search(
            [
                ("channel", "!=", "upload"),
                ("state", "!=", "discarded"),
                ("state", "!=", "withheld"),
                ("file_ids", "=", False),
            ]
        )
        for document in lost:
            allowed = document.connection_id.allowed_formats
            document._add_formats(formats_to_ask(allowed, document.document_model))
        lost._set_state("failed", "confirmed_without_file", detail="")
        for feed in lost.feed_id:
            feed._refresh_activity()
