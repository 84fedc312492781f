from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    codabox_sale_journal_id = fields.Many2one(
        related="company_id.codabox_sale_journal_id", readonly=False, check_company=True
    )
    codabox_sales_state = fields.Selection(related="company_id.codabox_sales_state", readonly=False)
    codabox_cash_customer_id = fields.Many2one(
        related="company_id.codabox_cash_customer_id", readonly=False, check_company=True
    )
    codabox_expense_journal_id = fields.Many2one(
        related="company_id.codabox_expense_journal_id", readonly=False, check_company=True
    )
    codabox_expense_target = fields.Selection(
        related="company_id.codabox_expense_target", readonly=False
    )
    codabox_has_expense_app = fields.Boolean(compute="_compute_codabox_has_expense_app")

    def _compute_codabox_has_expense_app(self):
        self.codabox_has_expense_app = "hr.expense" in self.env
