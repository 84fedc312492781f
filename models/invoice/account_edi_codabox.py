from odoo import models

from ..common.cursor_object import cursor_object

READING = "codabox_reading"


class Reading:
    """What we know of the document that Odoo decodes just now.

    :ivar parsed: its ``codabox.ubl.Invoice``, where we decide about its lines.
    :ivar partner_id: the id of its partner, found beforehand; 0 for none, ``None`` where Odoo
        finds it.
    """

    parsed = None
    partner_id = None


_NOTHING = Reading()


def while_reading(model, *, parsed=None, partner_id=None):
    """Return a model with the context under which a document is decoded, until the next one is.

    :param model: any records.
    :param parsed: see ``Reading``.
    :param partner_id: see ``Reading``.
    """
    reading = cursor_object(model.env.cr, Reading)
    reading.parsed, reading.partner_id = parsed, partner_id
    return model.with_context(**{READING: reading})


class AccountEdiCommon(models.AbstractModel):
    """Odoo's reader of electronic invoices, told by us what it would guess.

    Left alone it takes the partner by telephone, e-mail or name, makes bank accounts without a
    word, and attaches every embedded file.
    """

    _inherit = "account.edi.common"

    def _codabox_reading(self):
        return self.env.context.get(READING) or _NOTHING

    def _import_partner(self, company_id, name, phone, email, vat, **kwargs):
        # EXTENDS account_edi_ubl_cii
        partner_id = self._codabox_reading().partner_id
        if partner_id is None:
            return super()._import_partner(company_id, name, phone, email, vat, **kwargs)
        return self.env["res.partner"].browse(partner_id or []), []

    def _import_partner_bank(self, invoice, bank_details):
        # EXTENDS account_edi_ubl_cii
        if self._codabox_reading().partner_id is None:
            return super()._import_partner_bank(invoice, bank_details)
        return None

    def _import_attachments(self, invoice, tree):
        # EXTENDS account_edi_ubl_cii
        if self._codabox_reading().partner_id is None:
            return super()._import_attachments(invoice, tree)
        return self.env["ir.attachment"]

    def _log_import_invoice_ubl_cii(self, invoice, **kwargs):
        # EXTENDS account_edi_ubl_cii: what is worth knowing is told on the invoice itself
        if self._codabox_reading().partner_id is None:
            return super()._log_import_invoice_ubl_cii(invoice, **kwargs)
        return None
