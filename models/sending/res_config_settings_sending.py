from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    codabox_consent_id = fields.Many2one(
        "codabox.sending.consent", compute="_compute_codabox_consent_id"
    )
    codabox_consent_by_id = fields.Many2one(related="codabox_consent_id.given_by_id")
    codabox_consent_at = fields.Datetime(related="codabox_consent_id.given_at")
    codabox_has_company_connection = fields.Boolean(
        compute="_compute_codabox_has_company_connection"
    )
    codabox_accountant_id = fields.Many2one(
        related="company_id.codabox_accountant_id", readonly=False
    )
    codabox_send_way = fields.Selection(related="company_id.codabox_send_way", readonly=False)
    codabox_send_inbox = fields.Char(related="company_id.codabox_send_inbox", readonly=False)
    codabox_send_from = fields.Date(related="company_id.codabox_send_from", readonly=False)
    codabox_send_schedule = fields.Selection(
        related="company_id.codabox_send_schedule", readonly=False
    )
    codabox_send_time = fields.Float(related="company_id.codabox_send_time", readonly=False)
    codabox_send_weekday = fields.Selection(
        related="company_id.codabox_send_weekday", readonly=False
    )
    codabox_send_day = fields.Integer(related="company_id.codabox_send_day", readonly=False)
    codabox_next_send = fields.Datetime(related="company_id.codabox_next_send")
    codabox_send_when = fields.Selection(related="company_id.codabox_send_when", readonly=False)
    codabox_send_min_days = fields.Integer(
        related="company_id.codabox_send_min_days", readonly=False
    )
    codabox_send_old_year_first = fields.Boolean(
        related="company_id.codabox_send_old_year_first", readonly=False
    )
    codabox_send_on_change = fields.Selection(
        related="company_id.codabox_send_on_change", readonly=False
    )

    @api.depends("company_id.codabox_consent_ids.revoked_at", "codabox_send_way")
    def _compute_codabox_consent_id(self):
        for settings in self:
            settings.codabox_consent_id = settings.company_id._codabox_agreed()

    def _compute_codabox_has_company_connection(self):
        for settings in self:
            settings.codabox_has_company_connection = bool(
                settings.company_id._codabox_company_connection()
            )

    def action_codabox_consent(self):
        """Show the text of the consent, to agree or to revoke."""
        return self.company_id._codabox_open_consent()

    def action_codabox_send_batch(self):
        """Show what would be sent now."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_send_batch_action"
        )
