"""``python -m codabox.live_check``: does CodaBox answer as ``docs/reference/api.md`` says?

Whoever has credentials runs this and sees, call by call, what holds, differs or is not offered::

    CODABOX_URL            address, https://sandbox-api.codabox.com/v2/ when not given
    CODABOX_SOFTWARE_KEY   CODABOX_USERNAME   CODABOX_PASSWORD

Reads are made as they are. Of a call that changes something only the address is tried, with
OPTIONS and GET: nothing is created or confirmed. ``--file`` also writes the report, to be mailed:
it shows statuses and names of fields, no secret, and nothing of a client.

``--order FILE`` places one whole order, and only when ``--confirm`` repeats its enterprise number.
Never on production.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ..belgian import enterprise_number
from ..const import PRODUCTION_URL, SANDBOX_URL
from ..domain import Credentials
from ..errors import CodaboxError, Unauthorized
from ..mandates.order_batch import CLIENT, Order, place_all
from ..v2.provisional import NewClient
from .check import Finding, LiveClient, Verdict, check, heading, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..mandates.order_batch import Outcome

EXIT_OTHERWISE: Final = 1
EXIT_NOT_TRIED: Final = 2
_SECRETS: Final = ("SOFTWARE_KEY", "USERNAME", "PASSWORD")


# --- An order, when it is asked for ---------------------------------------------------


def place(api: LiveClient, order: Order) -> Iterator[Finding]:
    """Place one order, exactly once: what is there already is not ordered again.

    :raise CodaboxError: the clients cannot be read; nothing was ordered.
    """
    [outcome] = place_all(api, [order])
    wanted = {
        ("P1", "client"): True,
        ("P2", "coda"): bool(order.ibans),
        ("P4", "soda"): bool(order.secretariats),
        ("P5", "purchase_invoice"): order.purchase_invoices,
    }
    for (number, service), is_wanted in wanted.items():
        if is_wanted:
            yield Finding(number, f"order: {service}", *_placed(outcome, service))
    if order.ibans and outcome.client:
        yield Finding("P3", "order: pdf", Verdict.AS_DOCUMENTED, f"{len(outcome.pdfs)} received")


def _placed(outcome: Outcome, service: str) -> tuple[Verdict, str]:
    """Say what came of one service of an order."""
    for (failed, _provider), error in outcome.errors.items():
        if failed == service:
            return Verdict.DIFFERS, told(error)
    if any(done == service for done, _provider in outcome.ordered) or (
        service == CLIENT and outcome.created
    ):
        return Verdict.AS_DOCUMENTED, "ordered"
    return Verdict.NOT_TRIED, "it was there before" if outcome.client else "there is no client"


def read_order(path: Path) -> Order:
    """Read an order: the arguments of ``NewClient``, ``ibans``, ``secretariats``...

    :raise ValueError: it is no such file; says why.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        lists = {key: tuple(content.pop(key, ())) for key in ("ibans", "secretariats")}
        purchase_invoices = bool(content.pop("purchase_invoices", False))
        return Order(NewClient(**content), **lists, purchase_invoices=purchase_invoices)
    except (OSError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


# --- Command line ---------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; give the exit status: 0 all as assumed, 1 something is not, 2 not tried."""
    parser = argparse.ArgumentParser(
        prog="python -m codabox.live_check",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--order", type=Path, metavar="FILE", help="place the order of this JSON")
    parser.add_argument("--confirm", metavar="NUMBER", help="enterprise number of that order")
    parser.add_argument("--file", type=Path, metavar="FILE", help="also write the report there")
    options = parser.parse_args(arguments)
    url = os.environ.get("CODABOX_URL") or SANDBOX_URL
    key, username, password = (os.environ.get(f"CODABOX_{name}", "") for name in _SECRETS)
    if not (key and username and password):
        return _fail(f"set {', '.join(f'CODABOX_{name}' for name in _SECRETS)}")
    try:
        order = read_order(options.order) if options.order else None
    except ValueError as error:
        return _fail(f"{options.order} is no order: {error}")
    if order and (refusal := _refusal(order, url, options.confirm)):
        return _fail(refusal)
    try:
        with LiveClient.open(url, key, Credentials(username, password)) as api:
            findings = place(api, order) if order else check(api)
            return _report(findings, url, options.file)
    except Unauthorized:
        return _fail("CodaBox refuses these credentials")
    except CodaboxError as error:
        return _fail(f"the clients cannot be read: {told(error)}")


def _report(findings: Iterator[Finding], url: str, file: Path | None) -> int:
    """Print line by line, and write the whole to a file."""
    verdicts, lines = set(), [heading(url)]
    for finding in findings:
        lines.append(str(finding))
        sys.stdout.write(f"{finding}\n")
        verdicts.add(finding.verdict)
    if file:
        file.write_text("\n".join(lines) + "\n", "utf-8")
    differs = verdicts & {Verdict.DIFFERS, Verdict.NOT_OFFERED}
    return EXIT_OTHERWISE if differs else 0


def _refusal(order: Order, url: str, confirmed: str | None) -> str:
    """Say why an order may not be placed, ``""`` when it may."""
    if urlsplit(url).hostname == urlsplit(PRODUCTION_URL).hostname:
        return "orders are never tried on production"
    number = enterprise_number(order.new.enterprise_num)
    if not number:
        return "the enterprise number of the order is not valid"
    if enterprise_number(confirmed or "") != number:
        return f"nothing was ordered: repeat its enterprise number, --confirm {number}"
    return ""


def _fail(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return EXIT_NOT_TRIED


if __name__ == "__main__":
    sys.exit(main())
