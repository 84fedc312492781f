import logging

from odoo import fields, models
from odoo.exceptions import UserError

from ...codabox import read_bundle
from ..common.disk import refusal

_logger = logging.getLogger(__name__)


class AccountJournal(models.Model):
    """CODA files uploaded, or dropped, on the card of a bank journal."""

    _inherit = "account.journal"

    codabox_takes_upload = fields.Boolean(compute="_compute_codabox_takes_upload")

    def _compute_codabox_takes_upload(self):
        """CODA is Belgian; elsewhere it is offered where CodaBox is used."""
        for journal in self:
            journal.codabox_takes_upload = journal.type in ("bank", "credit") and (
                journal.codabox_connected or journal.company_id.country_code == "BE"
            )

    def _get_journal_dashboard_data_batched(self):
        # EXTENDS account
        data = super()._get_journal_dashboard_data_batched()
        journals = self.filtered("codabox_takes_upload")
        todo = journals._codabox_todo_by_company()
        for journal in journals:
            data[journal.id]["codabox_upload"] = {
                # The card of a connected journal shows it already.
                "todo": not journal.codabox_connected and todo.get(journal.company_id.id, 0)
            }
        return data

    def create_document_from_attachment(self, attachment_ids):
        # EXTENDS account: what is CODA goes to the inbox of CodaBox, whatever its channel.
        journal = self or self.browse(self.env.context.get("default_journal_id"))
        if len(journal) != 1 or journal.type not in ("bank", "credit"):
            return super().create_document_from_attachment(attachment_ids)
        attachments = self.env["ir.attachment"].browse(attachment_ids)
        if not self.env.context.get("codabox_upload"):
            ours = journal._codabox_coda_attachments(attachments)
            if ours != attachments:
                action = super().create_document_from_attachment((attachments - ours).ids)
                if not ours:
                    return action
            attachments = ours
        return journal._codabox_upload(attachments)

    def _codabox_coda_attachments(self, attachments):
        """Return the attachments that are CODA, with the PDFs beside them."""
        coda = attachments.filtered(lambda a: read_bundle([(a.name, a.raw or b"")]).has_coda)
        return attachments.filtered(lambda a: a in coda or (coda and a.name.lower()[-4:] == ".pdf"))

    def _codabox_upload(self, attachments):
        """Take uploaded files up in the inbox, book them and show what became of them.

        :param attachments: the uploaded files; they are kept on the documents.
        :return: the action that shows the documents, and messages for what was not booked.
        :rtype: dict
        :raise UserError: when there is nothing in them that may be a statement.
        """
        self.ensure_one()
        self._codabox_require_books()
        attachments.check_access("read")
        bundle = self._codabox_read_bundle(attachments)
        if not bundle.files:
            raise UserError(self._codabox_nothing_found(", ".join(bundle.ignored)))
        with refusal(self.env, _logger, f"upload on journal {self.id}"):
            documents = self.env["codabox.document"].sudo()._receive_upload(self, bundle.files)
        documents._process()
        own = attachments.filtered(lambda a: not a.res_model and a.create_uid == self.env.user)
        own.sudo().unlink()
        return self._codabox_show_uploaded(documents.sudo(False), bundle.ignored)

    def _codabox_upload_kind(self):
        """Return which kind of document is uploaded on the card of this journal."""
        return "coda"

    def _codabox_read_bundle(self, attachments):
        """Return the files of an upload, each with its PDF.

        :rtype: Bundle
        """
        return read_bundle([(a.name, a.raw or b"") for a in attachments])

    def _codabox_nothing_found(self, names):
        """Return what a person reads who uploads nothing of use.

        :param str names: the files that were uploaded.
        """
        return self.env._(
            "There is no CODA file among %(names)s. Choose the .cod file, or a .zip with it.",
            names=names,
        )

    def _codabox_show_uploaded(self, documents, ignored):
        """Return the action that shows what was uploaded.

        :param documents: the documents that it became.
        :param ignored: names of files that are no statement and no PDF of one.
        :rtype: dict
        """
        # The form of a single document says its reason itself.
        told = documents if len(documents) > 1 else documents.browse()
        messages = {document.name: document.reason for document in told if document.reason}
        for name in ignored:
            messages[name] = self.env._(
                "This is no statement, nor the PDF of one: it was not used."
            )
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Uploaded statements"),
            "res_model": documents._name,
            "domain": [("id", "in", documents.ids)],
            "context": {"notifications": messages},
            "view_mode": "list,form",
            "views": [[False, "list"], [False, "form"]],
        }
        if len(documents) == 1:
            action |= {"res_id": documents.id, "view_mode": "form", "views": [[False, "form"]]}
        return action
