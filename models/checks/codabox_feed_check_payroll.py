from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from ...codabox import GRACE, late_months, month_end, next_month
from .codabox_feed_check_ledger import CENT, DEBTS
from .lines import Line

# What is late then should have been here at the end of the period, and is asked before that.
LATE = GRACE + timedelta(days=1)


class CodaboxFeed(models.Model):
    """Payroll of the period: in, posted, and owed as it says. Only for who may see payroll."""

    _inherit = "codabox.feed"

    def _payroll_lines(self, period, arrivals, ledger):
        """Return client -> its lines about payroll.

        :rtype: dict[int, list[Line]]
        """
        readers = self.env.user._codabox_payroll_companies()
        has_rows = self.filtered(lambda feed: "soda" in feed.kind_ids.mapped("kind"))
        read = has_rows.filtered(lambda feed: feed.company_id in readers)
        months = read.kind_ids._row_payrolls() if read else {}
        codes = (read._count_check("codes", period) if read else {}) or {}
        entries = read._count_check("entries", period) if read else {}
        owed = read._payroll_owed(period, ledger) if read else {}
        found = {}
        for feed in self:
            if feed not in has_rows:
                found[feed.id] = [Line("payroll", "fact", facts={"what": "none"})]
            elif feed not in read:
                found[feed.id] = [Line("payroll", "closed")]
            else:
                company_id = feed.company_id.id
                found[feed.id] = [
                    feed._line_payroll(period, arrivals, months),
                    _counted("codes", codes.get(company_id)),
                    _counted("entries", entries.get(company_id)),
                    feed._line_wages(ledger, owed),
                ]
        return found

    def _line_payroll(self, period, arrivals, months):
        arrived = self._line_arrived("payroll", ("soda",), arrivals)
        if arrived.state == "todo":
            return arrived
        row = self.kind_ids.filtered(lambda kind: kind.kind == "soda")
        by_source = {}
        for line in row:
            by_source |= months.get(line.id, {})
        missing = {
            source: lacks
            for source, known in sorted(by_source.items())
            if (lacks := _missing(known, period))
        }
        if not missing:
            is_known = any(known for known in by_source.values())
            return Line(
                "payroll",
                "ok" if is_known else "fact",
                facts={"what": "in" if is_known else "none"},
            )
        words = [f"{source}: {', '.join(f'{m[4:]}/{m[:4]}' for m in lacks)}".lstrip(": ")
                 for source, lacks in missing.items()]  # fmt: skip
        return Line(
            "payroll", "todo", str(missing), {"what": "missing", "months": "; ".join(words)}
        )

    # -------------------------------------------------------------------------
    # 453 to 455: nothing is owed, or what the entries of the period say
    # -------------------------------------------------------------------------

    def _payroll_owed(self, period, ledger):
        """Return (company, prefix) -> what the payroll entries of the period and of its end owe.

        :rtype: dict[tuple[int, str], tuple[float, float]]
        """
        prefixes = {
            (company_id, account): prefix
            for (company_id, prefix), accounts in ledger.accounts.items()
            for account in accounts
        }
        groups = self._books("account.move.line")._read_group(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("move_id.codabox_payroll_id", "!=", False)
            & Domain("account_id", "in", list({account for _company, account in prefixes}))
            & Domain("parent_state", "=", "posted")
            & Domain("date", ">=", period.start)
            & Domain("date", "<=", period.end),
            ["company_id", "account_id", "date:month"],
            ["balance:sum"],
        )
        owed = defaultdict(lambda: [0.0, 0.0])
        for company, account, month, amount in groups:
            both = owed[company.id, prefixes.get((company.id, account.id))]
            both[0] += amount
            both[1] += amount if (month.year, month.month) == period.end.timetuple()[:2] else 0.0
        return owed

    def _line_wages(self, ledger, owed):
        """Return the line that says whether what is owed is what payroll says."""
        company_id, odd, accounts, lacking = self.company_id.id, [], [], []
        for prefix in DEBTS:
            ids = ledger.accounts[company_id, prefix]
            accounts += ids
            if not ids:
                lacking.append(prefix)
                continue
            amount = sum(ledger.balances.get((company_id, id), 0.0) for id in ids)
            expected = owed.get((company_id, prefix), (0.0, 0.0))
            if all(abs(amount - other) >= CENT for other in (0.0, *expected)):
                odd.append((prefix, amount, expected[1]))
        state = "todo" if odd else "unknown" if lacking else "ok"
        facts = {"odd": odd, "lacking": ", ".join(lacking)}
        mark = ",".join(f"{prefix}:{amount:.2f}" for prefix, amount, _other in odd)
        return Line("wages", state, mark, facts, tuple(accounts))


def _counted(name, found):
    count, mark = found or (0, "")
    return Line(name, "todo" if count else "ok", mark, {"count": count})


def _missing(known, period):
    """Return the months of a period that a secretariat should have sent, and did not."""
    months = []
    month = f"{period.start:%Y%m}"
    while month_end(month) <= period.end:
        months.append(month)
        month = next_month(month)
    late = late_months(known, period.end + LATE)
    return [month for month in months if month in late]
