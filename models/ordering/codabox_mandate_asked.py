from odoo import api, fields, models


class CodaboxMandate(models.Model):
    """What a person asked of CodaBox: written down, so that it can be followed and not be forgotten."""

    _inherit = "codabox.mandate"

    @api.model
    def _asked(self, connection):
        """Return what was asked by hand and is not listed by CodaBox yet."""
        return self.sudo().search([("connection_id", "=", connection.id), ("state", "=", "asked")])

    @api.model
    def _note_asked(self, connection, requests):
        """Write down what a person asked of CodaBox; what is asked already is not asked twice.

        :param codabox.connection connection: of the office that asks.
        :param requests: ``OrderRequest`` values, one per partner, with what is asked by hand.
        :return: partner -> the mandates that were asked for it; without the partners of whom
            somebody else is changing the orders at this moment.
        :rtype: dict
        :raise AccessError: for a user who may not order, or may not see these records.
        """
        connection._require_mandate_officer()
        connection.check_access("read")
        self.env["res.partner"].union(*(request.partner for request in requests)).check_access(
            "read"
        )
        mandates = self.sudo()
        free = mandates._not_busy(requests)
        return {
            request.partner: mandates._keep_asked(connection.sudo(), request) for request in free
        }

    def _keep_asked(self, connection, request):
        own = self.search(
            [("connection_id", "=", connection.id), ("partner_id", "=", request.partner.id)]
        )
        asked = own.filtered(lambda m: m.state == "asked")
        listed = own.filtered(lambda m: m.state not in ("asked", "draft", "archived"))
        known = (asked | listed)._keys_by_partner().get(request.partner.id, ())
        new = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True).create(
            [
                values | self._prepare_asked()
                for values in self._prepare_by_hand(connection, request, known)
            ]
        )
        # An order of before that did not arrive is this one now.
        keys = new._keys_by_partner().get(request.partner.id, set())
        own.filtered(lambda m: m.state == "draft" and m._is_in(keys)).unlink()
        if new:
            new._log_on_partners(dict.fromkeys(new.ids, "draft"))
            self.env["codabox.audit"]._note("asked", request.partner, connection.company_id)
        return new | asked

    def _prepare_by_hand(self, connection, request, known):
        """Return the values of the mandates that a person asked for."""
        prepared = self._prepare_intentions(connection, request, known)
        if request.payroll and ("soda", "") not in known:
            values = {"service": "soda", "secretariat_name": request.payroll}
            prepared.append(self._prepare_base(connection, request) | values)
        return prepared

    @api.model
    def _prepare_asked(self):
        return {
            "state": "asked",
            "state_date": fields.Datetime.now(),
            **self._reason_vals("order_asked"),
        }

    def _is_in(self, keys):
        """Say whether one of these (service, account or secretariat) is of this mandate."""
        return any(not found.isdisjoint(keys) for found in self._keys_by_partner().values())

    def action_not_asked(self):
        """Forget what was not asked after all; CodaBox never listed it.

        :raise AccessError: for a user who may not order.
        """
        self.check_access("read")
        self.sudo().connection_id.with_env(self.env)._require_mandate_officer()
        self.sudo().filtered(lambda m: m.state == "asked").unlink()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_mandate_action"
        )
