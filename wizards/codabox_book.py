from odoo import api, fields, models

from ..models.booking.counterpart import Counterpart
from ..models.common.own_company import open_in_own_company


class CodaboxBook(models.TransientModel):
    """What bank lines are that pay no invoice: charges, private, money to another own account."""

    _name = "codabox.book"
    _inherit = ["codabox.dialog.mixin", "analytic.mixin"]
    _description = "Book bank lines on an account"
    _check_company_auto = True

    line_ids = fields.Many2many("account.bank.statement.line", string="Bank lines", readonly=True)
    line_count = fields.Integer("Selected lines", compute="_compute_total")
    company_id = fields.Many2one("res.company", readonly=True, required=True)
    payment_ref = fields.Char("Bank line", compute="_compute_total")
    total = fields.Monetary("Amount", compute="_compute_total")
    currency_id = fields.Many2one("res.currency", compute="_compute_total")
    kind = fields.Selection(
        [
            ("account", "On an account"),
            ("private", "Private"),
            ("transfer", "Internal transfer"),
        ],
        "Book",
        required=True,
        default="account",
    )
    account_id = fields.Many2one(
        "account.account",
        compute="_compute_account_id",
        store=True,
        readonly=False,
        check_company=True,
        domain="[('company_ids', 'parent_of', company_id), ('account_type', '!=', 'off_balance'),"
        " ('account_type', 'not in', ('asset_cash', 'liability_credit_card'))]",
    )
    own_journal_ids = fields.Many2many("account.journal", compute="_compute_own_journal_ids")
    transfer_journal_id = fields.Many2one(
        "account.journal",
        "Other account",
        domain="[('id', 'in', own_journal_ids)]",
        help="The own bank or cash account that the money went to, or came from.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        check_company=True,
        help="Empty: as the line has it.",
    )
    tax_ids = fields.Many2many(
        "account.tax",
        string="Tax in the amount",
        check_company=True,
        domain="[('company_id', 'parent_of', company_id), ('amount_type', '!=', 'group')]",
    )
    label = fields.Char(help="Empty: each line keeps its own text.")

    @api.depends("line_ids")
    def _compute_total(self):
        for wizard in self:
            lines = wizard.line_ids
            opens = [line._codabox_open_amount() for line in lines]
            currencies = self.env["res.currency"].union(*(currency for _, currency in opens))
            # Euros and dollars do not add up.
            is_one = len(currencies) == 1
            wizard.line_count = len(lines)
            wizard.payment_ref = lines.payment_ref if len(lines) == 1 else False
            wizard.currency_id = currencies[:1]
            wizard.total = sum(amount for amount, _ in opens) if is_one else 0

    @api.depends("line_ids")
    def _compute_own_journal_ids(self):
        for wizard in self:
            journals = wizard.line_ids[:1]._codabox_own_journals()
            wizard.own_journal_ids = journals - wizard.line_ids.journal_id

    @api.depends("kind")
    def _compute_account_id(self):
        for wizard in self:
            is_private = wizard.kind == "private"
            account = is_private and wizard.company_id._codabox_private_account().sudo(False)
            wizard.account_id = account

    @api.model
    def _open(self, lines):
        """Return the action that asks what these lines of one company are."""
        journals = [line._codabox_journal_of_counterparty() for line in lines]
        same = journals[0] if all(journal == journals[0] for journal in journals) else None
        wizard = self.create(
            {
                "line_ids": [fields.Command.set(lines.ids)],
                "company_id": lines.company_id.id,
                "kind": "transfer" if same else "account",
                "transfer_journal_id": same and same.id,
            }
        )
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Book on an account"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
        return open_in_own_company(action, lines)

    def action_book(self):
        """Book the lines as was said, and remember which account is private."""
        self.ensure_one()
        self.line_ids._codabox_check_accountant()
        if self.kind == "transfer":
            self.line_ids._codabox_book_transfer(self.transfer_journal_id)
        else:
            self.line_ids._codabox_book(self._counterpart())
        if self.kind == "private":
            self.line_ids.company_id._codabox_remember_private_account(self.account_id)
        return {"type": "ir.actions.act_window_close"}

    def _counterpart(self):
        return Counterpart(
            self.account_id,
            self.partner_id,
            self.tax_ids if self.kind == "account" else None,
            self.analytic_distribution,
            self.label or "",
        )
