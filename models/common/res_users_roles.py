from odoo import api, fields, models

# Whoever is in one of these keeps books: what Odoo's form of a user gives, and what includes it.
ACCOUNTANTS = ("account.group_account_basic", "account.group_account_manager")


class ResUsers(models.Model):
    """What a user may do with what CodaBox delivers: the one place that record rules and code ask.

    Who does the payroll of clients does not read that of the office by that: each company is
    given by itself (*Payroll of*), and what nobody gave is closed.
    """

    _inherit = "res.users"

    codabox_payroll_company_ids = fields.Many2many(
        "res.company",
        "codabox_payroll_company_user_rel",
        "user_id",
        "company_id",
        "Payroll of",
        copy=False,
        groups="base.group_erp_manager",
        help="The companies of which the user reads payroll documents, when he is in the group "
        "Payroll documents.",
    )

    @api.model
    def _get_invalidation_fields(self):
        # EXTENDS base: rules of payroll are kept per user until one of these changes
        return super()._get_invalidation_fields() | {"codabox_payroll_company_ids"}

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._codabox_note_payroll({})
        return users

    def write(self, vals):
        if "codabox_payroll_company_ids" not in vals:
            return super().write(vals)
        before = {user: user.sudo().codabox_payroll_company_ids for user in self}
        result = super().write(vals)
        self._codabox_note_payroll(before)
        return result

    def _codabox_note_payroll(self, before):
        """Log whose payroll these users read from now on, and whose no more.

        :param dict before: user -> the companies of which he read it.
        """
        audit = self.env["codabox.audit"]
        for user in self:
            now = user.sudo().codabox_payroll_company_ids
            known = before.get(user, now.browse())
            for action, companies in (("given", now - known), ("taken", known - now)):
                for company in companies:
                    audit._note(action, user, company)

    def _codabox_is_accountant(self):
        """Return whether this user keeps books: more than writing invoices or reading."""
        return any(self.has_group(group) for group in ACCOUNTANTS)

    def _codabox_payroll_companies(self):
        """Return the companies of which this user reads payroll documents."""
        self.ensure_one()
        user = self.sudo()
        if not user.has_group("account_codabox.group_payroll"):
            return user.company_ids.browse()
        return user.codabox_payroll_company_ids & user.company_ids

    def _codabox_wages_companies(self):
        """Return the companies of which this user reads bank files that tell who earns what."""
        user = self.sudo()
        companies = user._codabox_payroll_companies()
        if user._codabox_is_accountant():
            companies |= user.company_ids.filtered("codabox_wages_open")
        return companies
