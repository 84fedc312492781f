from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.base.models.res_bank import sanitize_account_number

from .account_bank_statement_line_book import BANK_JOURNALS
from .counterpart import Counterpart

# So far apart may two banks book the two sides of one transfer.
DAYS_APART = timedelta(days=7)


class AccountBankStatementLine(models.Model):
    """Money from one own account to another waits on the transfer account for its other side."""

    _inherit = "account.bank.statement.line"

    def _codabox_own_journals(self):
        """Return the other bank and cash journals of the company of this line."""
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("type", "in", BANK_JOURNALS) & Domain("id", "!=", self.journal_id.id)
        return self.env["account.journal"].search(domain)

    def _codabox_journal_of_counterparty(self):
        """Return the own journal whose account number the bank names as the other side, if one."""
        number = sanitize_account_number(self.account_number or "")
        found = self._codabox_own_journals().filtered(
            lambda journal: number and journal.bank_account_id.sanitized_acc_number == number
        )
        return found if len(found) == 1 else found.browse()

    def _codabox_book_transfer(self, journal):
        """Book these lines as money to or from another journal, and reconcile both sides.

        :param account.journal journal: where the money went to, or came from.
        :raise UserError: when it is no other journal of the company, or there is no account for it.
        """
        for line in self:
            if journal not in line._codabox_own_journals():
                text = self.env._("Choose another bank or cash journal of the same company.")
                raise UserError(text)
        account = self.company_id.sudo().transfer_account_id
        if not account:
            raise UserError(
                self.env._(
                    "%s has no account for internal transfers (58). Choose one in the settings of "
                    "Invoicing, or ask an administrator.",
                    self.company_id.name,
                )
            )
        self._codabox_book(Counterpart(account))
        for line in self:
            line._codabox_pair_transfer(account, journal)

    def _codabox_pair_transfer(self, account, journal):
        """Reconcile this side of a transfer with the one item that can be its other side.

        Where two can be, none is taken: their sum is right all the same.
        """
        mine = self.sudo().move_id.line_ids.filtered(
            lambda item: item.account_id == account and not item.reconciled
        )
        if len(mine) != 1 or not account.reconcile:
            return
        others = mine.search(
            [
                ("account_id", "=", account.id),
                ("company_id", "=", self.company_id.id),
                ("journal_id", "=", journal.id),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("currency_id", "=", mine.currency_id.id),
                ("amount_residual_currency", "=", -mine.amount_residual_currency),
                ("date", ">=", self.date - DAYS_APART),
                ("date", "<=", self.date + DAYS_APART),
            ]
        )
        if len(others) == 1:
            (mine + others).reconcile()
