from odoo import fields, models

from .counterpart import Counterpart


class AccountJournal(models.Model):
    _inherit = "account.journal"

    codabox_tolerance = fields.Float(
        "Small differences up to",
        digits=(16, 2),
        help="When a person matches a bank line and up to this amount is too much or too little, the "
        "invoice is paid in full and the difference goes to the profit or loss account of this "
        "journal. 0: never. What is exact stays exact to the cent.",
    )

    _codabox_tolerance_check = models.Constraint(
        "CHECK(codabox_tolerance >= 0)", "The small difference cannot be a negative amount."
    )


class AccountBankStatementLine(models.Model):
    """Cents that a customer pays too much or too little, when a person matches."""

    _inherit = "account.bank.statement.line"

    def _codabox_difference(self, move):
        """Return what is left of this line after a move is paid; negative: what it lacks.

        0 where that is more than the journal allows, or in another currency.
        """
        self.ensure_one()
        limit = self.journal_id.codabox_tolerance
        is_open, theirs = self._codabox_open_of(move)
        amount, currency = self._codabox_open_amount()
        rest = currency.round(abs(amount) - is_open)
        # Of wages and of registered payments every cent means something.
        if not limit or theirs != currency or not move.is_invoice(include_receipts=True):
            return 0.0
        return rest if currency.compare_amounts(abs(rest), limit) <= 0 else 0.0

    def _codabox_difference_account(self, move):
        """Return the account of the small difference that is left of a match, if one is."""
        rest = self._codabox_difference(move)
        journal = self.journal_id.sudo()
        if not rest:
            return journal.profit_account_id.browse()
        is_gain = (self._codabox_open_amount()[0] > 0) == (rest > 0)
        company = journal.company_id
        if is_gain:
            found = journal.profit_account_id or company.default_cash_difference_income_account_id
        else:
            found = journal.loss_account_id or company.default_cash_difference_expense_account_id
        return found

    def _codabox_match_with_difference(self, move):
        """Match as ``_codabox_match``, and book the small difference that the journal allows.

        :raise UserError: as ``_codabox_match``, or when the difference cannot be booked.
        """
        account = self._codabox_difference_account(move)
        is_done = self._codabox_match(move, whole=bool(account))
        if is_done and account:
            self._codabox_book(Counterpart(account))
        return is_done
