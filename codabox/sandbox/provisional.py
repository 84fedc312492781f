"""The server side of the provisional contract: ours, not CodaBox's (``docs/reference/api.md`` 14).

P1 to P10, with every refusal of the contract and of the business rules behind it (API 7.2, 8.1).
What the client side is, is in ``v2/provisional.py``; nothing else knows these paths.
Texts of refusals are invented, except those the contract gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from werkzeug import Response

from ..belgian import enterprise_number
from ..mandates.banks import BANK_RULES
from ..mandates.states import CODA, PURCHASE_INVOICE, SODA, can_be_ordered
from . import invoice_checks, mandate_pdf, orders, signing
from .checks import Checks
from .lifecycle import END, SIGNED, enter
from .routes import Call, Refusal, Route, answer, not_found
from .ubl_file import CREDIT_NOTE, INVOICE

if TYPE_CHECKING:
    from .model import Pod
    from .resources import Json

LANGUAGES: Final = ("fr", "nl", "en")  # observed (API 6.1)
# `group_s` was observed (API 6.2); the other slugs are invented from names.
SECRETARIATS: Final = {
    "group_s": "Group S",
    "acerta": "Acerta",
    "liantis": "Liantis",
    "partena": "Partena Professional",
    "sd_worx": "SD Worx",
    "securex": "Securex",
    "ucm": "UCM",
}

_ENTITY: Final = (
    "name", "enterprise_num", "representative_name", "representative_function",
    "address", "zip", "city",
)  # fmt: skip
_REPRESENTATIVE: Final = (
    "representative_name", "representative_function", "representative_email",
)  # fmt: skip


def create_client(call: Call) -> Response:
    """``POST clients/`` (P1)."""
    body = call.body()
    office = _office(call, body)
    checks = Checks()
    fields = {key: checks.text(body, key) for key in ("client_code", "contact_email", "language")}
    fields["contact_name"] = checks.text(body, "contact_name", required=False)
    given, nested = checks.child(body, "legal_entity")
    entity: Json = {key: nested.text(given, key) for key in _ENTITY}
    entity["address2"] = nested.text(given, "address2", required=False) or None
    entity["enterprise_num"] = nested.enterprise(call.world, entity["enterprise_num"])
    checks.code(call.my_feeds(), fields["client_code"])
    checks.email("contact_email", fields["contact_email"], office)
    checks.choice("language", fields["language"], LANGUAGES)
    checks.done()
    fields["contact_name"] = fields["contact_name"] or entity["representative_name"]
    return answer(orders.create_client(call.world, call.my_pod(), office, fields, entity), 201)


def order_coda_mandates(call: Call, client_id: str) -> Response:
    """``POST clients/{id}/coda-mandates/`` (P2): all or nothing."""
    client = _client(call, client_id)
    body = call.body()
    checks = Checks()
    ibans = checks.ibans(call.world, client, body.get("ibans"))
    start = checks.day(body, "validity_start")
    checks.done()
    office = call.world.fiduciaries[client["fiduciary_id"]]
    root = signing.address(call.request.host_url)
    return answer(orders.order_coda(client, office, ibans, start, root), 201)


def read_pdf(call: Call, mandate_id: str) -> Response:
    """``GET coda-mandates/{id}/pdf/`` (P3)."""
    client, mandate = _mandate(call, CODA, mandate_id)
    if not mandate_pdf.exists(mandate):
        raise Refusal(404, {"detail": "This mandate has no document on paper."})
    office = call.world.fiduciaries.get(client["fiduciary_id"])
    return Response(mandate_pdf.write(client, mandate, office), content_type="application/pdf")


def order_social_mandate(call: Call, client_id: str) -> Response:
    """``POST clients/{id}/social-mandates/`` (P4)."""
    client = _client(call, client_id)
    if not call.world.fiduciaries[client["fiduciary_id"]]["allows_social_mandates"]:
        raise Refusal(403, {"detail": "You do not have permission to perform this action."})
    body = call.body()
    checks = Checks()
    slug = checks.text(body, "social_welfare_id")
    checks.choice("social_welfare_id", slug, SECRETARIATS)
    for mandate in client["social_mandates"]:
        if mandate["social_welfare_id"] == slug and mandate["state"] != END[SODA]:
            checks.refuse("social_welfare_id", f"{slug}: already ordered.")
    checks.done()
    signed = any(mandate["state"] in SIGNED for mandate in client["coda_mandates"])
    return answer(orders.order_social(client, slug, "requested" if signed else "not-signed"), 201)


def order_purchase_invoices(call: Call, client_id: str) -> Response:
    """``POST clients/{id}/purchase-invoice-mandates/`` (P5)."""
    client = _client(call, client_id)
    body = call.body()
    checks = Checks()
    person = {key: checks.text(body, key) for key in _REPRESENTATIVE}
    checks.email("representative_email", person["representative_email"])
    states = [mandate["state"] for mandate in client["purchase_invoice_mandates"]]
    if not all(can_be_ordered(PURCHASE_INVOICE, state) for state in states):
        checks.refuse("non_field_errors", "Purchase invoices: already ordered.")
    checks.done()
    return answer(orders.order_purchase_invoices(client, person), 201)


def archive(call: Call, mandate_id: str, kind: str) -> Response:
    """``POST coda-mandates/{id}/archive/`` and ``social-mandates/{id}/archive/`` (P6)."""
    client, mandate = _mandate(call, kind, mandate_id)
    checks = Checks()
    reason = checks.text(call.body(), "reason", required=False)
    checks.done()
    if mandate["state"] == END[kind]:
        raise Refusal(409, {"detail": "This mandate is already archived."})
    enter(client, mandate, kind, END[kind])
    if kind == CODA:
        mandate["reason"] = reason or None
    return answer(mandate)


def list_banks(call: Call) -> Response:
    """``GET banks/`` (P9)."""
    call.my_pod()
    real = {rule.bic: (rule.name, rule.signing) for rule in BANK_RULES}
    return answer(
        [
            {"bank_id": bic, "name": name, "signing": signing}
            for bic, (name, signing) in {**real, **orders.FAKE_BANKS}.items()
        ]
    )


def list_secretariats(call: Call) -> Response:
    """``GET social-secretariats/`` (P9)."""
    call.my_pod()
    return answer(
        [{"social_welfare_id": slug, "name": name} for slug, name in SECRETARIATS.items()]
    )


def send_invoice(call: Call) -> Response:
    """``POST sales-invoices/`` (P7)."""
    pod = _company(call)
    name, content = invoice_checks.uploaded(call)
    found = invoice_checks.facts(content)
    invoice_checks.check(call, pod, found)
    return answer(call.world.take_invoice(pod, name, content, found).answer(), 201)


def read_invoice(call: Call, sent_id: str) -> Response:
    """``GET sales-invoices/{id}/`` (P8)."""
    pod_id = _company(call).pod_id
    for sent in call.world.sent_invoices():
        if sent.id == sent_id and sent.pod_id == pod_id:
            return answer(sent.answer())
    raise not_found()


def find_invoices(call: Call) -> Response:
    """``GET sales-invoices/?enterprise_num=&number=&type=`` (P10), oldest first."""
    pod = _company(call)
    checks = Checks()
    given = {key: checks.text(call.request.args, key) for key in ("enterprise_num", "number")}
    checks.choice("type", checks.text(call.request.args, "type"), (INVOICE, CREDIT_NOTE))
    seller = enterprise_number(pod.enterprise_num)
    # An empty answer would say that it never came.
    if given["enterprise_num"] and enterprise_number(given["enterprise_num"]) != seller:
        checks.refuse("enterprise_num", "Not the company of this connection.")
    checks.done()
    return answer(
        [
            sent.answer()
            for sent in call.world.sent_invoices(given["number"])
            if sent.pod_id == pod.pod_id and sent.facts.type_code == call.request.args["type"]
        ]
    )


def _company(call: Call) -> Pod:
    """Give the connection of a company that an office has as client; only that one may send."""
    pod = call.my_pod()
    if not pod.enterprise_num:
        raise Refusal(403, {"detail": "You do not have permission to perform this action."})
    if not call.world.office_feeds(pod.enterprise_num):
        raise Refusal(403, {"detail": "This company is not linked to an accounting office."})
    return pod


def _office(call: Call, body: dict[str, Any]) -> Json:
    """Give the office of a new client; only a connection of an office may order."""
    ids = call.my_pod().fiduciary_ids
    if not ids:
        raise Refusal(403, {"detail": "You do not have permission to perform this action."})
    checks = Checks()
    chosen = checks.text(body, "fiduciary_id", required=len(ids) > 1) or ids[0]
    checks.choice("fiduciary_id", chosen, ids)
    checks.done()
    return call.world.fiduciaries[chosen]


def _client(call: Call, client_id: str) -> Json:
    """Find a client of an office of this connection."""
    for feed in call.my_feeds():
        if feed.client["id"] == client_id:
            if feed.client["fiduciary_id"] not in call.my_pod().fiduciary_ids:
                raise Refusal(403, {"detail": "You do not have permission to perform this action."})
            return feed.client
    raise not_found()


def _mandate(call: Call, kind: str, mandate_id: str) -> tuple[Json, Json]:
    """Find a mandate of a client of this connection."""
    try:
        feed, found, mandate = call.world.find_mandate(mandate_id)
    except LookupError:
        raise not_found() from None
    # A company's own connection shows a copy of its client under the same id.
    if found != kind or feed.client["id"] not in {f.client["id"] for f in call.my_feeds()}:
        raise not_found()
    return _client(call, feed.client["id"]), mandate


ROUTES: Final = (
    Route("clients/", {"POST": create_client}),
    Route("clients/<client_id>/coda-mandates/", {"POST": order_coda_mandates}),
    Route("clients/<client_id>/social-mandates/", {"POST": order_social_mandate}),
    Route("clients/<client_id>/purchase-invoice-mandates/", {"POST": order_purchase_invoices}),
    Route("coda-mandates/<mandate_id>/pdf/", {"GET": read_pdf}),
    Route("coda-mandates/<mandate_id>/archive/", {"POST": archive}, defaults={"kind": CODA}),
    Route("social-mandates/<mandate_id>/archive/", {"POST": archive}, defaults={"kind": SODA}),
    Route("sales-invoices/", {"POST": send_invoice, "GET": find_invoices}),
    Route("sales-invoices/<sent_id>/", {"GET": read_invoice}),
    Route("banks/", {"GET": list_banks}),
    Route("social-secretariats/", {"GET": list_secretariats}),
)
