from odoo import fields, models

from ..mandate.codabox_mandate import SERVICES


class CodaboxPrice(models.Model):
    """What an office pays CodaBox: its own agreement, for CodaBox publishes no price list."""

    _name = "codabox.price"
    _description = "Price of a CodaBox service"
    _order = "company_id, service"
    _rec_name = "service"

    company_id = fields.Many2one(
        "res.company", "Office", required=True, default=lambda self: self.env.company
    )
    service = fields.Selection(SERVICES, required=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(
        "A month",
        required=True,
        help="For one bank account, one payroll office, or the purchase invoices of one client.",
    )

    _service_unique = models.UniqueIndex(
        "(company_id, service)",
        "This office has a price for this service already: change that one.",
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A price cannot be less than nothing."
    )
