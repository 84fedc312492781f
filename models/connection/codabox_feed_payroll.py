from odoo import api, fields, models

ADMINISTRATOR = "account_codabox.group_administrator"
# Which company a client is, is said by `_confirm_company`, which checks it; the rest by CodaBox.
NOT_BY_USERS = ("company_id", "connection_id", "remote_id", "state")


class CodaboxFeed(models.Model):
    """Who reads what tells who earns what of a client, given by the CodaBox administrator."""

    _inherit = "codabox.feed"

    payroll_user_ids = fields.Many2many(
        "res.users",
        string="Payroll read by",
        compute="_compute_payroll",
        inverse="_inverse_payroll_user_ids",
        groups=ADMINISTRATOR,
        help="Who reads the payroll documents of this company, of those in the group Payroll documents.",
    )
    wages_open = fields.Boolean(
        "Accountants read wages in bank files",
        compute="_compute_payroll",
        inverse="_inverse_wages_open",
        groups=ADMINISTRATOR,
        help="Every accountant of this company reads bank files that tell who earns what. Off: only "
        "those who read its payroll.",
    )

    @api.depends("company_id.codabox_wages_open")
    def _compute_payroll(self):
        for feed in self:
            company = feed.company_id.sudo()
            nobody = self.env["res.users"]
            feed.payroll_user_ids = company._codabox_payroll_readers() if company else nobody
            feed.wages_open = company.codabox_wages_open

    @api.model
    def _has_field_access(self, field, operation):
        # EXTENDS base: who administers CodaBox may write clients, but not make one another company
        if operation == "write" and field.name in NOT_BY_USERS and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    def _inverse_payroll_user_ids(self):
        for feed in self.filtered("company_id"):
            feed.company_id._codabox_set_payroll_readers(feed.payroll_user_ids)

    def _inverse_wages_open(self):
        for feed in self.filtered("company_id"):
            feed.company_id.sudo().codabox_wages_open = feed.wages_open
