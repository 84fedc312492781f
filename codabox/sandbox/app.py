"""The WSGI application: log, faults, slashes, headers and credentials in front of the routes."""

from __future__ import annotations

import hmac
import json
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule

from . import control, invoice_checks, peppol, provisional, routes, signing
from .routes import Call, Refusal, Route

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .faults import Fault
    from .model import LogEntry, Pod
    from .state import World

PREFIX: Final = "/v2/"
# Modules with a ROUTES of their own; the provisional contract is ours and not CodaBox's.
OBSERVED_MODULES: Final = (routes, peppol)
ROUTE_MODULES: Final = (*OBSERVED_MODULES, provisional)

# Django's own pages, outside of the REST framework.
NOT_FOUND_PAGE: Final = "<!doctype html><html><body><h1>Not Found</h1></body></html>"
ERROR_PAGE: Final = "<!doctype html><html><body><h1>Server Error (500)</h1></body></html>"

# Faults that are plain answers: status and `detail` (API 3.4).
ANSWERS: Final = {
    "unauthorized": (401, "Invalid username/password."),
    "forbidden": (403, "You do not have permission to perform this action."),
    "not_found": (404, "Not found."),
}


class Application:
    """A WSGI application over a world.

    :param world: the state; it may be shared with Python code that changes it meanwhile.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self._routes = _map(ROUTE_MODULES)
        self._observed_routes = _map(OBSERVED_MODULES)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer one request."""
        with Request(environ) as request:  # closes the files that came with it
            return self._serve(request)(environ, start_response)

    def _serve(self, request: Request) -> Response:
        """Give the answer of the sandbox, of its pages, or of CodaBox with its faults."""
        if request.path.startswith(control.PREFIX):
            return control.handle(self.world, request)
        if request.path.startswith(signing.PREFIX):
            return signing.handle(self.world, request)
        body = request.get_data()
        entry = self.world.record(request.method, request.full_path.rstrip("?"))
        entry.feed_offset = _feed_offset(request.method, body)
        entry.file = _file_name(request)
        time.sleep(self.world.settings.latency)
        user = request.authorization and request.authorization.username
        fault = self.world.take_fault(request.method, request.path, user)
        response = self._respond(request, entry, fault)
        if response is None:
            self._hang_up(request.environ["werkzeug.socket"], fault)
            # Tells the server that there is nobody left to answer; it handles this quietly.
            raise ConnectionAbortedError
        return response

    def _hang_up(self, connection: socket.socket, fault: Fault | None) -> None:
        """Close the connection of a client that gets no answer."""
        if fault and fault.kind == "silent":
            self.world.silenced.release()
            while connection.recv(1):  # until the client has enough of it
                pass
        connection.shutdown(socket.SHUT_RDWR)

    def _respond(self, request: Request, entry: LogEntry, fault: Fault | None) -> Response | None:
        """Give the answer, spoilt by the fault; ``None``: close the connection instead."""
        if fault:
            entry.fault = fault.kind
            if fault.kind == "drop":
                return None
        response = (fault and _refused_by(fault)) or self.answer(request)
        if fault and fault.kind in ("drop_after", "silent"):
            return None
        entry.status = response.status_code
        return _spoil(response, fault) if fault else response

    def answer(self, request: Request) -> Response:
        """Answer a request as CodaBox would, without log and faults."""
        try:
            with self.world.lock:
                return self._dispatch(request)
        except Refusal as refusal:
            response = routes.answer(refusal.body, refusal.status)
            response.headers.extend(refusal.headers)
            return response
        except MethodNotAllowed as error:
            response = routes.answer({"detail": f'Method "{request.method}" not allowed.'}, 405)
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
            return response
        except HTTPException:
            return Response(NOT_FOUND_PAGE, 404, content_type="text/html")

    def _dispatch(self, request: Request) -> Response:
        """Route as Django does: first the path, then who asks, then the method."""
        is_whole = self.world.settings.provisional
        found = self._routes if is_whole else self._observed_routes
        adapter = found.bind_to_environ(request.environ)
        if not request.path.endswith("/"):
            return _append_slash(adapter.test(f"{request.path}/", request.method), request)
        route, arguments = adapter.match()
        call = self._authenticated(request, public=route.public)
        handler = _handler(route, request.method)
        response = handler(call, **route.defaults, **arguments)
        accepted = request.accept_mimetypes  # empty without the header: anything goes
        strict = self.world.settings.check_accept and accepted
        if strict and not accepted.quality(response.mimetype or ""):
            raise Refusal(406, {"detail": "Could not satisfy the request Accept header."})
        return response

    def _authenticated(self, request: Request, *, public: bool) -> Call:
        """Check software and credentials (API 10.2 and 10.3)."""
        key = request.headers.get("X-Software-Company", "")
        if key not in {pod.software_key for pod in self.world.pods.values()}:
            detail = "You do not have permission to perform this action."
            raise Refusal(self.world.settings.software_status, {"detail": detail})
        if public:
            return Call(self.world, request, key)
        challenge = {"WWW-Authenticate": 'Basic realm="api"'}
        given = request.authorization
        if given is None or given.type != "basic":
            detail = "Authentication credentials were not provided."
            raise Refusal(401, {"detail": detail}, **challenge)
        pod = self._pod(key, given.username or "", given.password or "")
        if pod is None:
            raise Refusal(401, {"detail": "Invalid username/password."}, **challenge)
        return Call(self.world, request, key, pod)

    def _pod(self, software_key: str, username: str, password: str) -> Pod | None:
        for pod in self.world.pods.values():
            if (
                pod.software_key == software_key
                and pod.username == username
                and hmac.compare_digest(pod.password.encode(), password.encode())
            ):
                return pod
        return None


