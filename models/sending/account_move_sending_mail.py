import smtplib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...codabox import Rejected, SentInvoice, TransportError, may_send
from .account_move_sending import MAIL
from .account_move_sending_file import SendProblem


class MailToInbox:
    """One mail an invoice to the inbox of the accountant's software; it needs nobody's API.

    The mail server takes a mail or refuses it. Where its answer is lost, nobody can be asked.

    :param res.company company: whose invoices are sent.
    """

    can_ask = False

    def __init__(self, company):
        self.company = company

    def send(self, name, content, *, seller, number, type_code):
        """Send one mail; once.

        :raise Rejected: the mail server does not take it.
        :raise TransportError: no answer; ``maybe_done`` says whether it may have left.
        """
        servers = self.company.env["ir.mail_server"].sudo()
        try:
            message = self._message(servers, number, content)
        except Exception as error:  # noqa: BLE001 - nothing was sent, whatever it is
            raise _refusal(error) from None
        session = self._connect(servers, message["From"])
        try:
            servers.send_email(message, smtp_session=session)
        except Exception as error:  # noqa: BLE001 - Odoo wraps what its mail library says
            raise _what_became_of_it(error.__context__ or error) from None
        finally:
            if session:
                session.close()
        return SentInvoice("", "received")

    def ask(self, seller, number, type_code):
        """Give nothing: a mail cannot be asked about."""
        return

    def state(self, sent_id):
        """Give nothing: a mail cannot be asked about."""
        return

    def _message(self, servers, number, content):
        company = self.company
        return servers._build_email__(
            company._codabox_mail_sender(),
            [company._codabox_mail_inbox()],
            f"{company.name} {number}",
            f"{company.name} {number}",
            attachments=[(f"{_file_name(number)}.xml", content, "application/xml")],
        )

    def _connect(self, servers, sender):
        try:
            return servers._connect__(smtp_from=sender)
        except Exception as error:  # noqa: BLE001 - no server, no network, wrong password: all the same
            msg = "network"
            raise TransportError(msg, str(error), reason=str(error), maybe_done=False) from None


def _file_name(number):
    """Return the number of an invoice as the name of a file."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in number)


def _what_became_of_it(error):
    """Return the error of a mail that the server did not take, or of which nobody knows.

    :rtype: CodaboxError
    """
    refusals = (
        smtplib.SMTPResponseException,
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPNotSupportedError,
        UserError,
        AssertionError,
    )
    if isinstance(error, refusals):
        return _refusal(error)
    msg = "network"
    return TransportError(msg, str(error), reason=str(error), maybe_done=True)


def _refusal(error):
    return Rejected("rejected", str(error), status=400, detail=str(error))


class ResCompany(models.Model):
    """A company that mails its invoices: to whom, from whom, and whether it agreed to that."""

    _inherit = "res.company"

    codabox_send_way = fields.Selection(
        selection_add=[(MAIL, "E-mail to the accountant's inbox")],
        ondelete={MAIL: "set default"},
    )
    codabox_send_inbox = fields.Char(
        "Inbox of the accountant",
        help="The e-mail address at which the software of your accountant takes electronic "
        "invoices.",
    )

    def _codabox_mails(self):
        """Return whether this company sends its invoices by mail."""
        return self.codabox_send_way == MAIL

    def _codabox_mail_inbox(self):
        """Return the address that the mails go to, ``""`` without a correct one."""
        return email_normalize(self.codabox_send_inbox or "") or ""

    def _codabox_mail_sender(self):
        """Return the address that the mails come from, ``""`` without one."""
        default = self.env["ir.mail_server"].sudo()._get_default_from_address()
        return self.partner_id.email_formatted or default or ""

    def _codabox_agreed(self):
        """Return the consent that is in force and names the way that is used now.

        :rtype: codabox.sending.consent
        """
        inbox = self._codabox_mail_inbox() if self._codabox_mails() else ""
        consent = self.sudo().codabox_consent_id
        return consent.filtered(lambda c: (c.inbox or "") == inbox)

    def _codabox_check_may_mail(self):
        """Check that the invoices of this company may leave by mail.

        :raise SendProblem: no consent to this address, or an address is missing.
        """
        if not self._codabox_mail_inbox():
            raise SendProblem("send_no_inbox", company=self.name)
        verdict = may_send(consented=bool(self._codabox_agreed()))
        if not verdict.allowed:
            raise SendProblem(verdict.code, **verdict.facts)
        if not self._codabox_mail_sender():
            raise SendProblem("send_no_sender", company=self.name)


class AccountMove(models.Model):
    _inherit = "account.move"

    codabox_sent_way = fields.Selection(
        selection_add=[(MAIL, "E-mail")], ondelete={MAIL: "set null"}
    )
    codabox_by_mail = fields.Boolean(
        compute="_compute_codabox_by_mail", export_string_translation=False
    )

    @api.depends("company_id.codabox_send_way", "codabox_sent_way", "codabox_send_state")
    def _compute_codabox_by_mail(self):
        for move in self:
            waits = move.codabox_send_state in (False, "to_send", "refused", "excluded")
            way = move.company_id.codabox_send_way if waits else move.codabox_sent_way
            move.codabox_by_mail = way == MAIL


class CodaboxSendingConsent(models.Model):
    _inherit = "codabox.sending.consent"

    inbox = fields.Char(
        readonly=True, help="The e-mail address that was agreed to; empty for CodaBox."
    )
