from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools.misc import formatLang

from ..models.common.own_company import open_in_own_company

# Enough to look through; more than a person reads is not shown, it can be looked up.
LOOKED_AT = 200
SHOWN = 20

# What speaks for an invoice or a payment, the strongest first.
REASONS = [
    ("named", "Same reference"),
    ("mandate", "Same mandate"),
    ("both", "Same partner and amount"),
    ("wages", "Wages of that month and amount"),
    ("amount", "Same amount"),
    ("partner", "Same partner"),
    ("open_wages", "Wages not paid yet"),
]


class CodaboxMatch(models.TransientModel):
    """Which invoice a bank line pays, or which payment it is, when the line does not say."""

    _name = "codabox.match"
    _inherit = "codabox.dialog.mixin"
    _description = "Match a bank line"

    line_id = fields.Many2one(
        "account.bank.statement.line", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="line_id.company_id")
    journal_id = fields.Many2one(related="line_id.journal_id")
    date = fields.Date(related="line_id.date")
    payment_ref = fields.Char(related="line_id.payment_ref")
    partner_name = fields.Char("Name at the bank", related="line_id.partner_name")
    left_amount = fields.Monetary("To match", compute="_compute_left_amount")
    currency_id = fields.Many2one("res.currency", compute="_compute_left_amount")
    candidate_ids = fields.One2many(
        "codabox.match.candidate", "match_id", "Open invoices and payments"
    )
    invoice_id = fields.Many2one(
        "account.move",
        "Another one",
        domain="[('company_id', 'child_of', company_id), ('state', '=', 'posted'),"
        " '|', '&', '&', ('origin_payment_id.is_matched', '=', False),"
        " ('origin_payment_id.journal_id', '=', journal_id),"
        " ('origin_payment_id.payment_type', '=', 'inbound' if left_amount > 0 else 'outbound'),"
        " '&', ('amount_residual', '!=', 0), ('move_type', 'in',"
        " ['out_invoice', 'out_receipt', 'in_refund'] if left_amount > 0 else"
        " ['in_invoice', 'in_receipt', 'out_refund'])]",
    )
    result = fields.Char(compute="_compute_result")
    wages_are_closed = fields.Boolean("Wages account closed", compute="_compute_wages_are_closed")

    @api.depends("line_id")
    def _compute_left_amount(self):
        for wizard in self:
            wizard.left_amount, wizard.currency_id = wizard.line_id._codabox_open_amount()

    @api.depends("invoice_id")
    def _compute_result(self):
        for wizard in self:
            wizard.result = wizard._result(wizard.invoice_id)

    @api.depends("line_id")
    def _compute_wages_are_closed(self):
        for wizard in self:
            closed = wizard.company_id._codabox_closed_social_debts()
            wizard.wages_are_closed = (
                bool(closed & wizard.company_id._codabox_net_accounts())
                and wizard.line_id._codabox_pays_wages()
            )

    @api.model
    def _open(self, line):
        """Return the action that lets a person choose what a bank line pays."""
        candidates = [
            Command.create({"invoice_id": move.id, "reason": reason})
            for move, reason in self._find_candidates(line)
        ]
        wizard = self.create({"line_id": line.id, "candidate_ids": candidates})
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Match with an invoice or payment"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
        return open_in_own_company(action, line)

    @api.model
    def _find_candidates(self, line):
        """Return what a line most likely pays, the likeliest first.

        :param account.bank.statement.line line: a line with money left.
        :return: open invoices and entries of payments, each with a key of ``REASONS``.
        :rtype: list[tuple[account.move, str]]
        """
        texts = line._codabox_references() | line._codabox_said_numbers()[1].get(line, set())
        moves = self._find_invoices(line, texts) | self._find_payments(line, texts)
        order = [key for key, _label in REASONS]
        pairs = [(move, self._reason(line, move, texts)) for move in moves]
        pairs += self._find_wages(line)
        return sorted(pairs, key=lambda pair: order.index(pair[1]))[:SHOWN]

    @api.model
    def _find_invoices(self, line, texts):
        """Return the open invoices for which something speaks."""
        amount, currency = line._codabox_open_amount()
        partner = line.partner_id.commercial_partner_id
        moves = self.env["account.move"]
        types = moves.get_inbound_types() if amount > 0 else moves.get_outbound_types()
        clues = Domain("payment_reference", "in", list(texts)) | Domain("name", "in", list(texts))
        clues |= Domain("amount_residual", "=", abs(amount)) & Domain(
            "currency_id", "=", currency.id
        )
        if partner:
            clues |= Domain("commercial_partner_id", "=", partner.id)
        debits = line._codabox_debit_moves(line.company_id, [line._codabox_debit()])
        clues |= Domain("id", "in", debits.ids)
        domain = line._codabox_open_invoice_domain(line.company_id) & clues
        domain &= Domain("move_type", "in", types)
        return moves.search(domain, order="invoice_date_due, id", limit=LOOKED_AT)

    @api.model
    def _find_payments(self, line, texts):
        """Return the entries of the waiting payments for which something speaks."""
        amount, currency = line._codabox_open_amount()
        partner = line.partner_id.commercial_partner_id
        payment = Domain("amount", "=", abs(amount)) & Domain("currency_id", "=", currency.id)
        payment |= Domain("memo", "in", list(texts)) | Domain("name", "in", list(texts))
        payment |= Domain("payment_reference", "in", list(texts))
        if partner:
            payment |= Domain("partner_id", "child_of", partner.id)
        payment &= Domain("payment_type", "=", "inbound" if amount > 0 else "outbound")
        domain = line._codabox_open_payment_domain(line.journal_id)
        domain &= Domain("origin_payment_id", "any", payment)
        return self.env["account.move"].search(domain, order="date, id", limit=LOOKED_AT)

    @api.model
    def _find_wages(self, line):
        """Return the payroll entries that a payment of wages may pay, as candidates."""
        if not line._codabox_pays_wages():
            return []
        payrolls = line._codabox_open_payrolls().filtered(lambda p: p._codabox_owed_wages())
        fitting = line._codabox_fitting_payrolls(payrolls)[line]
        return [(payroll, "wages" if payroll in fitting else "open_wages") for payroll in payrolls]

    @api.model
    def _reason(self, line, move, texts):
        """Return what speaks strongest for a move, a key of ``REASONS``."""
        if line._codabox_names(move, texts):
            return "named"
        if line._codabox_agrees_on_debit(move):
            return "mandate"
        if not line._codabox_pays_exactly(move):
            return "partner"
        return "both" if line._codabox_same_partner(move) else "amount"

    def _result(self, move):
        """Return in words what is left, and where, when the line pays this."""
        self.ensure_one()
        if not move:
            return False
        is_open, currency = self.line_id._codabox_open_of(move)
        if currency != self.currency_id:
            return self.env._("Converted at the rate of the day")
        rest = abs(self.left_amount) - is_open
        if self.currency_id.is_zero(rest):
            return self.env._("Paid in full")
        money = formatLang(self.env, abs(rest), currency_obj=self.currency_id)
        account = self.line_id._codabox_difference_account(move)
        if account:
            text = self.line_id._codabox_account_text(account)
            return self.env._("Paid in full, %(money)s on %(account)s", money=money, account=text)
        if rest < 0 and move.origin_payment_id:
            return self.env._("%s of the payment stays open", money)
        if rest < 0:
            return self.env._("%s stays open", money)
        return self.env._("%s stays to match", money)

    def action_allow_wages(self):
        """Let the accounts on which payroll is owed be reconciled, and look for candidates again."""
        self.ensure_one()
        self.company_id.codabox_soda_journal_id.action_codabox_allow_reconciliation()
        return self._open(self.line_id)

    def action_ask_wages(self):
        """Ask a manager of accounting to let those accounts be reconciled."""
        self.ensure_one()
        return self.line_id._codabox_ask_wages()

    def action_match(self):
        """Match the line with what was looked up."""
        self.ensure_one()
        return self._match(self.invoice_id)

    def _match(self, move):
        self.line_id._codabox_check_accountant()
        self.line_id._codabox_match_with_difference(move)
        return {"type": "ir.actions.act_window_close"}


