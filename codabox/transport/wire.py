"""One HTTP exchange: session, authentication, redirects, reading a body within limits.

Everything that goes wrong on the wire is returned as an error of ``errors.py``, not raised; see
``refusals.py`` for the reason.
"""

from __future__ import annotations

import ipaddress
import time
from base64 import b64encode
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from .. import const
from ..errors import BadAnswer, CodaboxError, TimedOut, TransportError
from .refusals import from_exception, from_status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain import Credentials

CHUNK: Final = 16 * 1024  # bytes; small, because compressed ones may grow a thousandfold
POOL_SIZE: Final = 32  # connections kept open; more threads than that only lose the reuse
REDIRECTS: Final = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer: HTTP 2xx, complete, not larger than allowed.

    :param content_type: without parameters, in lower case; empty when there was none.
    :param call: what was asked, as facts for ``CodaboxError.details``: method, redacted path and
        status.
    :param address: the base URL.
    """

    content_type: str
    content: bytes = field(repr=False)
    call: Mapping[str, Any]
    address: str = ""


@dataclass(slots=True)
class Call:
    """One attempt, as the log and the errors tell it; ``path`` is redacted."""

    method: str
    path: str
    started: float = field(default_factory=time.monotonic)
    status: int | None = None
    received: int = 0

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def details(self) -> dict[str, Any]:
        """Facts for ``CodaboxError.details``."""
        facts: dict[str, Any] = {"method": self.method, "path": self.path}
        return facts if self.status is None else {**facts, "status": self.status}

    @property
    def seconds(self) -> float:
        """Seconds since the attempt began."""
        return time.monotonic() - self.started


class HeaderAuth(AuthBase):
    """Sets the headers that say who asks (API 3.1).

    It is an ``auth`` object also for calls without credentials: without one, requests would take
    user and password from ``.netrc``.
    """

    def __init__(self, software_key: str, credentials: Credentials | None) -> None:
        self._headers = {"X-Software-Company": software_key}
        self.secrets: tuple[str, ...] = (software_key,)
        if credentials:
            pair = f"{credentials.username}:{credentials.password}".encode()
            basic = b64encode(pair).decode("ascii")
            self._headers["Authorization"] = f"Basic {basic}"
            self.secrets += (credentials.username, credentials.password, basic)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the headers to a request that is about to be sent."""
        request.headers.update(self._headers)
        return request


class _TimeoutAdapter(HTTPAdapter):
    """Holds the time limits.

    They are not given to each request, because Odoo's test framework compares that argument with a
    number and breaks on a (connect, read) pair (odoo/tests/common.py, 19.0, seen 2026-11-22).
    """

    def __init__(self, timeouts: tuple[float, float]) -> None:
        self._timeouts = timeouts
        super().__init__(pool_maxsize=POOL_SIZE)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send with the time limits of this adapter unless the request has its own."""
        return super().send(request, stream, timeout or self._timeouts, verify, cert, proxies)


class _Session(requests.Session):
    """A session that leaves redirects to us.

    With ``allow_redirects=False`` requests still prepares the next request: it reads the whole
    body of the redirect, without a limit, and a bad Location ends in a bare ``ValueError``
    (requests 2.34, seen 2026-11-22).
    """

    def get_redirect_target(self, resp: requests.Response) -> None:
        """See no redirect."""


def is_loopback(host: str) -> bool:
    """Say whether a host name is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_base_url(base_url: str) -> str:
    """Check the address of the API and end it with a slash.

    :raise CodaboxError: ``bad_setting``, or ``insecure_url`` when credentials would travel in the
        clear.
    """
    try:
        parts = urlsplit(base_url.strip())
        host = parts.hostname or ""
        usable = bool(host) and parts.port != 0 and parts.scheme in ("http", "https")
    except ValueError:
        usable = False
    # The URL is not repeated in the error: it may hold a password.
    if not usable or parts.username is not None or parts.query or parts.fragment:
        message = "the base URL must be https://host/path/"
        raise CodaboxError(code="bad_setting", message=message, setting="base_url")
    if parts.scheme == "http" and not is_loopback(host):
        message = f"http is not allowed to {host}"
        raise CodaboxError(code="insecure_url", message=message, host=host)
    return parts.geturl().rstrip("/") + "/"


def open_session(base_url: str, timeouts: tuple[float, float]) -> requests.Session:
    """Make a session that keeps no cookies and verifies TLS.

    :param base_url: a checked base URL.
    :param timeouts: seconds to connect and seconds without a byte.
    """
    session = _Session()
    session.mount("https://", _TimeoutAdapter(timeouts))
    session.mount("http://", _TimeoutAdapter(timeouts))
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    # Plain http is for this machine only, so it must not pass through a proxy either.
    session.trust_env = base_url.startswith("https:")
    return session


