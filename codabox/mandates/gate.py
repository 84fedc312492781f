"""The gate: no document moves without its legal step (``docs/reference/mandates.md`` 5).

Pure: what CodaBox says of a client goes in, a verdict comes out. It withholds only what is *known*
to lack its step. What is not known passes, because CodaBox lists a document only after its own
legal step (API 7.2.7); the verdict then says what was not known. Who calls it reads the client
again in the same run, so that "known" is of today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from ..belgian import clean_iban, iban_problem
from .states import CODA, PURCHASE_INVOICE, SODA, STATES, is_ended

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain import Client, PurchaseInvoiceMandate

# Every reason to withhold, with what it means; the layer above has a sentence for each.
GATE_CODES: Final = {
    "mandate_not_signed": "ordered, and its legal step is not done; facts: state",
    "mandate_problem": "CodaBox reports a problem; facts: state, reason",
    "mandate_ended": "dated after the end of the mandate, or without a date; facts: state, ended",
    "client_ended": "the client is archived at CodaBox; facts: state, ended",
    "no_consent": "the company's consent to send is not recorded",
}

# What may not be known of something that passes.
DOUBT_CODES: Final = {
    "mandate_unlisted": "no mandate of the client is for this account, secretariat or service",
    "mandates_untold": "CodaBox's answer has no list of such mandates",
}

# The only state of a client that ends it. No other was seen (API 6.2), so everything else passes.
_CLIENT_ENDED: Final = "archived"
_DATE_KEYS: Final = ("new_balance_date", "issue_date", "period")  # API 5.7
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something may move.

    :param code: ``""``, or one of :data:`GATE_CODES`.
    :param doubt: ``""``, or one of :data:`DOUBT_CODES`: it passes without being known to have its
        step.
    :param facts: JSON-serialisable: ``service`` and, where known, ``subject`` (IBAN or
        secretariat), ``state`` (CodaBox's word), ``reason`` (CodaBox's text), ``ended``
        (``YYYY-MM-DD``).
    """

    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""

    @property
    def allowed(self) -> bool:
        """Whether it may move."""
        return not self.code


@dataclass(frozen=True, slots=True)
class _Step:
    """One mandate as the gate sees it."""

    service: str
    state: str
    ended: date | None
    subject: str = ""
    reason: str = ""


def may_fetch(
    service: str, state: str, *, day: date | None = None, ended: date | None = None
) -> bool:
    """Say whether documents of a service may be fetched while its mandate is in a state.

    For purchase invoices both mandates must pass, see :func:`check_document`.

    :param service: document model; one without mandates (``sales_invoice``, ``expense``, any
        unknown one) follows the client, and ``state`` is the client's.
    :param state: CodaBox's word; ``""`` when there is no mandate.
    :param day: date of the document.
    :param ended: day on which the mandate was archived.
    """
    return _check(_Step(service, state, ended), day).allowed


def may_send(*, consented: bool, client_state: str = "") -> Verdict:
    """Say whether an invoice may leave for CodaBox.

    :param consented: whether the company's consent is recorded: who, when, which text.
    :param client_state: CodaBox's word for the client, where this connection sees it.
    """
    if not consented:
        return Verdict("no_consent", {"service": "sales_invoice"})
    return _check(_Step("sales_invoice", client_state, None), None)


def check_document(client: Client | None, model: str, metadata: Mapping[str, object]) -> Verdict:
    """Say whether a document of a feed may be fetched.

    :param client: as CodaBox shows it now; ``None`` where the connection sees no clients: then
        its own confirmed connection is the step.
    :param model: document model of the entry.
    :param metadata: of the entry, as it came (API 5.7).
    """
    if client is None:
        return Verdict()
    day = document_day(metadata)
    whole = _Step(model, client.state, _day(client.raw.get("state_modified_at")))
    if model == CODA:
        return _any_of(_coda(client, metadata), day, whole, document_account(metadata))
    if model == SODA:
        slug = _subject(metadata, "social_welfare_id")
        return _any_of(_soda(client, slug), day, whole, slug)
    if model == PURCHASE_INVOICE:
        verdicts = [_any_of(steps, day, whole) for steps in _purchases(client)]
        # What is withheld goes before what is doubted, and that before what is known.
        return max(verdicts, key=lambda verdict: (not verdict.allowed, bool(verdict.doubt)))
    return _check(whole, day)


