from odoo import fields, models
from odoo.tools import email_normalize

from .account_move_payer import PRIVATE

# Of whom CodaBox says nothing: one answer for all receipts of the company.
ANYBODY = "-"


class CodaboxSenderAnswer(models.Model):
    _inherit = "codabox.sender.answer"

    answer = fields.Selection(
        selection_add=[("payer", "Receipts are owed to who paid")], ondelete={"payer": "cascade"}
    )
    account_id = fields.Many2one("account.account", "Owed on", readonly=True, ondelete="cascade")


class CodaboxDocument(models.Model):
    """Who paid the receipts of a sender is chosen once; the next one proposes it and says so."""

    _inherit = "codabox.document"

    def _complete_invoice(self, move, parsed):
        # EXTENDS account_codabox
        result = super()._complete_invoice(move, parsed)
        self._propose_payer(move)
        return result

    def _import_invoice_pdf(self):
        # EXTENDS account_codabox
        result = super()._import_invoice_pdf()
        self._propose_payer(self.invoice_id)
        return result

    def _propose_payer(self, move):
        """Put what was chosen for the sender on the draft of a receipt."""
        if not self._is_expense() or move.move_type != "in_receipt" or move.state != "draft":
            return
        answers = self.env["codabox.sender.answer"]
        found = answers._find(self.company_id, "payer", self._payer_key())
        if not found.account_id or move.codabox_document_id != self:
            return
        move.write(
            {
                "codabox_paid_by": PRIVATE,
                "codabox_payer_id": found.partner_id.id,
                "codabox_payer_account_id": found.account_id.id,
            }
        )
        account = found.account_id.with_company(self.company_id).display_name
        facts = {"account": account, "user": found.create_uid.name, "sender": found.sender}
        move._codabox_flag("followed_payer", blocking=False, **facts)

    def _payer_key(self):
        """Return what tells who sends receipts: the address that CodaBox gives with it."""
        told = (self.sudo().metadata or {}).values()
        mails = {email_normalize(text) for text in told if isinstance(text, str) and "@" in text}
        return ",".join(sorted(mails - {False})) or ANYBODY

    def _remember_payer(self, move):
        """Remember who paid a receipt of this sender."""
        key = self._payer_key()
        self.env["codabox.sender.answer"]._remember(
            self.company_id,
            "payer",
            key,
            sender=self.env._("All expense notes") if key == ANYBODY else key,
            partner_id=move.codabox_payer_id.id,
            account_id=move.codabox_payer_account_id.id,
        )


class AccountMove(models.Model):
    _inherit = "account.move"

    def _codabox_owe_payer(self):
        # EXTENDS account_codabox
        result = super()._codabox_owe_payer()
        document = self.sudo().codabox_document_id
        if document._is_expense() and self.codabox_payer_account_id:
            document._remember_payer(self)
        return result
