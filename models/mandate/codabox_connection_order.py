from odoo import models

from ...codabox import Forbidden
from ..connection.codabox_function import ORDERS

# Service, as in ``Outcome.errors`` -> function.
FUNCTION_OF = {
    "client": "order_client",
    "coda": "order_coda",
    "soda": "order_soda",
    "purchase_invoice": "order_purchase_invoice",
}


class CodaboxConnection(models.Model):
    """Whether mandates can be ordered with this connection: what CodaBox offers, by use."""

    _inherit = "codabox.connection"

    def _takes_orders(self):
        """Return whether anything may be ordered: what is not known to be missing is tried."""
        self.ensure_one()
        return not all(map(self._is_lacking, ORDERS))

    def _require_orders(self, orders):
        """Refuse orders for what is known not to be offered.

        :param orders: what is asked of CodaBox, of several clients.
        :raise UserError: with what to do instead.
        """
        for order in orders:
            wanted = {
                "order_coda": order.ibans,
                "order_soda": order.secretariats,
                "order_purchase_invoice": order.purchase_invoices,
            }
            for code in filter(wanted.get, wanted):
                self._require_function(code)

    def _note_orders(self, outcome):
        """Learn from the orders of one client what CodaBox offers.

        :param Outcome outcome: what came of them.
        """
        if outcome.created:
            self._note_function("order_client")
        for service, _provider in outcome.ordered:
            self._note_function(FUNCTION_OF[service])
        for (service, _provider), error in outcome.errors.items():
            # Payroll may be refused to one of the offices of this connection only (API P4).
            if service != "soda" or not isinstance(error, Forbidden):
                self._note_function(FUNCTION_OF[service], error)
