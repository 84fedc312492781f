from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.overtaken import done_again


class CodaboxSendingConsent(models.Model):
    """A company's consent to hand its sales invoices to its accountant: who, when, which text.

    Never changed and never deleted: revoking it writes who and when beside it, and a new one may
    follow.
    """

    _name = "codabox.sending.consent"
    _description = "Consent to send sales invoices"
    _order = "id desc"
    _rec_name = "given_at"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    text = fields.Text(required=True, readonly=True, help="What was agreed to, word for word.")
    given_by_id = fields.Many2one("res.users", "Given by", required=True, readonly=True)
    given_at = fields.Datetime("Given on", required=True, readonly=True)
    revoked_by_id = fields.Many2one("res.users", "Revoked by", readonly=True)
    revoked_at = fields.Datetime("Revoked on", readonly=True)

    _one_in_force = models.UniqueIndex("(company_id) WHERE revoked_at IS NULL")

    @api.model
    def _give(self, company, text):
        """Record that a company agrees, from now on.

        :param res.company company: the company.
        :param str text: what was shown.
        """
        company._codabox_require_send_manager()
        if company._codabox_agreed():
            raise UserError(self.env._("%s agreed before.", company.name))
        company.sudo().codabox_consent_id.with_env(self.env)._revoke()  # it was of another way
        with done_again(self.env.cr):
            consent = self.sudo().create(
                {
                    "company_id": company.id,
                    "text": text,
                    "inbox": company._codabox_mails() and company._codabox_mail_inbox(),
                    "given_by_id": self.env.uid,
                    "given_at": fields.Datetime.now(),
                }
            )
        if not company.codabox_send_from:
            company.sudo().codabox_send_from = company._codabox_first_day()
        self.env["account.move"]._codabox_mark_company(company)
        return consent

    def _revoke(self):
        """Record that the company agrees no longer: nothing leaves from now on."""
        for consent in self.filtered(lambda c: not c.revoked_at):
            consent.company_id._codabox_require_send_manager()
            consent.sudo().write(
                {"revoked_by_id": self.env.uid, "revoked_at": fields.Datetime.now()}
            )
            self.env["account.move"]._codabox_mark_company(consent.company_id)
