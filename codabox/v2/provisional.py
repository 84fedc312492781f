"""The calls of the provisional contract: ours, not CodaBox's (``docs/reference/api.md`` 14).

CodaBox documents that mandates can be ordered and sales invoices sent, not with which calls.
Everything that had to be decided is here and in ``sandbox/provisional.py``, and nowhere else:
paths, bodies, answers. The documentation of CodaBox's partners will replace both.

No call here that changes something is repeated by itself: ``mandates`` and ``sending`` settle
an answer that got lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from ..errors import ApiError, NotFound, NotOffered, Rejected
from ..transport.upload import File
from . import answers, parsing_clients
from .client import UBL_TYPE, CodaboxClient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from .. import domain
    from ..transport.wire import Answer
    from .json_reader import Reader


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NewClient:
    """What a client is created with (P1; fields of API 7.2).

    :param client_code: unique on the platform, free text.
    :param enterprise_num: ``BE`` and ten digits; unique in all of CodaBox.
    :param contact_email: the client's own, not the office's.
    :param language: ``fr``, ``nl`` or ``en``.
    :param representative_name: who signs the mandates.
    :param fiduciary_id: needed when the connection sees several offices.
    """

    client_code: str
    name: str
    enterprise_num: str
    address: str
    zip: str
    city: str
    contact_email: str
    language: str
    representative_name: str
    representative_function: str
    contact_name: str = ""
    address2: str | None = None
    fiduciary_id: str | None = None

    def body(self) -> dict[str, object]:
        """Give the body of P1."""
        entity = (
            "name", "enterprise_num", "representative_name", "representative_function",
            "address", "address2", "zip", "city",
        )  # fmt: skip
        body: dict[str, object] = {
            "client_code": self.client_code,
            "contact_name": self.contact_name or self.representative_name,
            "contact_email": self.contact_email,
            "language": self.language,
            "legal_entity": {name: getattr(self, name) for name in entity},
        }
        if self.fiduciary_id:
            body["fiduciary_id"] = self.fiduciary_id
        return body


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank that delivers CODA (P9); ``signing`` is ``online``, ``app`` or ``paper``."""

    bank_id: str
    name: str
    signing: str
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Secretariat:
    """A social secretariat that delivers SODA (P9)."""

    social_welfare_id: str
    name: str
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class SentInvoice:
    """A sales invoice as CodaBox has it (P7, P8).

    :param id: CodaBox's; empty when the way it was sent gives none.
    :param state: ``received``, ``delivered`` (the accountant has it) or ``refused``, which may come
        days later; another word is kept as it is.
    :param reason: CodaBox's text for a refusal.
    """

    id: str
    state: str
    reason: str | None = None
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)


def _offered(call: Callable[[], T], *, may_lack: bool = False) -> T:
    """Make a call, and tell one that CodaBox does not have from a thing that is not there.

    A collection is there or the call is not. Of one thing CodaBox says in words that it has none
    (API 3.4); a page, or nothing, comes from where the address leads nowhere.

    :param may_lack: whether the call is about one thing, which may not be there.
    :raise NotOffered: CodaBox does not have this call.
    """
    try:
        return call()
    except NotFound as error:
        if may_lack and error.detail:
            raise
        missing = error
    # Outside of `except`: an error carries no other one along (refusals.py).
    facts = {name: value for name, value in missing.details.items() if name not in _OWN}
    code = "not_offered"
    raise NotOffered(code, missing.message, status=missing.status, detail=missing.detail, **facts)


_OWN: Final = ("status", "detail", "fields")


