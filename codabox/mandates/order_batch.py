"""Ordering for many clients at once: each exactly once, side by side.

What CodaBox has is read first, in one call; then every client is created and ordered for where that
is missing (``ordering.py``). What goes wrong with one client never touches another.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from ..belgian import enterprise_number
from ..errors import CodaboxError, Rejected
from .ordering import (
    create_once,
    find_client,
    order_coda_once,
    order_purchase_invoices_once,
    order_social_once,
    ordered_accounts,
)
from .states import CODA, PURCHASE_INVOICE, SODA, MandateState, neutral_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..domain import Client, CodaMandate, SocialMandate
    from ..v2.provisional import NewClient, ProvisionalClient
    from .ordering import Placed

T = TypeVar("T", "CodaMandate", "SocialMandate")

# CodaBox documents no limit of calls at a time (API 3.5); few, so that a batch is no burden.
WORKERS: Final = 8
CLIENT: Final = "client"
_UNSIGNED: Final = (MandateState.PREPARING, MandateState.TO_SIGN)


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered for one client.

    :param new: who it is; its representative is also the one asked for purchase invoices.
    :param ibans: accounts whose statements are ordered.
    :param secretariats: slugs of the social secretariats.
    """

    new: NewClient
    ibans: tuple[str, ...] = ()
    secretariats: tuple[str, ...] = ()
    purchase_invoices: bool = False


@dataclass(slots=True)
class Outcome:
    """What came of one order.

    :param client: with everything that is known to be ordered; ``None`` when CodaBox has none.
    :param created: whether the client was made by this order.
    :param ordered: ``(service, secretariat or "")`` of what this order placed; the others were
        there before.
    :param pdfs: mandate id -> the document to sign, where there is one.
    :param errors: ``(service, secretariat or "")`` -> why it could not be ordered; ``client`` is
        the service when the client itself could not be made. With ``maybe_done`` it may yet be.
    """

    client: Client | None = None
    created: bool = False
    ordered: set[tuple[str, str]] = field(default_factory=set)
    pdfs: dict[str, bytes] = field(default_factory=dict)
    errors: dict[tuple[str, str], CodaboxError] = field(default_factory=dict)


def place_all(
    api: ProvisionalClient, orders: Sequence[Order], workers: int = WORKERS
) -> list[Outcome]:
    """Place orders, those of different enterprises side by side.

    :return: one outcome per order, in their order.
    :raise CodaboxError: the clients cannot be read; nothing was ordered.
    """
    known = api.clients()
    outcomes = [Outcome() for _order in orders]
    # Two orders for one enterprise would both find no client, and both create it.
    groups: dict[str, list[tuple[Order, Outcome]]] = {}
    for order, outcome in zip(orders, outcomes, strict=True):
        number = enterprise_number(order.new.enterprise_num)
        groups.setdefault(number or f"order {id(order)}", []).append((order, outcome))

    def run(group: list[tuple[Order, Outcome]]) -> None:
        seen: tuple[Client, ...] = known
        for order, outcome in group:
            _place(api, order, outcome, seen)
            seen = (outcome.client, *seen) if outcome.client else seen

    with ThreadPoolExecutor(max(1, min(workers, len(groups)))) as pool:
        list(pool.map(run, groups.values()))
    return outcomes


def _place(api: ProvisionalClient, order: Order, outcome: Outcome, known: Sequence[Client]) -> None:
    """Place the order of one client, as far as it goes."""
    with _Keeping(outcome, CLIENT):
        placed = _create(api, order, known)
        outcome.client, outcome.created = placed.result, placed.ordered
    if order.ibans:
        _order_coda(api, order, outcome)
    for slug in order.secretariats:
        _order_social(api, slug, outcome)
    if order.purchase_invoices:
        _order_purchase_invoices(api, order, outcome)


class _Keeping:
    """Keeps an error of CodaBox in the outcome instead of letting it through."""

    def __init__(self, outcome: Outcome, service: str, provider: str = "") -> None:
        self._outcome = outcome
        self._key = service, provider

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> bool:
        if isinstance(error, CodaboxError):
            self._outcome.errors[self._key] = error
            return True
        return False


def _create(api: ProvisionalClient, order: Order, known: Sequence[Client]) -> Placed[Client]:
    """Create the client unless it is there; look again when its number is taken."""
    try:
        return create_once(api, order.new, known)
    except Rejected as error:
        refusal = error
    # Outside of `except`: see refusals.py. Another software of the office may have made it.
    if "legal_entity.enterprise_num" in refusal.fields:
        found = find_client(api.clients(), order.new.enterprise_num, order.new.fiduciary_id)
        if found is not None:
            return create_once(api, order.new, [found])
    raise refusal


def _order_coda(api: ProvisionalClient, order: Order, outcome: Outcome) -> None:
    client = outcome.client
    if client is None:
        return
    with _Keeping(outcome, CODA):
        placed = order_coda_once(api, client, order.ibans)
        outcome.client = replace(client, coda_mandates=_merged(client.coda_mandates, placed.result))
        if placed.ordered:
            outcome.ordered.add((CODA, ""))
        _fetch_pdfs(api, placed.result, outcome)


def _fetch_pdfs(api: ProvisionalClient, mandates: Iterable[CodaMandate], outcome: Outcome) -> None:
    """Fetch the documents to sign; they can be fetched later too, so nothing fails here."""
    for mandate in mandates:
        if neutral_state(CODA, mandate.state) in _UNSIGNED:
            try:
                outcome.pdfs[mandate.id] = api.coda_mandate_pdf(mandate.id).content
            except CodaboxError:
                continue


def _order_social(api: ProvisionalClient, slug: str, outcome: Outcome) -> None:
    client = outcome.client
    # No SODA without CODA (API 7.5): an order of statements that failed takes payroll along.
    if client is None or not ordered_accounts(client):
        return
    with _Keeping(outcome, SODA, slug):
        placed = order_social_once(api, client, slug)
        mandates = _merged(client.social_mandates, (placed.result,))
        outcome.client = replace(client, social_mandates=mandates)
        if placed.ordered:
            outcome.ordered.add((SODA, slug))


def _order_purchase_invoices(api: ProvisionalClient, order: Order, outcome: Outcome) -> None:
    client = outcome.client
    if client is None:
        return
    with _Keeping(outcome, PURCHASE_INVOICE):
        placed = order_purchase_invoices_once(
            api,
            client,
            name=order.new.representative_name,
            function=order.new.representative_function,
            email=order.new.contact_email,
        )
        if placed.ordered:
            mandates = (*client.purchase_invoice_mandates, placed.result)
            outcome.client = replace(client, purchase_invoice_mandates=mandates)
            outcome.ordered.add((PURCHASE_INVOICE, ""))


def _merged(known: Iterable[T], found: Iterable[T]) -> tuple[T, ...]:
    """Give both, each mandate once; what was found last counts."""
    return tuple({mandate.id: mandate for mandate in (*known, *found)}.values())
