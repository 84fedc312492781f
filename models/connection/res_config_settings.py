from odoo import fields, models

from ..common.mail_activity import SETTING


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    codabox_connection_id = fields.Many2one(
        "codabox.connection", "CodaBox connection", compute="_compute_codabox_connection_id"
    )
    codabox_connection_state = fields.Selection(
        related="codabox_connection_id.state", string="State"
    )
    codabox_connection_reason = fields.Text(related="codabox_connection_id.reason", string="Reason")
    codabox_todo_mails = fields.Selection(
        [("morning", "One mail each morning"), ("single", "A mail for each at once")],
        "Mails about to-dos",
        default="morning",
        config_parameter=SETTING,
    )
    codabox_days_asked = fields.Integer(related="company_id.codabox_days_asked", readonly=False)
    codabox_days_preparing = fields.Integer(
        related="company_id.codabox_days_preparing", readonly=False
    )
    codabox_days_to_sign = fields.Integer(related="company_id.codabox_days_to_sign", readonly=False)
    codabox_days_signed = fields.Integer(related="company_id.codabox_days_signed", readonly=False)
    codabox_days_requested = fields.Integer(
        related="company_id.codabox_days_requested", readonly=False
    )
    codabox_days_bank_or_office = fields.Integer(
        related="company_id.codabox_days_bank_or_office", readonly=False
    )
    codabox_days_delayed = fields.Integer(related="company_id.codabox_days_delayed", readonly=False)
    codabox_days_waiting_first_file = fields.Integer(
        related="company_id.codabox_days_waiting_first_file", readonly=False
    )

    codabox_payroll_user_ids = fields.Many2many(
        related="company_id.codabox_payroll_user_ids", readonly=False
    )
    codabox_wages_open = fields.Boolean(related="company_id.codabox_wages_open", readonly=False)
    codabox_mandates_restricted = fields.Boolean(
        related="company_id.codabox_mandates_restricted", readonly=False
    )

    def _compute_codabox_connection_id(self):
        for settings in self:
            settings.codabox_connection_id = settings.company_id.codabox_connection_ids[:1]

    def action_codabox_connect(self):
        """Open the connection of this company, or start the wizard that makes one."""
        if self.codabox_connection_id:
            return {
                "type": "ir.actions.act_window",
                "res_model": "codabox.connection",
                "res_id": self.codabox_connection_id.id,
                "view_mode": "form",
            }
        return self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_connect_action"
        )
