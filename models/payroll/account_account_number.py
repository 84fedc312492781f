from odoo import api, models

from ..common.own_company import own_companies


class AccountAccount(models.Model):
    """Accounts with their numbers, in lists of several companies.

    In Odoo an account has a number in each of its companies, and is shown and found with that of the
    current one only: elsewhere the number vanishes. What we list asks with ``codabox_number`` in the
    context for the numbers in all companies of the user; nearly always that is one.
    """

    _inherit = "account.account"

    @api.depends_context("codabox_number", "uid")
    def _compute_display_name(self):
        # EXTENDS account
        result = super()._compute_display_name()
        if self.env.context.get("codabox_number"):
            for account in self:
                account.display_name = account._codabox_numbered()
        return result

    def _codabox_numbered(self):
        """Return the name of this account behind its numbers."""
        self.ensure_one()
        account = self.sudo()
        companies = own_companies(self.env, account.company_ids)
        numbers = dict.fromkeys(filter(None, (account.with_company(c).code for c in companies)))
        return " ".join(filter(None, [" / ".join(numbers), account.name]))
