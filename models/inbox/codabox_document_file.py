import base64
import hashlib
import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...codabox import Channel
from .codabox_downloads import Refusal

# A file that CodaBox does not have beside a readable one is asked for this many times.
MAX_ATTEMPTS = 10

# After so many nights on which CodaBox failed on a file, it counts as one that is not there, and is
# asked for once a week, this many times.
MAX_NIGHTS = 3

MAX_WEEKS = 30

WEEK = timedelta(days=7)

EXTENSIONS = {"cod": "cod", "xml": "xml", "pdf": "pdf"}


class CodaboxDocumentFile(models.Model):
    """One file of a document, byte for byte as CodaBox gave it. Users read; nobody writes."""

    _name = "codabox.document.file"
    _description = "CodaBox file"
    _order = "document_id, format"
    _rec_name = "name"

    document_id = fields.Many2one(
        "codabox.document", required=True, readonly=True, index=True, ondelete="cascade"
    )
    format = fields.Char(required=True, readonly=True)
    name = fields.Char("File", compute="_compute_name")
    content = fields.Binary(attachment=True, readonly=True)
    sha256 = fields.Char("SHA-256", readonly=True, index=True)
    size = fields.Integer("Size (bytes)", readonly=True)
    state = fields.Selection(
        [("here", "Here"), ("missing", "Missing")], required=True, default="missing", readonly=True
    )
    attempts = fields.Integer(
        readonly=True, help="How often CodaBox said that it has no such file."
    )
    failed_nights = fields.Integer(readonly=True, help="Days on which CodaBox failed on this file.")
    asked_on = fields.Date(readonly=True, help="The last of these days.")

    _document_format_unique = models.UniqueIndex("(document_id, format)")
    # Asked once per client and night; nearly all files are here.
    _missing_idx = models.Index("(document_id) WHERE state = 'missing'")

    def _compute_name(self):
        for file in self:
            stem = re.sub(r"[^\w.-]+", "_", file.document_id.name or "document").strip("_")
            file.name = f"{stem}.{EXTENSIONS.get(file.format, file.format)}"

    @api.model
    def _to_ask_again(self, feed):
        """Return the missing files of a client that CodaBox may still have.

        :param codabox.feed feed: the client.
        """
        today = fields.Date.today()
        missing = self.search(
            Domain(
                [
                    ("document_id.feed_id", "=", feed.id),
                    ("document_id.channel", "!=", "upload"),
                    ("document_id.state", "!=", "discarded"),
                    ("state", "=", "missing"),
                    ("attempts", "<", MAX_ATTEMPTS),
                    ("failed_nights", "<", MAX_NIGHTS + MAX_WEEKS),
                ]
            )
            & (
                Domain("failed_nights", "<", MAX_NIGHTS)
                | Domain("asked_on", "<=", today - WEEK)
                | Domain("asked_on", ">", today)  # written by a clock that was wrong
            ),
            order="document_id",
        )
        # What holds the offset is asked with its entry.
        return missing.filtered(
            lambda f: (
                f.document_id.acknowledged or (f.document_id._is_safe() and not f._is_failing())
            )
        )

    @api.model
    def _failing_domain(self):
        """Return the domain of the files for which :meth:`_is_failing` holds."""
        return [
            ("state", "=", "missing"),
            ("failed_nights", ">", 0),
            ("failed_nights", "<", MAX_NIGHTS),
        ]

    def _is_resting(self):
        """Return whether CodaBox fails on this file for good, and was asked this week."""
        self.ensure_one()
        today = fields.Date.today()
        is_given_up = self.failed_nights >= MAX_NIGHTS
        return is_given_up and today - WEEK < (self.asked_on or today - WEEK) <= today

    def _is_failing(self):
        """Return whether CodaBox failed on this file and may still give it in the next nights."""
        self.ensure_one()
        return self.state == "missing" and 0 < self.failed_nights < MAX_NIGHTS

    def _raw(self):
        """Return the bytes as they came."""
        self.ensure_one()
        return base64.b64decode(self.sudo().with_context(bin_size=False).content or b"")

    def _prepare_content(self, content):
        """Return the values that keep the bytes of this file.

        :param bytes content: the file as it came.
        :rtype: dict
        """
        return {
            "content": base64.b64encode(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "state": "here",
        }

    def _download(self, downloads):
        """Ask CodaBox for this file.

        :param Downloads downloads: what this run asks of CodaBox.
        :return: the facts of the refusal when this file cannot be had, else ``None``.
        :rtype: dict or None
        :raise CodaboxError: for anything but a refusal of this very file.
        """
        self.ensure_one()
        document = self.document_id
        channel = Channel(document.channel)
        try:
            answer = downloads.download(document.remote_index, self.format, channel)
        except Refusal as refusal:
            self._note_refusal(refusal)
            return {**refusal.facts, "format": self.format}
        self.write(self._prepare_content(answer.content))
        return None

    def _note_refusal(self, refusal):
        """Count how often, or on how many days, this file could not be had."""
        today = fields.Date.today()
        if not refusal.passing:
            self.attempts += 1
        elif self.asked_on != today:
            self.write({"failed_nights": self.failed_nights + 1, "asked_on": today})

    def action_download(self):
        """Download this file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/content/{self.name}?download=true",
            "target": "download",
        }

    def _checksum(self):
        """Return the checksum that ``ir.attachment`` gives these bytes."""
        self.ensure_one()
        return hashlib.sha1(self._raw(), usedforsecurity=False).hexdigest()


class CodaboxDocument(models.Model):
    """A PDF that comes late still goes where it belongs."""

    _inherit = "codabox.document"

    def _download(self, client):
        became_readable = super()._download(client)
        self.statement_ids._attach_late_files()
        return became_readable

    def _set_state(self, state, code=False, **facts):
        result = super()._set_state(state, code, **facts)
        if state == "duplicate":
            self.duplicate_of_id.statement_ids._attach_late_files()
        return result
