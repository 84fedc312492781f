"""What CodaBox holds back: documents of a client without an active mandate (API 7.2 and 7.3).

Real CodaBox has no document to give before the bank, the secretariat or the network agreed. Here a
document may arrive earlier: it is held, and delivered when the mandate becomes active, so nothing
gets lost. The first file of a mandate that only waits for it makes it active (API 7.3, 7.5). With
``settings.gate`` off everything is delivered and no state changes: for tests of the other side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..belgian import clean_iban
from ..mandates import gate
from ..mandates.states import CODA, PURCHASE_INVOICE, SODA, STATES
from . import lifecycle, resources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain import Channel
    from .model import Document, Feed, Settings
    from .resources import Json

# Service -> the states in which the first file makes the mandate active.
_FIRST_FILE: Final = {CODA: "sent-hq", SODA: "confirmed"}
_ENDED: Final = ("archived", "cancelled")


def refresh(feed: Feed, channel: Channel, settings: Settings) -> None:
    """Hold back what may not be listed now, and list what may be again, in order of arrival."""
    queue, held = feed.queues[channel], feed.held[channel]
    if not settings.gate:
        queue.documents += held
        held.clear()
        return
    pending = queue.pending(per_entry=settings.per_entry_ack)
    stopped = [document for document in pending if not delivers(feed.client, document)]
    for document in stopped:
        queue.documents.remove(document)
    freed = [document for document in held if delivers(feed.client, document)]
    for document in freed:
        held.remove(document)
    held[:0] = stopped
    queue.documents += freed
    for document in queue.pending(per_entry=settings.per_entry_ack):
        _first_file(feed.client, document)


def delivers(client: Json, document: Document) -> bool:
    """Say whether CodaBox has this document to give."""
    if document.model not in STATES:
        return not _is_over(client, document)
    if document.model == PURCHASE_INVOICE:
        return all(
            any(_passes(item, document) for item in client[key])
            for key in ("purchase_invoice_mandates", "purchase_invoice_transmission_mandates")
        )
    return any(_passes(item, document) for item in _mandates(client, document))


def _mandates(client: Json, document: Document) -> Iterator[Json]:
    """Give the mandates of the document's account or secretariat; all when it names none."""
    if document.model == CODA:
        iban = clean_iban(str(document.metadata.get("iban") or ""))
        free = resources.names_no_account(document.metadata)
        for item in client["coda_mandates"]:
            if free or iban in map(clean_iban, item["ibans"]):
                yield item
    elif document.model == SODA:
        slug = document.metadata.get("social_welfare_id")
        for item in client["social_mandates"]:
            if slug in (None, "", item["social_welfare_id"]):
                yield item


def _passes(mandate: Json, document: Document) -> bool:
    state = mandate["state"]
    if state in _ENDED:
        return not _is_over(mandate, document)
    # A state that nobody knows is delivered: clients must cope with new ones.
    known = STATES[document.model]
    return state not in known or state in ("active", _FIRST_FILE.get(document.model))


def _is_over(ended: Json, document: Document) -> bool:
    """Say whether a document is dated after the end of its mandate or client."""
    if ended["state"] not in _ENDED:
        return False
    day = gate.document_day(document.metadata)
    return day is None or day.isoformat() > str(ended.get("state_modified_at") or "")[:10]


def _first_file(client: Json, document: Document) -> None:
    """Make the mandates active that only waited for their first file."""
    waiting = _FIRST_FILE.get(document.model)
    for mandate in _mandates(client, document):
        if mandate["state"] == waiting:
            lifecycle.enter(client, mandate, document.model, "active")
