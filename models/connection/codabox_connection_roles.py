from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..common.res_users_roles import ACCOUNTANTS

ADMINISTRATOR = "account_codabox.group_administrator"
# Where the credentials are sent, and whose they are: not for who may only connect.
SERVER_FIELDS = ("base_url", "environment", "secrets_from")


class CodaboxConnection(models.Model):
    """Who may do what with a connection; every action of ours asks here or in ``res_users_roles``."""

    _inherit = "codabox.connection"

    mandates_restricted = fields.Boolean(
        "Only mandate officers order mandates",
        compute="_compute_mandates_restricted",
        inverse="_inverse_mandates_restricted",
        help="Ordering and archiving mandates of this office takes the role Mandate officer. Off: "
        "every accountant does.",
    )

    @api.depends("company_id.codabox_mandates_restricted")
    def _compute_mandates_restricted(self):
        for connection in self:
            company = connection.company_id.sudo()
            connection.mandates_restricted = company.codabox_mandates_restricted

    def _inverse_mandates_restricted(self):
        self._require_administrator()
        if not self.env.su and self.company_id - self.env.user.company_ids:
            raise AccessError(self.env._("You do not keep the books of one of these companies."))
        for connection in self:
            connection.company_id.sudo().codabox_mandates_restricted = (
                connection.mandates_restricted
            )

    @api.model
    def _has_field_access(self, field, operation):
        # EXTENDS base: who administers CodaBox does not say where the credentials go
        found = super()._has_field_access(field, operation)
        if operation == "write" and field.name in SERVER_FIELDS:
            return found and (self.env.su or self.env.user._is_system())
        return found

    @api.model
    def _require_accountant(self):
        """Refuse users who may neither keep the books nor administer CodaBox.

        Who only invoices may read bank statements in Odoo; ours he may not make or undo.

        :raise AccessError: for a user without accounting rights.
        """
        groups = (*ACCOUNTANTS, ADMINISTRATOR)
        if not self.env.su and not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("Only an accountant can do this."))

    def _require_mandate_officer(self):
        """Refuse who may not order or archive mandates of these connections.

        :raise AccessError: for a user who is no accountant, or where the office lets only its
            mandate officers do so.
        """
        self._require_accountant()
        restricted = self.sudo().filtered("mandates_restricted")
        is_officer = self.env.user.has_group("account_codabox.group_mandate_officer")
        if restricted and not self.env.su and not is_officer:
            raise AccessError(
                self.env._(
                    "Only mandate officers of %(office)s order and archive mandates. Ask one of them.",
                    office=restricted[0].company_id.name,
                )
            )

    @api.model
    def _require_administrator(self):
        """Refuse who does not administer CodaBox.

        :raise AccessError: for anybody else.
        """
        if not self.env.su and not self.env.user.has_group(ADMINISTRATOR):
            raise AccessError(
                self.env._("Only a CodaBox administrator can change a CodaBox connection.")
            )
