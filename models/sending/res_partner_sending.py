from odoo import fields, models


class ResPartner(models.Model):
    """A customer whose invoices the accountant does not need."""

    _inherit = "res.partner"

    codabox_send_excluded = fields.Boolean(
        "Not to CodaBox",
        company_dependent=True,
        help="Invoices to this customer are not sent to the accountant.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "codabox_send_excluded" in vals:
            company = self.env.company.filtered("codabox_consent_id")
            self.env["account.move"]._codabox_mark_company(company)
        return result
