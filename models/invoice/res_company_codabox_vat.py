from odoo import fields, models


class ResCompany(models.Model):
    """Whether a company deducts the VAT of its bills."""

    _inherit = "res.company"

    codabox_vat_regime = fields.Selection(
        [
            ("normal", "Deducts its VAT"),
            ("none", "Deducts no VAT (small business scheme, or not liable)"),
            ("mixed", "Deducts a part of its VAT (mixed)"),
        ],
        "VAT on bills",
        default="normal",
        required=True,
        help="Without deduction, VAT is a part of the cost and no box of the VAT return is used. "
        "Mixed: who deducts how much is asked once for each supplier, then followed.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    codabox_vat_regime = fields.Selection(related="company_id.codabox_vat_regime", readonly=False)
