"""Sending sales invoices exactly once, whatever happens to the answers.

What ``mandates/ordering.py`` is for mandates. :func:`send_once` never sends twice in one call, and
``looked`` in the details of an error says what is known after it:

* absent: CodaBox did not take the invoice (refused, or no connection): it may be sent again;
* ``True``: the answer was lost, CodaBox was asked and does not have the invoice;
* ``False``: it may be at CodaBox, and nobody can say.

Who sends it again after one of the last two says ``maybe_sent``, so that CodaBox is asked first. A
way that cannot be asked then sends nothing: a person has to look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from ..errors import CodaboxError, NotFound, Rejected, TransportError
from ..mandates.ordering import Placed, once
from ..v2.provisional import SentInvoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..v2.client import CodaboxClient
    from ..v2.provisional import ProvisionalClient

REFUSED: Final = "refused"
RECEIVED: Final = "received"


class InvoiceTransport(Protocol):
    """A way to send invoices; every method may raise what the client raises.

    ``seller`` is ``BE`` and ten digits; ``type_code`` is ``380`` for an invoice and ``381`` for a
    credit note. ``can_ask`` says whether CodaBox can be asked what it has.
    """

    can_ask: bool

    def send(
        self, name: str, content: bytes, *, seller: str, number: str, type_code: str
    ) -> SentInvoice:
        """Send a UBL file; once."""
        ...

    def ask(self, seller: str, number: str, type_code: str) -> SentInvoice | None:
        """Give what CodaBox has of an invoice; ``None``: nothing, or it cannot be asked."""
        ...

    def state(self, sent_id: str) -> SentInvoice | None:
        """Read how a sent invoice fares; ``None``: unknown to CodaBox, or it cannot be asked."""
        ...


class CopyToAccountant:
    """CodaBox hands the invoice to the accountant: P7, P8 and P10 of the provisional contract."""

    can_ask = True

    def __init__(self, api: ProvisionalClient) -> None:
        self._api = api

    def send(
        self, name: str, content: bytes, *, seller: str, number: str, type_code: str
    ) -> SentInvoice:
        """Send (P7); who sells what is read from the file by CodaBox."""
        return self._api.send_sales_invoice(name, content)

    def ask(self, seller: str, number: str, type_code: str) -> SentInvoice | None:
        """Ask (P10): the newest that was not refused, else the newest refused one."""
        found = self._api.find_sales_invoices(seller, number, type_code)
        kept = [sent for sent in found if sent.state != REFUSED]
        return next(reversed(kept or found), None)

    def state(self, sent_id: str) -> SentInvoice | None:
        """Read the state (P8)."""
        try:
            return self._api.sales_invoice(sent_id)
        except NotFound:
            return None


class PeppolUpload:
    """CodaBox as Peppol access point of the company: the old extension seen in the field (API 8.2).

    Its answers were not recorded: any success counts as received, without an id, and CodaBox cannot
    be asked for anything.
    """

    can_ask = False

    def __init__(self, client: CodaboxClient) -> None:
        self._client = client
        self._licence_id = ""

    def send(
        self, name: str, content: bytes, *, seller: str, number: str, type_code: str
    ) -> SentInvoice:
        """Upload under the company's own licence.

        :raise CodaboxError: ``no_licence``, nothing was sent.
        """
        self._licence_id = self._licence_id or self._active_licence()
        self._client.upload_to_peppol(self._licence_id, name, content)
        return SentInvoice("", RECEIVED)

    def ask(self, seller: str, number: str, type_code: str) -> SentInvoice | None:
        """Give nothing: there is no such call."""
        return None

    def state(self, sent_id: str) -> SentInvoice | None:
        """Give nothing: there is no such call."""
        return None

    def _active_licence(self) -> str:
        try:
            licences = self._client.peppol_licences()
        except TransportError as error:
            error.details["maybe_done"] = False  # this was only reading
            raise
        for licence in licences:
            if licence.state != "inactive":
                return licence.id
        msg = "no_licence"
        raise CodaboxError(msg, "the company has no active Peppol licence at CodaBox")


def send_once(
    transport: InvoiceTransport,
    name: str,
    content: bytes,
    *,
    seller: str,
    number: str,
    type_code: str,
    maybe_sent: bool = False,
) -> Placed[SentInvoice]:
    """Send an invoice unless CodaBox has it.

    :param name: file name.
    :param content: UBL with the PDF embedded.
    :param maybe_sent: whether it may have been sent before; then CodaBox is asked first.
    :return: with ``ordered`` ``False`` when CodaBox had it before, e.g. from another software; look
        at ``result.state``, which may be ``refused`` when the answer was lost.
    :raise ApiError: refused.
    :raise TransportError: see the module; ``cannot_ask``: nothing was sent this time.
    """

    def look() -> SentInvoice | None:
        if not transport.can_ask:
            message = "sent before, and this way of sending cannot be asked what arrived"
            msg = "cannot_ask"
            raise TransportError(msg, message)
        return transport.ask(seller, number, type_code)

    def send() -> SentInvoice:
        return transport.send(name, content, seller=seller, number=number, type_code=type_code)

    found = _look_first(look) if maybe_sent else None
    try:
        return once(found, send, look)
    except Rejected as error:
        if error.status != 409 or not error.details.get("sent_id"):
            raise
        sent_id = str(error.details["sent_id"])
    return Placed(_state_of(transport, sent_id), ordered=False)


def _look_first(look: Callable[[], SentInvoice | None]) -> SentInvoice | None:
    """Ask about an earlier attempt; not being able to leaves it open."""
    try:
        return look()
    except CodaboxError as error:
        error.details["looked"] = False
        if isinstance(error, TransportError):
            error.details["maybe_done"] = True
        raise


def _state_of(transport: InvoiceTransport, sent_id: str) -> SentInvoice:
    """Read an invoice that CodaBox says it has; that it has it is enough."""
    try:
        found = transport.state(sent_id)
    except CodaboxError:
        found = None
    return found or SentInvoice(sent_id, RECEIVED)
