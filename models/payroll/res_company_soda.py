from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ...codabox import late_months, month_end, next_month

# Where Belgian charts keep their suspense account.
SUSPENSE_PREFIX = "499"

ACTIVITY = "account_codabox.mail_activity_type_payroll_month"

# Nobody knows, or another one knows, whose payroll this is.
OF_ANOTHER = ("foreign_enterprise", "payroll_of_nobody", "no_enterprise")

# Belgian charts: what an employer owes the tax office, social security and its people.
SOCIAL_DEBTS = ("453", "454", "455", "456")

NET_PREFIX = "455"


class ResCompany(models.Model):
    """How the payroll of a company is booked."""

    _inherit = "res.company"

    codabox_soda_journal_id = fields.Many2one(
        "account.journal",
        "Payroll journal",
        check_company=True,
        domain="[('type', '=', 'general')]",
        help="Empty: made with the first payroll.",
    )
    codabox_soda_suspense_account_id = fields.Many2one(
        "account.account",
        "Payroll suspense account",
        check_company=True,
        help="Takes what has no account yet, and what a file is out of balance.",
    )
    codabox_soda_date = fields.Selection(
        [
            ("period_end", "Last day of the month"),
            ("generated", "Day on which the social secretariat made the file"),
        ],
        "Date of payroll entries",
        default="period_end",
        required=True,
    )
    codabox_soda_detail = fields.Selection(
        [("totals", "One total per account"), ("lines", "Each line of the file")],
        "Payroll lines",
        default="totals",
        required=True,
        help="Each line of the file may show who earns what to everybody who reads the entries.",
    )

    codabox_soda_post = fields.Boolean(
        "Post payroll",
        help="Posts a payroll entry by itself when every code has an account and nothing is in "
        "doubt. Otherwise it stays a draft.",
    )

    def _codabox_payroll_journal(self):
        """Return the payroll journal of this company, made when there is none.

        A branch has that of its parent.

        :raise psycopg2.OperationalError: when another transaction made it meanwhile; a new one
            finds it.
        """
        self.ensure_one()
        company = self.sudo()
        if inherited := (company.parent_ids - company).codabox_soda_journal_id[-1:]:
            return company.codabox_soda_journal_id or inherited
        if not company.codabox_soda_journal_id:
            # Of two that make it at the same moment, the second waits here and begins anew.
            self.env.cr.execute(
                "SELECT FROM res_company WHERE id = %s FOR NO KEY UPDATE", [self.id]
            )
            company.codabox_soda_journal_id = company.env["account.journal"].create(
                company._codabox_prepare_payroll_journal()
            )
        return company.codabox_soda_journal_id

    def _codabox_prepare_payroll_journal(self):
        """Return the values of a new payroll journal, in the language of the company.

        :rtype: dict
        """
        journals = self.env["account.journal"].with_context(active_test=False)
        taken = set(journals.search([("company_id", "=", self.id)]).mapped("code"))
        codes = ["SODA", *(f"SOD{number}" for number in range(1, 100))]
        speaker = self.with_context(lang=self.partner_id.lang)
        return {
            "name": speaker.env._("Payroll"),
            "code": next(code for code in codes if code not in taken),
            "type": "general",
            "company_id": self.id,
        }

    def _codabox_payroll_suspense(self):
        """Return the suspense account of payroll, empty when the company has none.

        Where nobody chose one: 499 of the Belgian charts, else the one of its banks.
        """
        self.ensure_one()
        company = self.sudo().with_company(self)
        if not company.codabox_soda_suspense_account_id:
            found = company.env["account.account"].search(
                [
                    ("code", "=like", f"{SUSPENSE_PREFIX}%"),
                    ("company_ids", "parent_of", company.id),
                ],
                order="code",
                limit=1,
            )
            company.codabox_soda_suspense_account_id = (
                found or company.account_journal_suspense_account_id
            )
        return company.codabox_soda_suspense_account_id

    # The month of payroll that should be here and is not: one to-do on the payroll journal.

    codabox_payroll_asked = fields.Json(
        readonly=True, help="Social secretariat -> the last month that a person was asked about."
    )

    def _codabox_check_payroll_months(self):
        """Open a to-do for each secretariat whose month is late; close those that came."""
        today = fields.Date.context_today(self)
        for company in self.filtered("codabox_soda_journal_id"):
            came = company._codabox_payroll_months()
            company._codabox_close_payroll_todos(came)
            asked = dict(company.codabox_payroll_asked or {})
            for source, months in came.items():
                for month in late_months(months, today):
                    if asked.get(source, "") < month:
                        company._codabox_ask_payroll_month(source, month)
                        asked[source] = month
            if asked != (company.codabox_payroll_asked or {}):
                company.codabox_payroll_asked = asked

    def _codabox_payroll_months(self):
        """Return secretariat -> its months that came, booked or not: what waits came too.

        :rtype: dict[str, set[str]]
        """
        groups = self.env["codabox.payroll"]._read_group(
            [
                ("company_id", "=", self.id),
                ("period", "!=", False),
                ("reason_code", "not in", OF_ANOTHER),
            ],
            ["source", "period"],
        )
        came = {}
        for source, month in groups:
            came.setdefault(source or "", set()).add(month)
        return came

    def _codabox_payroll_note(self, source, period, lang):
        """Return the sentence of a to-do.

        :param str source: the social secretariat.
        :param str period: the month that is missing, ``YYYYMM``.
        :param str lang: of who reads it.
        """
        return self.with_context(lang=lang).env._(
            "No payroll of %(secretariat)s for %(month)s has come yet.",
            secretariat=source,
            month=f"{period[4:]}/{period[:4]}",
        )

    def _codabox_ask_payroll_month(self, source, period):
        """Open the to-do about a missing month."""
        feed = self.env["codabox.feed"].search(
            [("company_id", "=", self.id), ("state", "=", "active")], limit=1
        )
        user = feed._responsible() if feed else self.env.ref("base.user_admin")
        note = self._codabox_payroll_note(source, period, user.lang)
        self.codabox_soda_journal_id.activity_schedule(ACTIVITY, user_id=user.id, note=note)

    def _codabox_close_payroll_todos(self, came):
        """Close the to-dos of months that are here now.

        A to-do may have been written for another person than has it now, in any language.

        :param dict came: secretariat -> its months that came.
        """
        opened = self.codabox_soda_journal_id.activity_search([ACTIVITY])
        if not opened:
            return
        today = fields.Date.context_today(self)
        missing = {
            self._codabox_payroll_note(source, month, lang)
            for source, months in came.items()
            for month in self._codabox_months_without(months, today)
            for lang, _name in self.env["res.lang"].get_installed()
        }
        opened.filtered(lambda a: html2plaintext(a.note) not in missing).action_feedback()

    def _codabox_months_without(self, months, today):
        """Return each month since the first that came, up to this one, that did not come."""
        month = min(months)
        without = []
        while month_end(month) < today:
            month = next_month(month)
            without += [] if month in months else [month]
        return without

    # The accounts on which payroll is owed: bank lines pay them only when they can be reconciled.

    def _codabox_accounts_of(self, prefixes):
        """Return the accounts of these companies whose code begins with one of these."""
        found = self.env["account.account"]
        for company in self:
            codes = Domain.OR(Domain("code", "=like", f"{prefix}%") for prefix in prefixes)
            found |= found.with_company(company).search(
                codes & Domain("company_ids", "parent_of", company.id)
            )
        return found

    def _codabox_net_accounts(self):
        """Return the accounts of net wages."""
        return self._codabox_accounts_of([NET_PREFIX])

    def _codabox_closed_social_debts(self):
        """Return the accounts of social debts of a payroll company that cannot be reconciled yet."""
        self.ensure_one()
        if not self.sudo().codabox_soda_journal_id:
            return self.env["account.account"]
        accounts = self._codabox_accounts_of(SOCIAL_DEBTS)
        return accounts.filtered(lambda account: not account.reconcile)


class CodaboxFeed(models.Model):
    _inherit = "codabox.feed"

    def _end_run(self, run):
        # EXTENDS account_codabox
        self.company_id._codabox_check_payroll_months()
        return super()._end_run(run)


class AccountJournal(models.Model):
    _inherit = "account.journal"

    def action_codabox_allow_reconciliation(self):
        """Let bank lines be matched with 453 to 456 in the company of this payroll journal."""
        self.ensure_one()
        self.company_id._codabox_closed_social_debts().reconcile = True
        return {"type": "ir.actions.client", "tag": "soft_reload"}
