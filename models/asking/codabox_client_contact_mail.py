import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.contained import contained
from .codabox_client_question import OPEN

_logger = logging.getLogger(__name__)

WEEK = timedelta(days=7)
# What is more stands on the page.
LINES = 30
QUEUE = "mail.ir_cron_mail_scheduler_action"


class CodaboxClientContact(models.Model):
    """All open questions of a client in one mail a week; what is asked again is said as such.

    The mail and the mark that it was made are one commit, and Odoo's queue sends it: whatever is
    killed, no mail is made twice.
    """

    _inherit = "codabox.client.contact"

    @api.model
    def _cron_mail(self):
        """Mail each contact whose week is over what is open, each by itself."""
        waiting = self.search(self._due_domain(), order="id")
        for count, contact in enumerate(waiting, 1):
            subject = f"questions to client {contact.company_id.id}"
            with contained(self.env, _logger, subject, lambda facts: None):
                contact._send_mail()
                self.env["ir.cron"]._commit_progress(1, remaining=len(waiting) - count)

    @api.model
    def _due_domain(self):
        """Return the domain of the contacts who get a mail today."""
        before = fields.Date.context_today(self) - WEEK
        return (
            Domain("question_ids.state", "in", OPEN)
            & Domain("company_id.active", "=", True)
            & (Domain("mailed_on", "=", False) | Domain("mailed_on", "<=", before))
        )

    def _send_mail(self):
        """Make the mail with all open questions, for Odoo's queue.

        :return: whether one was made; not where nothing is open, there is no address, or
            somebody else makes it at this moment.
        :rtype: bool
        """
        self.ensure_one()
        contact = self.sudo()
        if not contact.try_lock_for_update():
            return False
        questions = contact.question_ids.filtered("is_open")
        if not questions or not contact.partner_id.email_normalized:
            return False
        template = self.env.ref("account_codabox.mail_template_client_questions").sudo()
        # Of no record and nobody's: it has the link of the page, on which he reads what not all
        # of the office may.
        values = {"model": False, "res_id": False, "author_id": False}
        mail = template.send_mail_batch(contact.ids, email_values=values)
        contact.write({"mailed_on": fields.Date.context_today(self), "mail_id": mail.id})
        for question in questions:
            question.times += 1
        questions.filtered(lambda q: not q.sent_on).sent_on = fields.Datetime.now()
        office = contact.with_context(lang=contact._responsible().lang)
        contact._message_log(
            body=office.env._(
                "Mail to %(contact)s: %(count)s questions.",
                contact=contact.partner_id.email,
                count=len(questions),
            )
        )
        self.env.ref(QUEUE).sudo()._trigger()
        return True

    def action_send(self):
        """Mail these contacts now what is open; each once a day.

        :raise AccessError: for who keeps no books, or may not see them.
        :raise UserError: where nothing can be mailed.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        today = fields.Date.context_today(self)
        new = self.sudo().filtered(
            lambda c: c.mailed_on != today or "asked" in c.question_ids.mapped("state")
        )
        sent = [contact for contact in new if contact._send_mail()]
        if not sent:
            text = self.env._(
                "Nothing to mail: all is answered, was mailed today, or has no address."
            )
            raise UserError(text)
        message = self.env._("Mails on their way: %s.", len(sent))
        return self.env["codabox.connection"]._notify(message, "success")

    # -------------------------------------------------------------------------
    # What stands in it
    # -------------------------------------------------------------------------

    def _mail_questions(self, *, again):
        """Return the open questions of the mail, the oldest first.

        :param bool again: those that were in a mail before; else the new ones.
        """
        state = "sent" if again else "asked"
        return self.question_ids.filtered(lambda q: q.state == state).sorted("id")[:LINES]

    def _mail_count(self):
        """Return how many questions are open."""
        return len(self.question_ids.filtered("is_open"))


class CodaboxClientQuestion(models.Model):
    _inherit = "codabox.client.question"

    def action_send(self):
        """Mail the contacts of these questions now what is open."""
        self._check_accountant()
        return self.contact_id.action_send()

    def _words(self):
        """Return the question as it is put to the client.

        :rtype: str
        """
        self.ensure_one()
        return {
            "document": self.env._("We miss the invoice or the receipt. Can you send it?"),
            "what": self.env._("What is this?"),
            "private": self.env._("Is this private?"),
        }[self.kind]

    def _mail_about(self):
        """Return what a mail says of the line: of wages nothing, a mail lies open on its way."""
        self.ensure_one()
        return "" if self.is_wages else self.about or ""
