"""HTTP to CodaBox: who asks, retries, and one log line per attempt; it knows no resource.

What must hold, whatever comes back:

* no secret (software key, user, password, one-time token) in a log line, a repr or an error;
* credentials go to the configured origin only: redirects elsewhere are refused, and neither
  ``.netrc`` nor a URL can replace them;
* a request is repeated only when the caller says that repeating is safe.
"""

from __future__ import annotations

import logging
import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urlsplit

from .. import const
from ..errors import CodaboxError, RateLimited, ServerError, TimedOut
from .redaction import Scrubber, guard_urllib3_log, redact_path
from .upload import File, form
from .wire import Answer, Call, HeaderAuth, Wire, check_base_url, open_session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from ..domain import Credentials

_logger = logging.getLogger(__name__)

# What may work a moment later. Not `too_large` or `bad_json`: they would come back the same.
PASSING_CODES: Final = ("network", "truncated", "bad_encoding")
PASSING_STATUSES: Final = (500, 502, 503, 504)


class Transport:
    """One HTTP session with one CodaBox, for one software and one customer.

    It may be shared by threads: it keeps no cookies and changes no state between calls.

    :param base_url: address that ends in the version, e.g. ``https://api.codabox.com/v2/``.
        ``https`` only, except for loopback hosts.
    :param software_key: value of ``X-Software-Company`` (API 3.1).
    :param credentials: user and password of the customer; without them only the calls that hand
        out tokens and credentials work.
    :param connect_timeout: seconds to get a connection.
    :param read_timeout: seconds without a byte.
    :param total_timeout: seconds for one whole answer.
    :param max_bytes: largest answer accepted, after decompression.
    :param retries: further attempts after the first, where repeating is safe.
    :param max_wait: longest ``Retry-After`` in seconds that is waited for.
    :param sleep: waits a number of seconds; replaced by tests.
    :param jitter: gives a number between 0 and 1; replaced by tests.
    :raise CodaboxError: ``bad_setting`` or ``insecure_url``.
    """

    def __init__(
        self,
        base_url: str,
        software_key: str,
        credentials: Credentials | None = None,
        *,
        connect_timeout: float = const.CONNECT_TIMEOUT,
        read_timeout: float = const.READ_TIMEOUT,
        total_timeout: float = const.TOTAL_TIMEOUT,
        max_bytes: int = const.MAX_BYTES,
        retries: int = const.RETRIES,
        max_wait: float = const.MAX_WAIT,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.base_url = check_base_url(base_url)
        software_key = _checked_key(software_key)
        self._public = HeaderAuth(software_key, None)
        self._private = HeaderAuth(software_key, credentials)
        self._retries = retries
        self._max_wait = max_wait
        self._sleep = sleep
        self._jitter = jitter
        self._session = open_session(self.base_url, (connect_timeout, read_timeout))
        self._total_timeout = total_timeout
        self._wire = Wire(self._session, total_timeout, max_bytes)
        guard_urllib3_log()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.base_url!r})"

    def __enter__(self) -> Transport:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; the object must not be used any more."""
        self._session.close()

    def request(
        self,
        method: str,
        *parts: str | int,
        repeatable: bool,
        json: object = None,
        file: File | None = None,
        query: Mapping[str, str] | None = None,
        accept: str = "application/json",
        authenticate: bool = True,
        secrets: tuple[str, ...] = (),
    ) -> Answer:
        """Send one request and give its complete answer.

        :param method: HTTP method.
        :param parts: segments of the path under the base URL; each is quoted, and the path ends
            with a slash (API 3.2).
        :param repeatable: whether sending it twice has the same effect as sending it once.
        :param json: body, sent as JSON when not ``None``.
        :param file: a file to upload; it is sent once, whatever ``repeatable`` says.
        :param query: parameters behind the path; they are not logged.
        :param accept: value of the ``Accept`` header.
        :param authenticate: whether to send the customer's credentials.
        :param secrets: further texts that must not appear in an error.
        :return: the answer, HTTP 2xx.
        :raise CodaboxError: ``bad_argument``.
        :raise TransportError: no usable answer came.
        :raise ApiError: CodaBox refused.
        """
        url = self.base_url + "".join(f"{_quoted(part)}/" for part in parts)
        url += f"?{urlencode(query)}" if query else ""
        scrubber = Scrubber((*self._private.secrets, *secrets))
        options: dict[str, Any] = {
            "headers": {"Accept": accept},
            "auth": self._private if authenticate else self._public,
            "json": json,
        }
        if file:
            body, options["headers"]["Content-Type"] = form(file, self._total_timeout)
            options["data"], repeatable = body, False
        attempt = 0
        while True:
            outcome = self._attempt(method, url, options)
            if isinstance(outcome, Answer):
                return replace(outcome, address=self.base_url)
            wait = self._wait_before_retry(outcome, attempt) if repeatable else None
            if wait is None:
                outcome.details["address"] = self.base_url
                # Raised here, outside any `except`: see refusals.py.
                raise scrubber.clean(outcome)
            self._sleep(wait)
            attempt += 1

    def _attempt(self, method: str, url: str, options: dict[str, Any]) -> Answer | CodaboxError:
        """Send once and log one line: what was asked, what came of it, never a body."""
        call = Call(method, redact_path(urlsplit(url).path))
        outcome = self._wire.exchange(call, url, options)
        failed = isinstance(outcome, CodaboxError)
        _logger.log(
            logging.INFO if failed else logging.DEBUG,
            "%s: %s%s, %d ms, %d bytes",
            call,
            call.status or "no answer",
            f" {outcome.code}" if isinstance(outcome, CodaboxError) else "",
            call.seconds * 1000,
            call.received,
        )
        return outcome

    def _wait_before_retry(self, error: CodaboxError, attempt: int) -> float | None:
        """Say how many seconds to wait before trying again; ``None``: do not try again."""
        if attempt >= self._retries or not _may_pass(error):
            return None
        asked = error.details.get("retry_after")
        asked = asked if isinstance(asked, float) else 0.0
        if asked > self._max_wait:
            return None
        # Full jitter, so that many offices do not come back in the same second.
        backoff = min(const.BACKOFF_CAP, const.BACKOFF_BASE * 2.0**attempt)
        return max(asked, self._jitter() * backoff)


def _may_pass(error: CodaboxError) -> bool:
    """Say whether the same request may succeed a moment later."""
    if isinstance(error, ServerError):
        return error.details["status"] in PASSING_STATUSES
    if isinstance(error, TimedOut):
        # Minutes of trickling bytes are not asked for again.
        return error.details["phase"] != "total"
    return isinstance(error, RateLimited) or error.code in PASSING_CODES


def _checked_key(software_key: str) -> str:
    """Check that the software key can stand in a header; it is not repeated in the error."""
    key = software_key.strip()
    if not key or not key.isascii() or not key.isprintable():
        message = "the software key is empty or holds characters a header cannot carry"
        raise CodaboxError(code="bad_setting", message=message, setting="software_key")
    return key


def _quoted(part: str | int) -> str:
    """Quote one segment of a path.

    Parts come from CodaBox's answers and from users: ``..`` would address another resource.
    """
    text = str(part)
    if text.strip(". \t\r\n") == "":
        message = "an identifier is empty or only points"
        raise CodaboxError(code="bad_argument", message=message, argument=text)
    return quote(text, safe="")
