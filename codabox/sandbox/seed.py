"""What the sandbox holds at the start.

``default`` is API 10.8: pod 66 with feeds 277 and 278, two fake banks, and the identifiers of
published examples. ``company`` is the same where the first client also has a connection of its
own and may send sales invoices. ``empty`` has the office, its credentials and its token, and no
clients. Nothing here is secret or real.
"""

from __future__ import annotations

import secrets
import string
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import uuid4
from xml.sax.saxutils import escape

from ..coda import write_coda
from ..coda.builders import credit, debit, party, statement
from ..domain import Credentials
from .pdf import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from .state import World

SOFTWARE_KEY: Final = "0d5c0f4e-52b1-4d1c-9d0a-6c1f3a7b2e10"
USERNAME: Final = "AB-34127856-cdab-4f01-8203-abc"
PASSWORD: Final = "a1B2c3D4e5"
TOKEN: Final = "3f9a1c5d7e2b4860a1c3e5f7092b4d6f8a0c2e4f"
CREDENTIALS: Final = Credentials(USERNAME, PASSWORD)
COMPANY_TOKEN: Final = "8c1d5e2f7a3b4c6d9e0f1a2b3c4d5e6f7a8b9c0d"
COMPANY_CREDENTIALS: Final = Credentials("CD-5b0c6f1a-3e7d-4a52-9c18-f4d", "k7M2p9Q4x1")

POD_ID: Final = 66
FEED_ID: Final = 277
SECOND_FEED_ID: Final = 278
FIDUCIARY_ID: Final = "5a1f9f7e-2f60-4e5b-8f7b-7d0d3d9b1a22"
FIDUCIARY_NUMBER: Final = "BE1007200290"
CLIENT_ID: Final = "0b6b2c1e-6f0b-4c43-9a55-0f6d3a1c7e10"
CLIENT_NUMBER: Final = "BE1007190194"
SECOND_CLIENT_ID: Final = "f2f4c6a8-7c3b-4d6e-8b1a-2f0c5d7e9a31"
SECOND_CLIENT_NUMBER: Final = "BE1007200389"
BANK_ID: Final = "CDBXBE33"
SECOND_BANK_ID: Final = "CDBXBE34"
FEED_INDEXES: Final = (
    "2494b3f7-1512-4156-8778-c8a6caa5e600",
    "6b8f8082-888a-4479-a1a7-2b29f0943f00",
)


def new_credentials() -> Credentials:
    """Invent credentials of the observed shapes (API 3.1)."""
    letters = string.ascii_letters + string.digits
    password = "".join(secrets.choice(letters) for _ in range(10))
    return Credentials(f"SB-{uuid4()}"[:30], password)


def plant(world: World, name: str) -> None:
    """Fill an empty world.

    :raise ValueError: no such seed.
    """
    if name not in SEEDS:
        message = f"unknown seed {name!r}, expected one of {', '.join(SEEDS)}"
        raise ValueError(message)
    SEEDS[name](world)


def empty(world: World) -> None:
    """Plant the office with its credentials and its token."""
    world.add_fiduciary("Fidu 1 for demo", FIDUCIARY_NUMBER, id=FIDUCIARY_ID)
    world.add_pod(
        pod_id=POD_ID,
        credentials=CREDENTIALS,
        software_key=SOFTWARE_KEY,
        fiduciary_ids=[FIDUCIARY_ID],
    )
    world.issue_token(POD_ID, value=TOKEN)


def default(world: World) -> None:
    """Plant two clients with statements at two banks."""
    empty(world)
    world.add_client(
        "C0001", "Gibson-Gottlieb", enterprise_num=CLIENT_NUMBER, language="en",
        feed_id=FEED_ID, client_id=CLIENT_ID,
    )  # fmt: skip
    world.add_client(
        "C0002", "Streich Inc", enterprise_num=SECOND_CLIENT_NUMBER, language="nl",
        feed_id=SECOND_FEED_ID, client_id=SECOND_CLIENT_ID,
    )  # fmt: skip
    _deliver(
        world, FEED_ID, "Gibson-Gottlieb", CLIENT_NUMBER,
        "BE62974123456761", BANK_ID, "ZqG", FEED_INDEXES[0],
    )  # fmt: skip
    _deliver(
        world, FEED_ID, "Gibson-Gottlieb", CLIENT_NUMBER,
        "BE43977765432101", SECOND_BANK_ID, "", FEED_INDEXES[1],
    )  # fmt: skip
    _deliver(
        world, SECOND_FEED_ID, "Streich Inc", SECOND_CLIENT_NUMBER,
        "BE78974111111186", BANK_ID, "", None,
    )  # fmt: skip


def company(world: World) -> None:
    """Plant an office, and a client of it that sends its sales invoices."""
    default(world)
    pod_id = world.connect_company(CLIENT_NUMBER, COMPANY_CREDENTIALS)
    world.issue_token(pod_id, value=COMPANY_TOKEN)


MOVEMENTS: Final = (
    credit("125", communication="Invoice 2017/0042", counterparty=party("ACME NV")),
    debit("49.99", communication="Client 88123456", counterparty=party("TELECOM BELGIUM")),
    credit("1210", communication="Invoice 2017/0039", counterparty=party("DUPONT SPRL")),
    debit("356.77", communication="Meter 5414488200", counterparty=party("POWER AND GAS")),
    debit("7.50", communication="Account fee April"),
)


def _deliver(
    world: World, feed_id: int, name: str, number: str,
    iban: str, bank_id: str, extension: str, feed_index: str | None,
) -> None:  # fmt: skip
    """Add one statement in the three formats CODA comes in."""
    day = statement(
        account=iban, opening="1000", movements=MOVEMENTS, holder=name, bic=bank_id,
        enterprise_number=number.removeprefix("BE"),
        day=date(2017, 4, 28), opening_day=date(2017, 4, 27),
    )  # fmt: skip
    text = write_coda([replace(day, account=replace(day.account, extension=extension))])
    printed = [f"{move.amount:12.2f}  {move.communication}" for move in day.movements]
    files = {
        "cod": text,
        "pdf": pdf([f"Statement 1 of {iban}", name, "", *printed]),
        "xml": _rendered(text.decode("ascii")),
    }
    world.add_document(feed_id, "coda", files, feed_index=feed_index)


def _rendered(text: str) -> bytes:
    """Make an XML rendering; its real schema is unknown (API 5.6), so this one is invented."""
    records = "".join(f"<record>{escape(line)}</record>" for line in text.splitlines())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<coda>{records}</coda>\n'.encode()


SEEDS: Final[dict[str, Callable[[World], None]]] = {
    "default": default,
    "empty": empty,
    "company": company,
}
