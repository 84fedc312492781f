"""Ordering exactly once, whatever happens to the answers.

Each function looks at the client as CodaBox shows it, orders only what is missing, and when the
answer gets lost reads the client back to see whether the order was placed. It never sends twice.
When that cannot be told, the ``TransportError`` of the order is raised with ``looked`` in its
details: ``True`` when the client was read back and shows no such order, ``False`` when it could not
be read. The next run looks again and goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import urlsplit

from ..belgian import clean_iban, enterprise_number
from ..errors import CodaboxError, Rejected, TransportError
from ..transport.wire import is_loopback
from .states import CODA, PURCHASE_INVOICE, SODA, can_be_ordered, is_ended

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from ..domain import Client, CodaMandate, PurchaseInvoiceMandate, SocialMandate
    from ..v2.provisional import NewClient, ProvisionalClient

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """What is at CodaBox after an order.

    :param result: the client, the mandates or the mandate.
    :param ordered: ``False``: it was there before, nothing was sent.
    :param settled: the answer was lost; the result was read back.
    """

    result: T
    ordered: bool = True
    settled: bool = False


# --- Looking (pure) ------------------------------------------------------------------


def find_client(
    clients: Iterable[Client], enterprise_num: str, fiduciary_id: str | None = None
) -> Client | None:
    """Find the client of an enterprise, of one office when it is given.

    :param enterprise_num: in any spelling; one that is not valid finds nobody.
    """
    number = enterprise_number(enterprise_num)
    for client in clients:
        same = number and number == enterprise_number(client.legal_entity.enterprise_num)
        if same and fiduciary_id in (None, client.fiduciary_id):
            return client
    return None


def ordered_accounts(client: Client) -> dict[str, CodaMandate]:
    """Give IBAN -> the mandate that keeps the account from being ordered again."""
    return {
        clean_iban(iban): mandate
        for mandate in client.coda_mandates
        if not is_ended(CODA, mandate.state)
        for iban in mandate.ibans
    }


def missing_accounts(client: Client, ibans: Iterable[str]) -> tuple[str, ...]:
    """Give the accounts that can be ordered: without blanks, each once, in the order given."""
    known = ordered_accounts(client)
    return tuple(iban for iban in dict.fromkeys(map(clean_iban, ibans)) if iban not in known)


def ordered_social_mandate(client: Client, social_welfare_id: str) -> SocialMandate | None:
    """Give the payroll mandate of a secretariat that is not archived."""
    for mandate in client.social_mandates:
        if mandate.social_welfare_id == social_welfare_id and not is_ended(SODA, mandate.state):
            return mandate
    return None


def ordered_purchase_invoices(client: Client) -> PurchaseInvoiceMandate | None:
    """Give the purchase-invoice mandate that keeps a new one from being ordered."""
    for mandate in client.purchase_invoice_mandates:
        if not can_be_ordered(PURCHASE_INVOICE, mandate.state):
            return mandate
    return None


def signing_url(mandate: CodaMandate) -> str:
    """Give the address where the client signs, ``""`` when there is none.

    Only an address that a mail or a portal may link to: ``https``, or this machine's own sandbox.
    """
    try:
        parts = urlsplit(mandate.twikey_url or "")
        local = parts.scheme == "http" and is_loopback(parts.hostname or "")
        safe = bool(parts.hostname) and (parts.scheme == "https" or local)
    except ValueError:
        return ""
    return mandate.twikey_url or "" if safe else ""


# --- Ordering ------------------------------------------------------------------------


def create_once(
    api: ProvisionalClient, new: NewClient, known: Sequence[Client] | None = None
) -> Placed[Client]:
    """Create a client unless CodaBox has one with this enterprise number.

    :param known: the clients as just read, so that a batch reads them once; read when not given.
    :raise Rejected: refused, e.g. because another office has the enterprise.
    :raise TransportError: see the module.
    """

    def look() -> Client | None:
        return find_client(api.clients(), new.enterprise_num, new.fiduciary_id)

    try:
        clients = api.clients() if known is None else known
    except TransportError as error:
        error.details["maybe_done"] = False  # this was only reading
        raise
    found = find_client(clients, new.enterprise_num, new.fiduciary_id)
    return once(found, lambda: api.create_client(new), look)


def order_coda_once(
    api: ProvisionalClient,
    client: Client,
    ibans: Iterable[str],
    validity_start: date | None = None,
) -> Placed[tuple[CodaMandate, ...]]:
    """Order the accounts that are not ordered yet, in one call.

    :param client: as just read.
    :return: the mandates of all the accounts, also of those ordered before.
    :raise Rejected: an account is refused; then none was ordered.
    :raise TransportError: see the module.
    """
    wanted = tuple(dict.fromkeys(map(clean_iban, ibans)))
    missing = missing_accounts(client, wanted)

    def look() -> tuple[CodaMandate, ...] | None:
        return _mandates_of(api.client(client.id), wanted)

    def send() -> tuple[CodaMandate, ...]:
        before = _known_mandates(client, wanted)
        return (*before, *api.order_coda_mandates(client.id, missing, validity_start))

    return once(_mandates_of(client, wanted), send, look)


def order_social_once(
    api: ProvisionalClient, client: Client, social_welfare_id: str
) -> Placed[SocialMandate]:
    """Order the payroll mandate of a secretariat unless there is one.

    :param client: as just read.
    :raise Rejected: unknown secretariat.
    :raise Forbidden: the office may not order payroll.
    :raise TransportError: see the module.
    """
    return once(
        ordered_social_mandate(client, social_welfare_id),
        lambda: api.order_social_mandate(client.id, social_welfare_id),
        lambda: ordered_social_mandate(api.client(client.id), social_welfare_id),
    )


def order_purchase_invoices_once(
    api: ProvisionalClient, client: Client, *, name: str, function: str, email: str
) -> Placed[PurchaseInvoiceMandate]:
    """Have the client invited for purchase invoices unless he is.

    :param client: as just read.
    :param name: of the representative, as ``function`` and ``email``.
    :raise Rejected: see ``fields``.
    :raise TransportError: see the module.
    """
    return once(
        ordered_purchase_invoices(client),
        lambda: api.order_purchase_invoice_mandate(
            client.id,
            representative_name=name,
            representative_function=function,
            representative_email=email,
        ),
        lambda: ordered_purchase_invoices(api.client(client.id)),
    )


def archive_coda_once(
    api: ProvisionalClient, client_id: str, mandate_id: str, reason: str = ""
) -> Placed[CodaMandate]:
    """Archive a CODA mandate; one that is archived already is fine.

    :raise NotFound: no such mandate.
    :raise TransportError: see the module.
    """

    def look() -> CodaMandate | None:
        found = (m for m in api.client(client_id).coda_mandates if m.id == mandate_id)
        return next((m for m in found if is_ended(CODA, m.state)), None)

    return _archived_once(lambda: api.archive_coda_mandate(mandate_id, reason), look)


def archive_social_once(
    api: ProvisionalClient, client_id: str, mandate_id: str, reason: str = ""
) -> Placed[SocialMandate]:
    """Archive a payroll mandate, as :func:`archive_coda_once`."""

    def look() -> SocialMandate | None:
        found = (m for m in api.client(client_id).social_mandates if m.id == mandate_id)
        return next((m for m in found if is_ended(SODA, m.state)), None)

    return _archived_once(lambda: api.archive_social_mandate(mandate_id, reason), look)


def _known_mandates(client: Client, wanted: tuple[str, ...]) -> tuple[CodaMandate, ...]:
    """Give the mandates of the accounts that are ordered, each once."""
    known = ordered_accounts(client)
    found = {known[iban].id: known[iban] for iban in wanted if iban in known}
    return tuple(found.values())


def _mandates_of(client: Client, wanted: tuple[str, ...]) -> tuple[CodaMandate, ...] | None:
    """Give the mandates of these accounts; ``None`` when one is not ordered."""
    return None if missing_accounts(client, wanted) else _known_mandates(client, wanted)


def _archived_once(send: Callable[[], T], look: Callable[[], T | None]) -> Placed[T]:
    try:
        return once(None, send, look)
    except Rejected as error:
        if error.status != 409:
            raise
        refusal = error
    found = look()
    if found is None:
        raise refusal
    return Placed(found, ordered=False)


def once(found: T | None, send: Callable[[], T], look: Callable[[], T | None]) -> Placed[T]:
    """Send unless it is there already; look when the answer got lost.

    :raise TransportError: see the module.
    """
    if found is not None:
        return Placed(found, ordered=False)
    try:
        return Placed(send())
    except TransportError as error:
        if not error.maybe_done:
            raise
        lost = error
    # Outside of `except`: an error carries no other one along (refusals.py).
    try:
        found = look()
        lost.details["looked"] = True
    except CodaboxError:
        lost.details["looked"] = False
    if found is None:
        raise lost
    return Placed(found, settled=True)
