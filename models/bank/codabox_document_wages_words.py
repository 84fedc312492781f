import re

from odoo import api, fields, models

# What CodaBox may say of a document of an unknown kind and names nobody. Anything else may.
HARMLESS_KEYS = ("currency", "date", "issue_date", "language", "period")

HARMLESS_VALUE = re.compile(r"[A-Za-z]{2,3}|[\d/-]{1,10}")

# A number of a document: a few letters at most before its digits.
PLAIN_NUMBER = re.compile(r"[A-Za-z]{0,4}[\d./_ -]*\d[\d./_-]*")

# What says which kind of file came in place of another.
SIGNATURE = re.compile(r"%PDF-\d\.\d|<[?!]?[A-Za-z]{1,10}|PK")


class CodaboxDocument(models.Model):
    """What is shown of a document whose files are closed: nothing that quotes them."""

    _inherit = "codabox.document"

    # As it came: for an unknown kind it may name a person.
    metadata = fields.Json(groups=fields.NO_ACCESS)
    metadata_shown = fields.Json(
        "From CodaBox", compute="_compute_metadata_shown", compute_sudo=True
    )

    @api.depends("metadata", "kind", "company_id")
    @api.depends_context("uid")
    def _compute_metadata_shown(self):
        reads = self.env.user._codabox_payroll_companies()
        for document in self:
            facts = document.metadata or {}
            if document.kind == "other" and document.company_id not in reads:
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
