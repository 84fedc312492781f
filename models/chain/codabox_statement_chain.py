from decimal import Decimal

from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from ...codabox import Link, order_chain
from ...reasons import explain
from ..common.own_company import in_own_company


class CodaboxStatement(models.Model):
    """The place of a statement in the chain of its account, and what is odd about it."""

    _inherit = "codabox.statement"

    notice = fields.Text(
        compute="_compute_notice",
        help="What to look at, though the statement is booked.",
    )
    opening_differs = fields.Boolean(
        compute="_compute_notice",
        help="The first statement of its journal does not begin where the ledger is.",
    )

    ledger_differs = fields.Boolean(
        compute="_compute_notice",
        help="From this statement on the ledger is not what the bank says.",
    )

    @api.model
    def _chain(self, company, account, currency_code):
        """Return the statements of one account, movements or not, booked or waiting.

        Copies, separate applications and those that a person keeps out are not part of it; nor
        is other content for a period that is here already.
        """
        return self.search_fetch(
            [
                ("company_id", "=", company.id),
                ("account", "=", account),
                ("currency_code", "=", currency_code),
                ("state", "in", ("imported", "empty", "waiting")),
                ("conflict_id", "=", False),
            ],
            ["opening_date", "opening_balance", "closing_date", "closing_balance"],
        )

    def _chain_link(self):
        """Return this statement as the chain knows it."""
        self.ensure_one()
        paper = self.paper_number or ""
        return Link(
            ref=self.id,
            opening_date=self.opening_date or None,
            opening=Decimal(f"{self.opening_balance:.3f}"),
            closing_date=self.closing_date or None,
            closing=Decimal(f"{self.closing_balance:.3f}"),
            number=self.number,
            paper=int(paper) if paper.isdecimal() else 0,
        )

    def _in_chain_order(self):
        """Return these statements of one account in the order of the bank."""
        return self.browse(link.ref for link in order_chain(s._chain_link() for s in self))

    def _accounts(self):
        """Return the (company, account number, currency code) triples of these statements."""
        return {(s.company_id, s.account, s.currency_code) for s in self if s.company_id}

    # -------------------------------------------------------------------------
    # What is odd
    # -------------------------------------------------------------------------

    @api.depends_context("lang", "codabox_difference")
    def _compute_notice(self):
        gaps = self.env["codabox.gap"].search(
            [("after_id", "in", self.ids), ("state", "=", "open")]
        )
        missing = {gap.after_id.id: gap for gap in gaps}
        firsts = self._firsts_of_their_journal()
        for statement in self:
            own = in_own_company(statement)
            opening = own._opening_notice() if statement in firsts else ""
            statement.opening_differs = bool(opening)
            # Asked for by [show] on the card only: it reads the ledger of the whole account.
            asked = self.env.context.get("codabox_difference")
            statement.ledger_differs = bool(asked and statement.journal_id and not opening)
            notices = [opening, statement._told_notice()]
            if statement.ledger_differs:
                notices.append(own._difference_notice())
            if statement in firsts:
                notices.append(own.journal_id._codabox_opening_twice(own))
            if statement.id in missing:
                notices.append(own._gap_notice(missing[statement.id]))
            statement.notice = "\n".join(filter(None, notices)) or False

    def _firsts_of_their_journal(self):
        """Return the earliest booked statement of each account of these statements."""
        firsts = self.browse()
        for company, account, currency_code in self.filtered("journal_id")._accounts():
            chain = self._chain(company, account, currency_code)
            firsts |= chain.filtered(lambda s: s.state != "waiting")._in_chain_order()[:1]
        return firsts

    def _opening_difference(self):
        """Return the opening balance less the ledger balance of that day, in the currency.

        :return: (difference, ledger balance)
        """
        self.ensure_one()
        day = self.opening_date or self.closing_date
        ledger = self.journal_id._codabox_other_balance(day)
        return self.opening_balance - ledger, ledger

    def _opening_notice(self):
        """Say that the first statement does not begin where the books are, and the ways out."""
        self.ensure_one()
        difference, ledger = self._opening_difference()
        currency = self._account_currency()
        if not self.opening_date or currency.is_zero(difference):
            return ""
        facts = {
            "number": self.name,
            "date": format_date(self.env, self.opening_date),
            "opening": formatLang(self.env, self.opening_balance, currency_obj=currency),
            "ledger": formatLang(self.env, ledger, currency_obj=currency),
            "difference": formatLang(self.env, difference, currency_obj=currency),
            "journal": self.journal_id.name,
        }
        return explain(self.env, "opening_difference", facts)

    def _gap_notice(self, gap):
        """Say what is missing before this statement."""
        currency = self._account_currency()
        facts = {
            "gap": gap.display_name,
            "number": self.name,
            "opening": formatLang(self.env, gap.opening_balance, currency_obj=currency),
            "closing": formatLang(self.env, gap.closing_balance, currency_obj=currency),
            "before": gap.before_id.name,
        }
        code = "gap_before" if gap.amount else "gap_in_numbers"
        return explain(self.env, code, facts)

    def _account_currency(self):
        journal = self.journal_id
        return journal.currency_id or self.company_id.currency_id

    def action_ask_earlier(self):
        """Open the request to CodaBox for what came before the first statement."""
        self.ensure_one()
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Redelivery request"),
            "res_model": "codabox.redelivery",
            "view_mode": "form",
            "target": "new",
            "context": {"default_statement_id": self.id},
        }

    def action_open_opening_items(self):
        """Open what the ledger holds on the bank account when the first statement begins."""
        self.ensure_one()
        return self.journal_id._codabox_action_items(last=self.opening_date)
