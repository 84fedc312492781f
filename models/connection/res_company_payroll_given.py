from odoo import api, fields, models


class ResCompany(models.Model):
    """Who reads payroll in a database in which the group alone decided."""

    _inherit = "res.company"

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
