"""From the JSON of CodaBox to the values of ``domain.py``.

Identities must be there and of the right type; everything else may be absent or null. Unknown
keys, models, formats and states pass: they stay in ``raw`` or as the text they are. A wrong type
raises ``BadAnswer("bad_field")`` that names the field, never its value.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, Final, TypeVar

from .. import const, domain
from ..cleaning import MAX_IDENTITY, fits_column, read_json
from ..errors import BadAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..transport.wire import Answer

T = TypeVar("T")

# JSON's own words, for messages.
_JSON_TYPES: Final = {
    dict: "object", list: "array", str: "string", bool: "boolean", int: "integer",
    float: "number", type(None): "null",
}  # fmt: skip
# `datetime.fromisoformat` of Python 3.10 takes only 0, 3 or 6 digits of a second.
_TIMESTAMP: Final = re.compile(
    r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?"
)


def decode(answer: Answer) -> object:
    """Read the JSON of an answer.

    :raise BadAnswer: ``bad_json``. The body is neither in the text nor kept as a cause.
    """
    try:
        return read_json(answer.content)
    except (ValueError, RecursionError):
        pass
    message = f"the answer is not JSON but {answer.content_type or 'untyped'}"
    raise BadAnswer(code="bad_json", message=message, content_type=answer.content_type)


def bad_field(field: str, expected: str, found: object) -> BadAnswer:
    """Make the error for a value of the wrong type; the value itself is not told."""
    name = _JSON_TYPES.get(type(found), "value")
    message = f"field {field or '(whole answer)'}: expected {expected}, found {name}"
    return BadAnswer("bad_field", message, field=field, expected=expected, found=name)


class Reader:
    """Reads typed values of one JSON object and names the field when the type is wrong.

    :param value: what should be a JSON object.
    :param path: where it stands in the answer, e.g. ``feed_clients[0]``.
    :raise BadAnswer: it is no object.
    """

    def __init__(self, value: object, path: str = "") -> None:
        if not isinstance(value, dict):
            raise bad_field(path, "object", value)
        self.raw: dict[str, object] = value
        self._path = path

    def name(self, key: str) -> str:
        """Give the full path of a key."""
        return f"{self._path}.{key}" if self._path else key

    def fail(self, key: str, expected: str) -> BadAnswer:
        """Make the error for a key."""
        return bad_field(self.name(key), expected, self.raw.get(key))

    def integer(self, key: str, default: int | None = None) -> int:
        """Read an integer; absent or null is an error unless there is a default."""
        value = self.raw.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or not fits_column(value):
            raise self.fail(key, "integer")
        return value

    def identity(self, key: str) -> str:
        """Read a text that must be there and not empty."""
        value = self.raw.get(key)
        if not isinstance(value, str) or not value or len(value) > MAX_IDENTITY:
            raise self.fail(key, "string")
        return value

    def text(self, key: str) -> str:
        """Read a text; absent or null is the empty text."""
        return self.text_or_none(key) or ""

    def text_or_none(self, key: str) -> str | None:
        """Read a text; absent or null is ``None``."""
        value = self.raw.get(key)
        if value is not None and not isinstance(value, str):
            raise self.fail(key, "string")
        return value

    def flag(self, key: str) -> bool | None:
        """Read a boolean; absent or null is ``None``."""
        value = self.raw.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.fail(key, "boolean")
        return value

    def mapping(self, key: str) -> dict[str, object]:
        """Read an object; absent or null is the empty one."""
        value = self.raw.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.fail(key, "object")
        return value

    def child(self, key: str) -> Reader:
        """Read a nested object; absent or null is the empty one."""
        return Reader(self.mapping(key), self.name(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts; absent or null is the empty one."""
        return texts(self.raw.get(key), self.name(key))

    def items(self, key: str, make: Callable[[Reader], T]) -> tuple[T, ...]:
        """Read a list of objects; absent or null is the empty one."""
        value = self.raw.get(key)
        return items([] if value is None else value, make, self.name(key))

    def day(self, key: str) -> date | None:
        """Read a date ``YYYY-MM-DD``; absent, null or empty is ``None``."""
        value = self.text(key)
        if not value:
            return None
        found = _or_none(date.fromisoformat, value)
        if found is None:
            raise self.fail(key, "date YYYY-MM-DD")
        return found

    def moment(self, key: str) -> datetime | None:
        """Read a timestamp as a naive ``datetime``; one with a zone is turned into UTC."""
        value = self.text(key)
        if not value:
            return None
        moment = _or_none(datetime.fromisoformat, _normalised(value))
        if moment is None:
            raise self.fail(key, "timestamp YYYY-MM-DDTHH:MM:SS.ffffff")
        return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def _or_none(read: Callable[[str], T], text: str) -> T | None:
    """Read a text; ``None`` instead of the ``ValueError``, which would quote it."""
    try:
        return read(text)
    except ValueError:
        return None


