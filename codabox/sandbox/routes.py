"""The resources of CodaBox API V2 as they were observed (API 4 to 6).

Bodies of refusals are those of Django REST framework (API 3.4). Another module with a ``ROUTES`` of
its own can be listed in ``app.ROUTE_MODULES``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from werkzeug import Request, Response

from ..domain import Channel
from . import gate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .model import Feed, Pod
    from .state import World

# Content types are inferred (API 5.4 and 13.10).
CONTENT_TYPES: Final = {
    "cod": "text/plain; charset=iso-8859-1",
    "pdf": "application/pdf",
    "xml": "application/xml",
}


class Refusal(Exception):
    """Ends a request with a status and a JSON body."""

    def __init__(self, status: int, body: object, **headers: str) -> None:
        super().__init__(status)
        self.status = status
        self.body = body
        self.headers = headers


@dataclass(slots=True)
class Call:
    """One request that passed authentication; the world is locked while it is handled.

    ``pod`` is ``None`` on the routes that need no credentials.
    """

    world: World
    request: Request
    software_key: str
    pod: Pod | None = None

    def my_pod(self) -> Pod:
        """Give the pod of the credentials."""
        if self.pod is None:
            raise Refusal(401, {"detail": "Authentication credentials were not provided."})
        return self.pod

    def my_feeds(self) -> list[Feed]:
        """Give the feeds of the credentials."""
        pod_id = self.my_pod().pod_id
        return [feed for feed in self.world.feeds.values() if feed.pod_id == pod_id]

    def body(self) -> dict[str, Any]:
        """Read the JSON body as Django REST framework would."""
        if self.request.mimetype != "application/json":
            kind = self.request.headers.get("Content-Type", "")
            raise Refusal(415, {"detail": f'Unsupported media type "{kind}" in request.'})
        try:
            value = json.loads(self.request.get_data())
        except ValueError as error:
            raise Refusal(400, {"detail": f"JSON parse error - {error}"}) from None
        if not isinstance(value, dict):
            name = type(value).__name__
            message = f"Invalid data. Expected a dictionary, but got {name}."
            raise Refusal(400, {"non_field_errors": [message]})
        return value

    def text(self, body: Mapping[str, Any], key: str) -> str:
        """Read a required text of the body."""
        if key not in body:
            raise Refusal(400, {key: ["This field is required."]})
        if body[key] is None:
            raise Refusal(400, {key: ["This field may not be null."]})
        value = body[key]
        if not isinstance(value, str):
            raise Refusal(400, {key: ["Not a valid string."]})
        return value


@dataclass(frozen=True, slots=True, eq=False)  # werkzeug needs a hashable endpoint
class Route:
    """A path under ``/v2/`` and its handler per method."""

    rule: str
    handlers: Mapping[str, Callable[..., Response]]
    public: bool = False
    defaults: Mapping[str, Any] = field(default_factory=dict)


def merged(modules: Iterable[Iterable[Route]]) -> list[Route]:
    """Give one route per path: modules may each know other methods of the same one."""
    found: dict[tuple[str, bool], Route] = {}
    for route in (route for routes in modules for route in routes):
        known = found.get((route.rule, route.public), route)
        handlers = {**known.handlers, **route.handlers}
        found[route.rule, route.public] = replace(known, handlers=handlers)
    return list(found.values())


def answer(body: object, status: int = 200) -> Response:
    """Make a JSON answer."""
    return Response(json.dumps(body), status, content_type="application/json")


def not_found() -> Refusal:
    """Make the refusal for a thing that is not there, or not there for these credentials."""
    return Refusal(404, {"detail": "Not found."})


# --- Credentials (API 4) -----------------------------------------------------------


def request_access_token(call: Call) -> Response:
    """``POST request-access-token/invoicing-software/`` (API 4.3)."""
    vat = call.text(call.body(), "vat")
    number = "BE" + re.sub(r"\D", "", vat)
    for feed in call.world.feeds.values():
        if feed.client["legal_entity"]["enterprise_num"] == number:
            break
    else:
        raise Refusal(400, {"detail": "The enterprise number is not known at CodaBox."})
    to = feed.client["contact_email"]
    if not to:
        raise Refusal(400, {"detail": "No e-mail address is known for this company."})
    call.world.mail_token(number, to, call.world.company_pod(feed))
    name, _at, domain = to.partition("@")
    return answer({"email": f"{name[:1]}****{name[-1:]}@{domain}"}, 201)


def get_credentials(call: Call, token: str) -> Response:
    """``GET get-credentials/{token}/`` (API 4.4 and 4.5): once, by its own software, the newest."""
    for found in call.world.tokens:
        if found.value == token and found.software_key == call.software_key:
            break
    else:
        raise not_found()
    if found.used or found.superseded:
        raise Refusal(404, {"detail": "This token is no longer valid."})
    found.used = True
    pod = call.world.pods[found.pod_id]
    return answer({"username": pod.username, "password": pod.password})


# --- Documents (API 5) -------------------------------------------------------------


def pod_client(call: Call) -> Response:
    """``GET delivery/pod-client/`` (API 5.1)."""
    pod = call.my_pod()
    return answer(
        {
            "id": pod.pod_id,
            "fetch_delay": pod.fetch_delay,
            "allowed_formats": pod.allowed_formats,
            "feed_clients": [feed.entry() for feed in call.my_feeds()],
        }
    )


def _feed(call: Call, feed_id: int) -> Feed:
    for feed in call.my_feeds():
        if feed.feed_id == feed_id:
            return feed
    raise not_found()


def read_feed(call: Call, feed_id: int, channel: Channel) -> Response:
    """``GET delivery/feed/{id}/`` (API 5.2) and ``redownload-feed`` (API 5.5)."""
    feed = _feed(call, feed_id)
    gate.refresh(feed, channel, call.world.settings)
    queue = feed.queues[channel]
    pending = queue.pending(per_entry=call.world.settings.per_entry_ack)
    return answer(
        {
            "id": feed_id,
            "type": "download" if channel is Channel.FEED else "redownload",
            "feed_entries": [document.entry() for document in pending],
        }
    )


def acknowledge(call: Call, feed_id: int, channel: Channel) -> Response:
    """``PUT delivery/feed/{id}/`` (API 5.3)."""
    queue = _feed(call, feed_id).queues[channel]
    feed_index = call.text(call.body(), "feed_offset")
    if queue.position(feed_index) < 0:
        raise Refusal(400, {"feed_offset": ["Invalid offset: no such entry in this feed."]})
    queue.acknowledge(feed_index, backwards=call.world.settings.accept_backwards)
    return answer({"id": feed_id, "feed_offset": queue.offset})


def download(call: Call, feed_index: str, format: str, channel: Channel) -> Response:
    """``GET delivery/download/{feed_index}/{format}/`` (API 5.4) and ``redownload`` (API 5.5)."""
    try:
        feed, document = call.world.find(feed_index, channel)
    except LookupError:
        raise not_found() from None
    pod = call.my_pod()
    allowed = pod.allowed_formats.get(document.model, ())
    if feed.pod_id != pod.pod_id or format not in allowed or format not in document.files:
        raise not_found()
    kind = CONTENT_TYPES.get(format, "application/octet-stream")
    return Response(document.files[format], content_type=kind)


# --- Fiduciaries and clients (API 6) -----------------------------------------------


def list_fiduciaries(call: Call) -> Response:
    """``GET fiduciaries/`` (API 6.1): a bare array."""
    return answer([call.world.fiduciaries[id] for id in call.my_pod().fiduciary_ids])


def read_fiduciary(call: Call, id: str) -> Response:
    """``GET fiduciaries/{id}/`` (API 6.1)."""
    if id not in call.my_pod().fiduciary_ids:
        raise not_found()
    return answer(call.world.fiduciaries[id])


def list_clients(call: Call) -> Response:
    """``GET clients/`` (API 6.2): a bare array."""
    return answer([feed.client for feed in call.my_feeds()])


def read_client(call: Call, id: str) -> Response:
    """``GET clients/{id}/`` (API 6.2)."""
    for feed in call.my_feeds():
        if feed.client["id"] == id:
            return answer(feed.client)
    raise not_found()


def _channel_routes(channel: Channel, feed: str, files: str) -> tuple[Route, ...]:
    """Give the routes that exist once per channel."""
    chosen = {"channel": channel}
    handlers = {"GET": read_feed, "PUT": acknowledge}
    return (
        Route(f"delivery/{feed}/<int:feed_id>/", handlers, defaults=chosen),
        Route(f"delivery/{files}/<feed_index>/<format>/", {"GET": download}, defaults=chosen),
    )


ROUTES: Final = (
    Route("request-access-token/invoicing-software/", {"POST": request_access_token}, public=True),
    Route("get-credentials/<token>/", {"GET": get_credentials}, public=True),
    Route("delivery/pod-client/", {"GET": pod_client}),
    *_channel_routes(Channel.FEED, "feed", "download"),
    *_channel_routes(Channel.REDELIVERY, "redownload-feed", "redownload"),
    Route("fiduciaries/", {"GET": list_fiduciaries}),
    Route("fiduciaries/<id>/", {"GET": read_fiduciary}),
    Route("clients/", {"GET": list_clients}),
    Route("clients/<id>/", {"GET": read_client}),
)
