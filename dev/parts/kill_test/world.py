"""The world of the kill test: offices at the sandbox, connected to journals of a real database.

Every attempt gets an office of its own: one connection, fresh clients, fresh accounts and the
same documents. So one database serves all attempts, and none sees what another left behind.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from odoo import Command, api

from odoo.addons.account_codabox.codabox import Channel, write_coda
from odoo.addons.account_codabox.codabox.coda.builders import credit, debit, party, statement
from odoo.addons.account_codabox.codabox.sandbox import SOFTWARE_KEY, pdf
from odoo.addons.account_codabox.codabox.soda import builders as soda
from odoo.addons.account_codabox.codabox.soda import write_soda
from odoo.addons.account_codabox.codabox.ubl import builders as ubl
from odoo.addons.account_codabox.codabox.ubl import write_ubl

from kill_test.witness import WatchedSandbox

FORMATS = {
    "coda": ["cod", "pdf"],
    "payslip": ["pdf"],
    "soda": ["xml", "pdf"],
    "purchase_invoice": ["xml", "pdf"],
}
# Not the company: its invoices wait until a person decides for whom they are.
STRANGER = "0403170701"


@dataclass
class Client:
    """A client of an office: a feed at the sandbox, a bank journal in the database."""

    number: int
    feed_id: int
    account: str
    unknown_account: str
    journal_id: int = 0
    entries: dict[Channel, list[str]] = field(default_factory=dict)

    @property
    def secretariat(self) -> str:
        """Return its social secretariat: all clients are one company, and a payroll is booked once."""
        return f"SOC{self.number:04}"

    @property
    def own_words(self) -> dict[str, str]:
        """Return what differs from client to client -> what it is called in a comparison."""
        words = {
            self.account: "ACCOUNT",
            self.unknown_account: "UNKNOWN",
            f"K{self.number:04}": "JOURNAL",
            f"Client {self.number:04}": "CLIENT",
            self.secretariat: "SECRETARIAT",
        }
        if self.entries:
            # The title of a document of an unknown kind begins with its entry.
            words[self.entries[Channel.FEED][2][:8]] = "ENTRY"
        return words


@dataclass
class Office:
    """A connection with its clients."""

    connection_id: int
    clients: list[Client]


def iban(number: int) -> str:
    """Return a valid Belgian account."""
    base = 5_390_000_000 + number
    national = f"{base:010d}{base % 97 or 97:02d}"
    return f"BE{98 - int(national + '111400') % 97:02d}{national}"


class World:
    """Everything at both ends, and how to add to it."""

    def __init__(self, registry, sandbox: WatchedSandbox) -> None:
        self.registry = registry
        self.sandbox = sandbox
        self._count = 0
        with self.env() as env:
            self.company_id = env.ref("base.main_company").id
            self.number = env.company._codabox_enterprise_number()
            self.cron_ids = env.ref("account_codabox.ir_cron_fetch").ids
            self.accountant_id = self._make_user(env, "accountant")
            # Who may also make journals, and see payroll.
            self.chief_id = self._make_user(
                env, "chief", "account.group_account_manager", "account_codabox.group_payroll"
            )
            chief = env["res.users"].browse(self.chief_id)
            chief.codabox_payroll_company_ids = chief.company_ids
            # The workers of this test run our job only.
            env["ir.cron"].search([("id", "not in", self.cron_ids)]).active = False

    @contextmanager
    def env(self):
        """Give an environment in a transaction that is committed at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, api.SUPERUSER_ID, {})

    def have_actions(self, number: int) -> None:
        """Have so many scheduled actions that fetch, as the setting does."""
        with self.env() as env:
            env["ir.cron"]._codabox_set_number("fetch", number)
            self.cron_ids = env["ir.cron"]._codabox_actions("fetch").filtered("active").ids

    def _make_user(self, env, login: str, *more: str) -> int:
        names = ("base.group_user", "account.group_account_user", *more)
        user = env["res.users"].with_context(no_reset_password=True)
        groups = [env.ref(name).id for name in names]
        return user.create(
            {"name": login.title(), "login": login, "group_ids": [Command.set(groups)]}
        ).id

    def make_offices(self, *sizes: int) -> list[Office]:
        """Make offices with so many clients each, connected and mapped, nothing fetched."""
        with self.env() as env:
            return [self._make_office(env, size) for size in sizes]

    def _make_office(self, env, size: int) -> Office:
        office = next(iter(self.sandbox.fiduciaries))
        pod_id = self.sandbox.add_pod(fiduciary_ids=[office], allowed_formats=FORMATS)
        clients = [self._make_client(env, pod_id) for _number in range(size)]
        credentials = self.sandbox.credentials(pod_id)
        connection = env["codabox.connection"].create(
            {
                "name": f"Office {pod_id}",
                "company_id": self.company_id,
                "environment": "custom",
                "base_url": self.sandbox.url,
                "software_key": SOFTWARE_KEY,
                "username": credentials.username,
                "password": credentials.password,
                "user_id": self.accountant_id,
                "state": "connected",
            }
        )
        connection.action_test()
        for feed in connection.feed_ids:
            feed._confirm_company(env["res.company"].browse(self.company_id))
            for kind in ("coda", "soda"):
                env["codabox.feed.kind"]._ensure(feed, kind).book_from = False
        return Office(connection.id, clients)

    def _make_client(self, env, pod_id: int) -> Client:
        number = self._count + 1
        name = f"Client {number:04}"
        feed_id = self.sandbox.add_client(
            f"C{number}", name, enterprise_num=f"BE{self.number}", pod_id=pod_id
        )
        client = self.make_account(env, feed_id)
        self._deliver(client)
        return client

    def make_account(self, env, feed_id: int = 0) -> Client:
        """Make an account with its journal; without a feed its files are uploaded by hand."""
        self._count += 1
        number = self._count
        client = Client(number, feed_id, iban(number), iban(number + 5_000_000))
        client.journal_id = (
            env["account.journal"]
            .create(
                {
                    "name": f"Bank {number}",
                    "code": f"K{number:04}",
                    "type": "bank",
                    "company_id": self.company_id,
                    "bank_acc_number": client.account,
                }
            )
            .id
        )
        return client

    def _deliver(self, client: Client) -> None:
        """Fill both channels with one document of each kind of ending."""
        days = [self._day(client, **values) for values in _days()]
        first = self._coda(client, days[:2])
        feed = [
            first,
            self._coda(client, days[2:3], files=("cod",)),  # its PDF is missing at CodaBox
            self.sandbox.add_document(
                client.feed_id, "payslip", {"pdf": pdf([f"Payslip {client.number}"])}
            ),
            self._coda(client, [self._day(client, account=client.unknown_account, opening="5",
                                          number=1, movements=[credit("1")])]),
            self._soda(client),
        ]  # fmt: skip
        again = [
            self.sandbox.redeliver(first),
            self._coda(client, days[3:], channel=Channel.REDELIVERY, cut=300),
        ]
        client.entries = {Channel.FEED: feed, Channel.REDELIVERY: again}

    def deliver_late(self, client: Client) -> None:
        """Let one more document arrive, which may happen while a run is at work."""
        day = self._day(client, **_days()[3])
        client.entries[Channel.FEED].append(self._coda(client, [day]))

    def _coda(self, client, days, *, files=("cod", "pdf"), channel=Channel.FEED, cut=0) -> str:
        title = f"Statement {days[0].number} of {days[0].account.number}"
        content = {"cod": write_coda(days), "pdf": pdf([title])}
        content["cod"] = content["cod"][: len(content["cod"]) - cut]
        chosen = {name: content[name] for name in files}
        return self.sandbox.add_document(client.feed_id, "coda", chosen, channel=channel)

    def _soda(self, client: Client) -> str:
        """Deliver a payroll: two employees, and a cent that is out of balance."""
        month = soda.entry(
            "202503",
            soda.debit("620200", "60", "Loon A"),
            soda.debit("620200", "40.01", "Loon B"),
            soda.credit("455000", "100", "Netto"),
            enterprise=f"BE{self.number}",
        )
        content = {
            "xml": write_soda(soda.soda(month, source=client.secretariat)),
            "pdf": pdf([f"Payroll {client.number}"]),
        }
        return self.sandbox.add_document(client.feed_id, "soda", content)

    def deliver_invoice(self, client: Client) -> None:
        """Deliver a purchase invoice that names another enterprise."""
        printed = pdf([f"Invoice {client.number}"])
        data = ubl.invoice(
            f"F-K{client.number:04}",
            ubl.line("100", "21"),
            customer=replace(
                ubl.CUSTOMER, enterprise=STRANGER, vat=f"BE{STRANGER}", endpoint=STRANGER
            ),
            attachments=(ubl.pdf(content=printed),),
        )
        content = {"xml": write_ubl(data), "pdf": printed}
        index = self.sandbox.add_document(client.feed_id, "purchase_invoice", content)
        client.entries[Channel.FEED].append(index)

    def uploaded(self, client: Client) -> dict[str, bytes]:
        """Return the files that a person uploads: a CODA of two days, and its PDF."""
        days = [self._day(client, **values) for values in _days()[:2]]
        return {"cod": write_coda(days), "pdf": pdf([f"Uploaded {client.account}"])}

    def _day(self, client: Client, **values):
        day = date(2026, 3, values["number"])
        return statement(
            **{"account": client.account, "enterprise_number": self.number, "day": day,
               "opening_day": day, **values}
        )  # fmt: skip


def _days() -> list[dict]:
    acme = party("ACME NV", "BE43068999999501")
    return [
        {
            "number": 1,
            "opening": "1000",
            "movements": [
                credit("121", ogm="009093375538", counterparty=acme),
                debit("45.99", communication="Invoice F2026/0012"),
            ],
        },
        {
            "number": 2,
            "opening": "1075.01",
            "movements": [
                debit("75.01", communication="Fuel", details=[
                    debit("70", communication="Diesel"), debit("5.01", communication="Coffee"),
                ]),
                credit("300", communication="Advance"),
                debit("1.50", communication="Costs"),
            ],
        },
        {"number": 3, "opening": "1298.50"},
        {"number": 4, "opening": "1298.50", "movements": [credit("10", counterparty=acme)]},
    ]  # fmt: skip
