from odoo import fields, models
from odoo.exceptions import UserError

from .answer_file import MAX_FILES, MAX_MEBIBYTES, MEBIBYTE, kind_of, safe_name

MAX_TEXT = 2000


class CodaboxClientQuestion(models.Model):
    """The client answers on his page: in words, yes or no, or with a file."""

    _inherit = "codabox.client.question"

    def _receive_answer(self, text="", choice="", files=()):
        """Keep an answer at the line, and tell the responsible.

        The current user is who answers, so this runs as superuser after the check of access.

        :param str text: what he writes.
        :param str choice: ``yes`` or ``no`` where it is asked whether it is private.
        :param files: (name, bytes) of each file.
        :raise UserError: in words for the client, when nothing can be kept; nothing is.
        """
        self.ensure_one()
        self.lock_for_update()
        if not self.is_open:
            raise UserError(self.env._("This question is answered already, or no longer asked."))
        text, choice = (text or "").strip(), choice if self.kind == "private" else ""
        self._check_answer(text, choice, files)
        attachments = self._keep_files(files)
        self.write(
            {
                "answer": text,
                "is_private": choice or False,
                "attachment_ids": [fields.Command.link(id_) for id_ in attachments.ids],
                "answered_on": fields.Datetime.now(),
            }
        )
        self._log_answer()
        self.contact_id._tell_answer()

    def _check_answer(self, text, choice, files):
        """Refuse what is no answer, or cannot be kept.

        :raise UserError: in words for the client.
        """
        if self.kind == "private" and choice not in ("yes", "no"):
            raise UserError(self.env._("Choose yes or no."))
        if not text and not choice and not files:
            raise UserError(self.env._("Write an answer or choose a file."))
        if len(text) > MAX_TEXT:
            raise UserError(self.env._("Your answer is too long: at most %s characters.", MAX_TEXT))
        if len(files) > MAX_FILES:
            raise UserError(self.env._("At most %s files for one question.", MAX_FILES))
        for _name, content in files:
            self._check_file(content)

    def _check_file(self, content):
        if len(content) > MAX_MEBIBYTES * MEBIBYTE:
            raise UserError(
                self.env._(
                    "The file is larger than %(size)s MB. Scan it in black and white, or with a lower resolution.",
                    size=MAX_MEBIBYTES,
                )
            )
        if not kind_of(content):
            raise UserError(
                self.env._(
                    "This file cannot be read. Send a PDF, a photo (JPG or PNG) or an e-invoice (XML)."
                )
            )

    def _keep_files(self, files):
        """Attach the files to the entry; those about wages are for who reads payroll.

        :return: the attachments, as superuser.
        """
        attachments = self.env["ir.attachment"].sudo()
        for name, content in files:
            extension, media_type = kind_of(content)
            attachments |= attachments._codabox_attach(
                self._record(),
                [(safe_name(name, extension), content)],
                mimetype=media_type,
                company_id=self.company_id.id,
                codabox_payroll=self.is_wages,
            )
        return attachments

    def _log_answer(self):
        """Tell at the entry what the client said; of wages only that he did."""
        user = self.env.user
        office = self.with_context(lang=self.contact_id._responsible().lang)
        said = office._outcome()
        if self.is_wages:
            body = office.env._("The client answered the question. Who reads the wages sees it.")
        else:
            body = office.env._("The client answered: %s", said)
        if user._is_public():
            body += " " + office.env._("(by the link in the mail)")
        self._log_at_record(
            body, self.contact_id.partner_id if user._is_public() else user.partner_id
        )
