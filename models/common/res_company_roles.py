from odoo import api, fields, models
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

    def _has_field_access(self, field, operation):
        # EXTENDS base: Odoo shows a client who signs in all of the company; ours is the office's
        is_ours = field.name.startswith("codabox_")
        if is_ours and not self.env.su and not self.env.user._is_internal():
            return False
        return super()._has_field_access(field, operation)

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

    # -------------------------------------------------------------------------
    # A database in which the group alone decided who reads payroll
    # -------------------------------------------------------------------------

    @api.model
    def _codabox_give_payroll(self):
        """Give everybody in the group the companies that he reads payroll of, and no office's own.

        Offices go on with the payroll of their clients. Their own is closed to who may enter more
        companies than that one: it was open to everyone who does clients' payroll. The responsible
        of the connection is asked to say who reads it.
        """
        offices = self._codabox_offices()
        group = self.env.ref("account_codabox.group_payroll")
        users = self.env["res.users"].with_context(active_test=False)
        for user in users.search([("all_group_ids", "in", group.ids), ("share", "=", False)]):
            if user.codabox_payroll_company_ids:
                continue  # somebody said so already
            own = user.company_ids if len(user.company_ids) == 1 else user.company_ids - offices
            user.codabox_payroll_company_ids = [fields.Command.set(own.ids)]
        for office in offices.filtered(lambda c: not c._codabox_payroll_readers()):
            office._codabox_ask_payroll_readers()

    @api.model
    def _codabox_offices(self):
        """Return the companies of accounting offices that are connected to CodaBox."""
        connections = self.env["codabox.connection"].with_context(active_test=False)
        return connections.search([("role", "=", "office")]).company_id

    def _codabox_ask_payroll_readers(self):
        """Ask the responsible of an office, once, who reads the payroll of the office itself."""
        connection = self.codabox_connection_ids[:1]
        if not connection:
            return
        user = connection._responsible()
        # No mail while an add-on is upgraded.
        speaker = connection.with_context(lang=user.lang, mail_activity_quick_update=True)
        speaker.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=speaker.env._("Who reads the payroll of %s?", self.name),
            note=speaker.env._(
                "Nobody does since the update: until then everyone who does the payroll of clients did. "
                "Say who reads it in the settings of CodaBox, or on the user."
            ),
        )
