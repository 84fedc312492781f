from odoo import fields, models

from .codabox_feed import enterprise_number_of


class ResCompany(models.Model):
    _inherit = "res.company"

    codabox_connection_ids = fields.One2many(
        "codabox.connection", "company_id", "CodaBox connections"
    )

    def _codabox_enterprise_number(self):
        """Return the ten digits of the Belgian enterprise number, ``""`` when there is none."""
        self.ensure_one()
        return enterprise_number_of(self)
