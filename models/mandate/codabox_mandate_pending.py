from odoo import api, models

from ...codabox import ordered_accounts, ordered_purchase_invoices, ordered_social_mandate
from ..connection.codabox_feed import enterprise_digits


class _Later:
    """The partners whose states are stored when everything else is; see ``_apply_clients``."""

    def __init__(self):
        self.pairs = set()


class CodaboxMandate(models.Model):
    """Orders whose answer is not known: each time clients are read, they are settled."""

    _inherit = "codabox.mandate"

    @api.model
    def _pending(self, connection):
        """Return what was written down, ordered or asked by hand, and never seen at CodaBox."""
        return self.sudo().search(
            [
                ("connection_id", "=", connection.id),
                ("state", "in", ("draft", "asked")),
                ("raw_state", "=", False),
            ]
        )

    @api.model
    def _settle(self, connection, partners, clients):
        """Settle the pending orders of some partners, now that clients were read.

        :param clients: ``Client`` values, all those of the connection.
        """
        pending = self._pending(connection).filtered(lambda m: m.partner_id in partners)
        concerned = [c for c in clients if pending.filtered(lambda m, c=c: m._is_of(c))]
        if concerned:
            self._apply_clients(connection, concerned)

    @api.model
    def _apply_clients(self, connection, clients):
        later = _Later()
        mandates = self.with_context(codabox_later=later)
        orders = mandates._bind_all(connection, clients)
        ready = [client for client, _pending in orders]
        listed = super(CodaboxMandate, mandates)._apply_clients(connection, ready)
        for _client, pending in orders:
            left = pending.exists().filtered(lambda m: m.state == "draft" and not m.raw_state)
            left.write(self._reason_vals("order_not_placed"))
        self.sudo()._refresh_partners(later.pairs)
        return listed.with_env(self.sudo().env)

    @api.model
    def _bind_all(self, connection, clients):
        """Find pending orders among what CodaBox lists.

        :return: pairs of a client and its pending orders; without the clients for whom another
            worker is ordering at this moment: they are his to settle.
        :rtype: list[tuple]
        """
        pending = self._pending(connection)
        mine = pending.partner_id.try_lock_for_update(allow_referencing=True)
        orders = []
        for client in clients:
            own = pending.filtered(lambda m, c=client: m._is_of(c))
            if own.partner_id <= mine:
                orders.append((client, own))
                own._bind(client)
        return orders

    @api.model
    def _refresh_partners(self, pairs):
        # Once for all of a reading, instead of once per mandate.
        later = self.env.context.get("codabox_later")
        if isinstance(later, _Later):
            later.pairs |= pairs
            pairs = set()
        return super()._refresh_partners(pairs)

    def _is_of(self, client):
        """Say whether this order is for a client of CodaBox."""
        self.ensure_one()
        number = enterprise_digits(client.legal_entity.enterprise_num)
        return client.id == self.client_ref or bool(
            number and number == enterprise_digits(self.enterprise_number)
        )

    def _bind(self, client):
        """Find these orders among the mandates of their client: they were placed after all."""
        for mandate in self:
            found = mandate._find_placed(client)
            if not found:
                continue
            vals = {"client_ref": client.id, **self._reason_vals()}
            if mandate.service != "purchase_invoice":  # CodaBox gives those no identifier
                vals["remote_id"] = found.id
            if mandate.service == "coda":
                vals["bank_bic"] = found.bank_id
            if mandate._is_taken_over(client, vals.get("remote_id")):
                mandate.unlink()
            else:
                mandate.write(vals)

    def _find_placed(self, client):
        """Return the mandate at CodaBox that this order asked for, ``None`` when there is none."""
        if self.service == "purchase_invoice":
            return ordered_purchase_invoices(client)
        if self.service == "soda":
            return ordered_social_mandate(client, self.secretariat_ref)
        ordered = ordered_accounts(client)
        ibans = self.account_ids.mapped("iban")
        return next((ordered[iban] for iban in ibans if iban in ordered), None)

    def _is_taken_over(self, client, remote_id):
        """Say whether what this order asked for is here already, from a refresh."""
        return bool(
            self.search_count(
                [
                    ("id", "!=", self.id),
                    ("connection_id", "=", self.connection_id.id),
                    ("service", "=", self.service),
                    ("client_ref", "=", client.id),
                    ("remote_id", "=", remote_id or False),
                ],
                limit=1,
            )
        )
