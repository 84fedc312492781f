import hashlib

from odoo import api, fields, models
from odoo.fields import Command

from ...codabox import FormatError, parse_coda, parse_soda
from .codabox_document import ESSENTIAL_FORMAT


class CodaboxDocument(models.Model):
    """Documents that a person uploads on a bank journal: the same inbox, the same path, no client.

    The journal only says which company it is for; the account in the file says the journal.
    """

    _inherit = "codabox.document"

    upload_journal_id = fields.Many2one(
        "account.journal",
        "Uploaded in journal",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.depends("feed_id.company_id", "upload_journal_id")
    def _compute_company_id(self):
        for document in self:
            if document.feed_id:
                document.company_id = document.feed_id.company_id
            elif document.upload_journal_id:
                document.company_id = document.upload_journal_id.company_id
            else:  # the journal was deleted since
                document.company_id = document.company_id

    # -------------------------------------------------------------------------
    # Receive
    # -------------------------------------------------------------------------

    @api.model
    def _receive_upload(self, journal, files):
        """Keep uploaded files as documents, oldest first, not booked yet.

        :param account.journal journal: the journal on whose card they were uploaded.
        :param files: the ``BundledCoda`` values.
        :rtype: codabox.document
        """
        # Each change of state is logged with its reason; that a record was made says nothing.
        model = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        documents = model.create([self._prepare_from_upload(journal, file) for file in files])
        return documents._in_order()

    @api.model
    def _prepare_from_upload(self, journal, file):
        """Return the values of the document of one uploaded file.

        :param account.journal journal: the journal on whose card it was uploaded.
        :param BundledCoda file: the file, with its PDF when there is one.
        :rtype: dict
        """
        files = self.env["codabox.document.file"]
        kind = journal._codabox_upload_kind()
        essential = ESSENTIAL_FORMAT[kind]
        contents = {essential: file.content, "pdf": file.pdf}
        return {
            "channel": "upload",
            "remote_index": hashlib.sha256(file.content).hexdigest(),
            "document_model": kind,
            "kind": kind,
            "name": file.name,
            "upload_journal_id": journal.id,
            "file_ids": [
                Command.create({"format": name, **files._prepare_content(content)})
                for name, content in contents.items()
                if content or name == essential
            ],
            **self._upload_order_vals(kind, file.content),
        }

    @api.model
    def _upload_order_vals(self, kind, content):
        """Return the date and number by which several uploaded files are booked in order."""
        try:
            if kind == "soda":
                return {"document_date": parse_soda(content).entries[0].period_end}
            statement = parse_coda(content).statements[0]
        except FormatError:
            return {}  # booking it will say what is wrong
        return {"document_date": statement.closing.date, "number": statement.number}

    # -------------------------------------------------------------------------
    # Who is told
    # -------------------------------------------------------------------------

    def _set_state(self, state, code=False, **facts):
        result = super()._set_state(state, code, **facts)
        self.filtered(lambda d: d.channel == "upload")._refresh_upload_activity()
        return result

    def _refresh_upload_activity(self):
        """Open a to-do for who uploaded while it needs a person; close it when it does not."""
        xml_id = "account_codabox.mail_activity_type_upload"
        for document in self:
            if not document._is_open():
                document.activity_feedback([xml_id])
            elif not document.activity_search([xml_id]):
                user = document._responsible()
                note = document.sudo().with_context(lang=user.lang).reason
                document.activity_schedule(xml_id, user_id=user.id, note=note)

    def _responsible(self):
        """Return the user who gets the to-dos of this document."""
        self.ensure_one()
        if self.feed_id:
            return self.feed_id._responsible()
        return self.create_uid if self.create_uid.active else self.env.ref("base.user_admin")