class Wire:
    """Sends single requests through a session and judges what comes back.

    :param session: from :func:`open_session`.
    :param total_timeout: seconds for one whole answer.
    :param max_bytes: largest answer accepted, after decompression.
    """

    def __init__(self, session: requests.Session, total_timeout: float, max_bytes: int) -> None:
        self._session = session
        self._total_timeout = total_timeout
        self._max_bytes = max_bytes

    def exchange(self, call: Call, url: str, options: dict[str, Any]) -> Answer | CodaboxError:
        """Send one request and read the whole answer.

        :param call: told what happened, for the log.
        :param url: absolute URL under the base URL.
        :param options: arguments for ``requests.Session.request``.
        :return: the answer, or the error to raise.
        """
        try:
            return self._follow(call, url, options)
        except (requests.RequestException, HTTPError, OSError) as error:
            return from_exception(error, str(call), **call.details)

    def _follow(self, call: Call, url: str, options: dict[str, Any]) -> Answer | CodaboxError:
        """Send, following redirects of a GET to the same scheme, host and port."""
        for _hop in range(const.MAX_REDIRECTS + 1):
            with self._session.request(
                call.method, url, stream=True, allow_redirects=False, **options
            ) as response:
                status = call.status = response.status_code
                if not 300 <= status < 400:
                    return self._judge(call, response)
                location = response.headers.get("Location", "")
                target = _target(url, location) if status in REDIRECTS else None
                if call.method != "GET" or target is None:
                    facts = {**call.details, "host": _host(location)}
                    return TransportError("redirect", f"{call}: redirected", **facts)
                url = target
        facts = {**call.details, "loop": True}
        return TransportError("redirect", f"{call}: too many redirects", **facts)

    def _judge(self, call: Call, response: requests.Response) -> Answer | CodaboxError:
        """Turn an answer that is no redirect into an ``Answer`` or an error."""
        status = response.status_code
        content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if status >= 400:
            body = self._read_refusal(call, response)
            details = {**call.details, "content_type": content_type}
            del details["status"]
            return from_status(status, response.headers, body, str(call), **details)
        content = self._read(call, response)
        if isinstance(content, CodaboxError):
            return content
        return Answer(content_type, content, call.details)

    def _read(self, call: Call, response: requests.Response) -> bytes | CodaboxError:
        """Read a body of at most ``max_bytes`` in at most ``total_timeout``."""
        announced = _announced(response)
        if (announced or 0) > self._max_bytes:
            return self._too_large(call)
        content = bytearray()
        for chunk in response.iter_content(CHUNK):
            content += chunk
            call.received = len(content)
            if len(content) > self._max_bytes:
                return self._too_large(call)
            if call.seconds > self._total_timeout:
                message = f"{call}: the answer took too long"
                return TimedOut("timeout", message, phase="total", **call.details)
        received = response.raw.tell()  # before decompression, as Content-Length counts
        if announced is not None and received < announced:
            facts = {"expected": announced, "received": received, **call.details}
            message = f"{call}: {received} of {announced} bytes came"
            return BadAnswer("truncated", message, **facts)
        return bytes(content)

    def _too_large(self, call: Call) -> BadAnswer:
        limit = self._max_bytes
        message = f"{call}: the answer is larger than {limit} bytes"
        return BadAnswer("too_large", message, limit=limit, **call.details)

    def _read_refusal(self, call: Call, response: requests.Response) -> bytes:
        """Read the start of the body of a refusal; the status counts even when that fails."""
        content = bytearray()
        try:
            for chunk in response.iter_content(CHUNK):
                content += chunk
                if len(content) >= const.MAX_ERROR_BYTES or call.seconds > self._total_timeout:
                    break
        except (requests.RequestException, HTTPError, OSError):
            content.clear()
        call.received = len(content)
        return bytes(content[: const.MAX_ERROR_BYTES])


def _announced(response: requests.Response) -> int | None:
    """Give the Content-Length in bytes, ``None`` when there is none that counts."""
    value = response.headers.get("Content-Length", "")
    # Nobody announces more than 18 digits, and Python refuses to read thousands of them.
    plain = value.isdecimal() and len(value) <= 18
    return int(value) if plain and "Transfer-Encoding" not in response.headers else None


def _target(url: str, location: str) -> str | None:
    """Give where a redirect leads; ``None`` when that is another origin or nonsense."""
    try:
        target = urljoin(url, location)
        return target if _origin(target) == _origin(url) else None
    except ValueError:  # a port that is no number, a bracket that is not closed
        return None


def _host(location: str) -> str:
    """Give the host of a redirect and nothing else of it; empty when it names none."""
    try:
        return urlsplit(location).hostname or ""
    except ValueError:
        return ""


def _origin(url: str) -> tuple[str, str | None, int | None]:
    """Give scheme, host and port; the port is spelled out."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname, port
