"""From what went wrong on the wire to an error of ``errors.py``.

Everything here returns errors instead of raising them: the transport raises at one place, outside
any ``except`` block. An exception of requests holds the URL (with the one-time token) and the
headers; raised from there it would travel along as ``__context__``, even with ``from None``.
"""

from __future__ import annotations

import math
import ssl
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

import requests
from urllib3 import exceptions as urllib3_errors

from ..cleaning import read_json
from ..const import DEFAULT_RETRY_AFTER, MAX_RETRY_AFTER
from ..errors import (
    ApiError,
    BadAnswer,
    CodaboxError,
    Forbidden,
    NotFound,
    NotOffered,
    RateLimited,
    Rejected,
    ServerError,
    TimedOut,
    TransportError,
    Unauthorized,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_TEXT: Final = 1000  # characters kept of one message of the server

REFUSALS: Final[dict[int, tuple[type[ApiError], str]]] = {
    401: (Unauthorized, "unauthorized"),
    403: (Forbidden, "forbidden"),
    404: (NotFound, "not_found"),
    405: (NotOffered, "not_offered"),
    410: (NotFound, "not_found"),
    501: (NotOffered, "not_offered"),
}


def from_exception(error: Exception, call: str, **details: object) -> CodaboxError:
    """Turn an exception of requests, urllib3 or the operating system into one of ours.

    :param error: what was caught; neither its text nor the exception itself is kept.
    :param call: method and redacted path, for the message.
    :param details: facts for ``CodaboxError.details``.
    :return: the error to raise, with ``maybe_done`` and, when known, ``reason`` in its details.
    """
    causes = tuple(_causes(error))
    reason = _reason(causes)
    details |= {"reason": reason, "maybe_done": True}

    def found(*types: type[BaseException]) -> bool:
        return any(isinstance(cause, types) for cause in causes)

    # First: for older urllib3 this one is also a ConnectTimeoutError.
    if found(urllib3_errors.NewConnectionError):
        details["maybe_done"] = False
        return TransportError("network", f"{call}: no connection ({reason})", **details)
    if found(requests.ConnectTimeout, urllib3_errors.ConnectTimeoutError):
        details |= {"phase": "connect", "maybe_done": False}
        return TimedOut("timeout", f"{call}: no connection in time", **details)
    if found(requests.ReadTimeout, urllib3_errors.ReadTimeoutError, TimeoutError):
        details |= {"phase": "read"}
        return TimedOut("timeout", f"{call}: no answer in time", **details)
    if found(requests.exceptions.SSLError, ssl.SSLError):
        details["maybe_done"] = not found(ssl.SSLCertVerificationError)
        return TransportError("tls", f"{call}: TLS failed ({reason})", **details)
    if found(requests.exceptions.ChunkedEncodingError, urllib3_errors.IncompleteRead):
        return BadAnswer("truncated", f"{call}: the answer broke off", **details)
    if found(requests.exceptions.ContentDecodingError, urllib3_errors.DecodeError):
        return BadAnswer("bad_encoding", f"{call}: the answer cannot be unpacked", **details)
    details["maybe_done"] = not found(
        requests.exceptions.ProxyError,
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidHeader,
    )
    return TransportError("network", f"{call}: connection failed ({reason})", **details)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Walk everything an exception wraps; requests and urllib3 each hide causes differently."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop(0)
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]


def _reason(causes: tuple[BaseException, ...]) -> str:
    """Say the innermost cause in words that cannot hold a URL or a header."""
    for cause in reversed(causes):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return str(cause.verify_message)
        if isinstance(cause, OSError) and cause.strerror:
            return str(cause.strerror)
    return type(causes[-1]).__name__


def from_status(
    status: int, headers: Mapping[str, str], body: bytes, call: str, **details: object
) -> CodaboxError:
    """Turn an HTTP status of 400 or more into an error.

    :param status: HTTP status.
    :param headers: response headers, case-insensitive.
    :param body: the body, possibly cut, HTML or empty.
    :param call: method and redacted path, for the message.
    :param details: facts for ``CodaboxError.details``.
    :return: the error to raise.
    """
    detail, fields = read_body(body)
    message = f"{call}: HTTP {status}" + (f" {detail}" if detail else "")
    if status >= 500 and status not in REFUSALS:
        if "Retry-After" in headers:
            details["retry_after"] = parse_retry_after(headers["Retry-After"])
        return ServerError("server_error", message, status=status, detail=detail, **details)
    facts: dict[str, Any] = {"status": status, "detail": detail, "fields": fields, **details}
    if status == 429:
        wait = parse_retry_after(headers.get("Retry-After", ""))
        return RateLimited("rate_limited", message, retry_after=wait, **facts)
    kind, code = REFUSALS.get(status, (Rejected, "rejected"))
    return kind(code, message, **facts)


def read_body(body: bytes) -> tuple[str, dict[str, list[str]]]:
    """Read the body of a refusal (API 3.4): ``detail``, a field map, both, or nothing readable.

    :return: the text of ``detail`` (empty when absent) and field path -> messages. Nested fields
        are joined with a point, e.g. ``legal_entity.enterprise_num``.
    """
    try:
        answer = read_json(body)
    except (ValueError, RecursionError):
        return "", {}
    if isinstance(answer, list):
        answer = {"non_field_errors": answer}
    if not isinstance(answer, dict):
        return "", {}
    detail = answer.pop("detail", "")
    if not isinstance(detail, str):
        detail = " ".join(text for texts in _flatten(detail).values() for text in texts)
    return detail[:MAX_TEXT], _flatten(answer)


def _flatten(value: object, path: str = "", depth: int = 5) -> dict[str, list[str]]:
    """Give the messages of a nested field map per field path; what nests deeper is left out."""
    fields: dict[str, list[str]] = {}
    if depth == 0 or value is None:
        return fields
    if not isinstance(value, (dict, list)):
        return {path: [str(value)[:MAX_TEXT]]}
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        # A list of texts is the messages of one field; a list of objects has a place for each.
        plain = isinstance(value, list) and not isinstance(item, (dict, list))
        inner = path if plain else f"{path}.{key}" if path else str(key)
        for place, texts in _flatten(item, inner, depth - 1).items():
            fields.setdefault(place, []).extend(texts)
    return fields


def parse_retry_after(value: str) -> float:
    """Read a Retry-After header: seconds or an HTTP date (RFC 9110 section 10.2.3).

    :return: seconds to wait, between 0 and a day; a default when the header makes no sense.
    """
    value = value.strip()
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (TypeError, ValueError, OverflowError):
            return DEFAULT_RETRY_AFTER
    if not math.isfinite(seconds):
        return DEFAULT_RETRY_AFTER
    return min(max(seconds, 0.0), MAX_RETRY_AFTER)
