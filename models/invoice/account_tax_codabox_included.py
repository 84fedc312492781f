from odoo import models


class AccountTax(models.Model):
    """Prices with tax included, in which a company may type what it buys and sells."""

    _inherit = "account.tax"

    def _codabox_price(self, net):
        """Return the price that a line with these taxes needs to be worth a net amount.

        A file says its amounts without tax; a tax that is in the price is put into it. One that
        the buyer owes himself never is, and Odoo's parts of it make nothing.

        :param float net: amount without tax, not rounded.
        :rtype: float
        """
        if not any(self.mapped("price_include")):
            return net
        details = self._get_tax_details(
            net, 1.0, rounding_method="round_globally", special_mode="total_excluded"
        )
        parts = details["taxes_data"]
        return net + sum(part["tax_amount"] for part in parts if part["tax"].price_include)
