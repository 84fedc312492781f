"""Values exchanged with CodaBox API V2: frozen dataclasses, nothing else.

Names follow the API (``docs/reference/api.md`` 4 to 6). Whatever the API sends beyond
the fields read here stays reachable in ``raw``, so that nothing is lost. Timestamps are naive,
because the API sends them without a zone (API 3.3); one that carries a zone is turned into UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


T = TypeVar("T")


class Listed(tuple[T, ...]):
    """The items of a list that could be read; where it is not ``is_complete``, there are more.

    ``odd`` names what could not be read.
    """

    is_complete: bool = True
    odd: tuple[str, ...] = ()


class Channel(Enum):
    """The two delivery channels of a feed, each with its own offset (API 5.2 and 5.5)."""

    FEED = "feed"
    REDELIVERY = "redelivery"


@dataclass(frozen=True, slots=True)
class Credentials:
    """User and password of one customer within one software (API 4.4)."""

    username: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FeedClient:
    """One client of the pod: its feed id and who it is (API 5.1)."""

    feed_id: int
    client_id: str
    client_name: str
    client_code: str
    fiduciary_id: str | None
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Pod:
    """What a connection sees (API 5.1).

    ``fetch_delay`` is in seconds. ``allowed_formats`` maps a document model to its formats and may
    hold models this software does not know. Where it is not ``is_complete``, there are more clients
    than those that could be read.
    """

    pod_id: int
    fetch_delay: int
    allowed_formats: Mapping[str, tuple[str, ...]]
    clients: tuple[FeedClient, ...]
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One document of a feed that is not yet acknowledged (API 5.2).

    The ``feed_index`` of an entry that cannot be read is empty: nothing behind it may be
    acknowledged.
    """

    feed_index: str
    document_model: str
    metadata: Mapping[str, object]
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of one client, in the order in which they must be acknowledged."""

    feed_id: int
    type: str
    entries: tuple[FeedEntry, ...]
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Download:
    """One file of one entry (API 5.4)."""

    content: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class LegalEntity:
    """The enterprise behind an office or a client (API 6)."""

    name: str
    enterprise_num: str | None
    representative_name: str | None = None
    representative_function: str | None = None
    address: str | None = None
    address2: str | None = None
    zip: str | None = None
    city: str | None = None
    is_enterprise_num_validated: bool | None = None
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Fiduciary:
    """An accounting office (API 6.1)."""

    id: str
    name: str
    legal_entity: LegalEntity
    contact_email: str | None
    language: str | None
    allows_social_mandates: bool
    delegates_mandate_delivery: bool
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class CodaMandate:
    """A CODA mandate: one bank, one or more IBANs (API 6.2 and 7.3)."""

    id: str
    bank_id: str
    ibans: tuple[str, ...]
    state: str
    reason: str | None
    reason_code: str | None
    twikey_url: str | None
    validity_start: date | None
    state_modified_at: datetime | None
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class SocialMandate:
    """A payroll (SODA) mandate with one social secretariat (API 6.2 and 7.5)."""

    id: str
    social_welfare_id: str
    state: str
    validity_start: date | None
    state_modified_at: datetime | None
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class PurchaseInvoiceMandate:
    """A purchase-invoice (VOILA) mandate; the API gives it no id (API 6.2 and 7.6).

    Either the client's permission to CodaBox, or the transmission mandate towards the office.
    """

    state: str
    state_modified_at: datetime | None
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)
    representative_name: str | None = None
    representative_function: str | None = None
    representative_email: str | None = None


@dataclass(frozen=True, slots=True)
class SubAccount:
    """One currency of an account; ``extension`` is the CODA extension zone (API 5.7 and 6.2)."""

    currency: str
    extension: str | None


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A bank account of a client as CodaBox knows it (API 6.2 and 7.4)."""

    iban: str
    bank_id: str
    type: str
    state: str
    currencies: tuple[str, ...]
    coda_mandate_ids: tuple[str, ...]
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)
    subaccounts: tuple[SubAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class Client:
    """A client of an office with everything CodaBox knows of it (API 6.2).

    ``odd`` names the fields that came in a form that cannot be read, and count as absent.
    """

    id: str
    client_code: str
    fiduciary_id: str | None
    legal_entity: LegalEntity
    contact_name: str | None
    contact_email: str | None
    language: str | None
    state: str
    coda_mandates: tuple[CodaMandate, ...]
    social_mandates: tuple[SocialMandate, ...]
    purchase_invoice_mandates: tuple[PurchaseInvoiceMandate, ...]
    bank_accounts: tuple[BankAccount, ...]
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)
    purchase_invoice_transmission_mandates: tuple[PurchaseInvoiceMandate, ...] = ()
    current_purchase_invoice_mandate_state: str | None = None
    odd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeppolLicence:
    """The right of a company to send over Peppol through CodaBox (API 8.2).

    ``state`` is ``active`` or ``inactive``.
    """

    id: str
    state: str
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)
