from odoo import fields, models

FILINGS = [
    ("month", "Monthly"),
    ("quarter", "Quarterly"),
    ("none", "No periodic return"),
]


class ResCompany(models.Model):
    """How often a company files its VAT return: asked once; nobody said so: not known."""

    _inherit = "res.company"

    codabox_vat_period = fields.Selection(
        FILINGS,
        "VAT returns",
        help="How often the VAT return is filed: by the 20th of the month after it, or by the 25th "
        "of the month after the quarter.",
    )
