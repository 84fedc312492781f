import base64

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

MEBIBYTE = 1024 * 1024

# Above this the zip of one dossier takes more memory than a server should give a single download.
MAX_MEBIBYTES = 200


class CodaboxDossier(models.TransientModel):
    """Hand over the dossier of a client: its files of a period, in one zip with an index."""

    _name = "codabox.dossier"
    _inherit = "codabox.dialog.mixin"
    _description = "Hand over a dossier"

    feed_id = fields.Many2one("codabox.feed", "Client", required=True, readonly=True)
    date_from = fields.Date("From", default=lambda self: self._first_day())
    date_to = fields.Date("Until")
    document_count = fields.Integer("Documents", compute="_compute_content")
    file_count = fields.Integer("Files", compute="_compute_content")
    closed_count = fields.Integer("Documents without files for you", compute="_compute_content")
    mebibytes = fields.Float("Size (MB)", compute="_compute_content", digits=(16, 1))
    archive = fields.Binary(compute="_compute_archive")

    @api.model
    def _first_day(self):
        """Return the first day of last year: who takes over, needs the figures of before."""
        return fields.Date.context_today(self) - relativedelta(years=1, month=1, day=1)

    def _documents(self):
        """Return the documents of the client and period; none before there is a client."""
        if not self.feed_id:
            return self.env["codabox.document"]
        return self.feed_id._dossier_documents(self.date_from, self.date_to)

    @api.depends("feed_id", "date_from", "date_to")
    def _compute_content(self):
        for wizard in self:
            documents = wizard._documents()
            files = wizard.feed_id._dossier_files(documents)
            wizard.document_count = len(documents)
            wizard.file_count = len(files)
            wizard.closed_count = len(documents - files.document_id)
            wizard.mebibytes = sum(files.mapped("size")) / MEBIBYTE

    def _compute_archive(self):
        # Told here, for whoever has the address needs no button; and first, for it may end in a
        # transaction of its own.
        for wizard in self:
            wizard._check_size()
            self.env["codabox.audit"]._note("handed_over", wizard.feed_id)
            packed = wizard.feed_id._pack_dossier(wizard.date_from, wizard.date_to)
            wizard.archive = base64.b64encode(packed)

    def _check_size(self):
        """Refuse what is too large for one zip.

        :raise UserError: with what to do.
        """
        if self.mebibytes > MAX_MEBIBYTES:
            raise UserError(
                self.env._(
                    "Together these files are %(size)s MB, more than one zip can hold (%(limit)s MB). Choose a shorter period.",
                    size=round(self.mebibytes),
                    limit=MAX_MEBIBYTES,
                )
            )

    def action_download(self):
        """Download the zip.

        :raise UserError: when there is nothing in it, or too much.
        """
        self.ensure_one()
        if not self.document_count:
            raise UserError(self.env._("There are no documents of this period."))
        self._check_size()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/archive/dossier.zip?download=true",
            "target": "download",
        }
