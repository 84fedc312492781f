"""One line of an invoice that is not in the books yet."""

from odoo.fields import Command


class DraftLine:
    """What a line becomes; ``net`` is what it is worth, ``kept`` what else is written of it.

    :param str name: its text.
    :param float price: the price of one.
    :param account: its account.
    :param taxes: its taxes.
    :param kept: further values of ``account.move.line``.
    """

    def __init__(
        self, name, price, account, taxes, *, net=None, quantity=1.0, discount=0.0, **kept
    ):
        self.name, self.account, self.taxes = name, account, taxes
        self.price, self.quantity, self.discount = price, quantity, discount
        self.net = price if net is None else net
        self.kept = kept
        self.cost = 0.0  # rate of a VAT that is not deducted

    @property
    def pieces(self):
        """By what the price is multiplied."""
        return self.quantity * (1 - self.discount / 100)

    def like(self, name, price, taxes, net=None):
        """Return a line beside this one: same account and analytic, another amount.

        :param float net: what it is worth; its price without it.
        :rtype: DraftLine
        """
        shared = ("analytic_distribution", "deductible_amount")
        kept = {field: self.kept[field] for field in shared if field in self.kept}
        return DraftLine(name, price, self.account, taxes, net=net, **kept)

    def values(self):
        """Return the values of ``account.move.line``."""
        return {
            "display_type": "product",
            "name": self.name,
            "quantity": self.quantity,
            "price_unit": self.price,
            "discount": self.discount,
            "account_id": self.account.id,
            "tax_ids": [Command.set(self.taxes.ids)],
            **self.kept,
        }


def largest(lines):
    """Return the line that is worth most, either way.

    :param list lines: lines of a draft.
    :rtype: DraftLine
    """
    return max(lines, key=lambda line: abs(line.net))