class ProvisionalClient(CodaboxClient):
    """A client that can also order and send; made with ``ProvisionalClient.open`` like its parent.

    A call that CodaBox does not have raises :class:`~.errors.NotOffered`, whatever was asked.

    Every method may raise any :class:`~.errors.TransportError` or :class:`~.errors.ApiError`. With
    ``error.maybe_done`` the order may have been placed: look before ordering again.
    """

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

    def create_client(self, new: NewClient) -> domain.Client:
        """Create a client of the office (P1).

        :raise Rejected: see ``fields``, e.g. ``legal_entity.enterprise_num`` when the number is
            registered already.
        """
        return answers.one(self._post(new.body(), "clients"), parsing_clients.client)

    def order_coda_mandates(
        self, client_id: str, ibans: Iterable[str], validity_start: date | None = None
    ) -> tuple[domain.CodaMandate, ...]:
        """Order the mandates for accounts, all or nothing (P2).

        :param ibans: without blanks.
        :param validity_start: CodaBox chooses when not given.
        :return: one mandate per bank; ``twikey_url`` is where the client signs, if online.
        :raise Rejected: ``fields["ibans"]`` has a text per account that is refused.
        :raise NotFound: no such client for these credentials.
        """
        body: dict[str, object] = {"ibans": list(ibans)}
        if validity_start:
            body["validity_start"] = validity_start.isoformat()
        answer = self._post(body, "clients", client_id, "coda-mandates", may_lack=True)
        return answers.many(answer, parsing_clients.coda_mandate)

    def coda_mandate_pdf(self, mandate_id: str) -> domain.Download:
        """Fetch the document to sign (P3).

        :raise NotFound: no such mandate, or it has no document; see ``detail``.
        :raise BadAnswer: what came is no file.
        """
        answer = _offered(
            lambda: self._transport.request(
                "GET", "coda-mandates", mandate_id, "pdf", accept="*/*", repeatable=True
            ),
            may_lack=True,
        )
        return answers.file(answer, "pdf")

    def order_social_mandate(self, client_id: str, social_welfare_id: str) -> domain.SocialMandate:
        """Order the payroll mandate for one secretariat (P4).

        :raise Rejected: unknown secretariat, or ordered already.
        :raise Forbidden: the office may not order payroll.
        :raise NotFound: no such client for these credentials.
        """
        body = {"social_welfare_id": social_welfare_id}
        answer = self._post(body, "clients", client_id, "social-mandates", may_lack=True)
        return answers.one(answer, parsing_clients.social_mandate)

    def order_purchase_invoice_mandate(
        self,
        client_id: str,
        *,
        representative_name: str,
        representative_function: str,
        representative_email: str,
    ) -> domain.PurchaseInvoiceMandate:
        """Have CodaBox invite the client for purchase invoices (P5).

        :raise Rejected: see ``fields``.
        :raise NotFound: no such client for these credentials.
        """
        body = {
            "representative_name": representative_name,
            "representative_function": representative_function,
            "representative_email": representative_email,
        }
        answer = self._post(body, "clients", client_id, "purchase-invoice-mandates", may_lack=True)
        return answers.one(answer, parsing_clients.invoice_mandate)

    def archive_coda_mandate(self, mandate_id: str, reason: str = "") -> domain.CodaMandate:
        """Stop a CODA mandate (P6).

        :raise NotFound: no such mandate for these credentials.
        :raise Rejected: ``status`` 409: it is archived already.
        """
        return answers.one(
            self._archive("coda-mandates", mandate_id, reason), parsing_clients.coda_mandate
        )

    def archive_social_mandate(self, mandate_id: str, reason: str = "") -> domain.SocialMandate:
        """Stop a payroll mandate (P6); raises as :meth:`archive_coda_mandate`."""
        return answers.one(
            self._archive("social-mandates", mandate_id, reason), parsing_clients.social_mandate
        )

    def banks(self) -> domain.Listed[Bank]:
        """List the banks that deliver CODA, and how their mandates are signed (P9)."""
        return answers.readable(_offered(lambda: self._get("banks")), _bank)

    def social_secretariats(self) -> domain.Listed[Secretariat]:
        """List the secretariats that deliver payroll entries (P9)."""
        answer = _offered(lambda: self._get("social-secretariats"))
        return answers.readable(answer, _secretariat)

    def send_sales_invoice(self, name: str, content: bytes) -> SentInvoice:
        """Send a sales invoice or credit note, for the accountant of the company (P7).

        :param name: file name.
        :param content: UBL with the PDF embedded.
        :raise Rejected: ``status`` 400 with ``fields["file"]``: no UBL, of another company, of a
            year that is over; 413: larger than :data:`~.const.MAX_INVOICE_BYTES`; 409: CodaBox has
            an invoice of this seller, number and type, whose id is ``details["sent_id"]``.
        :raise Forbidden: the credentials are no company's, or no office of CodaBox has it.
        """
        file = File(name, content, UBL_TYPE)
        try:
            answer = _offered(
                lambda: self._transport.request(
                    "POST", "sales-invoices", file=file, repeatable=False
                )
            )
        except Rejected as error:
            if error.status == 409:
                error.details["sent_id"] = next(iter(error.fields.get("id", ())), "")
            raise
        return answers.one(answer, _sent_invoice)

    def sales_invoice(self, sent_id: str) -> SentInvoice:
        """Read how a sent invoice fares (P8).

        :raise NotFound: no such invoice for these credentials.
        """
        answer = _offered(lambda: self._get("sales-invoices", sent_id), may_lack=True)
        return answers.one(answer, _sent_invoice)

    def find_sales_invoices(
        self, enterprise_num: str, number: str, type_code: str
    ) -> tuple[SentInvoice, ...]:
        """Ask which invoices CodaBox has of a seller, number and type (P10).

        :param enterprise_num: of the seller, ``BE`` and ten digits.
        :param type_code: ``380`` for an invoice, ``381`` for a credit note.
        :return: none when it never got it; several when a refused one was sent again, oldest first.
        """
        query = {"enterprise_num": enterprise_num, "number": number, "type": type_code}
        answer = _offered(
            lambda: self._transport.request("GET", "sales-invoices", query=query, repeatable=True)
        )
        return answers.many(answer, _sent_invoice)

    def _archive(self, kind: str, mandate_id: str, reason: str) -> Answer:
        body = {"reason": reason} if reason else {}
        return self._post(body, kind, mandate_id, "archive", may_lack=True)

    def _post(self, body: Mapping[str, object], *parts: str, may_lack: bool = False) -> Answer:
        return _offered(
            lambda: self._transport.request("POST", *parts, json=body, repeatable=False),
            may_lack=may_lack,
        )


def _bank(reader: Reader) -> Bank:
    return Bank(reader.identity("bank_id"), reader.text("name"), reader.text("signing"), reader.raw)


def _secretariat(reader: Reader) -> Secretariat:
    return Secretariat(reader.identity("social_welfare_id"), reader.text("name"), reader.raw)


def _sent_invoice(reader: Reader) -> SentInvoice:
    return SentInvoice(
        reader.identity("id"),
        reader.required_text("state"),
        reader.text_or_none("reason"),
        reader.raw,
    )
