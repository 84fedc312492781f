from odoo import api, models

# What is not in the books, though its file is here, until a person releases it.
RELEASABLE = ("original_undone", "version_unseen")
# Nothing is a duplicate of these.
GONE = ("undone", "result_deleted", *RELEASABLE)
# A statement that made place for another one, or was refused for it.
YIELDED = ("correction_refused", "correction_replaced")


class CodaboxDocument(models.Model):
    """After an undo: what was a duplicate of it, or made place for it, can be booked instead.

    Nothing of that is booked by itself, for a person wanted it out of the books.
    """

    _inherit = "codabox.document"

    @api.depends("statement_ids.reason_code")
    def _compute_valid_actions(self):
        result = super()._compute_valid_actions()
        for document in self:
            if document.state in ("stored", "imported"):
                document.can_release = document.can_release or document._can_be_released()
        return result

    def _can_be_released(self):
        return self.reason_code in RELEASABLE or any(
            s.state == "stored" and s.reason_code in RELEASABLE for s in self._readable_statements()
        )

    def _original_domain(self):
        # EXTENDS account_codabox
        domain = super()._original_domain()
        return [*domain, ("reason_code", "not in", GONE)] if self.kind == "coda" else domain

    def _forget_results(self, code):
        # EXTENDS account_codabox
        statements = (self.statement_ids._depending() - self.statement_ids).sorted("id")
        names = {s: (s.original_id or s.conflict_id).document_id.name for s in statements}
        copies = self._unread_copies()
        result = super()._forget_results(code)
        for statement, name in names.items():
            statement._lose_original(name)
        for document in statements.document_id:
            document._settle_coda()
        for document in copies:
            document._set_state("stored", "original_undone", original=document.duplicate_of_id.name)
        return result

    def _duplicate_vals(self, key):
        # EXTENDS account_codabox: what is not in the books itself makes place
        values = super()._duplicate_vals(key)
        original = self.env["codabox.statement"].browse(values.get("original_id"))
        if original.state != "stored" or original.reason_code not in RELEASABLE:
            return values
        original.state = "duplicate"
        (original | original._copies()).original_id = False
        original.flush_recordset()
        return {}

    def _settle_coda(self):
        # EXTENDS account_codabox
        result = super()._settle_coda()
        self._take_copies_back()
        return result

    def _take_copies_back(self):
        """Make duplicates again of what was one before this document was undone."""
        firsts = self.statement_ids.filtered(lambda s: s.state != "duplicate")
        copies = self.env["codabox.statement"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("key", "in", firsts.mapped("key")),
                ("state", "=", "duplicate"),
                ("original_id", "=", False),
            ]
        )
        by_key = {first.key: first for first in firsts}
        for copy in copies:
            copy.original_id = by_key[copy.key]
            copy._wait("same_statement", state="duplicate", original=self.name)
        for document in copies.document_id - self:
            document._settle_coda()
        if firsts:
            unread = self.search(
                [("duplicate_of_id", "=", self.id), ("reason_code", "=", "original_undone")]
            )
            unread.filtered(lambda d: not d.statement_ids)._set_state(
                "duplicate", "same_statement", original=self.name
            )

    def _unread_copies(self):
        """Return the documents with the very file of one of these, which nobody had to read."""
        copies = self.search(
            [
                ("duplicate_of_id", "in", self.ids),
                ("kind", "=", "coda"),
                ("state", "=", "duplicate"),
            ]
        )
        return copies.filtered(lambda d: not d.statement_ids)


class CodaboxStatement(models.Model):
    _inherit = "codabox.statement"

    def _depending(self):
        """Return the statements that are not in the books because these are."""
        return self.search(
            [
                "|",
                "&",
                ("state", "=", "duplicate"),
                ("original_id", "in", self.ids),
                "&",
                ("reason_code", "in", YIELDED),
                ("conflict_id", "in", self.ids),
            ]
        )

    def _copies(self):
        return self.search([("state", "=", "duplicate"), ("original_id", "in", self.ids)])

    def _lose_original(self, name):
        """Let this statement be released instead of the one that is gone; its first copy is enough.

        :param str name: the document that was undone.
        """
        first = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("key", "=", self.key),
                ("state", "!=", "duplicate"),
                ("id", "!=", self.id),
            ]
        )
        if first:
            self.original_id = first
            self._wait("same_statement", state="duplicate", original=first.document_id.name)
        else:
            self._wait("original_undone", state="stored", original=name)

    def _is_open(self):
        # EXTENDS account_codabox
        if self.state == "stored" and self.reason_code in RELEASABLE:
            return self.document_id.released
        return super()._is_open()
