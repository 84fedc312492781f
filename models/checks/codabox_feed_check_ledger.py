from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .lines import Line

SUSPENSE = "499"
DEBTS = ("453", "454", "455")
CENT = 0.005


class Ledger(NamedTuple):
    """What the books of many companies say at the end of a period."""

    accounts: dict  # (company, prefix) -> ids of accounts
    balances: dict  # (company, account) -> in the company's currency
    banks: dict  # (company, account) -> (in the company's currency, in that of the account)


class CodaboxFeed(models.Model):
    """Balances at the end of a period, by the first digits of the accounts of each company's chart."""

    _inherit = "codabox.feed"

    def _ledger(self, period, journals):
        """Return the balances of accounts of these clients, and of those of their bank journals.

        :param account.journal journals: bank journals.
        :rtype: Ledger
        """
        accounts = self._accounts_by_prefix((SUSPENSE, *DEBTS))
        groups = self._books("account.move.line")._read_group(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("account_id", "in", [id for found in accounts.values() for id in found])
            & Domain("parent_state", "=", "posted")
            & Domain("date", "<=", period.end),
            ["company_id", "account_id"],
            ["balance:sum"],
        )
        balances = {(company.id, account.id): amount for company, account, amount in groups}
        return Ledger(accounts, balances, self._bank_balances(period, journals))

    def _bank_balances(self, period, journals):
        """Return (company, account) -> what is on its bank account, in both currencies.

        As the card of the journal: branches book on it too, and it is said to who may not open each.
        """
        # A statement over the end of the period is no part of what the one before it closes with.
        later = self.env["codabox.statement"].sudo().search_fetch(
            [
                ("journal_id", "in", journals.ids),
                ("opening_date", "<=", period.end),
                ("closing_date", ">", period.end),
                ("bank_statement_id", "!=", False),
            ],
            ["bank_statement_id"],
        )  # fmt: skip
        items = self.env["account.move.line"].sudo()
        groups = items._read_group(
            [
                ("company_id", "child_of", journals.company_id.ids),
                ("account_id", "in", journals.default_account_id.ids),
                ("parent_state", "=", "posted"),
                ("date", "<=", period.end),
                ("statement_id", "not in", later.bank_statement_id.ids),
            ],
            ["company_id", "account_id"],
            ["balance:sum", "amount_currency:sum"],
        )
        found = {}
        for company, account, *amounts in groups:
            for owner in company.parent_ids:
                before = found.get((owner.id, account.id), (0.0, 0.0))
                found[owner.id, account.id] = [x + y for x, y in zip(before, amounts, strict=True)]
        return found

    def _accounts_by_prefix(self, prefixes):
        """Return (company, prefix) -> the ids of the accounts whose code begins with it.

        An account has a code in each company, and a field reads that of one. These are read at once.
        """
        roots = self.company_id.sudo().mapped("root_id")
        model = self.env["account.account"].sudo()
        query = model._search([("company_ids", "in", roots.ids)], bypass_access=True)
        codes = SQL.identifier(query.table, "code_store")
        pattern = f'"({"|".join(prefixes)})'
        query.add_where(SQL("%s::text ~ %s", codes, pattern))
        rows = self.env.execute_query(query.select(SQL.identifier(query.table, "id"), codes))
        by_root = defaultdict(list)
        for id, codes_of in rows:
            for root, code in (codes_of or {}).items():
                for prefix in prefixes:
                    if (code or "").startswith(prefix):
                        by_root[int(root), prefix].append(id)
        return {
            (company.id, prefix): by_root[company.root_id.id, prefix]
            for company in self.company_id.sudo()
            for prefix in prefixes
        }

    # -------------------------------------------------------------------------
    # Bank = ledger
    # -------------------------------------------------------------------------

    def _bank_journals(self):
        return self._books("account.journal").sudo().search_fetch(
            [("type", "=", "bank"), ("company_id", "in", self.company_id.ids)],
            ["company_id", "default_account_id", "currency_id", "name"],
        )  # fmt: skip

    def _last_balances(self, period, journals):
        """Return journal -> the balance of its last statement of the period, or before it."""
        statements = self.env["codabox.statement"]
        domain = [
            ("journal_id", "in", journals.ids),
            ("state", "in", ("imported", "empty")),  # what waits is a line of its own
            ("closing_date", "<=", period.end),
        ]
        days = {
            journal.id: day
            for journal, day in statements._read_group(domain, ["journal_id"], ["closing_date:max"])
        }
        found = statements.search_fetch(
            [*domain, ("closing_date", "in", list(set(days.values())))],
            ["journal_id", "closing_date", "closing_balance"],
            order="closing_date, number, id",
        )
        return {
            statement.journal_id.id: statement.closing_balance
            for statement in found
            if statement.closing_date == days[statement.journal_id.id]
        }

    def _lines_ledger(self, period, journals, ledger):
        """Return company -> the line that says whether its bank and its books agree."""
        if not self.env["codabox.statement"].has_access("read"):
            return {id: Line("ledger", "closed") for id in self.company_id.ids}
        known = self._last_balances(period, journals)
        differ, without, agree = (defaultdict(list) for _ in range(3))
        for journal in journals:
            company = journal.company_id
            amounts = ledger.banks.get((company.id, journal.default_account_id.id))
            is_foreign = journal.currency_id and journal.currency_id != company.currency_id
            booked = amounts[int(bool(is_foreign))] if amounts else 0.0
            if journal.id not in known:
                if amounts:  # entries, and nothing of the bank that says how much there is
                    without[company.id].append((journal, booked, None))
            elif abs(known[journal.id] - booked) < CENT:
                agree[company.id].append((journal, booked, booked))
            else:
                differ[company.id].append((journal, booked, known[journal.id]))
        return {
            id: self._line_ledger(differ[id], without[id], agree[id]) for id in self.company_id.ids
        }

    def _line_ledger(self, differ, without, agree):
        shown = differ or without or agree
        state = "todo" if differ else "unknown" if without or not agree else "ok"
        facts = {
            "what": "differ" if differ else "without" if without else "agree" if agree else "none",
            "journals": [
                (journal.name, (journal.currency_id or journal.company_id.currency_id).id, *amounts)
                for journal, *amounts in shown
            ],
        }
        mark = ",".join(f"{j.id}:{booked:.2f}/{bank}" for j, booked, bank in differ + without)
        return Line("ledger", state, mark, facts, tuple(j.id for j, *_amounts in shown))

    def _lines_suspense(self, ledger):
        """Return company -> the line that says whether its suspense accounts are empty."""
        found = {}
        for id in self.company_id.ids:
            accounts = ledger.accounts[id, SUSPENSE]
            amount = sum(ledger.balances.get((id, account), 0.0) for account in accounts)
            state = "unknown" if not accounts else "todo" if abs(amount) >= CENT else "ok"
            facts = {"amount": amount, "is_known": bool(accounts)}
            found[id] = Line("suspense", state, f"{amount:.2f}", facts, tuple(accounts))
        return found
