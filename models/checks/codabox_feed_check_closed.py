from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import models

from ..invoice.codabox_document_card import CARD
from .lines import Line, worst

# Whose statement came in each of so many months before this one is expected.
CARD_MONTHS = 3


class CodaboxFeed(models.Model):
    """*Closed*: the bank is in and agrees with the books, and nothing is left in between."""

    _inherit = "codabox.feed"

    def _closed_lines(self, period, arrivals):
        """Return client -> the lines of its check, as many queries for thousands as for one.

        :param Period period: of all these clients.
        :param dict arrivals: as ``_arrivals`` returns it.
        :rtype: dict[int, list[Line]]
        """
        if not self.env["account.move"].has_access("read"):
            return {feed.id: [Line("books", "closed")] for feed in self}
        journals = self._bank_journals()
        ledger = self._ledger(period, journals)
        bank = self._lines_bank(period)
        payroll = self._payroll_lines(period, arrivals, ledger)
        by_company = [
            self._lines_ledger(period, journals, ledger),
            self._lines_open(period),
            self._lines_suspense(ledger),
        ]
        cards = self._lines_cards(period)
        return {
            feed.id: [
                feed._line_arrived("statements", ("coda",), arrivals),
                bank[feed.id],
                *(lines[feed.company_id.id] for lines in by_company),
                *payroll[feed.id],
                cards[feed.company_id.id],
            ]
            for feed in self
        }

    # -------------------------------------------------------------------------
    # Bank accounts, as the Overview knows them
    # -------------------------------------------------------------------------

    def _lines_bank(self, period):
        rows = self.kind_ids.filtered(lambda row: row.kind == "coda")
        if not rows._reads_statements():
            return {feed.id: Line("bank", "closed") for feed in self}
        accounts = rows._row_accounts()
        gaps = rows._first_gaps()
        ids = {account.journal_id for found in accounts.values() for account in found}
        days = rows._days_of(self.env["account.journal"].browse(filter(None, ids)))
        of_feed = defaultdict(list)
        for row in rows:
            for account in accounts.get(row.id, ()):
                of_feed[row.feed_id.id].append(
                    self._judge_account(row, account, gaps, days, period)
                )
        return {feed.id: _line_bank(of_feed[feed.id]) for feed in self}

    def _judge_account(self, row, account, gaps, days, period):
        """Return (state, sentence, account, gap) of one bank account at the end of a period."""
        gap = gaps.get((row.company_id.id, account.number, account.currency))
        is_open = gap and (not gap.date_from or gap.date_from <= period.end)
        text, rhythm, *_rest = row._account_part(account, gaps if is_open else {}, days)
        if is_open:
            state = "todo"
        elif max(account.last, account.checked_on or account.last) >= period.end:
            state = "ok"
        elif account.is_overdue:
            state = "todo"
        else:
            # Banks send nothing when nothing moves.
            state = "fact" if rhythm == "usual" else "unknown"
        return state, text, account, gap.id if is_open else False

    # -------------------------------------------------------------------------
    # Bank lines, cards
    # -------------------------------------------------------------------------

    def _lines_open(self, period):
        found = self._count_check("lines", period)
        if found is None:
            return {id: Line("lines", "closed") for id in self.company_id.ids}
        lines = {}
        for id in self.company_id.ids:
            count, mark = found.get(id, (0, ""))
            lines[id] = Line("lines", "todo" if count else "ok", mark, {"count": count})
        return lines

    def _lines_cards(self, period):
        """Return company -> the line that says whether the statements of its cards are in."""
        start = period.end.replace(day=1)
        groups = self.env["codabox.document"]._read_group(
            [
                ("company_id", "in", self.company_id.ids),
                ("kind", "=", CARD),
                ("document_date", ">=", start - relativedelta(months=CARD_MONTHS)),
                ("document_date", "<=", period.end),
            ],
            ["company_id", "card_reference"],
            ["document_date:array_agg", "id:array_agg"],
        )
        cards = defaultdict(list)
        for company, reference, days, ids in groups:
            months = {(day.year, day.month) for day in days}
            cards[company.id].append((reference or "-", _is_missing(months, start), max(days), ids))
        return {id: _line_cards(cards[id]) for id in self.company_id.ids}


def _line_bank(judged):
    if not judged:
        return Line("bank", "unknown", "none", {"texts": []})
    state = worst([state for state, *_rest in judged])
    asked = [(account, gap) for state, _text, account, gap in judged if state != "ok"]
    mark = ",".join(f"{account.number}:{account.last}:{gap}" for account, gap in asked)
    facts = {
        "texts": [text for _state, text, *_rest in judged],
        "gaps": [gap for _account, gap in asked if gap],
    }
    # A person may look at the bank; what is missing between two statements he asks again.
    ids = [account.journal_id for account, gap in asked if account.journal_id and not gap]
    return Line("bank", state, mark, facts, tuple(facts["gaps"] or ids))


def _is_missing(months, start):
    """Return whether a card had a statement in each month before this one, and has none of it."""
    before = [start - relativedelta(months=number) for number in range(1, CARD_MONTHS + 1)]
    came = all((day.year, day.month) in months for day in before)
    return came and (start.year, start.month) not in months


def _line_cards(cards):
    missing = [(reference, last) for reference, is_missing, last, _ids in cards if is_missing]
    ids = tuple(sorted(id for *_rest, found in cards for id in found))
    state = "todo" if missing else "ok" if cards else "fact"
    facts = {"missing": [(reference, str(last)) for reference, last in missing], "any": bool(cards)}
    return Line("cards", state, str(missing), facts, ids)
