from odoo import api, fields, models
from odoo.exceptions import AccessError


class CodaboxDocument(models.Model):
    """Files of which it is not known who may read them: the responsible opens them, and it is told.

    For who opened them, not for others; and never files that are known to tell who earns what.
    """

    _inherit = "codabox.document"

    opened_by_ids = fields.Many2many(
        "res.users",
        "codabox_document_opened_by",
        "document_id",
        "user_id",
        "Opened by",
        readonly=True,
        copy=False,
    )
    can_open_files = fields.Boolean(compute="_compute_can_open_files")

    @api.depends("is_closed", "has_wages", "kind", "opened_by_ids")
    @api.depends_context("uid")
    def _compute_can_open_files(self):
        for document in self:
            document.can_open_files = (
                document.is_closed
                and not document._files_are_open()
                and not document.has_wages
                and document.kind != "soda"
                and self.env.user not in document.sudo().opened_by_ids
                and self.env.user == document.sudo()._responsible()
            )

    def _files_are_open(self):
        """Return whether the user reads the files of this document, though they are closed."""
        user = self.env.user
        reads = user._codabox_payroll_companies()
        if self.kind == "coda":
            reads |= user._codabox_wages_companies()
        return self.company_id in reads

    def action_open_files(self):
        """Let the responsible read these files, and say so on the document.

        :raise AccessError: for anybody else, and for files that are known to have wages.
        """
        self.check_access("read")
        for document in self:
            if not document.can_open_files:
                raise AccessError(
                    self.env._(
                        "The files of “%(document)s” are for who reads the payroll of its company.",
                        document=document.name,
                    )
                )
            document.sudo().opened_by_ids = [fields.Command.link(self.env.user.id)]
            document.sudo().message_post(
                body=self.env._(
                    "%(user)s opened the files. They may tell who earns what.",
                    user=self.env.user.name,
                )
            )
        self.invalidate_recordset(["file_ids"])
        return True
