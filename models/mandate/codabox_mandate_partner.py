from odoo import api, models


class CodaboxMandate(models.Model):
    """Keeps the states on the partners in line with their mandates."""

    _inherit = "codabox.mandate"

    @api.model_create_multi
    def create(self, vals_list):
        mandates = super().create(vals_list)
        mandates._refresh_partners(mandates._partner_companies())
        return mandates

    def write(self, vals):
        watched = {"partner_id", "service", "state", "feed_id", "connection_id"}
        before = self._partner_companies() if vals.keys() & watched else set()
        result = super().write(vals)
        if vals.keys() & watched:
            self._refresh_partners(before | self._partner_companies())
        return result

    def unlink(self):
        before = self._partner_companies()
        result = super().unlink()
        self._refresh_partners(before)
        return result

    def _adopt_company(self):
        """The client is a company in Odoo: mandates of nobody are those of its partner."""
        for mandate in self.filtered(lambda m: m.client_company_id and not m.partner_id):
            mandate.partner_id = mandate.client_company_id.partner_id

    def _partner_companies(self):
        """Return each partner of these mandates with each company that may see them."""
        return {
            (mandate.partner_id.id, company.id)
            for mandate in self.sudo()
            for company in mandate.company_id | mandate.client_company_id
            if mandate.partner_id
        }

    @api.model
    def _refresh_partners(self, pairs):
        """Store the states of partners as a company may see them.

        :param set pairs: ids of partners and companies.
        """
        by_company = {}
        for partner_id, company_id in pairs:
            by_company.setdefault(company_id, set()).add(partner_id)
        for company_id, partner_ids in by_company.items():
            partners = self.env["res.partner"].sudo().with_company(company_id)
            partners.browse(sorted(partner_ids))._codabox_refresh_states()
