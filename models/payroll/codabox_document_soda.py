from odoo import fields, models

from ...codabox import FormatError, NotRecognised, parse_soda
from ..connection.codabox_feed import enterprise_digits


class CodaboxDocument(models.Model):
    """Payroll: one SODA file, one or more employers, a draft entry for each."""

    _inherit = "codabox.document"

    payroll_ids = fields.One2many(
        "codabox.payroll", "document_id", "Payrolls", groups="account_codabox.group_payroll"
    )

    def _import_soda(self):
        """Book every payroll of this document that is sure, and say what keeps the others."""
        self.ensure_one()
        try:
            parsed = parse_soda(self._readable_file()._raw())
        except FormatError as error:
            code = "not_soda" if isinstance(error, NotRecognised) else "broken_payroll"
            facts = self._reason_vals_of(error)["reason_facts"] or {}
            return self._set_state("failed", code, **facts, problem=error.code)
        self._describe_soda(parsed)
        if self._is_before_book_from():
            return None
        foreign = self._foreign_payroll(parsed)
        if foreign:
            return self._hold_foreign(foreign)
        for record, entry in self._record_payrolls(parsed):
            if record._is_open():
                record._book(parsed, entry)
        return self._settle_soda()

    def _describe_soda(self, parsed):
        """Give the document a title and a date from what stands in it; no name, no amount."""
        model = self.env["codabox.payroll"]
        titles = [model._title(parsed, entry) for entry in parsed.entries]
        self.write(
            {
                "name": f"SODA {' - '.join(dict.fromkeys([titles[0], titles[-1]]))}",
                "document_date": parsed.entries[0].period_end,
            }
        )

    def _foreign_payroll(self, parsed):
        """Return the enterprise number of a file in which nothing is of the company.

        A file that holds the company's own payroll may hold that of another company too.
        """
        ours = self.company_id._codabox_enterprise_number()
        theirs = [enterprise_digits(entry.enterprise) for entry in parsed.entries]
        if not ours or ours in theirs or "" in theirs:
            return ""
        return ", ".join(dict.fromkeys(theirs))

    def _record_payrolls(self, parsed):
        """Return (record, parsed entry) for each payroll of the file, made when new."""
        model = self.env["codabox.payroll"]
        known = {(record.position, record.content_hash): record for record in self.payroll_ids}
        pairs = []
        for position, entry in enumerate(parsed.entries):
            record = known.get((position, model._hash(entry)))
            if not record:
                values = model._prepare(self, position, parsed, entry, self.company_id)
                record = model.create(values)
            pairs.append((record, entry))
        return pairs

    def _settle_soda(self):
        """Set the state of the document from those of its payrolls."""
        payrolls = self.payroll_ids.sorted("position")
        waiting = payrolls.filtered(lambda p: p.state == "waiting")
        if waiting:
            return self._set_state(
                "waiting", waiting[0].reason_code, **(waiting[0].reason_facts or {})
            )
        copies = payrolls.filtered(lambda p: p.state == "duplicate")
        if copies == payrolls:
            self.duplicate_of_id = copies[0].original_id.document_id
            self._set_state("duplicate", copies[0].reason_code, **(copies[0].reason_facts or {}))
            return copies.original_id._attach_files()
        kept = payrolls.filtered(lambda p: p.state in ("stored", "empty"))
        if kept == payrolls - copies:
            state = "stored" if "stored" in kept.mapped("state") else "imported"
            return self._set_state(state, kept[0].reason_code, **(kept[0].reason_facts or {}))
        return self._set_state("imported")

    # -------------------------------------------------------------------------
    # Files that come late
    # -------------------------------------------------------------------------

    def _download(self, client):
        # EXTENDS account_codabox: a PDF that comes after its entry still goes beside it
        became_readable = super()._download(client)
        self.payroll_ids._attach_files()
        return became_readable

    def _set_state(self, state, code=False, **facts):
        result = super()._set_state(state, code, **facts)
        if state == "duplicate":
            self.duplicate_of_id.payroll_ids._attach_files()
        return result

    def _pdf_of_copies(self):
        """Return the PDF of a document that brought the same file again."""
        copies = self.search([("duplicate_of_id", "=", self.id), ("state", "=", "duplicate")])
        return copies.file_ids.filtered(lambda f: f.format == "pdf" and f.state == "here")[:1]
