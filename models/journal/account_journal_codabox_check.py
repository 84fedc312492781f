from odoo import fields, models
from odoo.tools.misc import format_date, formatLang

from ..common.own_company import in_own_company, opens_in_own_company

# What stands on a bank account without being a movement of a CODA statement.
NO_CODA = ["|", ("statement_id", "=", False), ("statement_id.codabox_key", "=", False)]


class AccountJournal(models.Model):
    """Whether the ledger says what the bank says, and what is missing to say it."""

    _inherit = "account.journal"

    codabox_gap_count = fields.Integer(
        "Missing bank statements", compute="_compute_codabox_gap_count"
    )

    def _compute_codabox_gap_count(self):
        gaps = self._codabox_open_gaps()
        for journal in self:
            journal.codabox_gap_count = len(gaps.get(journal.id, ()))

    def _codabox_open_gaps(self):
        """Return journal id -> its open gaps, the oldest first."""
        groups = self.env["codabox.gap"]._read_group(
            [("journal_id", "in", self.ids), ("state", "=", "open")],
            ["journal_id"],
            ["id:recordset"],
        )
        return {journal.id: gaps.sorted("date_from") for journal, gaps in groups}

    def _get_journal_dashboard_data_batched(self):
        # EXTENDS account
        data = super()._get_journal_dashboard_data_batched()
        gaps = self._codabox_open_gaps()
        for journal in self.filtered(lambda j: j.type in ("bank", "credit")):
            check = journal._codabox_check()
            missing = gaps.get(journal.id)
            if check or missing:
                data[journal.id]["codabox_check"] = {
                    **(check or {}),
                    "missing": journal._codabox_gap_line(missing) if missing else "",
                }
        return data

    def _codabox_gap_line(self, gaps):
        """Return one line for the card: what is missing, the first of it by name."""
        if len(gaps) == 1:
            return gaps.display_name
        return self.env._(
            "%(first)s (+ %(count)s)", first=gaps[0].display_name, count=len(gaps) - 1
        )

    # -------------------------------------------------------------------------
    # Bank against ledger
    # -------------------------------------------------------------------------

    def _codabox_check(self):
        """Return how the last closing balance compares with the ledger, for the card.

        :return: nothing when there is no statement yet.
        :rtype: dict
        """
        self.ensure_one()
        chain = self._codabox_booked_chain()
        if not chain or not self.default_account_id:
            return {}
        last = chain[-1]
        currency = self.currency_id or self.company_id.currency_id
        difference = self._codabox_difference(chain)
        if opening := self._codabox_opening_card(chain[0], difference):
            return opening
        facts = {
            "balance": formatLang(self.env, last.closing_balance, currency_obj=currency),
            "date": format_date(self.env, last.closing_date, date_format="d MMM"),
        }
        if currency.is_zero(difference):
            text = self.env._("Bank %(balance)s on %(date)s = ledger ✓", **facts)
            return {"agrees": True, "text": text}
        since = self._codabox_differs_since(chain)
        text = self.env._(
            "Bank %(balance)s on %(date)s differs by %(difference)s since %(since)s",
            **facts,
            difference=formatLang(self.env, difference, currency_obj=currency),
            since=format_date(self.env, since.closing_date, date_format="d MMM"),
        )
        return {"agrees": False, "text": text}

    def _codabox_difference(self, chain=None):
        """Return the last closing balance less the ledger balance behind it.

        :param codabox.statement chain: the statements of this journal, when they are known.
        """
        last = (chain or self._codabox_booked_chain())[-1]
        return last.closing_balance - self._codabox_ledger_balance(last)

    def _codabox_booked_chain(self):
        """Return the booked and the empty statements of this journal, in the bank's order."""
        self.ensure_one()
        statements = self.env["codabox.statement"].search(
            [
                ("journal_id", "=", self.id),
                ("state", "in", ("imported", "empty")),
                ("closing_date", "!=", False),
            ]
        )
        return statements._in_chain_order()

    def _codabox_items_domain(self):
        return [
            ("account_id", "=", self.default_account_id.id),
            ("company_id", "child_of", self.company_id.id),
            ("parent_state", "=", "posted"),
        ]

    def _codabox_sum(self, domain, groupby=()):
        """Return the rows of sums of the bank account, in the currency of the journal."""
        amount = "amount_currency:sum" if self.currency_id else "balance:sum"
        # The card says what the ledger says, also to who may not open each of its entries.
        return (
            self.env["account.move.line"]
            .sudo()
            ._read_group(self._codabox_items_domain() + domain, groupby, [amount])
        )

    def _codabox_other_balance(self, day):
        """Return what the ledger holds up to a day beside the movements of CODA statements."""
        ((amount,),) = self._codabox_sum([*NO_CODA, ("date", "<=", day)])
        return amount or 0.0

    def _codabox_ledger_balance(self, last):
        """Return the ledger balance behind the last statement.

        A movement of a statement counts with it, whatever day Odoo books it on.
        """
        ((coda,),) = self._codabox_sum([("statement_id.codabox_key", "!=", False)])
        return (coda or 0.0) + self._codabox_other_balance(last.closing_date)

    def _codabox_differs_since(self, chain):
        """Return the first of the statements from which on bank and ledger differ."""
        currency = self.currency_id or self.company_id.currency_id
        booked = dict(
            self._codabox_sum(
                [("statement_id", "in", chain.bank_statement_id.ids)], ["statement_id"]
            )
        )
        others = self._codabox_sum(NO_CODA, ["date:day"])
        others = sorted((day, amount) for day, amount in others)
        ledger, since, index = 0.0, None, 0
        for statement in chain:
            ledger += booked.get(statement.bank_statement_id, 0.0)
            while index < len(others) and others[index][0] <= statement.closing_date:
                ledger += others[index][1]
                index += 1
            agrees = currency.compare_amounts(ledger, statement.closing_balance) == 0
            since = None if agrees else since or statement
        return since or chain[-1]

    # -------------------------------------------------------------------------
    # Actions
    # -------------------------------------------------------------------------

    @opens_in_own_company
    def action_codabox_show_difference(self):
        """Open the statement from which on the ledger differs, which says why and what to do."""
        self.ensure_one()
        self.check_access("read")
        chain = self._codabox_booked_chain()
        if not chain:
            return self._codabox_action_items()
        return {
            "type": "ir.actions.act_window",
            "res_model": "codabox.statement",
            "res_id": self._codabox_differs_since(chain).id,
            "view_mode": "form",
            "context": {"codabox_difference": True},
        }

    def _codabox_difference_items(self):
        """Return the action that lists what is on the account in the time that it differs."""
        chain = self._codabox_booked_chain()
        since = self._codabox_differs_since(chain)
        position = chain.ids.index(since.id)
        first = chain[position - 1].closing_date if position else None
        return self._codabox_action_items(first, chain[-1].closing_date)

    @opens_in_own_company
    def _codabox_action_items(self, first=None, last=None):
        """Return the action that lists the items of the bank account between two days."""
        domain = self._codabox_items_domain()
        domain += [("date", ">=", first)] if first else []
        domain += [("date", "<=", last)] if last else []
        return {
            "type": "ir.actions.act_window",
            "name": in_own_company(self).default_account_id.display_name,
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": domain,
        }

    def action_codabox_gaps(self):
        """Open the missing statements of this journal."""
        return self.env["codabox.gap"]._action_open([("journal_id", "in", self.ids)])
