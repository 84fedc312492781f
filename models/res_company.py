from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    codabox_connection_ids = fields.One2many(
        "codabox.connection", "company_id", "CodaBox connections"
    )

    def _codabox_enterprise_number(self):
        """Return the ten digits of the Belgian enterprise number, ``""`` when there is none."""
        self.ensure_one()
        # As its own fields do: whoever reads a company may read its number.
        return self.partner_id.sudo()._codabox_enterprise_number()
