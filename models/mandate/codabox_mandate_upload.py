import hashlib
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from .codabox_mandate_portal import WAITING

ACTIVITY = "account_codabox.mail_activity_type_signed_mandate"
MEBIBYTE = 1024 * 1024
MAX_MEBIBYTES = 10
# Somebody who has the link cannot fill the server, nor close the mandate to the client: it is counted
# for a day, and apart for each user, whoever has the link being one.
MAX_UPLOADS = 10
# Where a whole PDF ends; some programs write something behind it.
TAIL = 2048


class CodaboxMandate(models.Model):
    """Documents that the client signed on paper and uploads on the portal.

    They are kept and the responsible user is told. The state stays as it is: only CodaBox, who
    gets the document from the office, changes it.
    """

    _inherit = "codabox.mandate"

    signed_upload_ids = fields.Many2many(
        "ir.attachment",
        "codabox_mandate_signed_upload_rel",
        string="Uploaded by the client",
        readonly=True,
        copy=False,
        help="Signed documents that the client uploaded on the portal.",
    )
    signed_upload_on = fields.Datetime("Uploaded on", readonly=True, copy=False)

    def _receive_signed(self, content):
        """Keep a signed document and tell the responsible user; the same file twice is kept once.

        The current user is who uploads, so this runs as superuser after the check of access.

        :param bytes content: the file.
        :raise UserError: in words for the client, when the file cannot be taken.
        """
        self.ensure_one()
        if not self._portal_can_upload():
            raise UserError(self.env._("Nothing has to be signed on paper for this mandate now."))
        self._check_signed_file(content)
        checksum = hashlib.sha1(content, usedforsecurity=False).hexdigest()  # as ir.attachment
        if checksum in self.signed_upload_ids.mapped("checksum"):
            return
        if len(self._own_uploads_of_a_day()) >= MAX_UPLOADS:
            raise UserError(
                self.env._(
                    "This is one document too many. Ask %(office)s to look at those it has.",
                    office=self.company_id.name,
                )
            )
        self._keep_signed(content)
        self._ask_to_pass_on()

    def _own_uploads_of_a_day(self):
        """Return what the current user uploaded in the last 24 hours."""
        yesterday = fields.Datetime.now() - timedelta(days=1)
        return self.signed_upload_ids.filtered(
            lambda a: a.create_uid == self.env.user and a.create_date > yesterday
        )

    def _check_signed_file(self, content):
        """Refuse what is no whole PDF, by its bytes and not by its name.

        :raise UserError: in words for the client.
        """
        if not content:
            raise UserError(self.env._("Choose the file first."))
        if len(content) > MAX_MEBIBYTES * MEBIBYTE:
            raise UserError(
                self.env._(
                    "The file is larger than %(size)s MB. Scan it in black and white, or with a lower resolution.",
                    size=MAX_MEBIBYTES,
                )
            )
        if not content.startswith(b"%PDF-"):
            raise UserError(self.env._("This is not a PDF. Scan the document as PDF."))
        if b"%%EOF" not in content[-TAIL:]:
            raise UserError(self.env._("The PDF is not complete. Scan it again, and upload it."))

    def _keep_signed(self, content):
        """Attach the file, and log who uploaded it when."""
        office = self.with_context(lang=self._responsible().lang)
        attachment = self.env["ir.attachment"].create(
            {
                "name": office.env._("Signed - %(name)s", name=office.pdf_name),
                "raw": content,
                "mimetype": "application/pdf",  # never what a browser makes of it
                # As from the composer: from users of the portal a message takes nothing else.
                "res_model": "mail.compose.message",
            }
        )
        office.message_post(
            body=office._signed_note(), attachment_ids=attachment.ids, subtype_xmlid="mail.mt_note"
        )
        self.write(
            {
                "signed_upload_ids": [fields.Command.link(attachment.id)],
                "signed_upload_on": fields.Datetime.now(),
            }
        )

    def _signed_note(self):
        """Return who uploaded."""
        user = self.env.user
        if user._is_public():
            return self.env._(
                "Signed document uploaded on the portal, by somebody with the link of this mandate."
            )
        return self.env._("Signed document uploaded on the portal by %(user)s.", user=user.name)

    def _ask_to_pass_on(self):
        """Open one to-do for the responsible user, unless it is open already."""
        if self.activity_search([ACTIVITY]):
            return
        user = self._responsible()
        note = self.with_context(lang=user.lang).env._(
            "The client uploaded a signed document. Check the signatures and pass it on to CodaBox: only CodaBox changes the state."
        )
        self.activity_schedule(ACTIVITY, user_id=user.id, note=note)

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals and vals["state"] not in WAITING:
            # CodaBox has it, or wants another one.
            self.sudo().filtered("signed_upload_on").activity_feedback([ACTIVITY])
        return result
