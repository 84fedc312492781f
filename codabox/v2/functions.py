"""What a connection can do at CodaBox, found out without changing anything.

A function works, is refused to these credentials, is not offered by CodaBox, or was not tried: of a
call that changes something only the address is tried, and that it answers proves nothing yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from ..domain import Channel
from ..errors import (
    CodaboxError,
    Forbidden,
    NotFound,
    NotOffered,
    Rejected,
    TransportError,
    Unauthorized,
)
from .contract import CHANGES, NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .provisional import ProvisionalClient


class FunctionState(str, Enum):
    """What is known of one function."""

    WORKS = "works"
    REFUSED = "refused"
    NOT_OFFERED = "not_offered"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True, slots=True)
class Found:
    """What one try showed; ``status`` is that of HTTP, 0 when nothing was asked."""

    state: FunctionState
    status: int = 0


# Function -> number of the call whose address tells whether CodaBox has it (API 14).
_ADDRESSES: Final = {
    "order_coda": "P2",
    "order_soda": "P4",
    "order_purchase_invoice": "P5",
    "archive": "P6",
}
_FORBIDDEN: Final = 403
_UNKNOWN: Final = (404, 410, 501)


def judge(error: CodaboxError | None) -> Found | None:
    """Say what an answer tells of the function that was used.

    :param error: ``None`` when it worked.
    :return: ``None`` when it tells nothing: CodaBox was not reached, or refuses the credentials.
    """
    if error is None:
        return Found(FunctionState.WORKS)
    status = int(str(error.details.get("status") or 0))
    if isinstance(error, (NotFound, NotOffered)):
        return Found(FunctionState.NOT_OFFERED, status)
    if isinstance(error, Forbidden):
        return Found(FunctionState.REFUSED, status)
    return None


def explore(
    api: ProvisionalClient, known: Mapping[str, str], *, feed_id: int | None, is_office: bool
) -> Iterator[tuple[str, Found]]:
    """Try what can be tried, function by function.

    :param known: identifiers of the first ``client``, ``coda`` and ``social`` mandate.
    :param feed_id: of any client.
    :raise Unauthorized: the credentials are refused as a whole.
    """
    if feed_id is not None:
        yield from _used("redelivery", lambda: api.feed(feed_id, Channel.REDELIVERY))
    if is_office:
        for function, number in _ADDRESSES.items():
            yield from _address(api, known, function, number)
        if "coda" in known:
            yield from _pdf(api, known["coda"])
    else:
        yield from _reading_half("send", lambda: api.find_sales_invoices(NOBODY, "0", "380"))
        yield from _used("peppol", api.peppol_licences)


def _used(function: str, call: Callable[[], object]) -> Iterator[tuple[str, Found]]:
    """Use a function that only reads."""
    error = None
    try:
        call()
    except Unauthorized:
        raise
    except CodaboxError as caught:
        error = caught
    found = judge(error)
    if found:
        yield function, found


def _pdf(api: ProvisionalClient, mandate_id: str) -> Iterator[tuple[str, Found]]:
    """Ask for a document to sign; that this mandate has none is an answer too."""

    def ask() -> None:
        try:
            api.coda_mandate_pdf(mandate_id)
        except NotFound:
            return  # in words: see `provisional.py`

    yield from _used("pdf", ask)


def _address(
    api: ProvisionalClient, known: Mapping[str, str], function: str, number: str
) -> Iterator[tuple[str, Found]]:
    """Try the address of a call that changes something, by reading it."""
    paths = [path for found, path in CHANGES if found == number]
    for path in paths:
        try:
            parts = path.format(**known).strip("/").split("/")
        except KeyError:
            continue  # the connection has nothing with which it can be tried
        try:
            status = api.knock("GET", *parts)
        except TransportError:
            return
        state = FunctionState.NOT_TRIED
        if status in _UNKNOWN:
            state = FunctionState.NOT_OFFERED
        elif status == _FORBIDDEN:
            state = FunctionState.REFUSED
        yield function, Found(state, status)
        return


def _reading_half(function: str, call: Callable[[], object]) -> Iterator[tuple[str, Found]]:
    """Use the half of a function that only reads; that it answers proves nothing of the other."""
    try:
        call()
    except Rejected as error:
        yield function, judge(error) or Found(FunctionState.NOT_TRIED, error.status)
    except Unauthorized:
        raise
    except CodaboxError as error:
        if found := judge(error):
            yield function, found
    else:
        yield function, Found(FunctionState.NOT_TRIED)
