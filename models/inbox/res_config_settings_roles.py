from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    codabox_payroll_user_ids = fields.Many2many(
        related="company_id.codabox_payroll_user_ids", readonly=False
    )
    codabox_wages_open = fields.Boolean(related="company_id.codabox_wages_open", readonly=False)
    codabox_mandates_restricted = fields.Boolean(
        related="company_id.codabox_mandates_restricted", readonly=False
    )
