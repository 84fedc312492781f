from odoo import fields, models

from .codabox_feed import enterprise_digits


class ResCompany(models.Model):
    _inherit = "res.company"

    codabox_connection_ids = fields.One2many(
        "codabox.connection", "company_id", "CodaBox connections"
    )

    def _codabox_enterprise_number(self):
        """Return the ten digits of the Belgian enterprise number, ``""`` when there is none.

        The company registry first: an enterprise without VAT liability has one too.
        """
        self.ensure_one()
        return enterprise_digits(self.company_registry) or (
            enterprise_digits(self.vat)
            if (self.vat or "BE").upper().startswith(("BE", "0", "1"))
            else ""
        )
