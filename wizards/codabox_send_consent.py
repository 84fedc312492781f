from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.common.own_company import in_own_company
from ..reasons import explain


class CodaboxSendConsent(models.TransientModel):
    """The text with which a company agrees to hand its invoices to its accountant."""

    _name = "codabox.send.consent"
    _inherit = "codabox.dialog.mixin"
    _description = "Consent to send sales invoices"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    consent_id = fields.Many2one("codabox.sending.consent", compute="_compute_consent_id")
    is_mail = fields.Boolean(compute="_compute_consent_id", export_string_translation=False)
    given_by_id = fields.Many2one(related="consent_id.given_by_id")
    given_at = fields.Datetime(related="consent_id.given_at")
    given_text = fields.Text("Agreed text", related="consent_id.text")
    text = fields.Text(compute="_compute_text")
    agreed = fields.Boolean("I agree for this company")

    @api.depends("company_id")
    def _compute_consent_id(self):
        for wizard in self:
            wizard.consent_id = wizard.company_id._codabox_agreed()
            wizard.is_mail = wizard.company_id._codabox_mails()

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_text(self):
        for wizard in self:
            company = wizard.company_id
            if company._codabox_mails():
                wizard.text = wizard._mail_text(company)
                continue
            wizard.text = self.env._(
                "%(company)s (enterprise number %(number)s) agrees that its sales invoices and "
                "credit notes, with the personal data in them, are sent to CodaBox, which hands "
                "them to the accountant of the company. Nothing is sent before this consent, and "
                "nothing after it is revoked. What was sent before stays with the accountant.",
                company=company.name,
                number=company._codabox_enterprise_number(),
            )

    def _mail_text(self, company):
        """Return what is agreed to where invoices are mailed."""
        return self.env._(
            "%(company)s (enterprise number %(number)s) agrees that its sales invoices and credit "
            "notes, with the personal data in them, are mailed to %(inbox)s, the inbox of its "
            "accountant. Nothing is sent before this consent, and nothing after it is revoked. "
            "What was sent before stays with the accountant.",
            company=company.name,
            number=company._codabox_enterprise_number(),
            inbox=company._codabox_mail_inbox(),
        )

    def action_give(self):
        """Record the consent, with the text that was shown."""
        self.ensure_one()
        if not self.agreed:
            raise UserError(self.env._("Tick “I agree” first."))
        company = self.company_id
        if company._codabox_mails() and not company._codabox_mail_inbox():
            raise UserError(explain(self.env, "send_no_inbox", {"company": company.name}))
        self.env["codabox.sending.consent"]._give(self.company_id, self.text)
        if self.env.context.get("codabox_then_send"):
            return in_own_company(self.env["codabox.send.batch"], self.company_id).action_open()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_revoke(self):
        """Record that the consent ends."""
        self.ensure_one()
        self.consent_id._revoke()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
