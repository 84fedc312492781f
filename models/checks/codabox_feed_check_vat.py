from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from ..office.codabox_feed_kind_light import CURES
from .codabox_feed_check_lists import PURCHASES, SALES, in_period
from .lines import Line

INVOICES = ("purchase_invoice", "sales_invoice", "expense")
BANK = ("coda", "soda")
# What keeps a document from coming in; what has come in has lines of its own.
TROUBLE = tuple(
    name
    for name in CURES
    if name not in ("gaps", "overdue", "late_payroll", "bills", "codes", "entries", "lines")
    and name != "no_mandate"
)


class CodaboxFeed(models.Model):
    """*VAT-ready*: all that goes in the return is in, and decided. Bank and payroll are no part of it."""

    _inherit = "codabox.feed"

    def _vat_lines(self, period, filing, arrivals):
        """Return client -> the lines of its check, as many queries for thousands as for one.

        :param Period period: of all these clients.
        :param str filing: ``month`` or ``quarter``.
        :param dict arrivals: as ``_arrivals`` returns it.
        :rtype: dict[int, list[Line]]
        """
        if not self.env["account.move"].has_access("read"):
            return {feed.id: [Line("books", "closed")] for feed in self}
        booked = self._booked(period)
        by_company = [
            self._lines_drafts("purchases", PURCHASES, booked, period),
            self._lines_drafts("sales", SALES, booked, period),
            self._lines_taxes(period),
            self._lines_numbers(period),
            self._lines_suppliers(period, filing),
            self._lines_foreign(period),
        ]
        return {
            feed.id: [
                feed._line_filing(),
                feed._line_arrived("arrived", INVOICES, arrivals),
                *(lines[feed.company_id.id] for lines in by_company),
            ]
            for feed in self
        }

    def _line_filing(self):
        filing = self.company_id.sudo().codabox_vat_period
        return Line("filing", "ok" if filing else "unknown", filing or "", {"filing": filing})

    # -------------------------------------------------------------------------
    # All is in, as the Overview knows it
    # -------------------------------------------------------------------------

    def _arrivals(self, checks):
        """Return client -> the rows of the Overview with what keeps something from coming in.

        :param checks: for which checks; what is for none of them is not asked.
        :rtype: dict[int, list[tuple]]
        """
        of_vat = "vat" in checks
        of_closed = "closed" in checks
        rows = self.kind_ids.filtered(
            lambda row: of_vat if row.kind in INVOICES else of_closed and row.kind in BANK
        )
        facts = rows._office_facts()
        found = defaultdict(list)
        for row in rows:
            light, cure, numbers, _is_late = facts[row.id]
            trouble = [name for name in TROUBLE if name == cure or name in numbers]
            found[row.feed_id.id].append((row, light, trouble, numbers))
        return found

    def _line_arrived(self, name, kinds, arrivals):
        """Return the line about the documents of some kinds of this client."""
        rows = [found for found in arrivals.get(self.id, ()) if found[0].kind in kinds]
        troubles = [
            (trouble, row, numbers.get(trouble, 0))
            for row, _light, found, numbers in rows
            for trouble in found
        ]
        if not troubles:
            # Nothing comes by CodaBox: nobody here knows whether something is missing.
            came = any(light in ("ok", "look", "closed") for _row, light, *_rest in rows)
            return Line(name, "ok" if came else "fact", facts={"came": came})
        first = min(troubles, key=lambda found: CURES_RANK[found[0]])
        mark = ",".join(sorted(f"{trouble}{row.id}:{count}" for trouble, row, count in troubles))
        facts = {"trouble": first[0], "row": first[1].id, "count": first[2]}
        return Line(name, "todo", mark, facts)

    # -------------------------------------------------------------------------
    # All that is in was decided
    # -------------------------------------------------------------------------

    def _booked(self, period):
        """Return (company, type) -> how many bills or invoices are posted in the period."""
        groups = self._books("account.move")._read_group(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("move_type", "in", PURCHASES + SALES)
            & in_period(period),
            ["company_id", "move_type"],
            ["__count"],
        )
        return {(company.id, move_type): count for company, move_type, count in groups}

    def _lines_drafts(self, name, types, booked, period):
        drafts = self._count_check(name, period)
        found = {}
        for id in self.company_id.ids:
            count, mark = drafts.get(id, (0, ""))
            here = sum(booked.get((id, move_type), 0) for move_type in types)
            # Nothing at all was booked: a quiet month, or a parcel that was forgotten.
            state = "todo" if count else "ok" if here else "unknown"
            found[id] = Line(name, state, mark or str(here > 0), {"count": count, "booked": here})
        return found

    def _lines_numbers(self, period):
        gaps = self._count_check("numbers", period)
        ranges = self._number_ranges(period)
        found = {}
        for id in self.company_id.ids:
            count, mark = gaps.get(id, (0, ""))
            facts = {"count": count, "ranges": ", ".join(ranges.get(id, ()))}
            found[id] = Line("numbers", "todo" if count else "ok", mark, facts)
        return found

    def _number_ranges(self, period):
        """Return company -> from which to which number each of its series goes."""
        groups = self._books("account.move")._read_group(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("move_type", "in", ("out_invoice", "out_refund"))
            & in_period(period),
            ["company_id", "sequence_prefix"],
            ["sequence_number:min", "sequence_number:max"],
        )
        found = defaultdict(list)
        for company, prefix, first, last in groups:
            found[company.id].append(f"{prefix or ''}{first}–{last}")
        return found

    def _lines_foreign(self, period):
        """Return company -> the line about VAT of other countries."""
        asked = self._books("account.move").search(
            [
                ("company_id", "in", self.company_id.ids),
                ("move_type", "in", PURCHASES),
                ("state", "=", "draft"),
                ("codabox_has_flags", "=", True),
                "|",
                ("invoice_date", "=", False),
                ("invoice_date", "<=", period.end),
            ]
        )
        ids = defaultdict(list)
        for move in asked.sudo():  # what they ask is read by no user as it is stored
            if move._codabox_foreign_flags():
                ids[move.company_id.id].append(move.id)
        amounts = self._foreign_amounts(period)
        return {
            id: Line(
                "foreign",
                "todo" if ids[id] else "ok",
                str(ids[id]),
                {"count": len(ids[id]), "amounts": amounts.get(id, [])},
                tuple(ids[id]),
            )
            for id in self.company_id.ids
        }

    def _foreign_amounts(self, period):
        """Return company -> (code of a country, its VAT to be asked back)."""
        groups = self._books("account.move.line")._read_group(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("codabox_vat_country_id", "!=", False)
            & Domain("parent_state", "=", "posted")
            & Domain("date", ">=", period.start)
            & Domain("date", "<=", period.end),
            ["company_id", "codabox_vat_country_id"],
            ["balance:sum"],
        )
        found = defaultdict(list)
        for company, country, amount in groups:
            found[company.id].append((country.code, amount))
        return found


CURES_RANK = {name: number for number, name in enumerate(CURES)}
