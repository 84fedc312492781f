from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    codabox_purchase_journal_id = fields.Many2one(
        related="company_id.codabox_purchase_journal_id", readonly=False, check_company=True
    )
    codabox_create_suppliers = fields.Boolean(
        related="company_id.codabox_create_suppliers", readonly=False
    )
