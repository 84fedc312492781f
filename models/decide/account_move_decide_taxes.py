from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..invoice.account_tax_codabox import BOXES, TaxUse
from ..invoice.codabox_tax_choice import USUAL_RATE, TaxChoice

# Offered at most; who needs another one finds all of them on the line.
MOST = 3
# Question -> kind and rate of the taxes that its answer can be, the likeliest first.
MEANT = {
    "reverse_charge_rate": [("cocontractor", 21.0), ("cocontractor", 6.0), ("cocontractor", 12.0)],
    "eu_kind": [("eu_goods", USUAL_RATE), ("eu_services", USUAL_RATE)],
    "outside_eu": [("import", USUAL_RATE), ("cocontractor", USUAL_RATE), ("national", 0.0)],
    "outside_vat": [("national", 0.0)],
    "one_stop_shop": [("national", 0.0)],
    "unknown_vat": [("national", 0.0), ("cocontractor", USUAL_RATE)],
}
WORK = ((21.0, "82"), (6.0, "82"), (21.0, "81"))
# What each part of the VAT that is deducted may be, of the rate in the file.
SHARES = (100.0, 50.0, 0.0)


class AccountMove(models.Model):
    """The few taxes that the open question of a bill can mean, each with a button."""

    _inherit = "account.move"

    codabox_tax_1 = fields.Char("First tax", compute="_compute_codabox_taxes")
    codabox_tax_2 = fields.Char("Second tax", compute="_compute_codabox_taxes")
    codabox_tax_3 = fields.Char("Third tax", compute="_compute_codabox_taxes")

    @api.depends("codabox_has_flags", "state", "invoice_line_ids.account_id", "line_ids.tax_ids")
    @api.depends_context("lang")
    def _compute_codabox_taxes(self):
        for move in self:
            names = [*move._codabox_taxes_meant(), *[False] * MOST][:MOST]
            move.codabox_tax_1, move.codabox_tax_2, move.codabox_tax_3 = names

    def _codabox_taxes_meant(self):
        """Return name in full -> tax that the first question about taxes can mean.

        :rtype: dict[str, account.tax]
        """
        flag = self._codabox_tax_flag()
        if not flag:
            return {}
        choice = TaxChoice(self.company_id)
        line = self._codabox_flag_lines(flag)[:1]
        boxes = [choice.box(line.account_id)] if choice.has_boxes() else [""]
        found = {}
        for use in self._codabox_uses_meant(flag, boxes if any(boxes) else list(BOXES)):
            tax = choice.find(use, choice.none)
            if tax and tax not in found.values():
                found[self._codabox_tax_name(use, tax)] = tax
        return dict(list(found.items())[:MOST])

    def _codabox_tax_flag(self):
        """Return the first open flag of this draft bill of which lines lack a tax, if any."""
        if self.state != "draft" or not self.codabox_has_flags:
            return None
        return next((flag for flag in self._codabox_open_flags() if "lines" in flag), None)

    def _codabox_uses_meant(self, flag, boxes):
        """Return what the taxes do that a flag can mean, on accounts of these boxes."""
        code, rate = flag["code"], flag["facts"].get("rate", "")
        if code == "mixed_vat":
            national = ("national", float(rate.rstrip("%") or 0))
            return [TaxUse(*national, box, share) for share in SHARES for box in boxes]
        if code == "reverse_charge_rate" and boxes == ["81"]:
            # Nearly always work; that the account is of goods may be no more than the journal's.
            return [TaxUse("cocontractor", *use, 100.0) for use in WORK]
        return [
            # Services are never goods for resale, whatever the account of the journal says.
            TaxUse(kind, rate, "82" if (kind, box) == ("eu_services", "81") else box, 100.0)
            for kind, rate in MEANT.get(code, [])
            for box in boxes
        ]

    def _codabox_tax_name(self, use, tax):
        """Return what a tax is in words, and its name in the chart."""
        boxes = {
            "81": self.env._("goods for resale"),
            "82": self.env._("services and other goods"),
            "83": self.env._("investments"),
        }
        kinds = {
            "cocontractor": self.env._("co-contractor"),
            "eu_goods": self.env._("goods from the EU"),
            "eu_services": self.env._("services from the EU"),
            "import": self.env._("imports"),
        }
        known = (kinds.get(use.kind), boxes.get(use.box))
        words = [f"{use.rate:g}%", *filter(None, known)]
        if use.share != 100.0:
            words.append(self.env._("%(share)s deducted", share=f"{use.share:g}%"))
        return f"{', '.join(words)} ({tax.name})"

    # -------------------------------------------------------------------------
    # Chosen
    # -------------------------------------------------------------------------

    def action_codabox_put_tax(self):
        """Put the tax of the button that was pressed on the lines that the question is about.

        :raise UserError: when the question is another one by now.
        """
        self.ensure_one()
        self.check_access("write")
        tax = self._codabox_taxes_meant().get(self.env.context.get("codabox_tax"))
        if not tax:
            raise UserError(self.env._("This cannot be chosen here any more."))
        self._codabox_put_taxes(tax)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _codabox_put_taxes(self, taxes):
        """Put taxes on the lines of the open question; those of the chart may be archived yet.

        :param account.tax taxes: what a person chose.
        """
        lines = self._codabox_flag_lines(self._codabox_tax_flag())
        self._codabox_activate([taxes])
        lines.write({"tax_ids": [Command.link(tax.id) for tax in taxes]})
