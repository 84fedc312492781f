from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountBankStatementLine(models.Model):
    """The buttons *Match*, *Match all exact* and *Undo match*."""

    _inherit = "account.bank.statement.line"

    codabox_can_match = fields.Boolean(
        compute="_compute_codabox_left", export_string_translation=False
    )
    codabox_can_undo = fields.Boolean(
        compute="_compute_codabox_left", export_string_translation=False
    )
    codabox_left_amount = fields.Monetary(
        "Left to match",
        compute="_compute_codabox_left",
        currency_field="codabox_left_currency_id",
        help="What is left of a line that is matched in part.",
    )
    codabox_left_currency_id = fields.Many2one(
        "res.currency", compute="_compute_codabox_left", export_string_translation=False
    )
    codabox_matched_ids = fields.Many2many(
        "account.move", string="Matched with", compute="_compute_codabox_matched_ids"
    )

    @api.depends(
        "state",
        "is_reconciled",
        "amount",
        "amount_residual",
        "amount_currency",
        "foreign_currency_id",
        "journal_id.codabox_matching",
    )
    def _compute_codabox_left(self):
        for line in self:
            whole = line.amount_currency if line.foreign_currency_id else line.amount
            left, currency = line._codabox_open_amount()
            is_open = line._codabox_is_open()
            is_part = is_open and bool(currency.compare_amounts(left, whole))
            is_matched = line.state == "posted" and line.is_reconciled
            line.codabox_can_match = is_open and line.journal_id.codabox_matching != "off"
            line.codabox_can_undo = is_part or (is_matched and not currency.is_zero(whole))
            line.codabox_left_amount = left if is_part else 0
            line.codabox_left_currency_id = currency

    @api.depends("move_id.line_ids.matched_debit_ids", "move_id.line_ids.matched_credit_ids")
    def _compute_codabox_matched_ids(self):
        for line in self:
            items = line.move_id.line_ids
            others = items.matched_debit_ids.debit_move_id | items.matched_credit_ids.credit_move_id
            line.codabox_matched_ids = others.move_id.filtered(
                lambda move: (
                    move.is_invoice(True) or move.origin_payment_id or move.codabox_is_payroll
                )
            )

    def action_codabox_match(self):
        """Match these lines with what is proposed; for one line without proposal, offer a choice.

        Lines that are matched already are left alone.
        """
        self._codabox_check_accountant()
        if len(self) != 1:
            return self._codabox_tell(*self._codabox_match_exact())
        if not self.codabox_can_match:
            return None
        if not self.codabox_proposal_id:
            return self.env["codabox.match"]._open(self)
        self._codabox_match_each(self.codabox_proposal_ids)
        self.invalidate_model(["codabox_proposal_id", "codabox_proposal_ids"])
        return None

    def action_codabox_match_all(self):
        """Match every exact line: of the selection, else of what the list is about."""
        self._codabox_check_accountant()
        lines = self or self.search(
            [
                *self.env.context.get("codabox_scope", []),
                ("company_id", "in", self.env.companies.ids),
                ("is_reconciled", "=", False),
            ]
        )
        return lines._codabox_tell(*lines._codabox_match_exact())

    def action_codabox_undo_match(self):
        """Take the match of these lines back, whoever made it; their amount is open again.

        :raise UserError: when a line lies in a closed period.
        """
        self._codabox_check_accountant()
        matched = self.filtered("codabox_can_undo")
        matched._codabox_check_period()
        matched = matched.sudo()
        matched.action_undo_reconciliation()
        given = matched.filtered("codabox_partner_by_match")
        given.write({"partner_id": False, "codabox_partner_by_match": False})
        self.invalidate_model(["codabox_proposal_id", "codabox_proposal_ids"])

    def _codabox_tell(self, matched, problems):
        """Return the action that says how many lines were matched, and what went wrong.

        :param matched: the matched lines.
        :param dict problems: line -> what went wrong.
        :raise UserError: when all that could be matched went wrong.
        """
        if problems and not matched:
            raise UserError("\n".join(dict.fromkeys(problems.values())))
        texts = [
            self.env._("Bank lines matched: %s.", len(matched))
            if matched
            else self.env._("No line names exactly one open invoice or payment of its amount.")
        ]
        texts += dict.fromkeys(problems.values())
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": " ".join(texts),
                "type": "warning" if problems else "success" if matched else "info",
                "sticky": bool(problems),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
