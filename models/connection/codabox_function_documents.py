from odoo import models

from ...codabox import judge


class CodaboxConnection(models.Model):
    """Which kinds of documents CodaBox gives: learned from the files that are asked, each night."""

    _inherit = "codabox.connection"

    def _note_kind(self, kind, error=None):
        """Learn by use whether CodaBox gives documents of a kind; one that came once works.

        :param str kind: of the document.
        :param CodaboxError error: what was answered, nothing when the file came.
        """
        found = judge(error)
        known = self.sudo().function_ids.filtered(
            lambda f: f.code == "documents" and f.kind == kind
        )
        if kind == "other" or not found or (error is not None and known.state == "works"):
            return
        self._keep_function(
            "documents", found.state.value, kind=kind, status=found.status, is_by_use=True
        )


class CodaboxDocument(models.Model):
    """The first file that comes says that its kind works."""

    _inherit = "codabox.document"

    def _download(self, client):
        # EXTENDS inbox
        result = super()._download(client)
        if "here" in self.file_ids.mapped("state"):
            self.connection_id._note_kind(self.kind)
        return result


class CodaboxDocumentFile(models.Model):
    """A file that is refused says something of its kind, as long as nothing of it ever came."""

    _inherit = "codabox.document.file"

    def _note_refusal(self, refusal):
        # EXTENDS inbox
        result = super()._note_refusal(refusal)
        document = self.document_id
        if "here" not in document.file_ids.mapped("state"):
            document.connection_id._note_kind(document.kind, refusal.error)
        return result
