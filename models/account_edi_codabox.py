from odoo import models

# While a document of CodaBox is decoded: the id of its partner, found beforehand; 0 for none.
PARTNER = "codabox_partner_id"


class AccountEdiCommon(models.AbstractModel):
    """Odoo's reader of electronic invoices, told by us what it would guess.

    Left alone it takes the partner by telephone, e-mail or name, makes bank accounts without a
    word, and attaches every embedded file.
    """

    _inherit = "account.edi.common"

    def _import_partner(self, company_id, name, phone, email, vat, **kwargs):
        # EXTENDS account_edi_ubl_cii
        partner = self.env.context.get(PARTNER)
        if partner is None:
            return super()._import_partner(company_id, name, phone, email, vat, **kwargs)
        return self.env["res.partner"].browse(partner or []), []

    def _import_partner_bank(self, invoice, bank_details):
        # EXTENDS account_edi_ubl_cii
        if self.env.context.get(PARTNER) is None:
            return super()._import_partner_bank(invoice, bank_details)
        return None

    def _import_attachments(self, invoice, tree):
        # EXTENDS account_edi_ubl_cii
        if self.env.context.get(PARTNER) is None:
            return super()._import_attachments(invoice, tree)
        return self.env["ir.attachment"]

    def _log_import_invoice_ubl_cii(self, invoice, **kwargs):
        # EXTENDS account_edi_ubl_cii: what is worth knowing is told on the invoice itself
        if self.env.context.get(PARTNER) is None:
            return super()._log_import_invoice_ubl_cii(invoice, **kwargs)
        return None
