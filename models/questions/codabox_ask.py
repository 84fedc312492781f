from odoo import api, models
from odoo.exceptions import UserError

TODO = "mail.mail_activity_data_todo"
MANAGER = "account.group_account_manager"
ADMINISTRATOR = "account_codabox.group_administrator"


class CodaboxAsk(models.AbstractModel):
    """What a user may not do, he asks of who may: a to-do with the record, once.

    Whoever calls this has looked whether the user may ask.
    """

    _name = "codabox.ask"
    _description = "CodaBox: ask who may"

    @api.model
    def _who_may(self, group, company, record=None):
        """Return the users of a group who keep a company and read what they are asked about.

        :param str group: name of the group that may.
        :param res.company company: may be empty: any.
        :param record: what they are asked about; none: nothing to read.
        :rtype: res.users
        """
        users = self.env.ref(group).sudo().all_user_ids
        users = users.filtered(
            lambda user: (
                user.active and not user.share and (not company or company in user.company_ids)
            )
        )
        return users.filtered(lambda u: not record or self._reads(u, record)).sorted("name")

    @api.model
    def action_ask_to_connect(self):
        """Ask a CodaBox administrator to connect the company that is ticked."""
        return self.env.company._codabox_ask_to_connect()

    @api.model
    def _reads(self, user, record):
        seen = record.sudo(False).with_user(user)
        return seen.with_context(allowed_company_ids=user.company_ids.ids).has_access("read")

    @api.model
    def _ask(self, record, group, company, summary):
        """Make a to-do for one who may, with this record, and say whose it is.

        :param record: of a model with activities, which the user reads.
        :param str group: name of the group that may.
        :param res.company company: whose books it is about.
        :param str summary: what is asked, in the language of the user.
        :return: the notification.
        :rtype: dict
        :raise AccessError: for a user who may not read the record.
        :raise UserError: when nobody may.
        """
        record.check_access("read")
        users = self._who_may(group, company, record)
        if not users:
            raise UserError(self.env._("Nobody may do this here. Ask the administrator of Odoo."))
        known = record.sudo().activity_ids.filtered(
            lambda activity: activity.user_id in users and activity.summary == summary
        )
        user = known.user_id[:1] or users[0]
        if not known:
            record.sudo().activity_schedule(
                TODO,
                user_id=user.id,
                summary=summary,
                note=self.env._("%(user)s asks this.", user=self.env.user.name),
            )
        text = self.env._("%(user)s has a to-do for this.", user=user.name)
        return self.env["codabox.connection"]._notify(text, "success")


class CodaboxDocument(models.Model):
    """The journal of an account, and the company of a client: who may not say it, asks."""

    _inherit = "codabox.document"

    def action_ask_journal(self):
        """Ask a manager of accounting for the journal that this document waits for."""
        self.ensure_one()
        self._checked("can_resolve_account")
        summary = self.env._("Which journal has this account?")
        return self.env["codabox.ask"]._ask(self, MANAGER, self.company_id, summary)

    def action_ask_company(self):
        """Ask a CodaBox administrator which company the client of this document is."""
        self.ensure_one()
        self._checked("can_choose_company")
        summary = self.env._("Which company is this client?")
        return self.env["codabox.ask"]._ask(self, ADMINISTRATOR, self.company_id, summary)


class AccountBankStatementLine(models.Model):
    """Wages on an account that cannot be reconciled: a manager of accounting opens it."""

    _inherit = "account.bank.statement.line"

    def _codabox_ask_wages(self):
        """Ask a manager of accounting to let the accounts of wages be reconciled."""
        self._codabox_check_accountant()
        summary = self.env._("Allow reconciliation on 453-456: this bank line pays wages.")
        return self.env["codabox.ask"]._ask(self.move_id, MANAGER, self.company_id, summary)


class ResCompany(models.Model):
    """The consent to send, and the connection: the to-do is on what the asker sees."""

    _inherit = "res.company"

    def _codabox_ask_consent(self):
        """Ask a manager of accounting to agree that the invoices of this company are sent."""
        self.env["account.move"]._codabox_require_sender()
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.id), ("type", "=", "sale")], limit=1
        )
        summary = self.env._("Agree under CodaBox > Send invoices that invoices are sent.")
        return self.env["codabox.ask"]._ask(journals, MANAGER, self, summary)

    def _codabox_ask_to_connect(self):
        """Ask a CodaBox administrator to connect this company."""
        self.env["codabox.connection"]._require_accountant()
        summary = self.env._("Connect to CodaBox (CodaBox > Connections).")
        partner = self.partner_id
        return self.env["codabox.ask"]._ask(partner, ADMINISTRATOR, self, summary)
