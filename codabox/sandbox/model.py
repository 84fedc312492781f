"""What a CodaBox keeps: pods, feeds with their documents and offsets, tokens, the log."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ..domain import Channel, Credentials

if TYPE_CHECKING:
    from .resources import Json
    from .ubl_file import UblFile


def new_credentials() -> Credentials:
    """Invent credentials of the observed shapes (API 3.1)."""
    letters = string.ascii_letters + string.digits
    password = "".join(secrets.choice(letters) for _ in range(10))
    return Credentials(f"SB-{uuid4()}"[:30], password)


@dataclass(slots=True)
class Document:
    """One document: its place in a feed and its file per format."""

    feed_index: str
    model: str
    files: dict[str, bytes]
    metadata: Json

    def entry(self) -> Json:
        """Give the feed entry (API 5.2)."""
        return {
            "feed_index": self.feed_index,
            "document_model": self.model,
            "metadata": self.metadata,
        }


@dataclass(slots=True)
class Queue:
    """The documents of one channel in order of arrival, and how far they are acknowledged."""

    documents: list[Document] = field(default_factory=list)
    offset: str | None = None
    acknowledged: set[str] = field(default_factory=set)

    def position(self, feed_index: str | None) -> int:
        """Give the place of a document, -1 when it is not here."""
        for place, document in enumerate(self.documents):
            if document.feed_index == feed_index:
                return place
        return -1

    def pending(self, *, per_entry: bool) -> list[Document]:
        """Give what is listed: after the offset, or not acknowledged one by one."""
        if per_entry:
            return [doc for doc in self.documents if doc.feed_index not in self.acknowledged]
        return self.documents[self.position(self.offset) + 1 :]

    def acknowledge(self, feed_index: str, *, backwards: bool) -> None:
        """Store an offset that is known; one before the current one only if ``backwards``."""
        self.acknowledged.add(feed_index)
        if backwards or self.position(feed_index) > self.position(self.offset):
            self.offset = feed_index


@dataclass(slots=True)
class Feed:
    """One client of a pod: its resource (API 6.2) and its two channels."""

    feed_id: int
    pod_id: int
    client: Json
    queues: dict[Channel, Queue] = field(
        default_factory=lambda: {channel: Queue() for channel in Channel}
    )
    # What the gate holds back, in order of arrival.
    held: dict[Channel, list[Document]] = field(
        default_factory=lambda: {channel: [] for channel in Channel}
    )

    def entry(self) -> Json:
        """Give the item of ``feed_clients`` (API 5.1)."""
        return {
            "id": self.feed_id,
            "client_id": self.client["id"],
            "client_name": self.client["legal_entity"]["name"],
            "client_code": self.client["client_code"],
            "fiduciary_id": self.client["fiduciary_id"],
            "target_root_state": "default",
            "delivery_config": None,
        }


@dataclass(slots=True)
class Pod:
    """What one customer sees within one software; ``licence`` is a company's for Peppol."""

    pod_id: int
    software_key: str
    username: str
    password: str
    enterprise_num: str | None
    fetch_delay: int
    allowed_formats: dict[str, list[str]]
    fiduciary_ids: list[str]
    licence: Json | None = None


@dataclass(slots=True)
class SalesInvoice:
    """An invoice that a company sent.

    :param pod_id: of the company.
    :param seller: its number, ``BE`` and ten digits.
    :param documents: feed id of an office -> feed index of what it finds there.
    """

    id: str
    pod_id: int
    seller: str
    name: str
    content: bytes = field(repr=False)
    facts: UblFile
    state: str = "received"
    reason: str | None = None
    documents: dict[int, str] = field(default_factory=dict)

    def answer(self) -> Json:
        """Give the object of the contract (P8)."""
        return {"id": self.id, "state": self.state, "reason": self.reason}


@dataclass(slots=True)
class Token:
    """A one-time token (API 4.5)."""

    value: str
    software_key: str
    pod_id: int
    used: bool = False
    superseded: bool = False


@dataclass(slots=True)
class Mail:
    """A token that would have been mailed."""

    vat: str
    to: str
    token: str
    sent_at: str


@dataclass(slots=True)
class LogEntry:
    """One request to the API; ``status`` is ``None`` while it runs and when it was dropped.

    :param file: name of the file that was uploaded, also when the connection was then dropped.
    """

    method: str
    path: str
    at: str
    status: int | None = None
    feed_offset: Any = None
    fault: str | None = None
    file: str | None = None


@dataclass(slots=True)
class Settings:
    """Behaviour that the reference leaves open.

    :param per_entry_ack: a PUT acknowledges that entry only, instead of all up to it (API 5.3).
    :param accept_backwards: a PUT may move the offset backwards (API 10.5).
    :param software_status: answer to a missing or unknown ``X-Software-Company`` (API 10.2).
    :param check_accept: answer 406 when ``Accept`` excludes the answer (API 10.6).
    :param gate: documents without an active mandate are held back, see ``gate.py``.
    :param year_rule: an invoice of an older year is refused once one of a newer year was taken
        (8.1: one vendor says so, and it may be his own rule).
    :param latency: seconds every call to the API takes at least.
    :param provisional: whether the calls of the provisional contract exist; without them this is
        the V2 that was seen in the field.
    :param list_cap: entries that one list of a feed has at most; ``None``: all (5.2).
    """

    per_entry_ack: bool = False
    accept_backwards: bool = True
    software_status: int = 403
    check_accept: bool = False
    gate: bool = True
    year_rule: bool = True
    latency: float = 0.0
    list_cap: int | None = None
    provisional: bool = True
