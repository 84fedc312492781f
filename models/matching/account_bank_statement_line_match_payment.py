from odoo import api, models
from odoo.fields import Domain

from ...codabox import find_reference


class AccountBankStatementLine(models.Model):
    """A bank line may be what became of a payment that was registered before.

    Odoo books such a payment on an outstanding account, where it waits for the bank. Its entry is
    paid by a line as an invoice is. A payment without entry leaves its invoice open: then it is
    the invoice that is paid.
    """

    _inherit = "account.bank.statement.line"

    @api.model
    def _codabox_open_payment_domain(self, journals):
        """Return the domain of the entries of payments that wait for a line of these journals."""
        waiting = (
            Domain("journal_id", "in", journals.ids)
            & Domain("is_matched", "=", False)
            & Domain("state", "in", ("in_process", "paid"))
        )
        return Domain("state", "=", "posted") & Domain("origin_payment_id", "any", waiting)

    @api.model
    def _codabox_named_moves(self, texts, companies, journals):
        # EXTENDS account_codabox
        moves = super()._codabox_named_moves(texts, companies, journals)
        if not texts:
            return moves
        names = Domain.OR(
            Domain(field, "in", list(texts))
            for field in ("name", "origin_payment_id.memo", "origin_payment_id.payment_reference")
        )
        return moves | moves.search(self._codabox_open_payment_domain(journals) & names)

    @api.model
    def _codabox_open_moves(self, companies, journals):
        # EXTENDS account_codabox
        moves = super()._codabox_open_moves(companies, journals)
        return moves | moves.search(self._codabox_open_payment_domain(journals))

    @api.model
    def _codabox_names_of(self, move):
        # EXTENDS account_codabox
        payment = move.origin_payment_id
        if not payment:
            return super()._codabox_names_of(move)
        return {payment.memo, payment.payment_reference, move.name} - {False}

    def _codabox_names(self, move, texts):
        # EXTENDS account_codabox: the memo of money that goes out is mostly a supplier's number
        payment = move.origin_payment_id
        if not payment:
            return super()._codabox_names(move, texts)
        if not self._codabox_may_pay(move):
            return False
        if texts & {payment.payment_reference, move.name}:
            return True
        is_unique = payment.payment_type == "inbound" or find_reference(payment.memo or "")
        return payment.memo in texts and (bool(is_unique) or self._codabox_same_partner(move))

    def _codabox_may_pay(self, move):
        # EXTENDS account_codabox: a payment says on which bank account it comes
        payment = move.origin_payment_id
        if not payment:
            return super()._codabox_may_pay(move)
        amount, _currency = self._codabox_open_amount()
        return (
            payment.journal_id == self.journal_id
            and payment.state in ("in_process", "paid")
            and (payment.payment_type == "inbound") == (amount > 0)
        )

    @api.model
    def _codabox_open_items(self, move):
        # EXTENDS account_codabox
        payment = move.origin_payment_id
        if not payment:
            return super()._codabox_open_items(move)
        outstanding, _counterpart, _rest = payment._seek_for_lines()
        return outstanding.filtered(lambda item: item.account_id.reconcile and not item.reconciled)

    @api.model
    def _codabox_open_of(self, move):
        # EXTENDS account_codabox
        if not move.origin_payment_id:
            return super()._codabox_open_of(move)
        items = self._codabox_open_items(move)
        return abs(sum(items.mapped("amount_residual_currency"))), move.currency_id
