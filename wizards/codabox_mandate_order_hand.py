from dataclasses import replace

from odoo import api, fields, models

from ..codabox import clean_iban, missing_accounts
from ..models.mandate.codabox_mandate_ordering import OrderRequest
from ..models.ordering.prepared_order import PreparedOrder


class CodaboxMandateOrder(models.TransientModel):
    """What of an order CodaBox takes from no software: it ends in a prepared order instead.

    What is missing at CodaBox is kept when the order is checked. Which part of it a person asks
    is looked up again each time: the first order teaches what CodaBox offers.
    """

    _inherit = "codabox.mandate.order"

    missing = fields.Json(readonly=True, help="What CodaBox did not have when it was checked.")
    secretariat_name = fields.Char(
        "Payroll from (name)", help="CodaBox does not list the social secretariats: write its name."
    )
    has_secretariats = fields.Boolean(compute="_compute_has_secretariats")
    is_by_hand = fields.Boolean(compute="_compute_is_by_hand")
    is_all_by_hand = fields.Boolean(compute="_compute_is_by_hand")

    def _compute_has_secretariats(self):
        self.has_secretariats = bool(self.env["codabox.secretariat"].search_count([], limit=1))

    @api.depends("missing", "is_known", "connection_id.function_ids.state")
    def _compute_is_by_hand(self):
        for order in self:
            asked = order.missing and order._by_hand()
            order.is_by_hand = bool((asked and _wants(asked.order)) or order._payroll_name())
            order.is_all_by_hand = order.is_by_hand and not order._is_placeable()

    # -------------------------------------------------------------------------
    # What is asked
    # -------------------------------------------------------------------------

    @api.model
    def _prepare_checked(self, client, lines, to_order):
        # EXTENDS: what is missing at CodaBox is kept
        return super()._prepare_checked(client, lines, to_order) | {
            "missing": self._missing(client)
        }

    def _missing(self, client):
        """Return what is chosen and not at CodaBox.

        :param client: ``Client`` as just read, ``None`` when CodaBox does not have it.
        """
        ibans = self._selected_ibans()
        codes = self.secretariat_ids.mapped("code")
        return {
            "ibans": list(missing_accounts(client, ibans) if client else ibans),
            "secretariats": [code for code in codes if not self._ordered_soda(client, code)],
            "purchase": bool(self.purchase_invoices and not self._ordered_purchase(client)),
            "payroll": self._payroll_name(),
        }

    def _payroll_name(self):
        return (self.secretariat_name or "").strip()

    def _chargeable(self, client):
        # EXTENDS: payroll of a secretariat that only has a name
        found = super()._chargeable(client)
        return found | {"soda": found["soda"] + bool(self._payroll_name())}

    def _missing_order(self):
        """Return the order of what was missing when it was checked.

        :rtype: Order
        """
        missing = self.missing or {}
        return replace(
            self._prepare_order(),
            ibans=tuple(missing.get("ibans", ())),
            secretariats=tuple(missing.get("secretariats", ())),
            purchase_invoices=missing.get("purchase", False),
        )

    def _order_to_place(self):
        """Return what is sent to CodaBox of this order, also to show what was ordered before.

        :rtype: Order
        """
        return self.connection_id._part_to_place(self._prepare_order(), is_known=self.is_known)

    def _is_placeable(self):
        return _wants(self._order_to_place())

    def _by_hand(self):
        """Return the order that a person asks of CodaBox.

        :return: request as it is written down.
        :rtype: OrderRequest
        """
        order = self.connection_id._part_by_hand(self._missing_order(), is_known=self.is_known)
        return OrderRequest(self.partner_id, order, payroll=self._payroll_name())

    def _prepared(self):
        """Return what CodaBox has to know of this order.

        :rtype: PreparedOrder
        """
        asked = self._by_hand()
        names = self.secretariat_ids.filtered(lambda s: s.code in asked.order.secretariats)
        banks = {clean_iban(a.iban or ""): a.bank_name for a in self.account_ids}
        payroll = [*names.mapped("name"), *filter(None, [asked.payroll])]
        return PreparedOrder(
            asked.order,
            is_known=self.is_known,
            has_vat=bool(self.partner_id.vat),
            office=self.office_id.name if self.office_count > 1 else "",
            banks=banks,
            secretariats=tuple(payroll),
        )

    # -------------------------------------------------------------------------
    # Steps
    # -------------------------------------------------------------------------

    def _turn_to_hand(self):
        """What CodaBox did not take is there to be asked by hand."""
        for order in self:
            if order.is_by_hand:
                order.state = "by_hand"
            elif not order.mandate_ids and not order._is_placeable():
                order.mandate_ids = order._mandates_of(order.partner_id, order.connection_id)

    def action_ask_by_hand(self):
        """Open the prepared order.

        :raise AccessError: for a user who may not order.
        """
        self.connection_id._require_mandate_officer()
        orders = self.filtered(lambda o: o.state in ("by_hand", "asked") and o.is_by_hand)
        return self.env["codabox.mandate.request"]._prepare_for(orders)._reopen()

    def _mark_asked(self):
        """Write down that these orders were asked, and follow them from now on.

        :return: the orders that somebody else is changing at this moment.
        """
        mandates = self.env["codabox.mandate"]
        left = self.browse()
        for connection, orders in self.grouped("connection_id").items():
            found = mandates._note_asked(connection, [order._by_hand() for order in orders])
            for order in orders:
                if order.partner_id not in found:
                    left |= order
                    continue
                asked = found[order.partner_id]
                order.write(
                    {
                        "mandate_ids": [fields.Command.link(id_) for id_ in asked.ids],
                        "state": "asked",
                        "step": "result",
                        "result": False,
                    }
                )
        return left


def _wants(order):
    """Say whether an order asks for anything."""
    return bool(order.ibans or order.secretariats or order.purchase_invoices)
