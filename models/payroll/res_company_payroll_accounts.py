from odoo import models
from odoo.fields import Domain

# Belgian charts: what an employer owes the tax office, social security and its people.
SOCIAL_DEBTS = ("453", "454", "455", "456")
NET_PREFIX = "455"


class ResCompany(models.Model):
    """The accounts on which payroll is owed: bank lines pay them only when they can be reconciled."""

    _inherit = "res.company"

    def _codabox_accounts_of(self, prefixes):
        """Return the accounts of these companies whose code begins with one of these."""
        found = self.env["account.account"]
        for company in self:
            codes = Domain.OR(Domain("code", "=like", f"{prefix}%") for prefix in prefixes)
            found |= found.with_company(company).search(
                codes & Domain("company_ids", "parent_of", company.id)
            )
        return found

    def _codabox_net_accounts(self):
        """Return the accounts of net wages."""
        return self._codabox_accounts_of([NET_PREFIX])

    def _codabox_closed_social_debts(self):
        """Return the accounts of social debts of a payroll company that cannot be reconciled yet."""
        self.ensure_one()
        if not self.sudo().codabox_soda_journal_id:
            return self.env["account.account"]
        accounts = self._codabox_accounts_of(SOCIAL_DEBTS)
        return accounts.filtered(lambda account: not account.reconcile)


class AccountJournal(models.Model):
    _inherit = "account.journal"

    def action_codabox_allow_reconciliation(self):
        """Let bank lines be matched with 453 to 456 in the company of this payroll journal."""
        self.ensure_one()
        self.company_id._codabox_closed_social_debts().reconcile = True
        return {"type": "ir.actions.client", "tag": "soft_reload"}
