"""Every call of ``docs/reference/api.md`` 4 to 6 and 14, made or tried without changing anything.

What changes something is only knocked at: OPTIONS and GET of its address. Of a file one is read,
where its mandate is known to allow it, and nothing is kept or confirmed. Told are statuses, names
of fields and types: no secret, and nothing of a client.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ..domain import Channel
from ..errors import ApiError, CodaboxError, Forbidden, NotFound, NotOffered, Unauthorized
from ..mandates.gate import check_document
from ..v2 import json_reader
from ..v2.contract import CHANGES, READS
from ..v2.provisional import ProvisionalClient
from . import shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..domain import FeedEntry, Pod
    from ..v2.contract import Read

_NOWHERE: Final = "no-such-thing"
# HTTP: the first status that is a refusal; for others only; no such address; for other methods.
_REFUSED, _FORBIDDEN, _NOT_FOUND, _OTHER_METHOD = 400, 403, 404, 405
_UNKNOWN: Final = (404, 410, 501)
MAX_FEEDS: Final = 20  # so many clients are looked at for a document


class Verdict(str, Enum):
    """What one call showed."""

    AS_DOCUMENTED = "as documented"
    DIFFERS = "differs"
    NOT_OFFERED = "not offered"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    number: str
    call: str
    verdict: Verdict
    told: str

    def __str__(self) -> str:
        return f"{self.number:<4} {self.call:<52} {self.verdict.value:<13} {self.told}".rstrip()


class LiveClient(ProvisionalClient):
    """A client whose answers can be seen as they came."""

    def raw(self, *parts: str | int) -> object:
        """Give the JSON of a GET."""
        return json_reader.decode(self._get(*parts))

    def unknown_token(self) -> object:
        """Ask for the credentials of a token that nobody has: nothing is used up."""
        return self.get_credentials(_NOWHERE)


def check(api: LiveClient) -> Iterator[Finding]:
    """Try every call as far as nothing changes.

    :raise Unauthorized: the credentials are refused: nothing can be said.
    """
    yield from _credentials(api)
    yield from _documents(api)
    yield from _clients(api)
    known = _known(api)
    for read in READS:
        yield Finding(read.number, f"GET {read.path}", *_read(api, known, read))
    speaks = api.knock("OPTIONS", _NOWHERE) == _NOT_FOUND
    for number, path in CHANGES:
        yield Finding(number, f"POST {path}", *_try(api, known, path, speaks=speaks))


def heading(url: str) -> str:
    """Give the first line of a report: which CodaBox, and when."""
    now = datetime.now(timezone.utc)
    return f"# {urlsplit(url).hostname}, {now:%Y-%m-%d %H:%M} UTC, against docs/reference/api.md"


def told(error: CodaboxError) -> str:
    """Say how an answer differs: status, code, fields; never its text."""
    details = error.details
    facts = [str(details[key]) for key in ("status", "content_type") if details.get(key)]
    if "field" in details:
        facts.append(f"{details['field']}: {details['expected']}, not {details['found']}")
    if isinstance(error, ApiError) and error.fields:
        facts.append(f"about {', '.join(sorted(error.fields))}")
    return " ".join([error.code, *facts])


# --- What was seen in the field (API 4 to 6) ------------------------------------------------


def _credentials(api: LiveClient) -> Iterator[Finding]:
    path = "request-access-token/invoicing-software/"
    yield Finding("4.3", f"POST {path}", *_try(api, {}, path, speaks=False))
    yield Finding("4.4", "GET get-credentials/{token}/", *_unknown_token(api))


def _unknown_token(api: LiveClient) -> tuple[Verdict, str]:
    try:
        api.unknown_token()
    except ApiError as error:
        if error.detail:
            return Verdict.AS_DOCUMENTED, f"a token that nobody has: {error.status} with words"
        return Verdict.DIFFERS, f"a token that nobody has: {told(error)}, without words"
    except CodaboxError as error:
        return Verdict.DIFFERS, told(error)
    return Verdict.DIFFERS, "a token that nobody has gives credentials"


def _documents(api: LiveClient) -> Iterator[Finding]:
    """Look at the pod, a feed of each channel, and one file."""
    yield _shaped(api, "5.1", "delivery/pod-client/", shapes.POD)
    pod = _or_none(api.pod)
    feeds = [client.feed_id for client in pod.clients] if pod else []
    for number, name in (("5.2", "feed"), ("5.5", "redownload-feed")):
        path = f"delivery/{name}/{{feed}}/"
        if not feeds:
            yield Finding(number, f"GET {path}", Verdict.NOT_TRIED, "the connection has no client")
        else:
            yield _shaped(api, number, path, shapes.FEED, feed=feeds[0])
    put = "PUT delivery/feed/{feed}/"
    yield Finding("5.3", put, Verdict.NOT_TRIED, "it would confirm documents")
    yield Finding("5.4", "GET delivery/download/{entry}/{format}/", *_download(api, pod))


def _download(api: LiveClient, pod: Pod | None) -> tuple[Verdict, str]:
    """Read one file that may be read, and forget it."""
    found = _first_entry(api, pod)
    if pod is None or found is None:
        return Verdict.NOT_TRIED, "no document waits whose mandate is known to allow it"
    formats = pod.allowed_formats.get(found.document_model) or ()
    if not formats:
        return Verdict.NOT_TRIED, "no format is allowed for it"
    try:
        file = api.download(found.feed_index, formats[0], Channel.FEED)
    except CodaboxError as error:
        return _judged(error)
    kind = shapes.masked(found.document_model)
    return Verdict.AS_DOCUMENTED, f"{kind} {formats[0]}: {file.content_type or 'no content type'}"


def _first_entry(api: LiveClient, pod: Pod | None) -> FeedEntry | None:
    """Give the first entry whose mandate is known, not only thought, to allow its file."""
    for client in pod.clients[:MAX_FEEDS] if pod else ():
        seen = _or_none(lambda c=client: api.client(c.client_id)) if client.client_id else None
        feed = _or_none(lambda c=client: api.feed(c.feed_id)) if seen else None
        for entry in feed.entries if feed else ():
            verdict = check_document(seen, entry.document_model.strip().lower(), entry.metadata)
            if verdict.allowed and not verdict.doubt:
                return entry
    return None


def _clients(api: LiveClient) -> Iterator[Finding]:
    for number, name, shape in (
        ("6.1", "fiduciaries", shapes.FIDUCIARY),
        ("6.2", "clients", shapes.CLIENT),
    ):
        listed = _or_none(lambda n=name: api.raw(n))
        yield _shaped(api, number, f"{name}/", [shape])
        path, first = f"{name}/{{id}}/", _first_id(listed)
        if first:
            yield _shaped(api, number, path, shape, id=first)
        else:
            yield Finding(number, f"GET {path}", Verdict.NOT_TRIED, "none is listed")


def _first_id(listed: object) -> str:
    first = listed[0] if isinstance(listed, list) and listed else None
    found = first.get("id") if isinstance(first, dict) else ""
    return found if isinstance(found, str) else ""


def _shaped(
    api: LiveClient, number: str, path: str, shape: shapes.Shape, **known: str | int
) -> Finding:
    """Make a call and compare its answer with what is documented."""
    call = f"GET {path}"
    try:
        answer = api.raw(*path.format(**known).strip("/").split("/"))
    except Unauthorized:
        raise
    except CodaboxError as error:
        return Finding(number, call, *_judged(error))
    found = shapes.differences(answer, shape)
    if found:
        return Finding(number, call, Verdict.DIFFERS, "; ".join(found))
    size = f"{len(answer)} listed" if isinstance(answer, list) else ""
    return Finding(number, call, Verdict.AS_DOCUMENTED, size)


def _judged(error: CodaboxError) -> tuple[Verdict, str]:
    """Say what a failed call shows."""
    if isinstance(error, Forbidden):
        return Verdict.NOT_TRIED, f"{error.status}: not for these credentials"
    if isinstance(error, (NotFound, NotOffered)):
        return Verdict.NOT_OFFERED, told(error)
    return Verdict.DIFFERS, told(error)


def _or_none(call: Callable[[], object]):  # noqa: ANN202 - whatever the call gives
    """Make a call whose failure is told elsewhere."""
    try:
        return call()
    except Unauthorized:
        raise
    except CodaboxError:
        return None


# --- The provisional contract (API 14) -------------------------------------------------------


def _known(api: LiveClient) -> dict[str, str]:
    """Give the identifiers with which addresses can be tried."""
    known: dict[str, str] = {}
    for client in _or_none(api.readable_clients) or ():
        known.setdefault("client", client.id)
        for mandate in client.coda_mandates:
            known.setdefault("coda", mandate.id)
        for social in client.social_mandates:
            known.setdefault("social", social.id)
    return known


def _missing(path: str, known: Mapping[str, str]) -> str:
    """Say what the connection lacks to try an address, ``""`` when nothing."""
    names = {"client": "client", "coda": "CODA mandate", "social": "payroll mandate"}
    lacking = [name for key, name in names.items() if f"{{{key}}}" in path and key not in known]
    return f"the connection has no {lacking[0]}" if lacking else ""


def _read(api: LiveClient, known: Mapping[str, str], read: Read) -> tuple[Verdict, str]:
    """Make a call and say whether its answer is what the contract says."""
    if missing := _missing(read.path, known):
        return Verdict.NOT_TRIED, missing
    try:
        found = read.run(api, known)
        if odd := getattr(found, "odd", ()):
            return Verdict.DIFFERS, f"cannot be read: {', '.join(odd[: shapes.MAX_TOLD])}"
        return Verdict.AS_DOCUMENTED, _size(found)
    except CodaboxError as error:
        lacks = isinstance(error, NotFound) and error.detail and read.may_lack
        return (Verdict.AS_DOCUMENTED, told(error)) if lacks else _judged(error)


def _try(
    api: LiveClient, known: Mapping[str, str], path: str, *, speaks: bool
) -> tuple[Verdict, str]:
    """Say whether there is something at an address.

    :param speaks: whether OPTIONS tells an address that exists from one that does not.
    """
    if missing := _missing(path, known):
        return Verdict.NOT_TRIED, missing
    seen = {}
    try:
        for method in ("OPTIONS", "GET") if speaks else ("GET",):
            seen[method] = api.knock(method, *path.format(**known).strip("/").split("/"))
    except CodaboxError as error:
        return Verdict.DIFFERS, told(error)
    shown = ", ".join(f"{method} {status}" for method, status in seen.items())
    if all(status in _UNKNOWN for status in seen.values()):
        return Verdict.NOT_OFFERED, shown
    if _FORBIDDEN in seen.values() and _OTHER_METHOD not in seen.values():
        return Verdict.NOT_TRIED, f"not for these credentials ({shown})"
    if seen["GET"] < _REFUSED:
        return Verdict.NOT_TRIED, f"it can be read; whether it takes more is not known ({shown})"
    return Verdict.AS_DOCUMENTED, f"the address exists ({shown})"


def _size(value: object) -> str:
    """Say what came, by its size and the names of its fields only."""
    if isinstance(value, tuple):
        keys = sorted({shapes.masked(key) for item in value for key in item.raw})
        return f"{len(value)} with {', '.join(keys)}" if keys else "none"
    return f"{len(getattr(value, 'content', b''))} bytes"
