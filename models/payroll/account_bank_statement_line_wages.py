from collections import Counter

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..statement.codabox_statement_line import WAGE_CODES, WAGE_PURPOSE
from .res_company_soda import NET_PREFIX, month_end, next_month


class AccountBankStatementLine(models.Model):
    """A payment of wages pays what a payroll entry owes on 455, by amount and month.

    Never by a name: which employee is paid is neither in the line nor in the entry. Where two
    entries or two payments would do, nothing is exact and a person chooses.
    """

    _inherit = "account.bank.statement.line"

    def _codabox_pays_wages(self):
        """Return whether the bank says that this line pays wages.

        :rtype: bool
        """
        self.ensure_one()
        details = self.transaction_details if self.codabox_key else None
        if not isinstance(details, dict) or self.amount >= 0:
            return False
        purposes = (details.get("category_purpose"), details.get("purpose"))
        code = details.get("code") or ""
        return bool(details.get("wages") or WAGE_PURPOSE in purposes or code[1:5] in WAGE_CODES)

    def _codabox_exact_moves(self):
        # EXTENDS account_codabox: wages name no invoice
        exact = super()._codabox_exact_moves()
        lines = self.filtered(
            lambda line: (
                line.id not in exact
                and line.journal_id.codabox_matching != "off"
                and line._codabox_is_open()
                and line._codabox_pays_wages()
            )
        )
        return exact | lines._codabox_exact_payrolls()

    def _codabox_why_of(self, moves):
        # EXTENDS account_codabox
        return "wages" if moves[:1].codabox_is_payroll else super()._codabox_why_of(moves)

    def _codabox_exact_payrolls(self):
        """Return line id -> the one payroll entry of its amount and month.

        :rtype: dict[int, account.move]
        """
        if not self:
            return {}
        fits = self._codabox_fitting_payrolls()
        rivals = self | self._codabox_other_wages()
        claims = Counter(
            payroll
            for payrolls in rivals._codabox_fitting_payrolls(set().union(*fits.values())).values()
            for payroll in payrolls
        )
        return {
            line.id: payrolls[0]
            for line, payrolls in fits.items()
            if len(payrolls) == 1 and claims[payrolls[0]] == 1
        }

    def _codabox_other_wages(self):
        """Return other open payments of wages of the same amounts in these companies."""
        others = self.search(
            [
                ("id", "not in", self.ids),
                ("company_id", "in", self.company_id.ids),
                ("is_reconciled", "=", False),
                ("amount", "in", self.mapped("amount")),
            ]
        )
        return others.filtered(lambda o: o._codabox_is_open() and o._codabox_pays_wages())

    def _codabox_fitting_payrolls(self, among=None):
        """Return line -> the open payroll entries of its amount, in a month that it may pay.

        :param among: only these entries; all open ones by default.
        :rtype: dict
        """
        payrolls = self._codabox_open_payrolls() if among is None else among
        owed = {payroll: payroll._codabox_owed_wages() for payroll in payrolls}
        return {
            line: [
                payroll
                for payroll, items in owed.items()
                if items and line._codabox_pays_month(payroll) and line._codabox_may_pay(payroll)
                and line._codabox_pays_exactly(payroll)
            ]
            for line in self
        }  # fmt: skip

    def _codabox_open_payrolls(self):
        """Return the posted payroll entries of these companies that still owe wages.

        Who may not read payroll documents reads the entries, so these are searched for everybody.
        """
        accounts = self.company_id._codabox_net_accounts().filtered("reconcile")
        items = Domain("account_id", "in", accounts.ids) & Domain("reconciled", "=", False)
        domain = Domain(
            [
                ("company_id", "in", self.company_id.ids),
                ("state", "=", "posted"),
                ("codabox_payroll_id", "!=", False),
            ]
        ) & Domain("line_ids", "any", items)
        found = self.env["account.move"].sudo().search(domain, order="date, id")
        return found.with_env(self.env)

    def _codabox_pays_month(self, payroll):
        """Return whether the day of this line lies in the month of a payroll or in the next."""
        period = payroll.sudo().codabox_payroll_id.period
        first = month_end(period).replace(day=1)
        return first <= self.date <= month_end(next_month(period))

    def _codabox_may_pay(self, move):
        # EXTENDS account_codabox: wages are money out
        if move.codabox_is_payroll:
            return move.company_id == self.company_id and self._codabox_open_amount()[0] < 0
        return super()._codabox_may_pay(move)

    @api.model
    def _codabox_open_items(self, move):
        # EXTENDS account_codabox: the wages of an entry are its items on 455
        if move.codabox_is_payroll:
            return move._codabox_owed_wages()
        return super()._codabox_open_items(move)

    @api.model
    def _codabox_open_of(self, move):
        # EXTENDS account_codabox: an entry has no amount due, its items on 455 have
        if move.codabox_is_payroll:
            return move._codabox_due_wages(), move.company_id.currency_id
        return super()._codabox_open_of(move)

    def _codabox_owed_items(self, move):
        # EXTENDS account_codabox: what forbids it has other reasons
        if not move.codabox_is_payroll:
            return super()._codabox_owed_items(move)
        owed = self._codabox_open_items(move)
        if move.state != "posted" or not owed or not self._codabox_may_pay(move):
            raise UserError(
                self.env._(
                    "“%(line)s” cannot pay the wages of %(entry)s: they are paid, of another "
                    "company, or on an account that cannot be reconciled.",
                    line=self.payment_ref,
                    entry=move.display_name,
                )
            )
        return owed


class AccountMove(models.Model):
    _inherit = "account.move"

    def _codabox_owed_wages(self):
        """Return the open items of a payroll entry on 455, when all are on one account.

        :rtype: account.move.line
        """
        self.ensure_one()
        items = self.line_ids.filtered(
            lambda item: (
                item.account_id.reconcile
                and not item.reconciled
                and (item.account_id.with_company(self.company_id).code or "").startswith(
                    NET_PREFIX
                )
            )
        )
        return items if len(items.account_id) == 1 else items.browse()

    def _codabox_due_wages(self):
        """Return what is open of the wages of this payroll entry, in the company's currency.

        :rtype: float
        """
        self.ensure_one()
        return -sum(self._codabox_owed_wages().mapped("amount_residual"))

    def _codabox_match_wages(self):
        """Match the payment that was there before its payroll was posted, where journals do so."""
        self.ensure_one()
        due, period = self._codabox_due_wages(), self.sudo().codabox_payroll_id.period
        if due <= 0:
            return
        first = month_end(period).replace(day=1)
        self.env["account.bank.statement.line"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("is_reconciled", "=", False),
                ("amount", "=", -due),
                ("date", ">=", first),
                ("date", "<=", month_end(next_month(period))),
            ]
        ).filtered(lambda line: line._codabox_pays_wages())._codabox_match_on_booking()
