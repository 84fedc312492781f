from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain

from ...codabox import period_of, periods_before
from .codabox_feed_check_lists import PURCHASES, SALES, in_period
from .lines import Line

# Who sent a bill in each of so many periods before this one is expected in this one.
USUAL = 3
# So long ago a choice of no tax is still a choice.
REMEMBERED = relativedelta(years=1)


class CodaboxFeed(models.Model):
    """What is not as it usually is: a supplier that sent nothing, a line that has no tax."""

    _inherit = "codabox.feed"

    def _lines_suppliers(self, period, filing):
        """Return company -> the line about its usual suppliers."""
        before = [periods_before(filing, period, number) for number in range(1, USUAL + 1)]
        groups = self._books("account.move")._read_group(
            [
                ("company_id", "in", self.company_id.ids),
                ("move_type", "=", "in_invoice"),
                ("state", "!=", "cancel"),
                ("commercial_partner_id", "!=", False),
                ("invoice_date", ">=", before[-1].start),
                ("invoice_date", "<=", period.end),
            ],
            ["company_id", "commercial_partner_id"],
            ["invoice_date:array_agg"],
            # The database keeps the many that did send something to itself.
            having=[("invoice_date:max", "<", period.start), ("__count", ">=", USUAL)],
        )
        missing = defaultdict(dict)
        for company, partner, days in groups:
            if {period_of(filing, day) for day in days} == set(before):
                missing[company.id][partner.id] = partner
        return {id: self._line_suppliers(missing[id]) for id in self.company_id.ids}

    def _line_suppliers(self, partners):
        ids = tuple(sorted(partners))
        names = sorted(partner.sudo().name or "" for partner in partners.values())
        facts = {"count": len(ids), "names": ", ".join(names[:3]) + (", …" if names[3:] else "")}
        return Line("suppliers", "todo" if ids else "ok", _mark(ids), facts, ids)

    def _lines_taxes(self, period):
        """Return company -> the line about what has no tax, and never had of that partner there."""
        books = self._books("account.move.line")
        bare = self._bare_domain()
        posted = Domain("move_id", "any", in_period(period))
        by = ["company_id", "partner_id", "account_id"]
        groups = books._read_group(bare & posted, by, ["id:array_agg"])
        usual = self._usually_bare(books, bare, groups, period) if groups else set()
        ids = defaultdict(list)
        for *pair, found in groups:
            if tuple(record.id for record in pair) not in usual:
                ids[pair[0].id] += found
        return {id: self._line_taxes(tuple(sorted(ids[id]))) for id in self.company_id.ids}

    def _line_taxes(self, ids):
        return Line("taxes", "todo" if ids else "ok", _mark(ids), {"count": len(ids)}, ids)

    def _bare_domain(self):
        """Return the domain of lines of bills and invoices without tax; some deduct none anyway."""
        companies = self.company_id.sudo()
        free = companies.filtered(lambda company: company.codabox_vat_regime == "none")
        types = (Domain("company_id", "in", (companies - free).ids)
                 & Domain("move_id.move_type", "in", PURCHASES + SALES)) | (
            Domain("company_id", "in", free.ids) & Domain("move_id.move_type", "in", SALES)
        )  # fmt: skip
        return (
            types
            & Domain("display_type", "=", "product")
            & Domain("tax_ids", "=", False)
            & Domain("balance", "!=", 0)
        )

    def _usually_bare(self, books, bare, groups, period):
        """Return the (company, partner, account) that were posted without tax before."""
        partners = {partner.id for _company, partner, *_rest in groups}
        accounts = {account.id for _company, _partner, account, _ids in groups}
        before = books._read_group(
            bare
            & Domain("parent_state", "=", "posted")
            & Domain("date", "<", period.start)
            & Domain("date", ">=", period.start - REMEMBERED)
            & Domain("partner_id", "in", list(partners))
            & Domain("account_id", "in", list(accounts)),
            ["company_id", "partner_id", "account_id"],
        )
        return {tuple(record.id for record in group) for group in before}


def _mark(ids):
    return f"{len(ids)}/{sum(ids)}"
