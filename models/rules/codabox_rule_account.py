from odoo import fields, models
from odoo.fields import Domain


class CodaboxRuleAccount(models.Model):
    """The account of a rule in a company whose chart lacks its number, or has it otherwise."""

    _name = "codabox.rule.account"
    _description = "Account of a rule in one company"
    _check_company_auto = True
    _rec_name = "company_id"

    rule_id = fields.Many2one("codabox.rule", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    account_id = fields.Many2one(
        "account.account",
        required=True,
        check_company=True,
        domain="[('company_ids', 'parent_of', company_id)]",
    )

    _company_unique = models.UniqueIndex(
        "(rule_id, company_id)", "This company has its account for this rule already."
    )


class CodaboxRule(models.Model):
    _inherit = "codabox.rule"

    def _account_in(self, company):
        """Return the account of this rule in a company: as told, else as the chart has its number.

        The same number, whatever zeros end it; else the only account that begins with it.

        :return: empty when none or several fit.
        :rtype: account.account
        """
        told = self.account_ids.filtered(lambda row: row.company_id == company)
        if told:
            return told.account_id
        stem = (self.account_code or "").strip().rstrip("0")
        accounts = self.env["account.account"].with_company(company)
        if not stem or not stem.isalnum():
            return accounts
        found = accounts.search(
            Domain("code", "=like", f"{stem}%") & Domain("company_ids", "parent_of", company.id)
        )
        same = found.filtered(lambda account: account.code.rstrip("0") == stem)
        fits = same or found
        return fits if len(fits) == 1 else accounts
