import logging
import re

from odoo import api, fields, models

from ...codabox import FormatError, parse_coda
from ..inbox.codabox_document import ESSENTIAL_FORMAT

_logger = logging.getLogger(__name__)

# What CodaBox may say of a document of an unknown kind and names nobody. Anything else may.
HARMLESS_KEYS = ("currency", "date", "issue_date", "language", "period")

HARMLESS_VALUE = re.compile(r"[A-Za-z]{2,3}|[\d/-]{1,10}")

# A number of a document: a few letters at most before its digits.
PLAIN_NUMBER = re.compile(r"[A-Za-z]{0,4}[\d./_ -]*\d[\d./_-]*")

# What says which kind of file came in place of another.
SIGNATURE = re.compile(r"%PDF-\d\.\d|<[?!]?[A-Za-z]{1,10}|PK")


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

    # What is shown of a document whose files are closed: nothing that quotes them.

    # As it came: for an unknown kind it may name a person.
    metadata = fields.Json(groups="account_codabox.group_payroll")
    metadata_shown = fields.Json(
        "From CodaBox", compute="_compute_metadata_shown", compute_sudo=True
    )

    @api.depends("metadata", "kind")
    def _compute_metadata_shown(self):
        for document in self:
            facts = document.metadata or {}
            if document.kind == "other":
                facts = {
                    key: facts[key]
                    for key in HARMLESS_KEYS
                    if HARMLESS_VALUE.fullmatch(str(facts.get(key)))
                }
            document.metadata_shown = facts

    @api.model
    def _title_from_metadata(self, kind, entry):
        title = super()._title_from_metadata(kind, entry)
        if kind == "other" and not PLAIN_NUMBER.fullmatch(title):
            return f"{entry.document_model} {entry.feed_index[:8]}"
        return title

    def _set_state(self, state, code=False, **facts):
        """Extend: why a closed file cannot be read is told without quoting it."""
        if state == "failed" and "found" in facts and self._is_unquotable():
            facts["found"] = self._unquoted(facts["found"])
        return super()._set_state(state, code, **facts)

    def _is_unquotable(self):
        """Return whether who reads one of these documents may not read its files.

        A payroll document itself is seen by the group Payroll documents only.
        """
        return any(document.is_closed and document.kind != "soda" for document in self)

    @api.model
    def _unquoted(self, found):
        """Return what stands in the place of a part of a file that nobody may read yet.

        :param str found: what stood in the file.
        :rtype: str
        """
        text = str(found)
        if len(text) <= 3 or text == "end of file":
            return text
        signature = SIGNATURE.match(text)
        return signature[0] if signature else "…"

    def _words_of(self, error):
        # The text of an error may quote what was read.
        return type(error).__name__ if self._is_unquotable() else super()._words_of(error)

    @api.model
    def _unquote_stored(self):
        """Take what was quoted of closed files from the documents that are there already."""
        closed = self.sudo().search([("is_closed", "=", True), ("kind", "!=", "soda")])
        for document in closed.filtered(lambda d: d.kind == "other" and d.feed_id):
            if not PLAIN_NUMBER.fullmatch(document.name):
                document.name = f"{document.document_model} {document.remote_index[:8]}"
        for document in closed.filtered(lambda d: (d.reason_facts or {}).get("found")):
            found = str(document.reason_facts["found"])
            told = self._unquoted(found)
            if told != found:
                document.reason_facts = document.reason_facts | {"found": told}
                for message in document.message_ids.filtered(lambda m: m.body):
                    message.body = message.body.replace(found, told)


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
