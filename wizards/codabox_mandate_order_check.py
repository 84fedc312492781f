from collections import Counter
from dataclasses import dataclass, field

from odoo import api, models
from odoo.fields import Command
from odoo.tools import email_normalize

from ..codabox import clean_iban, enterprise_number, find_client, ordered_accounts


@dataclass
class Seen:
    """What an order is checked against: CodaBox as it was just read.

    :param clients: ``Client`` values.
    :param accounts: IBAN -> (client, mandate) that has it.
    :param codes: client code -> client.
    :param numbers: enterprise number -> how many orders of this batch are for it.
    :param emails: addresses of the office and its people.
    """

    clients: tuple
    accounts: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)
    numbers: Counter = field(default_factory=Counter)
    emails: set = field(default_factory=set)


class CodaboxMandateOrder(models.TransientModel):
    """What must be right before anything is sent, and what is to know; here the client.

    Accounts and services: ``codabox_mandate_order_check_service``.
    """

    _inherit = "codabox.mandate.order"

    def _check(self, clients):
        """Check these orders; each gets its lines and its state.

        :param clients: ``Client`` values as just read from CodaBox.
        """
        # An earlier order may have lost its answer: what was placed is known now.
        self.env["codabox.mandate"]._settle(self.connection_id, self.partner_id, clients)
        seen = self._see(clients)
        for order in self.with_context(active_test=False):
            # A line that was added and left empty, as Tab behind the last one does.
            order.account_ids.filtered(lambda a: not clean_iban(a.iban or "")).unlink()
            client = find_client(
                clients, order.partner_id._codabox_enterprise_number(), order.office_id.ref or None
            )
            lines = [*order._check_client(client, seen), *order._check_services(client, seen)]
            to_order = order._chargeable(client)
            if not sum(to_order.values()) and not any(line[0] == "error" for line in lines):
                lines.append(("ok", "check_all_ordered", {}))
            order.write(order._prepare_checked(client, lines, to_order))

    @api.model
    def _prepare_checked(self, client, lines, to_order):
        """Return the values that keep the result of the check."""
        partner = self.partner_id
        errors = any(level == "error" for level, _code, _facts in lines)
        return {
            "is_known": bool(client),
            "state": "blocked" if errors else "ready" if sum(to_order.values()) else "nothing",
            "to_order_count": sum(to_order.values()),
            "to_order_text": self._chargeable_text(to_order),
            "check_ids": [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "level": level,
                            "partner_id": level == "error" and partner.id,
                            "reason_code": code,
                            "reason_facts": facts or False,
                        }
                    )
                    for level, code, facts in lines
                ),
            ],
        }

    def _see(self, clients):
        """Return what these orders are checked against."""
        # Of the office only: a client that keeps its books here has its own people in Odoo.
        company = self.connection_id.company_id.sudo()
        own = (
            self.env["res.users"]
            .sudo()
            .search([("share", "=", False), ("company_id", "=", company.id)])
            .mapped("email")
        )
        own += [company.email, *self.connection_id.office_ids.mapped("email")]
        return Seen(
            clients,
            accounts={
                iban: (client, mandate)
                for client in clients
                for iban, mandate in ordered_accounts(client).items()
            },
            codes={client.client_code: client for client in clients},
            numbers=Counter(
                enterprise_number(order.partner_id._codabox_enterprise_number()) for order in self
            ),
            emails=set(filter(None, map(email_normalize, filter(None, own)))),
        )

    # -------------------------------------------------------------------------
    # The client
    # -------------------------------------------------------------------------

    def _check_client(self, client, seen):
        """Return the lines (level, code, facts) about the client himself."""
        number = self._check_number(seen)
        if self.connection_id._is_lacking("clients"):
            yield "warning", "check_clients_hidden", {}
        if client:
            # What CodaBox knows of him is not sent again.
            yield from number
            yield "ok", "check_known_client", {"code": client.client_code}
        else:
            yield from number
            yield from self._check_code(seen)
            yield from self._check_address()
            yield from self._check_language()
        if not client or self.purchase_invoices:
            yield from self._check_person()
            yield from self._check_email(seen)
        if self.signature_count > 1:
            yield "warning", "check_signatures", {"count": self.signature_count}
        if self.office_count > 1 and not self.office_id:
            yield "error", "check_office_missing", {}

    def _check_number(self, seen):
        partner = self.partner_id
        vat, registry = partner.vat or "", partner.company_registry or ""
        text = registry or vat
        number = enterprise_number(partner._codabox_enterprise_number())
        facts = {"partner": partner.display_name, "number": number or text}
        if not text:
            yield "error", "check_enterprise_missing", facts
        elif not number:
            yield "error", "check_enterprise_invalid", facts
        elif enterprise_number(vat) not in ("", number):
            yield "error", "check_numbers_differ", {**facts, "vat": vat, "registry": registry}
        elif seen.numbers[number] > 1:
            yield "error", "check_number_twice", facts
        else:
            yield "ok", "check_enterprise_ok", facts

    def _check_code(self, seen):
        code = (self.client_code or "").strip()
        if not code:
            yield "error", "check_code_missing", {}
        elif code in seen.codes:
            name = seen.codes[code].legal_entity.name
            yield "error", "check_code_taken", {"code": code, "client": name}
        else:
            yield "ok", "check_code_ok", {"code": code}

    def _check_address(self):
        partner = self.partner_id
        missing = [
            partner._fields[name]._description_string(self.env)
            for name in ("name", "street", "zip", "city")
            if not (partner[name] or "").strip()
        ]
        if missing:
            facts = {"partner": partner.display_name, "fields": ", ".join(missing)}
            yield "error", "check_address_missing", facts
        else:
            yield "ok", "check_address_ok", {}

    def _check_language(self):
        if not self.language:
            yield "error", "check_language_missing", {}

    def _check_person(self):
        name = (self.representative_name or "").strip()
        function = (self.representative_function or "").strip()
        if name and function:
            yield "ok", "check_person_ok", {"name": name, "function": function}
        else:
            yield "error", "check_person_missing", {}

    def _check_email(self, seen):
        email = (self.email or "").strip()
        facts = {"email": email}
        if not email:
            yield "error", "check_email_missing", {}
        elif not email_normalize(email):
            yield "error", "check_email_invalid", facts
        elif email_normalize(email) in seen.emails:
            yield "error", "check_email_office", facts
        else:
            yield "ok", "check_email_ok", facts

    # -------------------------------------------------------------------------
    # What it costs
    # -------------------------------------------------------------------------

    def _chargeable(self, client):
        """Return service -> how many new mandates would be ordered; CodaBox charges each."""
        ordered = ordered_accounts(client) if client else {}
        banks = {
            account.bank_bic
            for account in self.account_ids.filtered("selected")
            if clean_iban(account.iban or "") not in ordered
        }
        secretariats = [s for s in self.secretariat_ids if not self._ordered_soda(client, s.code)]
        purchase = self.purchase_invoices and not self._ordered_purchase(client)
        return {
            "coda": len(banks),
            "soda": len(secretariats),
            "purchase_invoice": int(bool(purchase)),
        }

    @api.model
    def _chargeable_text(self, counts):
        """Return in words what would be ordered."""
        services = dict(
            self.env["codabox.mandate"]._fields["service"]._description_selection(self.env)
        )
        return ", ".join(
            f"{services[name]}: {count}" for name, count in counts.items() if count
        ) or self.env._("nothing")
