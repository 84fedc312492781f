"""``python -m codabox.live_check``: does CodaBox answer as the provisional contract assumes?

The calls of ``v2/provisional.py`` are ours (``docs/reference/api.md`` 14). Whoever has
credentials of CodaBox's sandbox runs this and sees, call by call, what holds::

    CODABOX_URL            address, https://sandbox-api.codabox.com/v2/ when not given
    CODABOX_SOFTWARE_KEY   CODABOX_USERNAME   CODABOX_PASSWORD

Reads are made as they are. Of a call that changes something only the address is tried, with
OPTIONS and GET: nothing is created. ``--order FILE`` places one whole order, and only when
``--confirm`` repeats its enterprise number. Never on production.

Shown are statuses and names of fields: no secret, and nothing of a client.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ..belgian import enterprise_number
from ..const import PRODUCTION_URL, SANDBOX_URL
from ..domain import Credentials
from ..errors import ApiError, CodaboxError, Forbidden, NotFound, Unauthorized
from ..mandates.order_batch import CLIENT, Order, place_all
from ..v2.provisional import CHANGES, READS, NewClient, ProvisionalClient

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..mandates.order_batch import Outcome
    from ..v2.provisional import Read

EXIT_OTHERWISE: Final = 1
EXIT_NOT_TRIED: Final = 2
_SECRETS: Final = ("SOFTWARE_KEY", "USERNAME", "PASSWORD")
_NOWHERE: Final = "no-such-thing"
# HTTP: the first status that is a refusal; for others only; no such address; for other methods.
_REFUSED, _FORBIDDEN, _NOT_FOUND, _OTHER_METHOD = 400, 403, 404, 405


class Verdict(str, Enum):
    """What one call showed."""

    AS_ASSUMED = "as assumed"
    OTHERWISE = "otherwise"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    number: str
    call: str
    verdict: Verdict
    told: str

    def __str__(self) -> str:
        return f"{self.number:<4} {self.call:<52} {self.verdict.value:<11} {self.told}"


class Checker(ProvisionalClient):
    """A client that can also knock at an address without changing anything."""

    def knock(self, method: str, *parts: str) -> int:
        """Give the status with which an address answers a call that changes nothing.

        :param method: ``OPTIONS`` or ``GET``.
        :raise TransportError: no usable answer.
        """
        try:
            answer = self._transport.request(method, *parts, accept="*/*", repeatable=True)
        except ApiError as error:
            return error.status
        return int(answer.call["status"])


def check(api: Checker) -> Iterator[Finding]:
    """Try every call of the contract as far as nothing changes.

    :raise CodaboxError: the clients of the connection cannot be read: nothing can be said.
    """
    known = _known(api)
    for read in READS:
        yield Finding(read.number, f"GET {read.path}", *_read(api, known, read))
    speaks = api.knock("OPTIONS", _NOWHERE) == _NOT_FOUND
    for number, path in CHANGES:
        yield Finding(number, f"POST {path}", *_try(api, known, path, speaks=speaks))


def _known(api: Checker) -> dict[str, str]:
    """Give the identifiers with which addresses can be tried."""
    known: dict[str, str] = {}
    for client in api.clients():
        known.setdefault("client", client.id)
        for mandate in client.coda_mandates:
            known.setdefault("coda", mandate.id)
        for social in client.social_mandates:
            known.setdefault("social", social.id)
    return known


def _missing(path: str, known: Mapping[str, str]) -> str:
    """Say what the connection lacks to try an address, ``""`` when nothing."""
    names = {"client": "client", "coda": "CODA mandate", "social": "payroll mandate"}
    lacking = [name for key, name in names.items() if f"{{{key}}}" in path and key not in known]
    return f"the connection has no {lacking[0]}" if lacking else ""


def _read(api: Checker, known: Mapping[str, str], read: Read) -> tuple[Verdict, str]:
    """Make a call and say whether its answer is what the contract says."""
    if missing := _missing(read.path, known):
        return Verdict.NOT_TRIED, missing
    try:
        return Verdict.AS_ASSUMED, _shape(read.run(api, known))
    except Forbidden as error:
        return Verdict.NOT_TRIED, f"{error.status}: not for these credentials"
    except CodaboxError as error:
        lacks = isinstance(error, NotFound) and error.detail and read.may_lack
        return Verdict.AS_ASSUMED if lacks else Verdict.OTHERWISE, _told(error)


def _try(api: Checker, known: Mapping[str, str], path: str, *, speaks: bool) -> tuple[Verdict, str]:
    """Say whether there is something at an address.

    :param speaks: whether OPTIONS tells an address that exists from one that does not.
    """
    if missing := _missing(path, known):
        return Verdict.NOT_TRIED, missing
    seen = {}
    try:
        for method in ("OPTIONS", "GET") if speaks else ("GET",):
            seen[method] = api.knock(method, *path.format(**known).strip("/").split("/"))
    except CodaboxError as error:
        return Verdict.OTHERWISE, _told(error)
    told = ", ".join(f"{method} {status}" for method, status in seen.items())
    if any(status < _REFUSED or status == _OTHER_METHOD for status in seen.values()):
        return Verdict.AS_ASSUMED, f"the address exists ({told})"
    if _FORBIDDEN in seen.values():
        return Verdict.NOT_TRIED, f"not for these credentials ({told})"
    return Verdict.OTHERWISE, told


def _shape(value: object) -> str:
    """Say what came, by its size and the names of its fields only."""
    if isinstance(value, tuple):
        keys = sorted({key for item in value for key in item.raw})
        return f"{len(value)} with {', '.join(keys)}"
    return f"{len(getattr(value, 'content', b''))} bytes"


def _told(error: CodaboxError) -> str:
    """Say how an answer differs: status, code, fields; never its text."""
    details = error.details
    facts = [str(details[key]) for key in ("status", "content_type") if details.get(key)]
    if "field" in details:
        facts.append(f"{details['field']}: {details['expected']}, not {details['found']}")
    if isinstance(error, ApiError) and error.fields:
        facts.append(f"about {', '.join(sorted(error.fields))}")
    return " ".join([error.code, *facts])


# --- An order, when it is asked for ---------------------------------------------------


def place(api: Checker, order: Order) -> Iterator[Finding]:
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
        yield Finding("P3", "order: pdf", Verdict.AS_ASSUMED, f"{len(outcome.pdfs)} received")


def _placed(outcome: Outcome, service: str) -> tuple[Verdict, str]:
    """Say what came of one service of an order."""
    for (failed, _provider), error in outcome.errors.items():
        if failed == service:
            return Verdict.OTHERWISE, _told(error)
    if any(done == service for done, _provider in outcome.ordered) or (
        service == CLIENT and outcome.created
    ):
        return Verdict.AS_ASSUMED, "ordered"
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
        with Checker.open(url, key, Credentials(username, password)) as api:
            return _report(place(api, order) if order else check(api))
    except Unauthorized:
        return _fail("CodaBox refuses these credentials")
    except CodaboxError as error:
        return _fail(f"the clients cannot be read: {_told(error)}")


def _report(findings: Iterator[Finding]) -> int:
    verdicts = set()
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
        verdicts.add(finding.verdict)
    return EXIT_OTHERWISE if Verdict.OTHERWISE in verdicts else 0


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
