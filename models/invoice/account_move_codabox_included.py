from odoo import api, models
from odoo.fields import Command

from .codabox_draft_included import cents_included


class AccountMove(models.Model):
    """Lines whose prices include tax, in a company that types them so; a file has them without."""

    _inherit = "account.move"

    def _codabox_has_total(self):
        """Return whether this bill is compared with the total of a file."""
        return any(flag["code"] == "totals_differ" for flag in self.sudo().codabox_flags or [])

    def _codabox_include_taxes(self, nets):
        """Put taxes into the prices of lines.

        :param dict nets: line of this bill -> what it is worth without tax.
        """
        gross = {line: line.tax_ids._codabox_price(net) for line, net in nets.items()}
        cents = cents_included(
            self.company_id, self.currency_id, nets, gross, lambda line: line.tax_ids
        )
        for line, amount in cents.items():
            gross[line] += amount
        commands = [
            Command.update(line.id, {"price_unit": amount / line._codabox_pieces()})
            for line, amount in gross.items()
        ]
        if commands:
            self.write({"invoice_line_ids": commands})


class AccountMoveLine(models.Model):
    """A line of a file stays worth its amount there, whatever tax a person chooses later."""

    _inherit = "account.move.line"

    def _codabox_pieces(self):
        """Return by what the price of this line is multiplied."""
        return self.quantity * (1 - self.discount / 100)

    def write(self, vals):
        # EXTENDS account
        nets = self._codabox_nets_kept(vals) if "tax_ids" in vals else {}
        before = {line: line._codabox_has_included() for line in nets}
        result = super().write(vals)
        touched = [line for line in nets if before[line] or line._codabox_has_included()]
        for move, lines in self.browse().union(*touched).grouped("move_id").items():
            move._codabox_include_taxes({line: nets[line] for line in lines})
        return result

    @api.onchange("tax_ids")
    def _onchange_codabox_tax(self):
        """Show the price at once: a form sends the taxes that it computed itself."""
        kept = self._origin._codabox_nets_kept(
            {name: self[name] for name in ("price_unit", "quantity", "discount")}
        )
        included = self._origin._codabox_has_included() or self._codabox_has_included()
        if kept and included:
            price = self.tax_ids._origin._codabox_price(kept[self._origin])
            self.price_unit = price / self._codabox_pieces()

    def _codabox_has_included(self):
        return any(self.tax_ids.mapped("price_include"))

    def _codabox_nets_kept(self, vals):
        """Return what these lines are worth, those of a file whose price is not written as well.

        :param dict vals: what is written; a form may send what did not change.
        :return: line -> amount without tax.
        :rtype: dict
        """
        typed = [name for name in ("price_unit", "quantity", "discount") if name in vals]
        return {
            line: line.price_subtotal
            for line in self
            if line.is_imported
            and line.parent_state == "draft"
            and line._codabox_pieces()
            and all(line[name] == vals[name] for name in typed)
            and line.move_id._codabox_has_total()
        }
