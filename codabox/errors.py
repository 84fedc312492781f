"""The one tree of errors of this package, on one screen.

Every error carries a stable machine ``code`` and named ``details`` instead of a sentence for the
user: the layer above turns the code into words in the reader's language. ``str(error)`` is plain
English for logs and never holds a secret, a token or the body of a document.

    CodaboxError
    |- TransportError              no usable answer came back
    |  |- TimedOut                 connect or read time-out
    |  |- BadAnswer                an answer that cannot be used (HTML, truncated, too large...)
    |  `- ServerError              HTTP 5xx
    |- ApiError                    CodaBox answered and refused
    |  |- Unauthorized             401
    |  |- Forbidden                403
    |  |- NotFound                 404, 410
    |  |- RateLimited              429, with ``retry_after`` seconds
    |  `- Rejected                 other 4xx, with ``fields`` (field name -> messages)
    |     `- NotOffered            405, 501, or 404 where the call itself is unknown
    `- FormatError                 the content of a document is broken
       `- NotRecognised            the content is not of this format at all

Every error of the first two branches tells ``method``, ``path`` (tokens removed) and ``address``,
the base URL, in ``details``.
"""

from typing import Final

# Every code the client and the transport raise, with what it means. The layer above tests that it
# has words for each; a code is never renamed, and new ones are added here first.
CLIENT_CODES: Final = {
    # CodaboxError: nothing was sent
    "bad_setting": "a base URL or software key that cannot be used; details: setting",
    "bad_argument": "an identifier that cannot stand in a path; details: argument",
    "insecure_url": "http:// to a host that is not this machine",
    "no_licence": "the company has no active licence to send over Peppol",
    # TransportError
    "network": "no connection, unknown host, proxy refused, connection dropped; details: reason",
    "tls": "the certificate or the TLS handshake was refused; details: reason",
    "redirect": "redirected elsewhere (details: host), too often (loop), or where none may be",
    "cannot_ask": "the answer of an earlier sending was lost, and CodaBox cannot be asked",
    # TimedOut
    "timeout": "no connection or no answer in time; details: phase (connect, read, total)",
    # BadAnswer
    "too_large": "longer than the limit; details: limit (bytes)",
    "truncated": "shorter than announced; details: expected, received (bytes) when known",
    "bad_encoding": "the compression of the answer is broken",
    "bad_json": "not JSON where JSON was due; details: content_type",
    "bad_field": "JSON of an unexpected shape; details: field, expected, found",
    "bad_content_type": "a web page or JSON where a file was due; details: content_type",
    "empty_file": "a file of no bytes",
    "bad_file": "bytes that are no file of the format that was asked; details: content_type",
    # ServerError
    "server_error": "HTTP 5xx; details: status",
    # ApiError
    "unauthorized": "401",
    "forbidden": "403",
    "not_found": "404 or 410",
    "rate_limited": "429; details: retry_after (seconds)",
    "rejected": "any other 4xx; details: detail, fields",
    "not_offered": "405 or 501, or 404 where CodaBox does not know the call; details: status",
}


class CodaboxError(Exception):
    """Base of every error raised by this package.

    :param str code: stable machine code, snake_case.
    :param str message: English sentence for logs.
    :param details: named facts, JSON-serialisable, without secrets.
    """

    def __init__(self, code: str, message: str = "", **details: object) -> None:
        super().__init__(message or code)
        self.code = code
        self.message = message or code
        self.details = details


class TransportError(CodaboxError):
    """No usable answer: network down, TLS refused, redirect to another host."""

    @property
    def maybe_done(self) -> bool:
        """Whether CodaBox may have carried out the request although no usable answer came.

        False only when the request certainly never left (no connection, certificate refused). A
        caller that sends something which must not be sent twice asks this before anything else.
        """
        return bool(self.details.get("maybe_done", True))


class TimedOut(TransportError):
    """The server did not connect or answer in time."""


class BadAnswer(TransportError):
    """The answer cannot be used: not JSON, truncated, larger than allowed."""


class ServerError(TransportError):
    """CodaBox failed (HTTP 5xx). ``details["status"]`` holds the status."""


class ApiError(CodaboxError):
    """CodaBox understood the request and refused it.

    :param int status: HTTP status.
    :param str detail: text of the ``detail`` key, empty when absent.
    :param dict fields: field name -> list of messages, from a validation answer.
    """

    def __init__(
        self,
        code: str,
        message: str = "",
        *,
        status: int,
        detail: str = "",
        fields: dict[str, list[str]] | None = None,
        **details: object,
    ) -> None:
        super().__init__(
            code, message, status=status, detail=detail, fields=fields or {}, **details
        )
        self.status = status
        self.detail = detail
        self.fields = fields or {}


class Unauthorized(ApiError):
    """401: the credentials are missing, wrong or withdrawn."""


class Forbidden(ApiError):
    """403: these credentials may not do this."""


class NotFound(ApiError):
    """404 or 410: no such thing for these credentials."""


class RateLimited(ApiError):
    """429: too many requests.

    :param float retry_after: seconds to wait, as the server said.
    """

    def __init__(
        self,
        code: str,
        message: str = "",
        *,
        retry_after: float,
        status: int = 429,
        detail: str = "",
        fields: dict[str, list[str]] | None = None,
        **details: object,
    ) -> None:
        super().__init__(
            code,
            message,
            status=status,
            detail=detail,
            fields=fields,
            retry_after=retry_after,
            **details,
        )
        self.retry_after = retry_after


class Rejected(ApiError):
    """Any other 4xx, mostly a validation with ``fields``."""


class NotOffered(Rejected):
    """CodaBox does not have this call: it says nothing of what was asked with it."""


class FormatError(CodaboxError):
    """The content of a document breaks its standard.

    :param str code: stable machine code, e.g. ``bad_amount``.
    :param str message: English sentence that says what, where and what was expected.
    :param int record: 1-based line (CODA) or element line (XML); ``None`` when the whole file.
    :param str field: name of the field in the standard.
    :param str expected: what the standard asks.
    :param str found: what stands there.
    """

    def __init__(
        self,
        code: str,
        message: str = "",
        *,
        record: int | None = None,
        field: str | None = None,
        expected: str | None = None,
        found: str | None = None,
    ) -> None:
        super().__init__(code, message, record=record, field=field, expected=expected, found=found)
        self.record = record
        self.field = field
        self.expected = expected
        self.found = found


class NotRecognised(FormatError):
    """The content is not of this format at all (a PDF, an HTML page, another standard)."""
