from odoo import fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    """Who reads what tells who earns what in this company."""

    _inherit = "res.company"

    codabox_wages_open = fields.Boolean(
        "Accountants read wages in bank files",
        help="Every accountant of this company reads bank files that tell who earns what. Off: only "
        "those who read its payroll.",
    )
    codabox_payroll_user_ids = fields.Many2many(
        "res.users",
        string="Payroll read by",
        compute="_compute_codabox_payroll_user_ids",
        inverse="_inverse_codabox_payroll_user_ids",
        groups="base.group_erp_manager",
        help="Who reads the payroll documents of this company, of those in the group Payroll documents.",
    )

    codabox_mandates_restricted = fields.Boolean(
        "Only mandate officers order mandates",
        help="Ordering and archiving mandates of this office takes the role Mandate officer. Off: "
        "every accountant does.",
    )

    def cache_invalidation_fields(self):
        # EXTENDS base: rules of bank files are kept per user until this changes
        return super().cache_invalidation_fields() | {"codabox_wages_open"}

    def _compute_codabox_payroll_user_ids(self):
        for company in self:
            company.codabox_payroll_user_ids = company._codabox_payroll_readers()

    def _inverse_codabox_payroll_user_ids(self):
        for company in self:
            company._codabox_set_payroll_readers(company.codabox_payroll_user_ids)

    def _codabox_payroll_readers(self):
        """Return the users who were given the payroll of this company."""
        self.ensure_one()
        users = self.env["res.users"].sudo()
        return users.search([("codabox_payroll_company_ids", "in", self._origin.ids)]).sudo(False)

    def _codabox_set_payroll_readers(self, users):
        """Give the payroll of this company to these users and to nobody else.

        :param res.users users: who reads it from now on.
        :raise UserError: for a user who would read nothing for all that.
        """
        self.ensure_one()
        known = self._codabox_payroll_readers()
        for user in (users - known).sudo():
            self._codabox_check_payroll_reader(user)
        give = fields.Command.link(self.id)
        (users - known).sudo().write({"codabox_payroll_company_ids": [give]})
        take = fields.Command.unlink(self.id)
        (known - users).sudo().write({"codabox_payroll_company_ids": [take]})

    def _codabox_check_payroll_reader(self, user):
        """Refuse who would read nothing for all that.

        :raise UserError: when he is not in the group, or may not enter the company.
        """
        if not user.has_group("account_codabox.group_payroll"):
            raise UserError(
                self.env._(
                    "%(user)s is not in the group Payroll documents. Tick it on the user first.",
                    user=user.name,
                )
            )
        if self not in user.company_ids:
            raise UserError(
                self.env._(
                    "%(user)s may not enter %(company)s. Add the company on the user first.",
                    user=user.name,
                    company=self.name,
                )
            )
