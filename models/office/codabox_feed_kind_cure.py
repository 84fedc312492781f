from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..common.own_company import in_own_company, opens_in_own_company
from .codabox_feed_kind_counts import COUNTS


class CodaboxFeedKind(models.Model):
    """What to do first, in a sentence, and the button that does it or leads there."""

    _inherit = "codabox.feed.kind"

    todo = fields.Text("What to do", compute="_compute_office")

    def _cure_sentences(self, facts, accounts, payrolls):
        """Return the sentence of each row that has something to do.

        :rtype: dict[int, str]
        """
        gaps = self._first_gaps()
        sentences = {}
        for line in self:
            if cure := facts[line.id].cure:
                subject = line._cure_subject(cure, accounts, payrolls, gaps)
                number = facts[line.id].numbers.get(cure, 0)
                sentences[line.id] = line._cure_sentence(cure, number, subject)
        return sentences

    def _cure_subject(self, cure, accounts, payrolls, gaps):
        """Return what the sentence is about, where a number does not say it."""
        if cure == "overdue":
            late = [account for account in accounts[self.id] if account.is_overdue]
            return self._account_part(late[0], {}, {})[0]
        if cure == "late_payroll":
            late = {s: m for s, m in payrolls[self.id].items() if self._late_months(m)}
            return self._payroll_part(min(late), late[min(late)])[0]
        if cure == "gaps":
            keys = [(self.company_id.id, a.number, a.currency) for a in accounts.get(self.id, ())]
            return next((gaps[key].display_name for key in keys if key in gaps), "")
        if cure in ("failing", "not_fetched"):
            feed = self.sudo().feed_id
            since = feed.failing_since or feed.connection_id.failing_since or feed.last_fetch
            return since and format_date(self.env, since)
        return ""

    def _cure_sentence(self, cure, count, subject):
        """Return what to do first in the language of the reader."""
        sentences = {
            "choose_company": self.env._("Which company is this client? Its documents wait."),
            "connection": self.env._("The connection to CodaBox does not work: nothing comes in."),
            "failing": self.env._("Nothing could be fetched since %s.", subject),
            "failed": self.env._("Documents that failed: %s.", count),
            "waiting": self.env._("Documents that wait for a person: %s.", count),
            "gaps": subject or self.env._("Missing statements: %s.", count),
            "overdue": subject,
            "late_payroll": subject,
            "mandate_problem": self.env._("Mandates with a problem: %s.", count),
            "to_sign": self.env._("Mandates that the client has to sign: %s.", count),
            "withheld": self.env._("Withheld until a mandate allows it: %s.", count),
            "bills": self.env._("Drafts with a question: %s.", count),
            "codes": self.env._("Payroll codes without account: %s.", count),
            "entries": self.env._("Payroll entries that are not posted: %s.", count),
            "lines": self.env._("Bank lines that are not matched: %s.", count),
            "not_fetched": (
                self.env._("Nothing was fetched since %s.", subject)
                if subject
                else self.env._("Nothing was fetched yet.")
            ),
            "fetch_off": self.env._("This client is not fetched every night."),
            "no_mandate": self.env._("Nothing came yet, and no mandate is known."),
        }
        return sentences[cure]

    # -------------------------------------------------------------------------
    # The button
    # -------------------------------------------------------------------------

    @opens_in_own_company
    def action_office_cure(self):
        """Do what this row needs first, or open where that is done.

        :raise AccessError: when the user may not read this row, or may not do it.
        """
        self.ensure_one()
        self.check_access("read")
        if self.cure in COUNTS and self.cure != "gaps":
            return self.action_office_open(self.cure)
        return getattr(self, f"_cure_{self.cure}", self.action_office_client)()

    def _cure_choose_company(self):
        return self.feed_id.action_choose_company()

    def _cure_connection(self):
        return self._open_form(self.feed_id.connection_id)

    def _cure_failing(self):
        return self.feed_id.action_fetch()

    _cure_not_fetched = _cure_failing

    def _cure_gaps(self):
        gaps = self.env["codabox.gap"].search(self._count_domain("gaps"))
        return gaps.action_open_redelivery()

    def _cure_overdue(self):
        return self._check_at_bank(lambda account: account.is_overdue)

    def _cure_late_payroll(self):
        return self.feed_id.action_open_mandates()

    @opens_in_own_company
    def _open_form(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
            "context": {},
        }

    def action_office_client(self):
        """Open the client of this row."""
        self.ensure_one()
        self.check_access("read")
        return self._open_form(self.feed_id)

    def action_office_checked(self):
        """Note that the user saw at the bank that the accounts of these rows are complete.

        :raise AccessError: for a user who is no accountant, or may not read them.
        :raise UserError: when there is no account without a statement of today.
        """
        self.check_access("read")
        today = fields.Date.context_today(self)
        return self._check_at_bank(lambda account: account.last < today)

    def _check_at_bank(self, is_meant):
        """Note that the user looked at those accounts of these rows at the bank.

        :param is_meant: function of an ``Account``.
        """
        ids = {
            account.journal_id
            for accounts in self._row_accounts().values()
            for account in accounts
            if account.journal_id and is_meant(account)
        }
        if not ids:
            raise UserError(self.env._("No bank account here waits for a statement."))
        journals = in_own_company(self.env["account.journal"], self.company_id)
        journals.browse(ids)._codabox_check_at_bank()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
