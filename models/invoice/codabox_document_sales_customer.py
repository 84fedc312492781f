from odoo import models
from odoo.fields import Domain
from odoo.tools import clean_context, email_normalize


class CodaboxDocument(models.Model):
    """Who got a sales invoice: also people without any number."""

    _inherit = "codabox.document"

    def _invoice_partner(self, parsed):
        # EXTENDS account_codabox
        partner, problem = super()._invoice_partner(parsed)
        if not self._is_sale() or partner or not problem:
            return partner, problem
        if problem["code"] == "partner_unknown":
            return partner, None  # the setting is about suppliers
        company, party = self.company_id, parsed.customer
        if not self._person_values(party):
            customer = company.codabox_cash_customer_id
            return customer, None if customer else problem
        return self._find_person(party), None

    def _invoice_accounts(self, parsed):
        # EXTENDS account_codabox: the accounts of a sales invoice are those of the company
        return () if self._is_sale() else super()._invoice_accounts(parsed)

    def _person_values(self, party):
        """Return what tells a person without number from another of the same name.

        :param Party party: the customer.
        :return: the e-mail address, else the street and the postal code; empty when unknown.
        :rtype: dict
        """
        if not party.name or party.enterprise or party.vat:
            return {}
        email = email_normalize(party.email)
        if email:
            return {"email": email}
        return {"street": party.street, "zip": party.zip} if party.street and party.zip else {}

    def _find_person(self, party):
        """Return the person of this company with the same name, and the same e-mail or address."""
        values = self._person_values(party)
        email = values.pop("email", None)
        if email:
            values["email_normalized"] = email
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        domain = Domain.AND([[(name, "=", value)] for name, value in values.items()])
        found = partners.search(
            domain
            & Domain("company_id", "=", self.company_id.id)
            & Domain("name", "=ilike", party.name.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_"))
            & Domain("vat", "in", (False, ""))
            & Domain("company_registry", "in", (False, "")),
            order="active desc, id",
        )  # fmt: skip
        return found[:1]

    def _make_invoice_partner(self, parsed):
        # EXTENDS account_codabox: a person without number is one of this company only
        party = self._invoice_party(parsed)
        if not self._is_sale() or not self._person_values(party):
            return super()._make_invoice_partner(parsed)
        country = self.env["res.country"].search([("code", "=", party.country or "BE")])
        partners = self.env["res.partner"].with_context(clean_context(self.env.context))
        return partners.create(
            {
                "name": party.name,
                "company_id": self.company_id.id,
                "street": party.street or False,
                "street2": party.street2 or False,
                "zip": party.zip or False,
                "city": party.city or False,
                "country_id": country.id,
                "email": party.email or False,
                "phone": party.phone or False,
                "lang": self.company_id.partner_id.lang,
            }
        ).with_env(self.env)
