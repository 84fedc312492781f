import logging

from odoo import api, models

from ...codabox import FormatError, parse_coda
from ..inbox.codabox_document import ESSENTIAL_FORMAT

_logger = logging.getLogger(__name__)


class CodaboxDocument(models.Model):
    """Whether a bank statement tells who earns what, decided when its bytes are stored."""

    _inherit = "codabox.document"

    def _wages_vals(self, parsed):
        """Return the values that say whether a CODA file that was read tells who earns what.

        :param CodaFile parsed: the file.
        :rtype: dict
        """
        found = self.env["codabox.statement"]._have_wage_details(parsed.statements)
        return {"has_wages": found, "wages_judged": True}

    @api.model
    def _judge_stored(self, batch=200):
        """Judge the documents that were stored before their files were judged at once.

        :param int batch: how many are held in memory.
        """
        waiting = self.sudo().search([("kind", "=", "coda"), ("wages_judged", "=", False)]).ids
        for start in range(0, len(waiting), batch):
            documents = self.sudo().browse(waiting[start : start + batch])
            documents.file_ids._judge_wages(whole=True)
            documents.filtered("has_wages")._withdraw_files()
            self.env.flush_all()
            self.env.invalidate_all()

    def _withdraw_files(self):
        """Take files with wages from the bank statements of these; they stay on the documents."""
        for document in self:
            known = {file._checksum() for file in document.file_ids if file.state == "here"}
            attachments = document.statement_ids.bank_statement_id.attachment_ids
            attachments.filtered(lambda a, known=known: a.checksum in known).unlink()


class CodaboxDocumentFile(models.Model):
    """Every way to store bytes passes here."""

    _inherit = "codabox.document.file"

    # Bytes of a file that are read while it is stored. Reading takes time in proportion to them,
    # so this limits the time, the same way on every machine. A longer file stays closed until
    # booking has read it.
    _judged_size = 4 * 1024 * 1024

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._judge_wages()
        return files

    def write(self, vals):
        result = super().write(vals)
        if "content" in vals:
            self._judge_wages()
        return result

    def _judge_wages(self, *, whole=False):
        """Say on the documents of these files whether they tell who earns what.

        Never raises: whatever goes wrong, the document stays closed and the bytes are stored.

        :param bool whole: whether files of any size are read.
        """
        for file in self.sudo():
            document = file.document_id
            if file.state != "here" or document.kind != "coda":
                continue
            if file.format != ESSENTIAL_FORMAT["coda"]:
                continue
            try:
                with self.env.cr.savepoint():
                    document.write(file._wages_vals(whole))
            except Exception as error:  # noqa: BLE001
                # Its text may quote the file.
                _logger.info("CodaBox document %s: closed: %s", document.id, type(error).__name__)

    def _wages_vals(self, whole):
        """Return what its document is to say of these bytes: closed when they cannot be read."""
        closed = {"has_wages": False, "wages_judged": False}
        if not whole and self.size > self._judged_size:
            return closed
        try:
            return self.document_id._wages_vals(parse_coda(self._raw()))
        except FormatError:
            return closed
