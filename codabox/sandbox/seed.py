"""What the sandbox holds at the start.

``default`` is API 10.8: pod 66 with feeds 277 and 278, two fake banks, and the identifiers of
published examples. ``company`` is the same where the first client also has a connection of its
own and may send sales invoices. ``empty`` has the office, its credentials and its token, and no
clients. Nothing here is secret or real.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from ..coda import write_coda
from ..coda.builders import credit, debit, party, statement
from .const import (
    BANK_ID,
    CLIENT_ID,
    CLIENT_NUMBER,
    COMPANY_CREDENTIALS,
    COMPANY_TOKEN,
    CREDENTIALS,
    FEED_ID,
    FEED_INDEXES,
    FIDUCIARY_ID,
    FIDUCIARY_NUMBER,
    POD_ID,
    SECOND_BANK_ID,
    SECOND_CLIENT_ID,
    SECOND_CLIENT_NUMBER,
    SECOND_FEED_ID,
    SOFTWARE_KEY,
    TOKEN,
)
from .pdf import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from .state import World


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
