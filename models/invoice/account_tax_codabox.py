from collections import namedtuple

from odoo import models

# What a purchase tax does, read from its grids and repartition:
# ``kind`` one of KINDS; ``rate`` in percent; ``box`` "81", "82" or "83", "" where the tax has no
# Belgian grid; ``share`` the part of the VAT that is deducted, in percent.
TaxUse = namedtuple("TaxUse", ["kind", "rate", "box", "share"])

BOXES = ("81", "82", "83")
# Grid of the base, grid of the VAT that the customer owes -> kind. A rate of 0 owes nothing.
KINDS = {
    ("86", "55"): "eu_goods",
    ("88", "55"): "eu_services",
    ("87", "56"): "cocontractor",
    ("87", "57"): "import",
    ("86", ""): "eu_goods",
    ("88", ""): "eu_services",
    ("", ""): "national",
}


class AccountTax(models.Model):
    """What a purchase tax does for the Belgian VAT return, whatever its name."""

    _inherit = "account.tax"

    def _codabox_use(self):
        """Return what this tax does on a bill; ``None`` when a bill should not choose it by itself.

        :rtype: TaxUse | None
        """
        self.ensure_one()
        if self.type_tax_use != "purchase" or self.amount_type != "percent":
            return None
        lines = self.invoice_repartition_line_ids
        grids = {
            kind: set(
                lines.filtered(lambda r, k=kind: r.repartition_type == k).tag_ids.mapped("name")
            )
            for kind in ("base", "tax")
        }
        owed = lines.filtered(lambda r: r.repartition_type == "tax" and r.factor_percent < 0)
        base = next((grid for grid in ("86", "87", "88") if grid in grids["base"]), "")
        due = next((grid for grid in ("55", "56", "57") if grid in owed.tag_ids.mapped("name")), "")
        kind = KINDS.get((base, due))
        if not kind or bool(owed) != bool(due):
            return None
        deducted = lines.filtered(
            lambda r: r.repartition_type == "tax" and r.factor_percent > 0 and r.account_id
        )
        share = round(sum(deducted.mapped("factor_percent")), 2) if self.amount else 100.0
        box = next((box for box in BOXES if box in grids["base"]), "")
        return TaxUse(kind, self.amount, box, share)

    def _codabox_best(self, like):
        """Return which of these taxes that do the same a bill takes.

        :param like: tax of an earlier bill; the same scope (goods, services) is preferred.
        """
        if len(self) < 2:
            return self
        # The chart has taxes beside the usual ones, for receipts; those of bills are named alike.
        usual = {id for id, name in self.get_external_id().items() if "attn_VAT-IN-V8" in name}
        return self.sorted(
            lambda tax: (
                bool(like) and tax.tax_scope != like.tax_scope,
                tax.price_include,
                not tax.active,
                tax.id not in usual,
                tax.sequence,
                tax.id,
            )
        )[:1]
