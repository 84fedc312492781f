from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountBankStatementLine(models.Model):
    """The button *Book on an account*."""

    _inherit = "account.bank.statement.line"

    codabox_can_book = fields.Boolean(
        compute="_compute_codabox_can_book", export_string_translation=False
    )
    codabox_booked_on = fields.Char("Booked on", compute="_compute_codabox_booked_on")

    @api.depends("state", "is_reconciled")
    def _compute_codabox_can_book(self):
        is_ours = not self._codabox_has_other_screen()
        for line in self:
            line.codabox_can_book = is_ours and line._codabox_is_open()

    @api.depends("move_id.line_ids.account_id", "move_id.line_ids.matched_debit_ids")
    def _compute_codabox_booked_on(self):
        for line in self:
            items = line._codabox_booked_items().sudo()
            texts = [line._codabox_account_text(account) for account in items.account_id]
            line.codabox_booked_on = ", ".join(texts) or False

    def _codabox_booked_items(self):
        """Return the items of a line that are neither the bank's nor open, nor paid something."""
        self.ensure_one()
        transfer = self.company_id.sudo().transfer_account_id
        _liquidity, _suspense, others = self._seek_for_lines()
        return others.filtered(
            lambda item: (
                not item.tax_line_id
                and (
                    item.account_id == transfer
                    or not (item.matched_debit_ids | item.matched_credit_ids)
                )
            )
        )

    def action_codabox_book(self):
        """Say on which account these lines belong; lines with nothing left are left alone.

        :raise UserError: for lines of several companies.
        """
        self._codabox_check_accountant()
        if self._codabox_has_other_screen():
            raise UserError(
                self.env._(
                    "Bank lines are booked with the button Reconcile of account_reconcile_oca."
                )
            )
        lines = self.filtered("codabox_can_book")
        if not lines:
            return None
        if len(lines.company_id) > 1:
            text = self.env._("Choose only what belongs to the company that this is about.")
            raise UserError(text)
        for line in lines:
            line._codabox_check_wages()
        lines._codabox_check_period()
        return self.env["codabox.book"]._open(lines)
