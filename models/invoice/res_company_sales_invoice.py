from odoo import fields, models


class ResCompany(models.Model):
    """How sales invoices and expense notes of CodaBox are booked in a company."""

    _inherit = "res.company"

    codabox_sale_journal_id = fields.Many2one(
        "account.journal",
        "Journal of sales invoices",
        check_company=True,
        domain="[('type', '=', 'sale')]",
        help="Empty: the first sales journal.",
    )
    codabox_sales_state = fields.Selection(
        [("draft", "As drafts"), ("posted", "Posted")],
        "Sales invoices",
        default="draft",
        required=True,
        help="Posted: unless something of the invoice is to be decided first.",
    )
    codabox_cash_customer_id = fields.Many2one(
        "res.partner",
        "Customer without a name of his own",
        check_company=True,
        help="Sales to customers of whom the invoice gives no number, no e-mail address and no "
        "address go on this one. Empty: they wait.",
    )
    codabox_expense_journal_id = fields.Many2one(
        "account.journal",
        "Journal of expense notes",
        check_company=True,
        domain="[('type', '=', 'purchase')]",
        help="Empty: that of purchase invoices.",
    )
    codabox_expense_target = fields.Selection(
        [("receipt", "A purchase receipt"), ("expense", "An expense of the employee")],
        "Expense notes become",
        default="receipt",
        required=True,
        help="An expense: where the Expenses app is installed and the employee is known by his "
        "work e-mail address; otherwise a purchase receipt.",
    )

    def _codabox_sale_journal(self):
        """Return the journal of sales invoices, empty when there is none."""
        return self._codabox_journal_of("codabox_sale_journal_id", "sale")

    def _codabox_expense_journal(self):
        """Return the journal of expense notes, empty when there is none."""
        company = self.sudo()
        if company.codabox_expense_journal_id.active:
            return company.codabox_expense_journal_id
        return self._codabox_purchase_journal()
