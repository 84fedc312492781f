from markupsafe import escape

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date, html2plaintext

from .account_move_sending import MAIL, UNSETTLED

TYPE = "account_codabox.mail_activity_type_mailing_action"


class ResCompany(models.Model):
    """Companies that mail their invoices and have no connection that could say that none leaves."""

    _inherit = "res.company"

    @api.model
    def _codabox_tell_mailers(self, trouble):
        """Keep one to-do for each person whose invoices wait, on the oldest; close it when all is well.

        :param Trouble trouble: what is the matter with the action that sends; nothing when all is
            well.
        """
        told = self._codabox_waiting_mails() if trouble else {}
        types = self.env.ref(TYPE)
        opened = self.env["mail.activity"].sudo().search([("activity_type_id", "=", types.id)])
        for todo in opened:
            move = told.pop(todo.user_id, None)
            if not move:
                todo.action_feedback()
                continue
            note = self._codabox_mailing_words(trouble, todo.user_id.lang)
            if html2plaintext(todo.note or "") != note:
                todo.note = escape(note)
        for user, move in told.items():
            note = self._codabox_mailing_words(trouble, user.lang)
            move.activity_schedule(TYPE, user_id=user.id, note=escape(note))

    @api.model
    def _codabox_waiting_mails(self):
        """Return who is responsible for sending -> the oldest invoice that waits to be mailed.

        :rtype: dict[res.users, account.move]
        """
        told = {}
        for company in self.sudo().search([("codabox_send_way", "=", MAIL)]):
            if company._codabox_company_connection().state == "connected":
                continue
            if not company._codabox_agreed():
                continue
            waits = company._codabox_waiting_domain() | Domain(
                [("company_id", "=", company.id), ("codabox_send_state", "in", UNSETTLED)]
            )
            if company.codabox_send_schedule != "manual":
                waits |= company._codabox_due_domain()
            moves = self.env["account.move"].sudo()
            first = moves.search(waits, order="invoice_date, id", limit=1)
            if first:
                told.setdefault(company._codabox_send_responsible(), first)
        return told

    @api.model
    def _codabox_mailing_words(self, trouble, lang):
        """Return what is the matter, in the language of the reader."""
        env = self.with_context(lang=lang).env
        if trouble.kind == "off":
            return env._(
                "No invoice is mailed to the accountant: the scheduled action is switched off. Ask "
                "an administrator to switch on “CodaBox: send sales invoices” in the scheduled "
                "actions."
            )
        day = format_date(env, trouble.since, lang_code=lang)
        if trouble.kind == "rest":
            return env._(
                "No invoice is mailed to the accountant since %(day)s: Odoo does not start the "
                "scheduled action “CodaBox: send sales invoices”. Ask an administrator to run it "
                "by hand.",
                day=day,
            )
        return env._(
            "The scheduled action that mails invoices to the accountant, “CodaBox: send sales "
            "invoices”, fails since %(day)s, and Odoo will switch it off. Ask an administrator to "
            "look in the log of the server.",
            day=day,
        )
