from odoo import api, fields, models

from ...reasons import explain

# States of Odoo's own Peppol in which it receives, or is about to.
RECEIVING = ("receiver", "smp_registration")


class ResCompany(models.Model):
    """A company has one receiver on the Peppol network: CodaBox, or Odoo."""

    _inherit = "res.company"

    codabox_peppol_warning = fields.Text(
        compute="_compute_codabox_peppol_warning", compute_sudo=True
    )

    @api.depends_context("lang")
    def _compute_codabox_peppol_warning(self):
        receives = self._codabox_receives_invoices()
        for company in self:
            code = False
            if company in receives:
                taken = company._codabox_odoo_peppol() in RECEIVING
                code = "peppol_twice" if taken else "peppol_taken"
            company.codabox_peppol_warning = (
                explain(self.env, code, {"company": company.name}) or False
            )

    def _codabox_receives_invoices(self):
        """Return those of these companies whose purchase invoices CodaBox collects."""
        mandates = (
            self.env["codabox.mandate"]
            .sudo()
            .search(
                [
                    ("client_company_id", "in", self.ids),
                    ("service", "=", "purchase_invoice"),
                    ("state", "=", "active"),
                ]
            )
        )
        return mandates.client_company_id

    def _codabox_odoo_peppol(self):
        """Return how this company stands on the Peppol of Odoo; that is an add-on of its own."""
        self.ensure_one()
        name = "account_peppol_proxy_state"
        return self[name] if name in self._fields else False


class CodaboxFeed(models.Model):
    _inherit = "codabox.feed"

    peppol_warning = fields.Text(compute="_compute_peppol_warning")

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_peppol_warning(self):
        for feed in self:
            company = feed.company_id.sudo()
            taken = bool(company) and company._codabox_odoo_peppol() in RECEIVING
            feed.peppol_warning = taken and company.codabox_peppol_warning


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    codabox_peppol_warning = fields.Text(related="company_id.codabox_peppol_warning")
