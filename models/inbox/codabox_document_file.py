import base64
import hashlib
import re

from odoo import api, fields, models

from ...codabox import BadAnswer, Channel, Forbidden, NotFound, Rejected

# A file that CodaBox did not give beside a readable one is asked for this many times.
MAX_ATTEMPTS = 10

# Answers that say something about this one file; any other stops the client until the next run.
UNUSABLE = ("too_large", "empty_file", "bad_content_type")

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
    attempts = fields.Integer(readonly=True)

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
        missing = self.search(
            [
                ("document_id.feed_id", "=", feed.id),
                ("document_id.channel", "!=", "upload"),
                ("document_id.state", "!=", "discarded"),
                ("state", "=", "missing"),
                ("attempts", "<", MAX_ATTEMPTS),
            ],
            order="document_id",
        )
        return missing.filtered(lambda f: f.document_id._is_safe())

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

    def _download(self, client):
        """Ask CodaBox for this file.

        :param CodaboxClient client: an open client.
        :return: the facts of the refusal when CodaBox has no such file, else ``None``.
        :rtype: dict or None
        :raise CodaboxError: for anything but a refusal of this very file.
        """
        self.ensure_one()
        document = self.document_id
        self.attempts += 1
        try:
            answer = client.download(document.remote_index, self.format, Channel(document.channel))
        except (Forbidden, NotFound, Rejected) as error:
            return {"detail": error.detail or f"HTTP {error.status}"}
        except BadAnswer as error:
            if error.code not in UNUSABLE:
                raise
            return {"detail": str(error)}
        self.write(self._prepare_content(answer.content))
        return None

    def action_download(self):
        """Download this file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/content/{self.name}?download=true",
            "target": "download",
        }
