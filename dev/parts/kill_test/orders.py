"""Ordering mandates: struck at each step, ordered again; each is at CodaBox and here once."""

import functools
from dataclasses import dataclass

from odoo import Command, sql_db

from odoo.addons.account_codabox.codabox.sandbox import SOFTWARE_KEY

from kill_test.acts import Acts
from kill_test.books import differences

SECRETARIAT = "acerta"
BANKS = ("736", "310")
# What an order is at CodaBox, said by hand: one client with a mandate per bank.
AT_CODABOX = [{"coda": ["310", "736"], "social": [SECRETARIAT], "invoices": 1}]
POSTS = ["clients", "coda-mandates", "purchase-invoice-mandates", "social-mandates"]


@dataclass
class Customer:
    """A client of the office that CodaBox does not know yet."""

    partner_id: int
    number: str
    accounts: dict[str, str]  # account -> bank


class Orders(Acts):
    """One office; each case is a client of its own."""

    def everything(self) -> None:
        """Run all cases."""
        self._connect()
        steps = self._unharmed()
        cases = [("killed", n) for n in self.distinct(steps)]
        cases += [("PostgreSQL goes away", n) for n in self.distinct(steps)[::3]]
        for case in self.stage.share(len(cases)):
            self._struck(*cases[case - 1], steps)

    # --- Doing ---------------------------------------------------------------------

    def _connect(self) -> None:
        """Connect one office; a person who orders chooses among no others."""
        stage = self.stage
        stage.witness.ask("UPDATE codabox_connection SET state = 'draft' WHERE role = 'office'")
        stage.registry.clear_all_caches()
        with stage.world.env() as env:
            fiduciary = next(iter(stage.sandbox.fiduciaries))
            pod_id = stage.sandbox.add_pod(fiduciary_ids=[fiduciary])
            credentials = stage.sandbox.credentials(pod_id)
            self.connection_id = (
                env["codabox.connection"]
                .create(
                    {
                        "name": "The office that orders",
                        "company_id": stage.world.company_id,
                        "environment": "custom",
                        "base_url": stage.sandbox.url,
                        "software_key": SOFTWARE_KEY,
                        "username": credentials.username,
                        "password": credentials.password,
                        "user_id": stage.world.accountant_id,
                        "fetch_automatically": False,
                        "state": "connected",
                    }
                )
                .id
            )
        self.count = 0

    def _customer(self) -> Customer:
        self.count += 1
        base = 4_000_000 + self.count
        number = f"0{base}{97 - base % 97:02}"
        accounts = {_account(bank, self.count): bank for bank in BANKS}
        with self.stage.world.env() as env:
            person = {
                "name": f"Person {self.count}",
                "function": "bestuurder",
                "email": f"person{self.count}@example.test",
            }
            partner = env["res.partner"].create(
                {
                    "name": f"Customer {self.count}",
                    "is_company": True,
                    "company_registry": number,
                    "country_id": env.ref("base.be").id,
                    "street": "Dorp 1",
                    "zip": "9000",
                    "city": "Gent",
                    "child_ids": [Command.create(person)],
                    "bank_ids": [Command.create({"acc_number": iban}) for iban in accounts],
                }
            )
            return Customer(partner.id, number, accounts)

    def _order(self, customer: Customer) -> None:
        """Order everything, as a person does who opens the dialog and presses the button."""
        order_id = self.request(functools.partial(self._open, customer))
        self.request(lambda env: env["codabox.mandate.order"].browse(order_id).action_order())

    def _open(self, customer: Customer, env) -> int:
        partner = env["res.partner"].browse(customer.partner_id)
        action = partner.action_codabox_order_mandate()
        order = env[action["res_model"]].browse(action["res_id"])
        secretariat = env["codabox.secretariat"].search([("code", "=", SECRETARIAT)])
        order.write(
            {
                "language": "nl",
                "representative_function": "bestuurder",
                "secretariat_ids": [Command.set(secretariat.ids)],
                "purchase_invoices": True,
            }
        )
        return order.id

    # --- Cases ---------------------------------------------------------------------

    def _unharmed(self) -> list[str]:
        self.do(functools.partial(self._order, self._customer()))  # fills caches
        customer = self._customer()
        self.seen = len(self.stage.sandbox.log)
        outcome = self.do(functools.partial(self._order, customer))
        self.reference = self._read(customer)
        problems = [*self.unharmed(outcome), *self._judge()]
        if self.reference["at CodaBox"] != AT_CODABOX:
            problems.append(f"at CodaBox: {self.reference['at CodaBox']}")
        self.stage.report.check("ordered once", "nobody kills", problems)
        self.stage.report.note(f"{len(outcome.steps)} steps")
        return outcome.steps

    def _struck(self, kind: str, step: int, steps: list[str]) -> None:
        customer = self._customer()
        work = functools.partial(self._order, customer)
        self.seen = len(self.stage.sandbox.log)
        if kind == "killed":
            problems = list(self.killed(self.do(work, step)))
        else:
            problems = list(self.failed(self.do(work, step, self.lose_database)))
        problems += self._lost(customer)
        again = self.do(work)
        problems += again.problems()
        if "refused" in again.facts:
            problems.append(f"refused: {again.facts['refused']}")
        problems += differences(self.reference, self._read(customer))
        problems += self._judge()
        name = f"ordering: {kind} at step {step}: {steps[step - 1]}"
        self.stage.report.check(f"ordered once: {kind}", name, problems)

    # --- Judging -------------------------------------------------------------------

    def _read(self, customer: Customer) -> dict:
        """Return what was ordered for a client, at both ends, as plain values."""
        with self.stage.world.env() as env:
            mandates = env["codabox.mandate"].search([("partner_id", "=", customer.partner_id)])
            here = sorted(self._mandate(customer, mandate) for mandate in mandates)
        sql_db.close_all()
        return {"here": here, "at CodaBox": self._at_codabox(customer)}

    def _mandate(self, customer: Customer, mandate) -> list:
        clients = [feed.client["id"] for feed in self._feeds(customer)]
        return [
            mandate.service,
            mandate.state,
            mandate.raw_state or "",
            [customer.accounts[iban] for iban in mandate.account_ids.mapped("iban")],
            mandate.secretariat_ref or "",
            mandate.reason_code or "",
            mandate.client_ref in clients,
            bool(mandate.pdf),
        ]

    def _feeds(self, customer: Customer) -> list:
        return [
            feed
            for feed in self.stage.sandbox.feeds.values()
            if feed.client["legal_entity"]["enterprise_num"] == f"BE{customer.number}"
        ]

    def _at_codabox(self, customer: Customer) -> list[dict]:
        """Return what CodaBox has of a client; more than one of anything is there once too often."""
        return [
            {
                "coda": sorted(
                    customer.accounts[i] for m in c["coda_mandates"] for i in m["ibans"]
                ),
                "social": [m["social_welfare_id"] for m in c["social_mandates"]],
                "invoices": len(c["purchase_invoice_mandates"]),
            }
            for c in (feed.client for feed in self._feeds(customer))
        ]

    def _lost(self, customer: Customer) -> list[str]:
        """Say what is at CodaBox and not even written down here, before it is ordered again."""
        found = self._read(customer)
        services = {mandate[0] for mandate in found["here"]}
        return [
            f"{kind} is at CodaBox and not written down here"
            for client in found["at CodaBox"]
            for kind, service in (("coda", "coda"), ("social", "soda"),
                                  ("invoices", "purchase_invoice"))
            if client[kind] and service not in services
        ]  # fmt: skip

    def _judge(self) -> list[str]:
        """Say what was sent twice: CodaBox would refuse it, but it must not even be asked."""
        posts = sorted(
            entry.path.rstrip("/").rpartition("/")[2]
            for entry in self.stage.sandbox.log[self.seen :]
            if entry.method == "POST"
        )
        return [] if posts == POSTS else [f"sent: {posts}"]


def _account(bank: str, number: int) -> str:
    base = int(f"{bank}{1_000_000 + number}")
    national = f"{base:010}{base % 97 or 97:02}"
    return f"BE{98 - int(national + '111400') % 97:02}{national}"
