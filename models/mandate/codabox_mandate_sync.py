from odoo import api, fields, models

from ...codabox import neutral_state, signing_url
from ..connection.codabox_feed import enterprise_digits

# CodaBox's "no reason" (API 6.2).
NO_REASON = "R-0"

KNOWN_LISTS = (
    "coda_mandates",
    "social_mandates",
    "purchase_invoice_mandates",
    "purchase_invoice_transmission_mandates",
)

# Service -> the list of a client that has its mandates.
LISTS = {
    "coda": "coda_mandates",
    "soda": "social_mandates",
    "purchase_invoice": "purchase_invoice_mandates",
}


def _tells(client, service):
    """Return whether a client as it came has the list of a service: without it, nothing is known.

    :param dict client: the client, as CodaBox gave it.
    """
    return service not in LISTS or client.get(LISTS[service]) is not None


class CodaboxMandate(models.Model):
    """Mandates as the client list of CodaBox has them: taken over first, then kept up to date."""

    _inherit = "codabox.mandate"

    @api.model
    def _apply_clients(self, connection, clients):
        """Bring the mandates of these clients in line with what CodaBox lists.

        What exists is taken over by itself. A mandate that a listed client has no more is
        archived, never deleted.

        :param codabox.connection connection: the connection that asked.
        :param clients: ``Client`` values; clients that are not among them are left alone.
        :return: the mandates of these clients that CodaBox lists.
        :rtype: codabox.mandate
        """
        mandates = self.sudo().with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        known = mandates._known_by_key(connection, clients)
        owners = mandates._prepare_owners(connection, clients)
        secretariats = mandates._secretariat_names()
        listed, to_create = mandates.browse(), []
        for client in clients:
            for key, values in mandates._prepare_from_client(client).items():
                values.update(owners[client.id])
                if values.get("secretariat_ref") in secretariats:
                    values["secretariat_name"] = secretariats[values["secretariat_ref"]]
                mandate = known.pop(key, None)
                if mandate:
                    mandate._update_from_client(values)
                    listed |= mandate
                else:
                    to_create.append(values)
        told = {client.id: client.raw for client in clients}
        gone = [m for (ref, service, _id), m in known.items() if _tells(told[ref], service)]
        mandates.browse().union(*gone)._vanish()
        return listed | mandates.create([mandates._prepare_create(v) for v in to_create])

    @api.model
    def _secretariat_names(self):
        """Return code -> name of the social secretariats that CodaBox listed so far."""
        secretariats = self.env["codabox.secretariat"].sudo().with_context(active_test=False)
        return {secretariat.code: secretariat.name for secretariat in secretariats.search([])}

    @api.model
    def _known_by_key(self, connection, clients):
        """Return key -> mandate of these clients; see ``_prepare_from_client``."""
        mandates = self._of_clients(connection, clients).filtered(
            lambda m: m.remote_id or m.service == "purchase_invoice"
        )
        return {(m.client_ref, m.service, m.remote_id or None): m for m in mandates}

    @api.model
    def _of_clients(self, connection, clients):
        """Return the mandates of clients, listed or not.

        :param clients: ``Client`` values.
        """
        refs = [client.id for client in clients]
        return self.search([("connection_id", "=", connection.id), ("client_ref", "in", refs)])

    # -------------------------------------------------------------------------
    # Whose they are
    # -------------------------------------------------------------------------

    @api.model
    def _prepare_owners(self, connection, clients):
        """Return CodaBox client id -> the values that say whose its mandates are."""
        feeds = {feed.client_ref: feed for feed in connection.sudo().feed_ids}
        numbers = {
            client.id: enterprise_digits(client.legal_entity.enterprise_num) for client in clients
        }
        partners = self.env["res.partner"]._codabox_by_number(
            connection.company_id, set(filter(None, numbers.values()))
        )
        owners = {}
        for client in clients:
            feed = feeds.get(client.id, self.env["codabox.feed"])
            partner = feed.company_id.partner_id or partners.get(numbers[client.id])
            owners[client.id] = {
                "connection_id": connection.id,
                "feed_id": feed.id,
                "partner_id": partner.id if partner else False,
                "client_ref": client.id,
                "client_name": client.legal_entity.name or client.client_code,
                "enterprise_number": client.legal_entity.enterprise_num,
            }
        return owners

    # -------------------------------------------------------------------------
    # Values
    # -------------------------------------------------------------------------

    @api.model
    def _prepare_from_client(self, client):
        """Return key -> values of the mandates of a client at CodaBox.

        The key is by what a mandate is found again: client, service and identifier.

        :param Client client: the client as CodaBox lists it.
        :rtype: dict
        """
        prepared = {}
        for mandate in client.coda_mandates:
            prepared[client.id, "coda", mandate.id] = self._prepare_coda(client, mandate)
        for mandate in client.social_mandates:
            prepared[client.id, "soda", mandate.id] = self._prepare_social(mandate)
        values = self._prepare_purchase_invoice(client)
        if values:
            prepared[client.id, "purchase_invoice", None] = values
        for name, mandate in self._other_mandates(client):
            prepared[client.id, "other", mandate["id"]] = self._prepare_other(name, mandate)
        return prepared

    @api.model
    def _other_mandates(self, client):
        """Return the mandates of services that this version does not know, with their list."""
        return [
            (name, mandate)
            for name, mandates in client.raw.items()
            if name.endswith("_mandates") and name not in KNOWN_LISTS and isinstance(mandates, list)
            for mandate in mandates
            if isinstance(mandate, dict) and isinstance(mandate.get("id"), str)
        ]

    @api.model
    def _prepare_other(self, name, mandate):
        return {
            "service": "other",
            "remote_id": mandate["id"],
            "secretariat_name": name.removesuffix("_mandates").replace("_", " ").capitalize(),
            "raw_state": str(mandate.get("state") or ""),
            "state": "unknown",
        }

    @api.model
    def _prepare_state(self, service, mandate):
        """Return the values of the state of a mandate."""
        moment = mandate.state_modified_at
        return {
            "service": service,
            "raw_state": mandate.state,
            "state": neutral_state(service, mandate.state).value,
            "state_date": moment and moment.replace(microsecond=0),
        }

    @api.model
    def _prepare_coda(self, client, mandate):
        states = {account.iban: account.state for account in client.bank_accounts}
        return {
            **self._prepare_state("coda", mandate),
            "remote_id": mandate.id,
            "bank_bic": mandate.bank_id,
            "validity_start": mandate.validity_start,
            "problem_reason": mandate.reason,
            "problem_code": mandate.reason_code if mandate.reason_code != NO_REASON else False,
            "signing_url": signing_url(mandate) or False,
            "accounts": {iban: states.get(iban) or False for iban in mandate.ibans},
        }

    @api.model
    def _prepare_social(self, mandate):
        slug = mandate.social_welfare_id
        return {
            **self._prepare_state("soda", mandate),
            "remote_id": mandate.id,
            "secretariat_ref": slug,
            "secretariat_name": slug.replace("_", " ").replace("-", " ").title(),
            "validity_start": mandate.validity_start,
        }

    @api.model
    def _prepare_purchase_invoice(self, client):
        """Return the values of the one mandate for purchase invoices, ``None`` when there is none."""
        if not client.purchase_invoice_mandates:
            return None
        mandate = client.purchase_invoice_mandates[-1]
        values = self._prepare_state("purchase_invoice", mandate)
        for transmission in client.purchase_invoice_transmission_mandates[-1:]:
            values["transmission_raw_state"] = transmission.state
            if values["state"] == "active":  # the later of the two steps says where it stands
                values["state"] = self._prepare_state("purchase_invoice", transmission)["state"]
        return values

    @api.model
    def _prepare_create(self, values):
        """Return the values of a mandate that is taken over."""
        accounts = values.pop("accounts", {})
        if values.get("signing_url"):
            # Since when it exists is not said: at the latest since the state is what it is.
            values["signing_url_date"] = values.get("state_date") or fields.Datetime.now()
        return {
            **values,
            "account_ids": [
                fields.Command.create({"iban": iban, "raw_state": raw})
                for iban, raw in accounts.items()
            ],
        }

    # -------------------------------------------------------------------------
    # Changes
    # -------------------------------------------------------------------------

    def _update_from_client(self, values):
        """Write what changed at CodaBox; nothing is written when nothing changed."""
        self.ensure_one()
        accounts = values.pop("accounts", None)
        if self.partner_id:
            values.pop("partner_id", None)  # what a person chose stays
        if values.get("signing_url") and values["signing_url"] != self.signing_url:
            values["signing_url_date"] = fields.Datetime.now()
        ended = values["state"] == "archived"
        if self.reason_code == "mandate_gone" or (
            self.reason_code == "mandate_archived_by" and not ended
        ):
            values.update(self._reason_vals())  # it is back
        changed = {
            name: value
            for name, value in values.items()
            if self._fields[name].convert_to_write(self[name], self) != (value or False)
        }
        if changed:
            self.write(changed)
        if accounts is not None:
            self._update_accounts(accounts)

    def _update_accounts(self, accounts):
        """Bring the accounts of this mandate in line.

        :param dict accounts: IBAN -> state at CodaBox.
        """
        known = {account.iban: account for account in self.account_ids}
        self.account_ids.filtered(lambda a: a.iban not in accounts).unlink()
        missing = [iban for iban in accounts if iban not in known]
        self.env["codabox.mandate.account"].create(
            [{"mandate_id": self.id, "iban": iban, "raw_state": accounts[iban]} for iban in missing]
        )
        for iban, account in known.items():
            if iban in accounts and account.raw_state != accounts[iban]:
                account.raw_state = accounts[iban]

    def _vanish(self):
        """CodaBox lists these mandates no more; orders that it never listed are left alone."""
        gone = self.filtered(lambda m: m.raw_state and m.state != "archived")
        gone.write(
            {
                "state": "archived",
                "state_date": fields.Datetime.now(),
                **self._reason_vals("mandate_gone"),
            }
        )
