from odoo import fields, models
from odoo.fields import Domain

# The account of a sole trader, then those of what a company and its manager owe each other.
PRIVATE_PREFIXES = ("109", "416", "489")


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

    def _codabox_private_account(self):
        """Return the account of what is private: the one used last, else what the chart has.

        Of several the one with most entries: which of 416 and 489 it is, the chart does not say.
        """
        self.ensure_one()
        company = self.sudo()
        if company.codabox_private_account_id:
            return company.codabox_private_account_id
        codes = Domain.OR(Domain("code", "=like", f"{prefix}%") for prefix in PRIVATE_PREFIXES)
        accounts = self.env["account.account"].sudo().with_company(self)
        found = accounts.search(codes & Domain("company_ids", "parent_of", self.id), order="code")
        used = dict(
            self.env["account.move.line"].sudo()._read_group(
                [("company_id", "=", self.id), ("account_id", "in", found.ids)],
                ["account_id"],
                ["__count"],
            )
        )  # fmt: skip
        return found.sorted(lambda account: -used.get(account, 0))[:1]

    def _codabox_remember_private_account(self, account):
        """Propose this account next time."""
        if self.sudo().codabox_private_account_id != account:
            self.sudo().codabox_private_account_id = account
