from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# Bank lines and entries are kept the same by us here, and nothing in them is an invoice.
QUIET = {
    "check_move_validity": False,
    "skip_account_move_synchronization": True,
    "skip_analytic_sync": True,
    "skip_invoice_sync": True,
    "skip_readonly_check": True,
    "tracking_disable": True,
}


class AccountBankStatementLine(models.Model):
    """A bank line pays an invoice: its suspense amount moves to the invoice's account.

    Or it is the bank's side of a registered payment, whose amount is on an outstanding account.

    By the same means as Odoo's own matching, so that any other tool reads the result, and Odoo's
    own ``action_undo_reconciliation`` takes it back.
    """

    _inherit = "account.bank.statement.line"

    codabox_partner_by_match = fields.Boolean(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="The partner came with the match, and goes when it is undone.",
    )

    def _codabox_match(self, move, whole=False):
        """Pay an invoice, or what is open of a payment, with what is left of this line.

        A smaller line pays a part of it; what a larger line has too much stays on the suspense
        account. A line with nothing left is left alone.

        :param account.move move: one open invoice, or the entry of a payment.
        :param bool whole: a smaller line too pays all of it; what it lacks stays on the suspense
            account.
        :return: whether something was matched.
        :rtype: bool
        :raise UserError: when the period is closed, or the line may not pay this.
        """
        self.ensure_one()
        if not self._codabox_is_open():
            return False
        self._codabox_check_period()
        owed = self._codabox_owed_items(move)
        _liquidity, suspense, _others = self._seek_for_lines()
        amount, balance = self._codabox_paid_amounts(suspense, owed, whole)
        rest = suspense.amount_currency - amount
        if not suspense.currency_id.is_zero(rest):
            # What is left stays in the item that Odoo knows as open; a twin pays the invoice.
            self.move_id.sudo().with_context(
                skip_account_move_synchronization=True, skip_readonly_check=True
            ).write(
                {
                    "line_ids": [
                        Command.update(
                            suspense.id,
                            {"amount_currency": rest, "balance": suspense.balance - balance},
                        ),
                        Command.create(self._codabox_twin_vals(suspense, amount, balance)),
                    ]
                }
            )
            suspense = self._seek_for_lines()[1] - suspense
        self._codabox_pay({self: (suspense, owed)})
        return True

    def _codabox_match_each(self, moves):
        """Pay these one after the other with what is left of this line, as ``_codabox_match``.

        :param account.move moves: what the line names, at least one.
        """
        for move in moves:
            self._codabox_match(move)

    def _codabox_pay(self, payments):
        """Move suspense items to the accounts of what they pay, and reconcile them with it.

        For all lines at once: each step is Odoo's, but asked once for all. The amounts do not
        change, so that each entry stays balanced. Odoo lets the administrator of accounting
        read bank lines only; who may match was checked before.

        :param dict payments: line -> (its suspense item, the items that it pays, of one account).
        """
        payments = {
            line.sudo(): (suspense.sudo(), owed.sudo())
            for line, (suspense, owed) in payments.items()
        }
        groups = defaultdict(self.env["account.move.line"].sudo().browse)
        for line, (suspense, owed) in payments.items():
            groups[owed.account_id, owed.partner_id[:1]] += suspense
            if not line.partner_id:
                line._codabox_take_partner(owed.partner_id[:1])
        for (account, partner), items in groups.items():
            items.with_context(**QUIET).write({"account_id": account.id, "partner_id": partner.id})
        self.env["account.move.line"].sudo()._reconcile_plan(
            [suspense + owed for suspense, owed in payments.values()]
        )
        self._codabox_log_match(payments)

    def _codabox_log_match(self, payments):
        """Write in the history of each entry what it was matched with."""
        self.env["account.move"].browse([line.move_id.id for line in payments])._message_log_batch(
            {
                line.move_id.id: self.env._("Matched with %s", owed.move_id.display_name)
                for line, (_suspense, owed) in payments.items()
            }
        )

    def _codabox_take_partner(self, partner):
        """Give a line without partner, and its bank item, the partner of what it pays."""
        self.with_context(**QUIET).write(
            {"partner_id": partner.id, "codabox_partner_by_match": True}
        )
        self.move_id.with_context(**QUIET).partner_id = partner
        liquidity = self._seek_for_lines()[0]
        liquidity.with_context(**QUIET).partner_id = partner

    # -------------------------------------------------------------------------
    # May it be matched
    # -------------------------------------------------------------------------

    def _codabox_check_accountant(self):
        """Refuse who may not keep the books, or not see these lines.

        :raise AccessError: with a sentence that says so.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")

    def _codabox_closed_until(self):
        """Return the last day of the closed period in which this line lies, if it does.

        :rtype: datetime.date | bool
        """
        self.ensure_one()
        locks = self.company_id._codabox_locks(self.date)
        return bool(locks) and max(locks)[0]

    def _codabox_check_period(self):
        """Refuse to change entries of a closed period.

        :raise UserError: naming the line and the day.
        """
        for line in self:
            lock = line._codabox_closed_until()
            if lock:
                raise UserError(
                    self.env._(
                        "“%(line)s” of %(date)s is in a period that is closed until %(lock)s. "
                        "Open the period first.",
                        line=line.payment_ref,
                        date=line.date,
                        lock=lock,
                    )
                )

    def _codabox_owed_items(self, move):
        """Return the open items of a move that this line may pay, of one account.

        :raise UserError: when there are none, or company or sign forbid it.
        """
        owed = self._codabox_open_items(move)
        if move.state != "posted" or not owed or not self._codabox_may_pay(move):
            raise UserError(
                self.env._(
                    "“%(line)s” cannot pay %(invoice)s: it is not open, of another company, or "
                    "its money goes the other way.",
                    line=self.payment_ref,
                    invoice=move.sudo().display_name,
                )
            )
        return owed.filtered(lambda item: item.account_id == owed[0].account_id)

    # -------------------------------------------------------------------------
    # Amounts and values
    # -------------------------------------------------------------------------

    def _codabox_paid_amounts(self, suspense, owed, whole=False):
        """Return how much of the suspense amount pays these items.

        In the currency of the line, and in that of the company at the rate of the bank. Items in
        another currency count at the rate of the day of the line, as in Odoo's reconciliation.

        :return: (amount in the currency of the line, balance), with the sign of the suspense.
        :rtype: tuple[float, float]
        """
        currency = suspense.currency_id
        theirs = owed.currency_id[:1]
        amount = sum(owed.mapped("amount_residual_currency"))
        if theirs != currency:
            amount = theirs._convert(amount, currency, self.company_id, self.date)
        is_enough = currency.compare_amounts(abs(amount), abs(suspense.amount_currency)) < 0
        if not whole and not is_enough:
            return suspense.amount_currency, suspense.balance
        share = abs(amount / suspense.amount_currency)
        return -amount, self.company_id.currency_id.round(suspense.balance * share)

    def _codabox_twin_vals(self, suspense, amount, balance):
        return {
            "name": suspense.name,
            "account_id": suspense.account_id.id,
            "partner_id": suspense.partner_id.id,
            "currency_id": suspense.currency_id.id,
            "amount_currency": amount,
            "balance": balance,
        }
