from odoo import models


class ResPartner(models.Model):
    """Who may change a mandate may write to its client, and needs no *Contact Creation* for it."""

    _inherit = "res.partner"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # EXTENDS mail
        operations = super()._mail_get_operation_for_mail_message_operation(message_operation)
        mandates = self.env["codabox.mandate"].sudo(False)
        may_write = self.sudo(False).has_access("write")
        if message_operation == "create" and not may_write and mandates.has_access("write"):
            clients = mandates.search([("partner_id", "in", self.ids)]).partner_id
            operations.update((partner, "read") for partner in self if partner in clients)
        return operations
