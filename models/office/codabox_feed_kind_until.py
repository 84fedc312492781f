from collections import defaultdict
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ...codabox import is_silent, late_months
from ..journal.account_journal_codabox_silence import WINDOW
from ..payroll.res_company_soda import OF_ANOTHER

# Nothing of a month is asked any more before that (``late_months``), and what came tells the habit.
PAYROLL_MONTHS = 24


class Account(NamedTuple):
    """A bank account of a row, and how far its statements go."""

    number: str
    currency: str
    journal_id: int | None
    last: "date"  # noqa: F821
    is_overdue: bool = False
    checked_on: "date | None" = None  # noqa: F821


class CodaboxFeedKind(models.Model):
    """Up to when everything came, and what should be here and is not.

    Banks send nothing when nothing moves: only who is silent against his own rhythm is late, as the
    watch over accounts found it (``account_journal_codabox_silence.py``), and as long as nobody
    looked at the bank.
    """

    _inherit = "codabox.feed.kind"

    # -------------------------------------------------------------------------
    # Bank accounts
    # -------------------------------------------------------------------------

    def _row_accounts(self):
        """Return the bank accounts of each row that had statements in the last year or so.

        :rtype: dict[int, list[Account]]
        """
        lines = self.filtered(lambda k: k.kind == "coda" and k.company_id)
        if not self._reads_statements():
            return {}
        found = self._accounts_by_company(lines.company_id) if lines else {}
        return {line.id: found.get(line.company_id.id, ()) for line in self & lines}

    @api.model
    def _reads_statements(self):
        """Return whether the user reads statements: who only administers keeps no books."""
        return self.env["codabox.statement"].has_access("read")

    def _accounts_by_company(self, companies):
        today = fields.Date.context_today(self)
        groups = self.env["codabox.statement"]._read_group(
            [
                ("company_id", "in", companies.ids),
                ("state", "!=", "duplicate"),
                ("closing_date", ">", today - WINDOW),
                ("closing_date", "<=", today),
            ],
            ["company_id", "account", "currency_code", "journal_id"],
            ["closing_date:max"],
        )
        newest = {}
        for company, number, currency, journal, last in groups:
            # Of statements that wait or are too old to be booked nobody said which journal it is.
            journal_id, before = newest.get((company.id, number, currency), (None, last))
            newest[company.id, number, currency] = (journal.id or journal_id, max(before, last))
        return self._with_silence(newest, today)

    def _with_silence(self, newest, today):
        """Return company -> its accounts, each with what is known of its silence."""
        ids = sorted({journal_id for journal_id, _last in newest.values() if journal_id})
        journals = self.env["account.journal"].sudo().search_fetch(
            [("id", "in", ids)], ["codabox_silent_since", "codabox_checked_on", "active"]
        )  # fmt: skip
        known = {journal.id: journal for journal in journals}
        days = self._days_of(journals.filtered(_is_asked_again))
        found = defaultdict(list)
        for (company_id, number, currency), (journal_id, last) in sorted(
            newest.items(), key=lambda item: (item[0][0], item[0][1] or "", item[0][2] or "")
        ):
            journal = known.get(journal_id)
            account = Account(number or "", currency or "", journal_id, last)
            if journal:
                account = account._replace(
                    is_overdue=_is_overdue(journal, last, days, today),
                    checked_on=journal.codabox_checked_on or None,
                )
            found[company_id].append(account)
        return found

    def _days_of(self, journals):
        """Return the days of the statements of journals.

        :rtype: dict[int, list[datetime.date]]
        """
        if not journals:
            return {}
        today = fields.Date.context_today(self)
        groups = self.env["codabox.statement"]._read_group(
            [
                ("journal_id", "in", journals.ids),
                ("state", "!=", "duplicate"),
                ("closing_date", ">", today - WINDOW),
                ("closing_date", "<=", today),
            ],
            ["journal_id"],
            ["closing_date:array_agg"],
        )
        return {journal.id: days for journal, days in groups}

    # -------------------------------------------------------------------------
    # Payroll
    # -------------------------------------------------------------------------

    def _row_payrolls(self):
        """Return the months of payroll that came, of each row of which the user reads payroll.

        :return: id of the row -> social secretariat -> months ``YYYYMM``.
        :rtype: dict[int, dict[str, set[str]]]
        """
        read = self.env.user._codabox_payroll_companies()
        lines = self.filtered(lambda k: k.kind == "soda" and k.company_id in read)
        if not lines or not self.env["codabox.payroll"].has_access("read"):
            return {}
        first = fields.Date.context_today(self) - relativedelta(months=PAYROLL_MONTHS)
        groups = self.env["codabox.payroll"]._read_group(
            [
                ("company_id", "in", lines.company_id.ids),
                ("period", ">=", f"{first:%Y%m}"),
                ("reason_code", "not in", OF_ANOTHER),
            ],
            ["company_id", "source", "period"],
        )
        found = defaultdict(lambda: defaultdict(set))
        for company, source, month in groups:
            found[company.id][source or ""].add(month)
        return {line.id: dict(found.get(line.company_id.id, {})) for line in lines}

    def _late_months(self, months):
        """Return the months of a secretariat that should be here by now and are not."""
        return late_months(months, fields.Date.context_today(self))


def _is_asked_again(journal):
    """Return whether a person looked at the bank since the silence began."""
    since, checked = journal.codabox_silent_since, journal.codabox_checked_on
    return bool(since and checked and checked > since)


def _is_overdue(journal, last, days, today):
    """Return whether this account is silent, and nobody looked at the bank in its rhythm."""
    since = journal.codabox_silent_since
    if not journal.active or not since or last > since:
        return False
    if not _is_asked_again(journal):
        return True
    return is_silent([*days.get(journal.id, ()), journal.codabox_checked_on], today)
