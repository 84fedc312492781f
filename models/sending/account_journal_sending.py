from odoo import fields, models


class AccountJournal(models.Model):
    """A sales journal whose invoices the accountant does not need."""

    _inherit = "account.journal"

    codabox_send_excluded = fields.Boolean(
        "Not to CodaBox", help="Invoices of this journal are not sent to the accountant."
    )

    def write(self, vals):
        result = super().write(vals)
        if "codabox_send_excluded" in vals:
            self.env["account.move"]._codabox_mark_company(
                self.company_id.filtered("codabox_consent_id")
            )
        return result
