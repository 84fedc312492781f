from odoo import api, models
from odoo.fields import Domain

from ...codabox import clean_iban
from ..connection.codabox_feed import enterprise_digits


class ResPartner(models.Model):
    """The other party of an invoice: found by what identifies it, made when it is complete."""

    _inherit = "res.partner"

    @api.model
    def _codabox_find_party(self, company, party, ibans=()):
        """Return the partner of a party of an invoice, archived or not; a name never tells.

        By its enterprise number, then its VAT number, its electronic address and, when exactly one
        partner holds it, its account. The last two never find who has another number.

        :param res.company company: whose invoice it is: of others only shared partners.
        :param Party party: what the invoice says of it.
        :param ibans: account numbers to pay to, of a supplier.
        :rtype: res.partner
        """
        number = party.enterprise or _belgian_digits(party.vat)
        partners = self.sudo().with_context(active_test=False)
        found = number and partners._codabox_by_number(company, {number}).get(number)
        if found:
            return found.commercial_partner_id
        usable = Domain("company_id", "in", [False, *company.sudo().parent_ids.ids])
        if party.vat:
            # Members of a VAT group share their VAT number.
            holders = partners.search(usable & Domain("vat", "in", [party.vat]))
            holders = holders.filtered(lambda p: not p._codabox_is_other(number, ""))
            found = partners._codabox_pick(Domain("id", "in", holders.ids))
        if not found and party.endpoint:
            found = partners._codabox_pick(
                usable
                & Domain("peppol_eas", "=", party.scheme)
                & Domain("peppol_endpoint", "=", party.endpoint)
            )
            found = found.filtered(lambda p: not p._codabox_is_other(number, party.vat))
        if not found and ibans:
            found = partners._codabox_by_accounts(usable, ibans)
            found = found.filtered(lambda p: not p._codabox_is_other(number, party.vat))
        return found or partners.browse()

    def _codabox_shares_vat(self, company, party):
        """Return whether a party names only a VAT number, which others have with a number of their own.

        So do the members of a VAT group: which of them it is, or the group itself, nobody can tell.

        :param res.company company: whose invoice it is: of others only shared partners.
        :param Party party: what the invoice says of it.
        :rtype: bool
        """
        number = _belgian_digits(party.vat)
        if not number or party.enterprise not in ("", number):
            return False
        usable = Domain("company_id", "in", [False, *company.sudo().parent_ids.ids])
        holders = self.sudo().search(usable & Domain("vat", "=", party.vat))
        return any(holder._codabox_is_other(number, "") for holder in holders)

    def _codabox_pick(self, domain):
        """Return the company, in use if possible, of the partners of a domain."""
        found = self.search(domain & Domain("codabox_number_unchecked", "=", False))
        return found.commercial_partner_id.sorted(lambda p: (not p.active, p.id))[:1]

    def _codabox_by_accounts(self, usable, ibans):
        """Return the only partner that holds one of these accounts, else none."""
        numbers = [clean_iban(iban) for iban in ibans]
        accounts = self.env["res.partner.bank"].search([("sanitized_acc_number", "in", numbers)])
        holders = accounts.partner_id.filtered_domain(usable).commercial_partner_id
        return holders if len(holders) == 1 else holders.browse()

    def _codabox_is_other(self, number, vat):
        """Return whether this partner has another number than these."""
        self.ensure_one()
        own = self._codabox_enterprise_number()
        return bool((own and number and own != number) or (self.vat and vat and self.vat != vat))

    def _codabox_is_same(self, other):
        """Return whether two partners are one enterprise, whatever records it has.

        Members of a VAT group share their VAT number: two enterprise numbers are two enterprises.
        """
        if self == other:
            return True
        own, theirs = (partner._codabox_enterprise_number() for partner in (self, other))
        if own and theirs:
            return own == theirs
        return bool(self.vat and self.vat == other.vat)

    @api.model
    def _codabox_prepare_party(self, company, party):
        """Return the values of the partner of a party, empty when it is not complete.

        Complete is a name and a number that is right. Everybody sees a partner with an enterprise
        number; one without belongs to the company of the invoice.

        :param res.company company: whose invoice it is.
        :param Party party: what the invoice says of it.
        :rtype: dict
        """
        number = party.enterprise or _belgian_digits(party.vat)
        code = party.country or (party.vat[:2] if party.vat[:2].isalpha() else "") or "BE"
        country = self.env["res.country"].search([("code", "=", code)])
        vat, _code = self._run_vat_checks(country, party.vat, validation="setnull")
        if not party.name or not (number or vat):
            return {}
        return {
            "name": party.name,
            "is_company": True,
            "company_id": False if number else company.id,
            "company_registry": number or False,
            "vat": vat or False,
            "street": party.street or False,
            "street2": party.street2 or False,
            "zip": party.zip or False,
            "city": party.city or False,
            "country_id": country.id,
            "email": party.email or False,
            "phone": party.phone or False,
            "lang": company.partner_id.lang,
        }


def _belgian_digits(vat):
    return enterprise_digits(vat) if vat.startswith("BE") else ""
