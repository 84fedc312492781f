from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    codabox_soda_journal_id = fields.Many2one(
        related="company_id.codabox_soda_journal_id", readonly=False, check_company=True
    )
    codabox_soda_suspense_account_id = fields.Many2one(
        related="company_id.codabox_soda_suspense_account_id", readonly=False, check_company=True
    )
    codabox_soda_date = fields.Selection(related="company_id.codabox_soda_date", readonly=False)
    codabox_soda_detail = fields.Selection(related="company_id.codabox_soda_detail", readonly=False)
    codabox_soda_post = fields.Boolean(related="company_id.codabox_soda_post", readonly=False)

    def action_codabox_soda_journal(self):
        """Make the payroll journal now, so that a file can be uploaded on its card."""
        self.company_id._codabox_payroll_journal()
        return {"type": "ir.actions.client", "tag": "reload"}
