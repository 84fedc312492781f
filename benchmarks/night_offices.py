"""Part "night": the offices at the sandbox, and what arrives for their clients."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from codabox.coda import write_coda
from codabox.coda.builders import credit, statement
from codabox.sandbox import SOFTWARE_KEY, Sandbox, pdf
from codabox.sandbox.metadata import belgian_iban

FIRST_DAY = date(2020, 1, 1)
AMOUNT = 10


@dataclass
class Office:
    """A connection of its own, and its clients: feed -> account."""

    name: str
    pod_id: int
    accounts: dict[int, str] = field(default_factory=dict)
    delivered: int = 0

    def setup(self, sandbox: Sandbox) -> dict[str, object]:
        """Return what the worker needs to connect."""
        credentials = sandbox.credentials(self.pod_id)
        return {
            "office": self.name,
            "url": sandbox.url,
            "software_key": SOFTWARE_KEY,
            "username": credentials.username,
            "password": credentials.password,
        }

    def deliver(self, sandbox: Sandbox) -> None:
        """Put the statement of the next day in each feed."""
        for feed_id in self.accounts:
            self.deliver_day(sandbox, feed_id, self.delivered)
        self.delivered += 1

    def deliver_day(self, sandbox: Sandbox, feed_id: int, number: int) -> None:
        """Put the statement of the so manieth day in a feed."""
        day = FIRST_DAY + timedelta(days=number)
        content = write_coda(
            [
                statement(
                    account=self.accounts[feed_id],
                    enterprise_number="",
                    opening=str(AMOUNT * number),
                    movements=[credit(str(AMOUNT))],
                    number=day.timetuple().tm_yday,
                    day=day,
                    opening_day=day - timedelta(days=1),
                )
            ]
        )
        sandbox.add_document(feed_id, "coda", {"cod": content, "pdf": pdf(["Statement"])})


def add_office(sandbox: Sandbox, number: int, clients: int) -> Office:
    """Add an office that sees so many clients, each with an account."""
    fiduciary = sandbox.add_fiduciary(f"Office {number}", f"BE04{number:08}")
    pod_id = sandbox.add_pod(
        fiduciary_ids=[fiduciary], allowed_formats={"coda": ["cod", "pdf"]}, fetch_delay=60
    )
    office = Office(f"Office {number}", pod_id)
    for client in range(clients):
        base = 5_390_000_000 + number * 100_000 + client
        account = belgian_iban(f"{base:010d}{base % 97 or 97:02d}")
        name = f"Client {number}-{client:04}"
        feed_id = sandbox.add_client(name, name, accounts=[account], pod_id=pod_id)
        office.accounts[feed_id] = account
    return office