class CodaboxMatchCandidate(models.TransientModel):
    """One invoice, or the entry of one payment, to choose from."""

    _name = "codabox.match.candidate"
    _inherit = "codabox.dialog.mixin"
    _description = "What a bank line may pay"

    match_id = fields.Many2one("codabox.match", required=True, ondelete="cascade")
    invoice_id = fields.Many2one("account.move", required=True, ondelete="cascade")
    partner_id = fields.Many2one(related="invoice_id.commercial_partner_id")
    due_date = fields.Date(
        "Due", compute="_compute_result", help="The day of a payment, or of a payroll entry."
    )
    open_amount = fields.Monetary("Open", compute="_compute_result")
    currency_id = fields.Many2one("res.currency", compute="_compute_result")
    reason = fields.Selection(REASONS, "Why", required=True)
    result = fields.Char(compute="_compute_result")

    @api.depends("match_id", "invoice_id")
    def _compute_result(self):
        for candidate in self:
            wizard, move = candidate.match_id, candidate.invoice_id
            candidate.open_amount, candidate.currency_id = wizard.line_id._codabox_open_of(move)
            is_invoice = move.is_invoice(include_receipts=True)
            candidate.due_date = (is_invoice and move.invoice_date_due) or move.date
            candidate.result = wizard._result(move)

    def action_match(self):
        """Match the line with this one."""
        self.ensure_one()
        return self.match_id._match(self.invoice_id)
