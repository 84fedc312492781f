from odoo import models

from .account_tax_codabox import TaxUse

# Box of the VAT return of what is sold -> kind; "46L" and "46T" are how the chart names box 46.
KINDS = {
    "00": "national",
    "01": "national",
    "02": "national",
    "03": "national",
    "44": "eu_services",
    "45": "cocontractor",
    "46L": "eu_goods",
    "46T": "eu_triangular",
    "47": "outside_eu",
}


class AccountTax(models.Model):
    """What a sale tax does for the Belgian VAT return, whatever its name."""

    _inherit = "account.tax"

    def _codabox_use(self):
        # EXTENDS account_codabox: the box of a sale tax, ``box``, tells its kind
        self.ensure_one()
        if self.type_tax_use != "sale":
            return super()._codabox_use()
        if self.amount_type != "percent":
            return None
        base = self.invoice_repartition_line_ids.filtered(lambda r: r.repartition_type == "base")
        box = next((name for name in base.tag_ids.mapped("name") if name in KINDS), "")
        return TaxUse(KINDS.get(box, "national"), self.amount, box, 100.0)
