from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from ..common.own_company import opens_in_own_company

# Between Belgian taxable persons an invoice is an electronic one from this day on.
OBLIGED_FROM = "2026-01-01"
CODE = "pdf_only_2026"
# Only who charges VAT, or leaves it to us, is surely obliged; absent is unknown, and not told.
OBLIGED = Domain(
    [
        ("codabox_pdf_only", "=", True),
        ("move_type", "in", ("in_invoice", "in_refund")),
        ("state", "!=", "cancel"),
        ("invoice_date", ">=", OBLIGED_FROM),
        ("company_id.codabox_vat_regime", "!=", "none"),
        ("commercial_partner_id.country_id.code", "=", "BE"),
        ("commercial_partner_id.vat", "=ilike", "BE%"),
        ("invoice_line_ids", "any", [("tax_ids", "any", [("amount", "!=", 0)])]),
    ]
)


class AccountMove(models.Model):
    """A bill that came as PDF only, from a supplier who owes an electronic invoice: told, quietly."""

    _inherit = "account.move"

    codabox_pdf_only = fields.Boolean("PDF only", readonly=True, copy=False)

    def _codabox_live_flags(self):
        # EXTENDS account_codabox: supplier, day and taxes are typed by a person, so it is live
        flags = super()._codabox_live_flags()
        if self.codabox_pdf_only and self.sudo().filtered_domain(OBLIGED):
            supplier = self.commercial_partner_id.display_name
            flags.append({"code": CODE, "facts": {"supplier": supplier}, "blocking": False})
        return flags

    def _codabox_structured_text(self):
        """Return what is written to a supplier, in his language: (subject, body).

        :rtype: tuple[str, str]
        """
        env = self.with_context(lang=self.commercial_partner_id.lang or self.env.lang).env
        numbers = ", ".join(self.sorted("invoice_date").mapped(lambda m: m.ref or m.name or ""))
        body = env._(
            "Dear supplier,\n\nWe received %(numbers)s as a PDF only. Since 1 January 2026 an "
            "electronic invoice over Peppol is obligatory between Belgian taxable persons. Please "
            "send your invoices to %(company)s over Peppol from now on, to the number "
            "%(number)s.\n\nThank you.",
            numbers=numbers,
            company=self.company_id.name,
            number=self.company_id._codabox_enterprise_number() or self.company_id.vat or "",
        )
        return env._("Please send your invoices over Peppol"), body

    @opens_in_own_company
    def action_codabox_ask_structured(self):
        """Open a mail to the supplier of these bills that asks for electronic invoices.

        :raise UserError: when they are of several suppliers or companies.
        """
        self.check_access("read")
        supplier = self.commercial_partner_id
        if len(supplier) != 1 or len(self.company_id) != 1:
            raise UserError(self.env._("Choose bills of one supplier and one company."))
        subject, body = self._codabox_structured_text()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write to the supplier"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.sorted("invoice_date").ids[-1:],
                "default_composition_mode": "comment",
                "default_partner_ids": supplier.ids,
                "default_subject": subject,
                "default_body": plaintext2html(body),
            },
        }


class CodaboxDocument(models.Model):
    _inherit = "codabox.document"

    def _import_invoice_pdf(self):
        # EXTENDS account_codabox
        result = super()._import_invoice_pdf()
        if self.kind == "purchase_invoice" and self.invoice_id and not self.uses_pdf:
            self.invoice_id.sudo().codabox_pdf_only = True
        return result

    def _download(self, client):
        # EXTENDS account_codabox: the electronic invoice came after all
        became_readable = super()._download(client)
        if self.invoice_id.codabox_pdf_only and self._readable_file().format != "pdf":
            self.invoice_id.sudo().codabox_pdf_only = False
        return became_readable
