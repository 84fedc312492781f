"""Sales invoices that companies sent: what CodaBox then has, and how they fare (API 8 and 14).

A company's connection and its accounting office are linked by the enterprise number, as at CodaBox
(``docs/reference/invoices.md`` 5): what a company sends appears as ``sales_invoice`` in every feed
in which an office has a client of that number. Without such an office nothing can be sent.

An invoice is ``received``, and ``delivered`` once the office acknowledged its document; a test may
move it, also to ``refused`` days later. All of this is inferred: nothing of it was seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from ..belgian import enterprise_number
from ..domain import Channel
from .bench import now
from .lifecycle import Lifecycle
from .model import Document, SalesInvoice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model import Feed, Pod
    from .resources import Json
    from .ubl_file import UblFile

RECEIVED, DELIVERED, REFUSED = "received", "delivered", "refused"
# State -> where it may go; an accountant may refuse what he got.
MOVES: Final[Mapping[str, tuple[str, ...]]] = {
    RECEIVED: (DELIVERED, REFUSED),
    DELIVERED: (REFUSED,),
    REFUSED: (),
}


class Invoices(Lifecycle):
    """The part of the world that keeps sales invoices."""

    pods: dict[int, Pod]

    def clear_invoices(self) -> None:
        """Forget every invoice."""
        self._invoices: list[SalesInvoice] = []
        self._uploads: list[SalesInvoice] = []

    def office_feeds(self, enterprise_num: str | None) -> list[Feed]:
        """Give the feeds in which offices have the client of this number."""
        number = enterprise_number(enterprise_num)
        return [
            feed
            for feed in self.feeds.values()
            if number
            and self.pods[feed.pod_id].fiduciary_ids
            and enterprise_number(feed.client["legal_entity"]["enterprise_num"]) == number
        ]

    def take_invoice(self, pod: Pod, name: str, content: bytes, facts: UblFile) -> SalesInvoice:
        """Keep an invoice that was checked, and give it to the office."""
        seller = enterprise_number(pod.enterprise_num)
        sent = SalesInvoice(str(uuid4()), pod.pod_id, seller, name, content, facts)
        files = {"xml": content, "pdf": facts.pdf or b""}
        # Invented keys (API 5.7).
        metadata: Json = {
            "document_number": facts.number,
            "issue_date": facts.issue_date.isoformat(),
            "customer_name": facts.customer,
            "currency": facts.currency,
        }
        for feed in self.office_feeds(seller):
            document = Document(str(uuid4()), "sales_invoice", dict(files), dict(metadata))
            feed.queues[Channel.FEED].documents.append(document)
            sent.documents[feed.feed_id] = document.feed_index
        self._invoices.append(sent)
        return sent

    def taken_invoices(self, seller: str) -> list[SalesInvoice]:
        """Give the invoices of a company that are not refused: those may not come again."""
        return [sent for sent in self._invoices if sent.seller == seller and sent.state != REFUSED]

    def sent_invoices(self, number: str | None = None) -> list[SalesInvoice]:
        """Give what CodaBox took, in order of arrival: the witness of a test that sends.

        :param number: of the invoice; all when not given.
        """
        with self.lock:
            found = [sent for sent in self._invoices if number in (None, sent.facts.number)]
            done = {feed_id: self._acknowledged(feed_id) for feed_id in self.feeds}
            for sent in found:
                fetched = any(index in done.get(id, ()) for id, index in sent.documents.items())
                if sent.state == RECEIVED and fetched:
                    sent.state = DELIVERED
            return found

    def move_invoice(self, sent_id: str, state: str = DELIVERED, reason: str | None = None) -> Json:
        """Deliver or refuse a sent invoice, and give it as P8 does.

        A refused one leaves the feeds in which it is not acknowledged yet.

        :param reason: CodaBox's words for a refusal.
        :raise LookupError: no such invoice.
        :raise ValueError: it cannot become that.
        """
        with self.lock:
            found = [sent for sent in self.sent_invoices() if sent.id == sent_id]
            if not found:
                message = f"no invoice {sent_id}"
                raise LookupError(message)
            sent = found[0]
            if state not in MOVES[sent.state]:
                message = f"an invoice that is {sent.state} cannot become {state}"
                raise ValueError(message)
            sent.state, sent.reason = state, reason
            if state == REFUSED:
                self._withdraw(sent)
            return sent.answer()

    def _acknowledged(self, feed_id: int) -> set[str]:
        """Give the feed indexes that an office has acknowledged."""
        queue = self.feeds[feed_id].queues[Channel.FEED]
        pending = queue.pending(per_entry=self.settings.per_entry_ack)
        return {document.feed_index for document in queue.documents} - {
            document.feed_index for document in pending
        }

    def _withdraw(self, sent: SalesInvoice) -> None:
        for feed_id, index in sent.documents.items():
            if feed_id in self.feeds and index not in self._acknowledged(feed_id):
                feed = self.feeds[feed_id]
                for documents in (feed.queues[Channel.FEED].documents, feed.held[Channel.FEED]):
                    documents[:] = [item for item in documents if item.feed_index != index]

    # --- Peppol (API 8.2) ----------------------------------------------------------

    def configure_licence(self, pod_id: int, **changes: object) -> None:
        """Change the Peppol licence of a company, e.g. ``state="inactive"``.

        :raise LookupError: no such pod.
        :raise ValueError: it has no licence, or the licence has no such key.
        """
        with self.lock:
            licence = self.pods[pod_id].licence or {}
            if unknown := sorted(set(changes) - set(licence)):
                message = f"the licence of pod {pod_id} has no {', '.join(unknown)}"
                raise ValueError(message)
            licence.update(changes, state_date=now())

    def take_upload(self, pod: Pod, name: str, content: bytes, facts: UblFile) -> None:
        """Keep an invoice that goes to its customer over Peppol.

        Whether CodaBox gives the accountant a copy is not known; here it does not.
        """
        seller = enterprise_number(pod.enterprise_num)
        self._uploads.append(SalesInvoice(str(uuid4()), pod.pod_id, seller, name, content, facts))

    def peppol_uploads(self) -> list[SalesInvoice]:
        """Give what was uploaded for Peppol, in order of arrival."""
        with self.lock:
            return list(self._uploads)
