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
            s.state == "stored" and s.reason_code in RELEASABLE for s in self.statement_ids
        )

    def _original_domain(self):
        # EXTENDS account_codabox
        domain = super()._original_domain()
        return [*domain, ("reason_code", "not in", GONE)] if self.kind == "coda" else domain

    def _forget_results(self, code):
        # EXTENDS account_codabox
        statements = self.statement_ids._depending() - self.statement_ids
        names = {s: (s.original_id or s.conflict_id).document_id.name for s in statements}
        copies = self._unread_copies()
        result = super()._forget_results(code)
        for statement, name in names.items():
            statement._wait("original_undone", state="stored", original=name)
        for document in statements.document_id:
            document._settle_coda()
        for document in copies:
            document._set_state("stored", "original_undone", original=document.duplicate_of_id.name)
        return result

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

    def _is_open(self):
        # EXTENDS account_codabox
        if self.state == "stored" and self.reason_code in RELEASABLE:
            return self.document_id.released
        return super()._is_open()