def _normalised(timestamp: str) -> str:
    """Write a timestamp in the one form that Python 3.10 reads; nonsense stays nonsense."""
    match = _TIMESTAMP.fullmatch(timestamp)
    if not match:
        return ""
    seconds = match[1] if len(match[1]) > 16 else f"{match[1]}:00"
    fraction = (match[2] or "")[:6].ljust(6, "0")
    zone = (match[3] or "").replace("Z", "+00:00").replace(":", "")
    return f"{seconds}.{fraction}" + (f"{zone[:3]}:{zone[3:]}" if zone else "")


def texts(value: object, path: str) -> tuple[str, ...]:
    """Read a list of texts; null is the empty one.

    :raise BadAnswer: it is no list, or an item is no text.
    """
    if not isinstance(value, list) and value is not None:
        raise bad_field(path, "array", value)
    for index, item in enumerate(value or ()):
        if not isinstance(item, str):
            raise bad_field(field=f"{path}[{index}]", expected="string", found=item)
    return tuple(value or ())


def items(value: object, make: Callable[[Reader], T], path: str = "") -> tuple[T, ...]:
    """Read a list of objects.

    :raise BadAnswer: it is no list, or an item is no such object.
    """
    if not isinstance(value, list):
        raise bad_field(path, "array", value)
    return tuple(make(Reader(item, f"{path}[{index}]")) for index, item in enumerate(value))


def credentials(reader: Reader) -> domain.Credentials:
    """Read the answer of get-credentials (API 4.4)."""
    return domain.Credentials(reader.identity("username"), reader.identity("password"))


def peppol_licence(reader: Reader) -> domain.PeppolLicence:
    """Read a licence to send over Peppol (API 8.2)."""
    return domain.PeppolLicence(reader.identity("id"), reader.text("state"), reader.raw)


def pod(reader: Reader) -> domain.Pod:
    """Read the answer of pod-client (API 5.1)."""
    formats: Mapping[str, object] = reader.mapping("allowed_formats")
    path = reader.name("allowed_formats")
    return domain.Pod(
        pod_id=reader.integer("id"),
        fetch_delay=max(0, reader.integer("fetch_delay", const.DEFAULT_FETCH_DELAY)),
        allowed_formats={
            model: texts(value, f"{path}.{model}") for model, value in formats.items()
        },
        clients=reader.items("feed_clients", feed_client),
        raw=reader.raw,
    )


def feed_client(reader: Reader) -> domain.FeedClient:
    """Read one item of ``feed_clients`` (API 5.1)."""
    return domain.FeedClient(
        feed_id=reader.integer("id"),
        client_id=reader.identity("client_id"),
        client_name=reader.text("client_name"),
        client_code=reader.text("client_code"),
        fiduciary_id=reader.text_or_none("fiduciary_id"),
        raw=reader.raw,
    )


def feed(reader: Reader) -> domain.Feed:
    """Read a feed (API 5.2); the order of the entries is kept."""
    # A feed without the list is not an empty feed: documents would go unseen.
    if "feed_entries" not in reader.raw:
        raise reader.fail(key="feed_entries", expected="array")
    return domain.Feed(
        feed_id=reader.integer("id"),
        type=reader.text("type"),
        entries=reader.items("feed_entries", feed_entry),
        raw=reader.raw,
    )


def feed_entry(reader: Reader) -> domain.FeedEntry:
    """Read one entry of a feed (API 5.2)."""
    return domain.FeedEntry(
        feed_index=reader.identity("feed_index"),
        document_model=reader.identity("document_model"),
        metadata=reader.mapping("metadata"),
        raw=reader.raw,
    )