def document_account(metadata: Mapping[str, object]) -> str:
    """Give the account of a statement, cleaned; ``""`` when its metadata names none."""
    iban = clean_iban(_subject(metadata, "iban"))
    return iban if iban_problem(iban) in ("", "foreign") else ""


def document_day(metadata: Mapping[str, object]) -> date | None:
    """Give the date of a document from its metadata; of a month, the last day.

    :return: ``None`` when the metadata has no date that can be read.
    """
    return next(filter(None, (_day(metadata.get(key)) for key in _DATE_KEYS)), None)


def _day(value: object) -> date | None:
    text = value if isinstance(value, str) else ""
    try:
        if month := _MONTH.fullmatch(text):
            year, number = int(month[1]), int(month[2])
            return date(year, number, monthrange(year, number)[1])
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _coda(client: Client, metadata: Mapping[str, object]) -> list[_Step] | None:
    """Give the CODA mandates of the document's account; of all when it names no account."""
    if client.raw.get("coda_mandates") is None:
        return None
    iban = document_account(metadata)
    return [
        _Step(CODA, item.state, _ended(item), iban, item.reason or "")
        for item in client.coda_mandates
        if not iban or iban in map(clean_iban, item.ibans)
    ]


def _soda(client: Client, slug: str) -> list[_Step] | None:
    """Give the mandates of the document's secretariat; of all when it names none."""
    if client.raw.get("social_mandates") is None:
        return None
    return [
        _Step(SODA, item.state, _ended(item), slug or item.social_welfare_id)
        for item in client.social_mandates
        if slug in ("", item.social_welfare_id)
    ]


def _purchases(client: Client) -> list[list[_Step] | None]:
    """Give the two permissions: to CodaBox, and from CodaBox to the office."""
    lists: dict[str, tuple[PurchaseInvoiceMandate, ...]] = {
        "purchase_invoice_mandates": client.purchase_invoice_mandates,
        "purchase_invoice_transmission_mandates": client.purchase_invoice_transmission_mandates,
    }
    return [
        None
        if client.raw.get(key) is None
        else [_Step(PURCHASE_INVOICE, item.state, _ended(item)) for item in items]
        for key, items in lists.items()
    ]


def _subject(metadata: Mapping[str, object], key: str) -> str:
    value = metadata.get(key)
    return value if isinstance(value, str) else ""


def _ended(item: object) -> date | None:
    moment = getattr(item, "state_modified_at", None)
    return moment.date() if moment else None


def _any_of(
    steps: list[_Step] | None, day: date | None, whole: _Step, subject: str = ""
) -> Verdict:
    """Pass when one of the mandates passes, else tell about the one that is nearest to it.

    :param whole: the client itself, which counts where no mandate is known.
    :param subject: account or secretariat.
    """
    if not steps:
        verdict = _check(replace(whole, service=_NO_SERVICE), day)
        code = "mandates_untold" if steps is None else "mandate_unlisted"
        facts = {"service": whole.service, **({"subject": subject} if subject else {})}
        return replace(verdict, doubt=code, facts=facts) if verdict.allowed else verdict
    verdicts = [_check(step, day) for step in steps]
    if any(verdict.allowed for verdict in verdicts):
        return Verdict()
    return min(verdicts, key=lambda verdict: _NEAREST.index(verdict.code))


_NEAREST: Final = ("mandate_not_signed", "mandate_problem", "mandate_ended")
_NO_SERVICE: Final = ""  # follows the client


def _check(step: _Step, day: date | None) -> Verdict:
    """Judge one mandate, or the client for a service without mandates."""
    rows = STATES.get(step.service)
    ended = step.state == _CLIENT_ENDED if rows is None else is_ended(step.service, step.state)
    if ended:
        if day and step.ended and day <= step.ended:
            return Verdict()
        return _withheld("client_ended" if rows is None else "mandate_ended", step)
    if rows is None:
        return Verdict()
    if step.state not in rows or rows[step.state][1]:
        return Verdict()
    return _withheld("mandate_problem" if step.state == "problem" else "mandate_not_signed", step)


def _withheld(code: str, step: _Step) -> Verdict:
    facts = {
        "service": step.service,
        "subject": step.subject,
        "state": step.state,
        "reason": step.reason,
        "ended": step.ended.isoformat() if step.ended and code.endswith("_ended") else "",
    }
    return Verdict(code, {name: value for name, value in facts.items() if value})
