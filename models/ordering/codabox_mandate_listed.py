from odoo import fields, models

from ...codabox import is_ended, ordered_accounts


class CodaboxMandate(models.Model):
    """What was asked by hand, found among what CodaBox lists.

    A person typed it over: he may have left something out, or done it in two times. What is listed
    is followed, the rest stays asked.
    """

    _inherit = "codabox.mandate"

    def _bind(self, client):
        # EXTENDS mandate: the accounts that are listed first
        rest = self.browse()
        for mandate in self.filtered(lambda m: m.state == "asked" and m.service == "coda"):
            rest |= mandate._leave_rest(client)
        result = super()._bind(client)
        if rest:
            rest._bind(client)
        return result

    def _leave_rest(self, client):
        """Keep in this mandate the accounts of one mandate of CodaBox.

        :return: what is asked for the other accounts; empty when there are none.
        """
        found = self._find_placed(client)
        accounts = self.account_ids
        here = accounts.filtered(lambda a: found and ordered_accounts(client).get(a.iban) == found)
        if not found or here == accounts:
            return self.browse()
        rest = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True).copy(
            {
                "account_ids": [
                    fields.Command.create({"iban": iban})
                    for iban in (accounts - here).mapped("iban")
                ],
                "state": "asked",
                "state_date": self.state_date,
                "ordered_on": self.ordered_on,
                "ordered_by_id": self.ordered_by_id.id,
                **self._reason_vals("order_asked"),
            }
        )
        (accounts - here).unlink()
        return rest

    def _find_placed(self, client):
        # EXTENDS mandate: where CodaBox lists no secretariats a person wrote a name
        if self.service != "soda" or self.secretariat_ref:
            return super()._find_placed(client)
        known = self.search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("service", "=", "soda"),
                ("remote_id", "!=", False),
                ("create_date", "<", self.create_date),
            ]
        )
        new = [
            mandate
            for mandate in client.social_mandates
            if not is_ended("soda", mandate.state) and mandate.id not in known.mapped("remote_id")
        ]
        return new[0] if new else None
