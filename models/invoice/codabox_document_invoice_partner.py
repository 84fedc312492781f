from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context


class CodaboxDocument(models.Model):
    """Who sent a purchase invoice, or got a sales invoice."""

    _inherit = "codabox.document"

    invoice_partner_id = fields.Many2one(
        "res.partner",
        "Partner chosen",
        readonly=True,
        index="btree_not_null",
        help="The other party, where a person chose it for this document.",
    )

    def _invoice_partner(self, parsed):
        """Return the partner of an invoice, and what stands in the way when there is none.

        Both are empty when the partner is to be made.

        :param Invoice parsed: what the file says.
        :rtype: tuple
        """
        if self.invoice_partner_id:
            return self.invoice_partner_id, None
        company, party = self.company_id, self._invoice_party(parsed)
        partners = self.env["res.partner"]
        partner = partners._codabox_find_party(company, party, self._invoice_accounts(parsed))
        if partner:
            return partner, None
        facts = {
            "name": party.name,
            "number": party.enterprise or party.vat or party.endpoint,
            "company": company.name,
        }
        if partners._codabox_shares_vat(company, party):
            return partner, {"code": "shared_vat", **facts}
        if not partners._codabox_prepare_party(company, party):
            return partner, {"code": "partner_incomplete", **facts}
        if not company.codabox_create_suppliers:
            return partner, {"code": "partner_unknown", **facts}
        return partner, None

    def _invoice_accounts(self, parsed):
        """Return the accounts that tell the partner: those to which a purchase is to be paid."""
        return parsed.ibans

    def _make_invoice_partner(self, parsed):
        """Make the partner of an invoice.

        :param Invoice parsed: what the file says.
        :rtype: res.partner
        :raise UserError: when the file does not say enough.
        """
        partners = self.env["res.partner"].with_context(clean_context(self.env.context))
        values = partners._codabox_prepare_party(self.company_id, self._invoice_party(parsed))
        if not values:
            raise UserError(
                self.env._(
                    "The invoice gives no name, or no correct number, to make a partner from."
                )
            )
        return partners.create(values).with_env(self.env)
