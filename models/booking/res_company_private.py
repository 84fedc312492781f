from odoo import fields, models
from odoo.fields import Domain

# The private account of a sole trader; who has one is no company with a manager.
SOLE_TRADER = "109"
# What a manager owes the company, and what it owes him.
OWED_BY_HIM, OWED_TO_HIM = "416", "489"


class ResCompany(models.Model):
    """On which account money goes that is not the company's."""

    _inherit = "res.company"

    codabox_private_account_id = fields.Many2one(
        "account.account",
        "Account of private amounts",
        check_company=True,
        domain="[('company_ids', 'parent_of', id)]",
        help="The current account of the manager (416 or 489), or the private account of a sole "
        "trader. What was last booked as private says it.",
    )

    def _codabox_private_account(self, *, owed_to_him=False):
        """Return the account of what is private: the one said last, else what the chart has.

        That of a sole trader where there is one. Else the one of 416 and 489 with most entries, since
        many keep one for both sides; where neither has any, by who owes whom.

        :param bool owed_to_him: the manager paid for the company; else the company paid for him.
        """
        self.ensure_one()
        company = self.sudo()
        if company.codabox_private_account_id:
            return company.codabox_private_account_id
        sides = (OWED_TO_HIM, OWED_BY_HIM) if owed_to_him else (OWED_BY_HIM, OWED_TO_HIM)
        found = self._codabox_accounts_like(SOLE_TRADER, *sides)
        sole = found.filtered(lambda account: account.code.startswith(SOLE_TRADER))
        used = self._codabox_count_items(found)
        return (sole or found).sorted(
            lambda a: (-used.get(a, 0), *(not a.code.startswith(side) for side in sides))
        )[:1]

    def _codabox_accounts_like(self, *prefixes):
        """Return the accounts of the chart that begin so, by number."""
        codes = Domain.OR(Domain("code", "=like", f"{prefix}%") for prefix in prefixes)
        accounts = self.env["account.account"].sudo().with_company(self)
        return accounts.search(codes & Domain("company_ids", "parent_of", self.id), order="code")

    def _codabox_count_items(self, accounts):
        """Return account -> how many items it has in this company."""
        return dict(
            self.env["account.move.line"].sudo()._read_group(
                [("company_id", "=", self.id), ("account_id", "in", accounts.ids)],
                ["account_id"],
                ["__count"],
            )
        )  # fmt: skip

    def _codabox_remember_private_account(self, account):
        """Propose this account next time."""
        if self.sudo().codabox_private_account_id != account:
            self.sudo().codabox_private_account_id = account
