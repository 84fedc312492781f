from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_date

from ...codabox import grouped_iban, month_end, usual_interval

ONE_DAY = timedelta(days=1)
# A weekend and a holiday: until then nobody wonders.
RECENT = timedelta(days=4)

RHYTHMS = [
    ("overdue", "Overdue"),
    ("checked", "Checked at the bank"),
    ("usual", "As usual"),
]


class CodaboxFeedKind(models.Model):
    """Up to when everything is in, in words: a line for each account or social secretariat."""

    _inherit = "codabox.feed.kind"

    account_text = fields.Text(
        "Accounts", compute="_compute_office", help="Each with the day up to which it is complete."
    )
    complete_until = fields.Date(
        "Complete until",
        compute="_compute_office",
        help="Nothing is known to be missing before this day. Banks send nothing when nothing "
        "moves: an account in its rhythm holds nothing up.",
    )
    rhythm = fields.Selection(RHYTHMS, compute="_compute_office", search="_search_rhythm")

    def _search_rhythm(self, operator, value):
        if operator != "in":
            return NotImplemented
        lines = self._all_rows()
        if set(value) != {"overdue"}:
            return [("id", "in", lines.filtered(lambda line: line.rhythm in value).ids)]
        facts = lines._office_facts()
        return [("id", "in", [id for id, found in facts.items() if found.is_late])]

    def _until(self, accounts, payrolls):
        """Return how far these rows are.

        :param dict accounts: as ``_row_accounts`` returns them.
        :param dict payrolls: as ``_row_payrolls`` returns them.
        :return: id of the row -> values of the fields.
        :rtype: dict[int, dict]
        """
        gaps = self._first_gaps()
        ids = [account.journal_id for found in accounts.values() for account in found]
        days = self._days_of(self.env["account.journal"].browse({id for id in ids if id}))
        found = {}
        for line in self:
            if line.kind == "coda":
                parts = [
                    line._account_part(account, gaps, days) for account in accounts.get(line.id, ())
                ]
            else:
                months = payrolls.get(line.id, {})
                parts = [line._payroll_part(source, months[source]) for source in sorted(months)]
            found[line.id] = _together(parts)
        return found

    def _first_gaps(self):
        """Return (company, account, currency) -> its first gap."""
        if not self.env["codabox.gap"].has_access("read"):
            return {}
        gaps = self.env["codabox.gap"].search(
            [("state", "=", "open"), ("company_id", "in", self.company_id.ids)],
            order="date_from desc, id desc",
        )
        return {(gap.company_id.id, gap.account, gap.currency_code): gap for gap in gaps}

    # -------------------------------------------------------------------------
    # One account, one secretariat: (text, rhythm, day, whether more should be here)
    # -------------------------------------------------------------------------

    def _account_part(self, account, gaps, days):
        gap = gaps.get((self.company_id.id, account.number, account.currency))
        rhythm = self._rhythm_of(account, days)
        name = grouped_iban(account.number)
        if account.currency not in ("", "EUR"):
            name = f"{name} {account.currency}"
        text = f"{name}: {gap.display_name if gap else self._account_words(account, rhythm)}"
        if gap:
            return text, rhythm, gap.date_from - ONE_DAY, True
        day = max(account.last, account.checked_on or account.last)
        return text, rhythm, account.last if account.is_overdue else day, account.is_overdue

    def _rhythm_of(self, account, days):
        if account.is_overdue:
            return "overdue"
        if account.checked_on and account.checked_on > account.last:
            return "checked"
        return "usual" if usual_interval(days.get(account.journal_id, ())) else False

    def _account_words(self, account, rhythm):
        """Return how far an account without gap is, in the language of the reader."""
        day = format_date(self.env, account.last)
        if rhythm == "overdue":
            return self.env._("nothing since %(day)s, overdue", day=day)
        if rhythm == "checked":
            checked = format_date(self.env, account.checked_on)
            return self.env._("checked at the bank on %(day)s", day=checked)
        today = fields.Date.context_today(self)
        month = today.replace(day=1) - ONE_DAY
        if account.last > month:
            # The statement that follows opens with what the last one of the month closes with.
            return self.env._(
                "until %(day)s, %(month)s closed", day=day, month=format_date(self.env, month)
            )
        if today - account.last <= RECENT:
            return self.env._("until %(day)s", day=day)
        if rhythm == "usual":
            return self.env._("nothing since %(day)s, as usual", day=day)
        return self.env._("nothing since %(day)s", day=day)

    def _payroll_part(self, source, months):
        late = self._late_months(months)
        last = max(months)
        words = _month(last)
        if late:
            words = self.env._(
                "%(month)s, missing: %(months)s", month=words, months=", ".join(map(_month, late))
            )
            last = max((month for month in months if month < late[0]), default=last)
        name = source or self.env._("Payroll")
        return f"{name}: {words}", "overdue" if late else "usual", month_end(last), bool(late)


def _month(month):
    return f"{month[4:]}/{month[:4]}"


def _together(parts):
    """Return the values of the fields of a row.

    The first account to which something is missing says how far all of it is complete.
    """
    rhythms = [rhythm for _text, rhythm, _day, _is_short in parts]
    short = [day for _text, _rhythm, day, is_short in parts if is_short]
    days = [day for _text, _rhythm, day, _is_short in parts]
    return {
        "account_text": "\n".join(text for text, *_ in parts) or False,
        "rhythm": next((name for name, _label in RHYTHMS if name in rhythms), False),
        "complete_until": min(short) if short else max(days, default=False),
    }
