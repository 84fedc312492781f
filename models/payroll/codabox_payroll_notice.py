from datetime import date, timedelta

from odoo import models
from odoo.exceptions import UserError

from .codabox_payroll_book import DOUBTS, MAX_PATHS, TOLD

# Social debts and wages: who typed a payroll by hand has these totals on them.
TYPED_PREFIXES = ("62", "453", "454", "455")


class CodaboxPayroll(models.Model):
    """What an accountant should know of a payroll entry, and when it is posted by itself."""

    _inherit = "codabox.payroll"

    def _entry_notices(self, parsed, entry):
        """Return (code, facts) of what to look at before posting.

        :param SodaFile parsed: the file.
        :param Entry entry: the entry.
        :rtype: list[tuple[str, dict]]
        """
        notices = []
        if entry.difference:
            facts = {
                "debit": f"{entry.total_debit:.2f}",
                "credit": f"{entry.total_credit:.2f}",
                "difference": f"{entry.difference:.2f}",
            }
            notices.append(("payroll_unbalanced", facts))
        if parsed.unknown_elements:
            paths = ", ".join(parsed.unknown_elements[:MAX_PATHS])
            notices.append(("payroll_unknown_elements", {"paths": paths}))
        found = {notice.code for notice in parsed.notices}
        for code, reason in (DOUBTS | TOLD).items():
            if code in found:
                notices.append((reason, {"version": parsed.version}))
        same_month = self._same_month()
        if same_month:
            names = ", ".join(same_month.mapped("display_name"))
            notices.append(("payroll_same_month", {"secretariat": self.source, "moves": names}))
        return notices + self._open_day_notice(entry)

    def _same_month(self):
        """Return the entries of other payrolls of the same secretariat and month."""
        return self.search(
            [
                ("id", "!=", self.id),
                ("company_id", "=", self.company_id.id),
                ("source", "=", self.source),
                ("period", "=", self.period),
                ("move_id", "!=", False),
            ]
        ).move_id

    def _open_day_notice(self, entry):
        """Return the notice of an entry that stands on another day than its own."""
        day = self._entry_date(entry)
        open_day = self.company_id._codabox_first_open_day(day)
        if open_day == day:
            return []
        return [("payroll_open_day", {"date": str(day), "open_day": str(open_day)})]

    # -------------------------------------------------------------------------
    # Typed by hand before
    # -------------------------------------------------------------------------

    def _typed_before(self, move):
        """Return the notice of a posted entry of the month with the same totals.

        :param account.move move: the draft entry of this payroll.
        :rtype: list[tuple[str, dict]]
        """
        ours = self._typed_totals(
            (line.codabox_soda_code, line.balance)
            if line.account_id == self.company_id.codabox_soda_suspense_account_id
            else (line.account_id.code, line.balance)
            for line in move.line_ids
        )
        if not ours:
            return []
        same = self._posted_candidates(move).filtered(
            lambda other: (
                self._typed_totals((line.account_id.code, line.balance) for line in other.line_ids)
                == ours
            )
        )
        if not same:
            return []
        return [("payroll_typed_before", {"moves": ", ".join(same.mapped("display_name"))})]

    def _typed_totals(self, pairs):
        """Return prefix -> cents, for the accounts that a payroll always has.

        :param pairs: (account code, balance in euro).
        :rtype: dict[str, int]
        """
        totals = {}
        for code, balance in pairs:
            for prefix in TYPED_PREFIXES:
                if (code or "").startswith(prefix):
                    totals[prefix] = totals.get(prefix, 0) + round(balance * 100)
        return {prefix: cents for prefix, cents in totals.items() if cents}

    def _posted_candidates(self, move):
        """Return the posted entries of the month of this payroll with an item on those accounts.

        Wages are typed as an entry: neither as an invoice nor on a bank journal.
        """
        first = date(int(self.period[:4]), int(self.period[4:]), 1)
        last = max(
            date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1),
            move.date,
        )
        entries = move.search(
            [
                ("id", "!=", move.id),
                ("company_id", "=", self.company_id.id),
                ("move_type", "=", "entry"),
                ("state", "=", "posted"),
                ("date", ">=", first),
                ("date", "<=", last),
                ("journal_id.type", "not in", ("bank", "cash", "credit")),
            ]
        )
        if not entries:
            return entries
        accounts = self.company_id._codabox_accounts_of(TYPED_PREFIXES)
        return entries.filtered_domain([("line_ids.account_id", "in", accounts.ids)])

    # -------------------------------------------------------------------------
    # Post
    # -------------------------------------------------------------------------

    def _post_when_mapped(self):
        """Post the entry where the company wants that and nothing at all is in doubt."""
        move, company = self.move_id, self.company_id
        if not company.codabox_soda_post or not self.is_sure or move._codabox_open_flags():
            return
        try:
            with self.env.cr.savepoint():
                move._post(soft=False)
            move._codabox_match_wages()
        except UserError as error:
            self.notices = [*self.notices, ["payroll_not_posted", {"error": str(error)}]]