def _map(modules: Iterable[Any]) -> Map:
    """Give the paths of modules with a ROUTES of their own."""
    found = routes.merged(module.ROUTES for module in modules)
    rules = [Rule(PREFIX + route.rule, endpoint=route) for route in found]
    return Map(rules, strict_slashes=False, merge_slashes=False)


def _handler(route: Route, method: str) -> Callable[..., Response]:
    """Give the handler of a method; HEAD is answered like GET.

    :raise MethodNotAllowed: the resource has no such method.
    """
    handler = route.handlers.get("GET" if method == "HEAD" else method)
    if handler is None:
        raise MethodNotAllowed(list(route.handlers))
    return handler


def _append_slash(known: bool, request: Request) -> Response:
    """Do what Django's APPEND_SLASH does (API 3.2): redirect reads only."""
    if not known or request.method not in ("GET", "HEAD"):
        raise NotFound
    query = request.query_string.decode("latin-1")
    location = request.path + "/" + (f"?{query}" if query else "")
    return Response("", 301, {"Location": location}, content_type="text/html")


def _feed_offset(method: str, body: bytes) -> object:
    """Give what a PUT wants to acknowledge, for the log."""
    if method != "PUT":
        return None
    try:
        value = json.loads(body)
    except ValueError:
        return None
    return value.get("feed_offset") if isinstance(value, dict) else None


def _file_name(request: Request) -> str | None:
    """Give the name of the file that is uploaded, for the log."""
    file = request.files.get("file") if request.mimetype == invoice_checks.FORM else None
    return file.filename if file else None


def _refused_by(fault: Fault) -> Response | None:
    """Give the answer of a fault that keeps the request from being carried out."""
    options = fault.options
    if fault.kind in ANSWERS:
        status, detail = ANSWERS[fault.kind]
        return routes.answer({"detail": options.get("detail", detail)}, status)
    if fault.kind == "rate_limited":
        wait = options.get("retry_after", 120)
        detail = f"Request was throttled. Expected available in {wait} seconds."
        response = routes.answer({"detail": detail}, 429)
        response.headers["Retry-After"] = str(wait)
        return response
    if fault.kind == "server_error":
        status = options.get("status", 500)
        return Response(ERROR_PAGE, status, content_type="text/html")
    if fault.kind == "status":
        body = options.get("body", "")
        status = options["status"]
        is_plain = isinstance(body, (str, bytes))
        answer = Response(body, status) if is_plain else routes.answer(body, status)
        answer.headers.update(options.get("headers", {}))
        return answer
    if fault.kind == "bad_json":
        return Response("{not json", content_type="application/json")
    if fault.kind == "redirect":
        return Response("", 302, {"Location": options["location"]})
    return None


def _spoil(response: Response, fault: Fault) -> Response:
    """Change the right answer on its way out."""
    if fault.kind == "slow":
        time.sleep(fault.options.get("seconds", 1))
    elif fault.kind == "content_type":
        response.headers["Content-Type"] = fault.options.get("content_type", "text/html")
    elif fault.kind == "headers":
        response.headers.update(fault.options["headers"])
        response.headers["Connection"] = "close"  # its length may be wrong
    elif fault.kind == "altered" and response.status_code == 200:
        response.set_data(json.dumps(_altered(response.get_json(), fault.options["parts"])))
    elif fault.kind == "truncated":
        body = response.get_data()
        response.set_data(body[: len(body) // 2])
        response.headers["Content-Length"] = str(len(body))
        response.headers["Connection"] = "close"  # or the client waits for the other half
    return response


def _altered(body: Any, parts: Iterable[tuple[Any, ...]]) -> Any:  # noqa: ANN401 - any JSON
    """Put other values into an answer, or leave parts of it out; what is not there stays so."""
    for (*outer, key), *value in parts:
        inner = body
        with suppress(LookupError, TypeError):
            for step in outer:
                inner = inner[step]
            inner[key]
            if value:
                inner[key] = value[0]
            else:
                del inner[key]
    return body
