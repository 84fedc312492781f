import logging
from dataclasses import replace

from odoo import models

from ...codabox import Forbidden, NotFound, Rejected
from ..common.contained import each_alone

_logger = logging.getLogger(__name__)


class CodaboxConnection(models.Model):
    """What a person asks of CodaBox, because this connection is known not to be able to."""

    _inherit = "codabox.connection"

    def _part_by_hand(self, order, *, is_known):
        """Return what of an order CodaBox takes from no software here.

        :param Order order: what is asked for one client.
        :param bool is_known: whether CodaBox has this client: else it has to be made first.
        :rtype: Order
        """
        return self._part(order, is_known=is_known, by_hand=True)

    def _part_to_place(self, order, *, is_known):
        """Return what of an order may be sent to CodaBox: all that is not known to be missing.

        :rtype: Order
        """
        return self._part(order, is_known=is_known, by_hand=False)

    def _part(self, order, *, is_known, by_hand):
        self.ensure_one()
        # Software that cannot see what is there could order it twice; a person can look.
        no_client = self._is_lacking("clients") or (
            not is_known and self._is_lacking("order_client")
        )

        def belongs(code):
            return (no_client or self._is_lacking(code)) == by_hand

        return replace(
            order,
            ibans=order.ibans if belongs("order_coda") else (),
            secretariats=order.secretariats if belongs("order_soda") else (),
            purchase_invoices=order.purchase_invoices and belongs("order_purchase_invoice"),
        )

    def _clients_to_order(self, client):
        """Return all clients, against which an order is checked.

        :param CodaboxClient client: an open client.
        :return: nobody where CodaBox does not show its clients; that is kept as a function.
        :rtype: tuple[Client, ...]
        :raise CodaboxError: they could not be read now.
        """
        try:
            clients = client.clients()
        except (Forbidden, NotFound, Rejected) as error:
            if not self._note_function("clients", error):
                raise
            return ()
        self._note_function("clients")
        return clients

    def _apply_mandates(self, clients):
        # EXTENDS mandate: what was asked has no client at CodaBox yet, and may be forgotten there
        result = super()._apply_mandates(clients)
        asked = self.env["codabox.mandate"]._asked(self)
        self._keep_fault(
            each_alone(
                self.env,
                _logger,
                tuple(asked),
                lambda items: asked.browse([m.id for m in items])._follow_up(),
                lambda mandate: f"mandate {mandate.id}, asked by hand",
            )
        )
        return result
