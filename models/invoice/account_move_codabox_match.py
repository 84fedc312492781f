from collections import namedtuple
from itertools import zip_longest

from odoo import models

# One line that Odoo's importer makes of a file.
Expected = namedtuple("Expected", ["label", "amount", "taxes"])


class AccountMove(models.Model):
    """Which line of a bill is which line of its file."""

    _inherit = "account.move"

    def _codabox_expected_lines(self, parsed, *, with_charges=True):
        """Return what Odoo's importer makes of a file: its charges, then its lines each with its
        own charges, which are decided as the line is. A rounding is not among them.

        :param bool with_charges: whether the lines that are made of charges are wanted.
        :rtype: list[Expected]
        """
        expected = []
        if with_charges:
            expected += [
                Expected(found.reason, found.amount, found.taxes) for found in parsed.charges
            ]
        for line in parsed.lines:
            taxes = line.taxes or self._codabox_only_tax(parsed)
            charges = [charge.amount for charge in line.charges if charge.amount > 0]
            expected.append(Expected(line.label, line.amount - sum(charges), taxes))
            if with_charges:
                expected += [Expected(line.label, amount, taxes) for amount in charges]
        return expected

    def _codabox_only_tax(self, parsed):
        """Return the tax of a line that does not name its own: that of the whole invoice."""
        return parsed.taxes if len(parsed.taxes) == 1 else ()

    def _codabox_match_lines(self, parsed):
        """Return the lines of this bill, in the order of the file, each with what it is there.

        Order and amount decide; what fits nothing, as a rounding, comes with ``None``.

        :rtype: list[tuple[account.move.line, Expected | None]]
        """
        self.ensure_one()
        # Odoo's importer puts charges first by sequence; it creates in the order of the file.
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        lines = lines.sorted("id")
        expected = self._codabox_expected_lines(parsed)
        if len(lines) == len(expected) + bool(parsed.rounding):
            return list(zip_longest(lines, expected))
        return self._codabox_match_amounts(lines, expected)

    def _codabox_match_amounts(self, lines, expected):
        """Return the lines, each with the next of the file that has its amount."""
        waiting, matched = list(expected), []
        for line in lines:
            amount = line.price_subtotal
            place = next(
                (
                    number
                    for number, found in enumerate(waiting)
                    if not self.currency_id.compare_amounts(amount, float(found.amount))
                ),
                None,
            )
            matched.append((line, None if place is None else waiting[place]))
            if place is not None:
                del waiting[: place + 1]
        return matched
