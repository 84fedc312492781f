from odoo import models


class ResPartner(models.Model):
    """Where an order of mandates begins."""

    _inherit = "res.partner"

    def action_codabox_order_mandate(self):
        """Open the order for these clients: one in steps, several as a batch.

        :raise AccessError: for a user who is no accountant.
        :raise UserError: when no office is connected, or CodaBox cannot be reached.
        """
        return self._codabox_open_order()

    def _codabox_open_order(self, ibans=()):
        """Open the order, with only these accounts chosen.

        :param ibans: account numbers; all that are not ordered by default.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        orders = self.env["codabox.mandate.order"]
        connection = orders._choose_connection()
        connection._require_mandate_officer()
        connection._refresh_catalog()
        clients = self.commercial_partner_id
        if len(clients) > 1:
            return (
                self.env["codabox.mandate.order.batch"]._prepare_for(clients, connection)._reopen()
            )
        return orders._prepare_for(clients, connection, ibans=ibans)._reopen()

    def _codabox_mandates_to_sign(self):
        """Return the mandates of a mail to this client: those of the order, else all to sign."""
        mandates = self.env["codabox.mandate"].browse(self.env.context.get("codabox_mandate_ids"))
        mandates = mandates.exists() or self.codabox_mandate_ids
        return mandates.filtered(lambda m: m.partner_id in self)._to_sign()
