"""Routes under ``/_sandbox/`` to drive the sandbox over HTTP; they are not part of CodaBox.

Bodies and answers are JSON. Each route calls the method of ``state.World`` with the same meaning,
and the keys of the body are the arguments of that method. A refusal is ``400 {"detail": ...}``.

===========  ===========================  =============================================
GET          ``/_sandbox/``               customers, feeds, offsets, settings
GET, DELETE  ``/_sandbox/log``            requests to the API in order of arrival: method,
                                          path, status, at, feed_offset, fault, file
POST         ``/_sandbox/reset``          ``{"seed_name"?}``
POST         ``/_sandbox/fiduciaries``    ``{"name", "enterprise_num", "id"?}`` -> ``{"id"}``
POST         ``/_sandbox/pods``           ``{"pod_id"?, "software_key"?, ...}`` -> id and
                                          credentials
POST         ``/_sandbox/pods/<id>``      fields to change: allowed_formats, password, ...
POST         ``/_sandbox/allow``          ``{"model", "formats": [..], "pod_id"?}``
POST         ``/_sandbox/clients``        ``{"code", "name"?, "enterprise_num"?, "accounts"?,
                                          ...}`` -> ``{"feed_id", "client_id"}``
POST         ``/_sandbox/clients/<feed>`` keys of the client (API 6.2) to replace
DELETE       ``/_sandbox/clients/<feed>`` the feed disappears
POST         ``/_sandbox/companies``      ``{"enterprise_num", "username"?, "password"?}``: a
                                          client of an office connects on its own -> pod id and
                                          credentials; what it sends is in the office's feed
GET          ``/_sandbox/invoices``       sales invoices CodaBox took: id, number, type,
                                          issue_date, name, state, reason, pod_id
POST         ``/_sandbox/move-invoice``   ``{"sent_id", "state"?, "reason"?}``: ``delivered``
                                          (default), or ``refused``, also later
POST         ``/_sandbox/licences``       ``{"pod_id", "state"?, ...}``: Peppol, of a company
GET          ``/_sandbox/uploads``        invoices uploaded for Peppol
POST         ``/_sandbox/mandates/<feed>``  ``{"iban"?, "state", "reason"?, ...}``
GET          ``/_sandbox/mandates``       all mandates with ``kind`` and ``feed_id``
POST         ``/_sandbox/my-codabox``     ``{"enterprise_num", "ibans"?, "secretariats"?,
                                          "purchase_invoices"?, "client_code"?, "name"?, ...}``:
                                          an order that a person enters in MyCodaBox -> client
POST         ``/_sandbox/move``           a CODA or payroll mandate along its life cycle:
                                          ``{"mandate_id", "state"?, "reason"?, ...}``; without
                                          ``state`` to the next one
POST         ``/_sandbox/move-purchase``  ``{"client_id", "state"?}``: purchase invoices
POST         ``/_sandbox/sign``           ``{"mandate_id"}``: as the page under ``/sign/<id>/``
POST         ``/_sandbox/activate``       ``{"client_id"}``: all its mandates active at once
POST         ``/_sandbox/office``         ``{"id"?, "delegates_mandate_delivery"?,
                                          "allows_social_mandates"?, ...}``
POST         ``/_sandbox/documents``      ``{"feed_id", "model", "files": {"cod": base64},
                                          "metadata"?, "channel"?, "feed_index"?}`` ->
                                          ``{"feed_index"}``
POST         ``/_sandbox/redeliver``      ``{"feed_index", "same_index"?}`` ->
                                          ``{"feed_index"}``
POST         ``/_sandbox/tokens``         ``{"pod_id"?, "software_key"?}`` -> ``{"token"}``
GET          ``/_sandbox/mails``          ``?vat=BE..``: tokens that were "mailed"
GET, DELETE  ``/_sandbox/faults``         armed faults
POST         ``/_sandbox/faults``         ``{"kind", "path"?, "method"?, "times"?, ...}``, see
                                          ``faults.py``
POST         ``/_sandbox/settings``       see ``model.Settings``, e.g. ``per_entry_ack``,
                                          ``gate``, ``latency`` (seconds), ``provisional``
===========  ===========================  =============================================

The states of the life cycles and the moves between them are ``lifecycle.MOVES``. In short::

    coda              registered (in-treatment) -> prepared -> available-online | sent-client
                      -> signed -> sent-hq -> active; problem from there on, and back to signed
    soda              not-signed -> signed -> requested (delayed) -> confirmed -> active; problem
    purchase_invoice  invited (invitation-expired) -> validation -> registration -> active; problem

Each may end at any time: ``archived``, purchase invoices ``cancelled``. A first file also moves
``sent-hq`` and ``confirmed`` to ``active``. ``/_sandbox/mandates/<feed>`` sets any state of CODA
mandates without these rules.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from werkzeug import Request, Response

from ..domain import Channel, Credentials
from .my_codabox import enter_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .model import SalesInvoice
    from .resources import Json
    from .state import World

PREFIX: Final = "/_sandbox"


def handle(world: World, request: Request) -> Response:
    """Answer a request under ``/_sandbox/``."""
    name, slash, id = request.path[len(PREFIX) :].strip("/").partition("/")
    handler = HANDLERS.get((request.method, name + slash))
    if handler is None:
        return _json({"detail": f"unknown: {request.method} {request.path}"}, 404)
    try:
        body = dict(json.loads(request.get_data() or b"{}"))
        if id:
            body["id"] = int(id)
        if "vat" in request.args:
            body["vat"] = request.args["vat"]
        with world.lock:
            return _json(handler(world, body))
    except (TypeError, ValueError, LookupError, re.error) as error:
        return _json({"detail": f"{type(error).__name__}: {error}"}, 400)


def _json(body: object, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")


def _overview(world: World, body: Json) -> object:
    return {
        "settings": asdict(world.settings),
        "pods": [pod.pod_id for pod in world.pods.values()],
        "feeds": [
            {
                "feed_id": feed.feed_id,
                "pod_id": feed.pod_id,
                "client_code": feed.client["client_code"],
                "offsets": {c.value: queue.offset for c, queue in feed.queues.items()},
                "documents": {c.value: len(q.documents) for c, q in feed.queues.items()},
                "held": {c.value: len(held) for c, held in feed.held.items()},
            }
            for feed in world.feeds.values()
        ],
    }


def _add_pod(world: World, body: Json) -> object:
    return _access(world, world.add_pod(**body))


def _connect_company(world: World, body: Json) -> object:
    wanted = Credentials(body["username"], body["password"]) if "username" in body else None
    return _access(world, world.connect_company(body["enterprise_num"], wanted))


def _access(world: World, pod_id: int) -> object:
    found = world.credentials(pod_id)
    return {"pod_id": pod_id, "username": found.username, "password": found.password}


def _add_client(world: World, body: Json) -> object:
    feed_id = world.add_client(**body)
    return {"feed_id": feed_id, "client_id": world.feeds[feed_id].client["id"]}


def _edit_client(world: World, body: Json) -> object:
    with world.editing(body.pop("id")) as client:
        client.update(body)
        return client


def _set_mandate(world: World, body: Json) -> object:
    feed_id = body.pop("id")
    world.set_coda_mandate(feed_id, **body)
    return world.feeds[feed_id].client["coda_mandates"]


def _add_document(world: World, body: Json) -> object:
    files: Mapping[str, str] = body.pop("files")
    body["files"] = {name: b64decode(text, validate=True) for name, text in files.items()}
    if "channel" in body:
        body["channel"] = Channel(body["channel"])
    return {"feed_index": world.add_document(**body)}


def _plain(invoices: list[SalesInvoice]) -> object:
    return [
        {
            **sent.answer(),
            "number": sent.facts.number,
            "type": sent.facts.type_code,
            "issue_date": sent.facts.issue_date.isoformat(),
            "name": sent.name,
            "pod_id": sent.pod_id,
        }
        for sent in invoices
    ]


def _done(method: str) -> Callable[[World, Json], object]:
    """Make a handler that only calls a method of the world."""

    def call(world: World, body: Json) -> object:
        getattr(world, method)(**body)
        return {}

    return call


# A name that ends with a slash takes the number behind it as `id` in the body.
HANDLERS: Final[dict[tuple[str, str], Callable[[World, Json], Any]]] = {
    ("GET", ""): _overview,
    ("GET", "log"): lambda world, body: [asdict(entry) for entry in world.log],
    ("DELETE", "log"): _done("clear_log"),
    ("POST", "reset"): _done("reset"),
    ("POST", "fiduciaries"): lambda world, body: {"id": world.add_fiduciary(**body)},
    ("POST", "pods"): _add_pod,
    ("POST", "pods/"): lambda world, body: world.configure_pod(body.pop("id"), **body),
    ("POST", "allow"): lambda world, body: world.allow(
        body.pop("model"), *body.pop("formats"), **body
    ),
    ("POST", "clients"): _add_client,
    ("POST", "clients/"): _edit_client,
    ("DELETE", "clients/"): lambda world, body: world.remove_client(body["id"]),
    ("POST", "companies"): _connect_company,
    ("GET", "invoices"): lambda world, body: _plain(world.sent_invoices()),
    ("POST", "move-invoice"): lambda world, body: world.move_invoice(**body),
    ("POST", "licences"): _done("configure_licence"),
    ("GET", "uploads"): lambda world, body: _plain(world.peppol_uploads()),
    ("POST", "mandates/"): _set_mandate,
    ("GET", "mandates"): lambda world, body: world.mandates(),
    ("POST", "my-codabox"): lambda world, body: enter_order(world, **body),
    ("POST", "move"): lambda world, body: world.move_mandate(**body),
    ("POST", "move-purchase"): lambda world, body: world.move_purchase_invoices(**body),
    ("POST", "sign"): lambda world, body: world.sign(**body),
    ("POST", "activate"): _done("activate"),
    ("POST", "office"): _done("configure_office"),
    ("POST", "documents"): _add_document,
    ("POST", "redeliver"): lambda world, body: {"feed_index": world.redeliver(**body)},
    ("POST", "tokens"): lambda world, body: {"token": world.issue_token(**body)},
    ("GET", "mails"): lambda world, body: [asdict(mail) for mail in world.mails(body.get("vat"))],
    ("GET", "faults"): lambda world, body: [asdict(fault) for fault in world.armed()],
    ("POST", "faults"): _done("fail"),
    ("DELETE", "faults"): _done("clear_faults"),
    ("POST", "settings"): _done("configure"),
}
