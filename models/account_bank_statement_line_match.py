import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .account_bank_statement_line_proposal import OPEN_ACCOUNTS

_logger = logging.getLogger(__name__)


class AccountBankStatementLine(models.Model):
    """A bank line pays an invoice: its suspense amount moves to the invoice's account.

    By the same means as Odoo's own matching, so that any other tool reads the result, and Odoo's
    own ``action_undo_reconciliation`` takes it back.
    """

    _inherit = "account.bank.statement.line"

    codabox_partner_by_match = fields.Boolean(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="The partner came with the matched invoice, and goes when the match is undone.",
    )

    def _codabox_match(self, invoice):
        """Pay an invoice with what is left of this line.

        A smaller line pays a part of it; what a larger line has too much stays on the suspense
        account. A line with nothing left is left alone.

        :param account.move invoice: one open invoice.
        :return: whether something was matched.
        :rtype: bool
        :raise UserError: when the period is closed, or the line may not pay this invoice.
        """
        self.ensure_one()
        if not self._codabox_is_open():
            return False
        self._codabox_check_period()
        owed = self._codabox_owed_items(invoice)
        liquidity, suspense, _others = self._seek_for_lines()
        paid = self._codabox_paid_amounts(suspense, owed)
        before = self.move_id.line_ids
        self.codabox_partner_by_match = self.codabox_partner_by_match or not self.partner_id
        # The context of Odoo's own undo: the entry stays posted.
        self.move_id.with_context(force_delete=True, skip_readonly_check=True).write(
            {
                "line_ids": [
                    *self._codabox_partner_commands(liquidity, invoice),
                    *self._codabox_rest_commands(suspense, paid),
                    Command.create(self._codabox_counterpart_vals(suspense, owed, paid)),
                ],
            }
        )
        (self.move_id.line_ids - before + owed).reconcile()
        return True

    # -------------------------------------------------------------------------
    # May it be matched
    # -------------------------------------------------------------------------

    def _codabox_closed_until(self):
        """Return the last day of the closed period in which this line lies, if it does.

        :rtype: datetime.date | bool
        """
        self.ensure_one()
        locks = self.company_id._get_lock_date_violations(
            self.date, fiscalyear=True, sale=False, purchase=False, tax=False, hard=True
        )
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

    def _codabox_owed_items(self, invoice):
        """Return the open items of an invoice that this line may pay, of one account.

        :raise UserError: when there are none, or company or sign forbid it.
        """
        owed = invoice.line_ids.filtered(
            lambda item: item.account_id.account_type in OPEN_ACCOUNTS and not item.reconciled
        )
        if invoice.state != "posted" or not owed or not self._codabox_may_pay(invoice):
            raise UserError(
                self.env._(
                    "“%(line)s” cannot pay %(invoice)s: it is not open, of another company, or "
                    "its money goes the other way.",
                    line=self.payment_ref,
                    invoice=invoice.sudo().display_name,
                )
            )
        return owed.filtered(lambda item: item.account_id == owed[0].account_id)

    # -------------------------------------------------------------------------
    # Amounts and values
    # -------------------------------------------------------------------------

    def _codabox_paid_amounts(self, suspense, owed):
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
        if currency.compare_amounts(abs(amount), abs(suspense.amount_currency)) >= 0:
            return suspense.amount_currency, suspense.balance
        share = abs(amount / suspense.amount_currency)
        return -amount, self.company_id.currency_id.round(suspense.balance * share)

    def _codabox_counterpart_vals(self, suspense, owed, paid):
        amount, balance = paid
        return {
            "name": self.payment_ref,
            "account_id": owed.account_id.id,
            "partner_id": owed.partner_id[:1].id,
            "currency_id": suspense.currency_id.id,
            "amount_currency": amount,
            "balance": balance,
        }

    def _codabox_rest_commands(self, suspense, paid):
        """Return the commands that leave on the suspense account what pays nothing."""
        amount, balance = paid
        rest = suspense.amount_currency - amount
        if suspense.currency_id.is_zero(rest):
            return [Command.delete(suspense.id)]
        return [
            Command.update(
                suspense.id, {"amount_currency": rest, "balance": suspense.balance - balance}
            )
        ]

    def _codabox_partner_commands(self, liquidity, invoice):
        """Return the commands that give a line without partner that of the invoice.

        Odoo copies the partner of the bank item to the line and its entry.
        """
        if self.partner_id:
            return []
        return [Command.update(liquidity.id, {"partner_id": invoice.commercial_partner_id.id})]

    # -------------------------------------------------------------------------
    # All exact ones
    # -------------------------------------------------------------------------

    def _codabox_match_exact(self):
        """Match each of these lines that names exactly one invoice of its amount, oldest first.

        An invoice is looked at again before it is paid: an earlier line may have paid it. What
        goes wrong with one line is taken back and does not touch the others.

        :return: (the matched lines, line -> what went wrong)
        :rtype: tuple[account.bank.statement.line, dict]
        """
        matched, problems = self.browse(), {}
        proposals = self._codabox_exact_invoices()
        lines = self.filtered(lambda line: line.id in proposals)
        for line in lines.sorted("internal_index"):
            invoice = proposals[line.id]
            try:
                with self.env.cr.savepoint():
                    if line._codabox_pays_exactly(invoice) and line._codabox_match(invoice):
                        matched += line
            except OperationalError:
                raise  # the transaction is gone: only the caller can begin another one
            except UserError as error:
                problems[line] = str(error)
            except Exception as error:
                _logger.exception("CodaBox bank line %s: not matched", line.id)
                problems[line] = repr(error)
        self.invalidate_model(["codabox_proposal_id"])
        return matched, problems

    def _codabox_match_on_booking(self):
        """Match what is exact among lines that were just booked, where the journal wants it.

        Never fails: a line that could not be matched says so in the history of its entry.
        """
        lines = self.filtered(lambda line: line.journal_id.codabox_matching == "exact")
        try:
            with self.env.cr.savepoint():
                _matched, problems = lines._codabox_match_exact()
        except OperationalError:
            raise
        except Exception:
            _logger.exception("CodaBox bank lines %s: not matched", lines.ids)
            return
        for line, problem in problems.items():
            writer = line.with_context(lang=line.company_id.partner_id.lang)
            note = writer.env._("Not matched with its invoice: %(error)s", error=problem)
            line.move_id.message_post(body=note)
