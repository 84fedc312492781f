from odoo import models
from odoo.tools import email_normalize, email_normalize_all


class AccountMove(models.Model):
    """Whether the accountant already gets an invoice another way."""

    _inherit = "account.move"

    def _codabox_other_ways(self, recipients=None):
        """Return the ways by which the accountant gets this invoice without CodaBox.

        :param recipients: ``res.partner`` to whom it is about to be mailed.
        :return: some of ``mail``, ``subscribed`` (the journal mails every invoice) and ``peppol``.
        :rtype: list[str]
        """
        self.ensure_one()
        accountant = self.company_id.codabox_accountant_id
        if not accountant:
            return []
        firm = accountant.commercial_partner_id
        addresses = {accountant.email_normalized, firm.email_normalized} - {False, ""}
        mailed = self.sudo().message_ids.filtered("attachment_ids").partner_ids
        if recipients:
            mailed |= self.env["res.partner"].browse(getattr(recipients, "ids", recipients))
        ways = []
        if any(
            p.commercial_partner_id == firm or email_normalize(p.email or "") in addresses
            for p in mailed
        ):
            ways.append("mail")
        subscribed = email_normalize_all(
            self.journal_id.sudo().incoming_einvoice_notification_email or ""
        )
        if addresses & set(subscribed):
            ways.append("subscribed")
        if self.commercial_partner_id == firm and self._codabox_goes_by_peppol():
            ways.append("peppol")
        return ways

    def _codabox_goes_by_peppol(self):
        """Say whether this invoice went to its customer over Odoo's Peppol, or is about to."""
        fields = self._fields
        return "peppol_move_state" in fields and self.peppol_move_state in (
            "to_send",
            "processing",
            "done",
        )
