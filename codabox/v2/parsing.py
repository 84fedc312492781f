"""From the JSON of CodaBox to the values of ``domain.py``.

Each item is judged alone. It lives by its identities: without one it raises
``BadAnswer("bad_field")``, that names the field and never its value, and of a list only that item
is left out. Everything else is read if it can be, and otherwise absent and named in ``odd``.
Unknown keys, models, formats and states pass: they stay in ``raw`` or as the text they are.
"""

from __future__ import annotations

import logging
import re
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, Final, TypeVar

from .. import const, domain
from ..cleaning import MAX_IDENTITY, fits_column, read_json
from ..errors import BadAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..transport.wire import Answer

T = TypeVar("T")

_logger = logging.getLogger(__name__)

# The model of an entry that tells none: no software knows it.
UNKNOWN_MODEL: Final = "unknown"

# JSON's own words, for messages.
_JSON_TYPES: Final = {
    dict: "object", list: "array", str: "string", bool: "boolean", int: "integer",
    float: "number", type(None): "null",
}  # fmt: skip
# `datetime.fromisoformat` of Python 3.10 takes only 0, 3 or 6 digits of a second.
_TIMESTAMP: Final = re.compile(
    r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?"
)

_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")  # as Belgians write
_COMPACT_DAY: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DIGITS: Final = re.compile(r"-?[0-9]{1,10}")
_ITEM: Final = re.compile(r"^\[\d+\]\.?")


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
    """Reads typed values of one JSON object; what has an odd form is named in ``odd``.

    :param value: what should be a JSON object.
    :param path: where it stands in the answer, e.g. ``feed_clients[0]``.
    :param odd: collects the names of fields that could not be read.
    :raise BadAnswer: it is no object.
    """

    def __init__(self, value: object, path: str = "", odd: list[str] | None = None) -> None:
        if not isinstance(value, dict):
            raise bad_field(path, "object", value)
        self.raw: dict[str, object] = value
        self._path = path
        self.odd: list[str] = [] if odd is None else odd

    def name(self, key: str) -> str:
        """Give the full path of a key."""
        return f"{self._path}.{key}" if self._path else key

    def fail(self, key: str, expected: str) -> BadAnswer:
        """Make the error for a key."""
        return bad_field(self.name(key), expected, self.raw.get(key))

    def integer(self, key: str, default: int | None = None) -> int:
        """Read an integer; absent, null or odd is an error unless there is a default."""
        value = self.raw.get(key)
        found = _integer(value)
        if found is not None:
            return found
        if default is None:
            raise self.fail(key, "integer")
        self._note(key, value)
        return default

    def identity(self, key: str) -> str:
        """Read a text that must be there and not empty, exactly as it is."""
        value = self.raw.get(key)
        if not isinstance(value, str) or not value or len(value) > MAX_IDENTITY:
            raise self.fail(key, "string")
        return value

    def required_text(self, key: str) -> str:
        """Read a text by which the item lives; absent or null is the empty one.

        :raise BadAnswer: it is there and cannot be read.
        """
        value = self.raw.get(key)
        text = _text(value)
        if text is None and value is not None:
            raise self.fail(key, "string")
        return text or ""

    def required_texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts by which the item lives; absent or null is the empty one.

        :raise BadAnswer: one of them, or the list, cannot be read.
        """
        found = len(self.odd)
        texts = self.texts(key)
        if len(self.odd) > found:
            raise self.fail(key, "array of strings")
        return texts

    def text(self, key: str) -> str:
        """Read a text; absent, null or odd is the empty text."""
        return self.text_or_none(key) or ""

    def text_or_none(self, key: str) -> str | None:
        """Read a text, or a number as one; absent, null or odd is ``None``."""
        value = self.raw.get(key)
        text = _text(value)
        if text is None:
            self._note(key, value)
        return text

    def flag(self, key: str) -> bool | None:
        """Read a boolean; absent, null or odd is ``None``."""
        value = self.raw.get(key)
        if isinstance(value, (bool, int, str)):
            found = _FLAGS.get(str(value).strip().lower())
            if found is not None:
                return found
        self._note(key, value)
        return None

    def mapping(self, key: str) -> dict[str, object]:
        """Read an object; absent, null or odd is the empty one."""
        value = self.raw.get(key)
        if isinstance(value, dict):
            return value
        self._note(key, value)
        return {}

    def child(self, key: str) -> Reader:
        """Read a nested object; absent, null or odd is the empty one."""
        return Reader(self.mapping(key), self.name(key), self.odd)

    def required_child(self, key: str) -> Reader:
        """Read a nested object by which the item lives; absent or null is the empty one.

        :raise BadAnswer: it is no object.
        """
        if not isinstance(self.raw.get(key), (dict, type(None))):
            raise self.fail(key, "object")
        return self.child(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts, or one text as such; absent, null or odd is the empty one."""
        value = self.raw.get(key)
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        found = [_text(item) for item in listed]
        if None in found:
            self._note(key, value)
        return tuple(text for text in found if text)

    def items(self, key: str, make: Callable[[Reader], T]) -> tuple[T, ...]:
        """Read a list of objects by which this one lives; absent or null is the empty one.

        :raise BadAnswer: it is no list, or one of them cannot be read.
        """
        value = self.raw.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.fail(key, "array")
        path = self.name(key)
        return tuple(
            make(Reader(item, f"{path}[{index}]", self.odd)) for index, item in enumerate(value)
        )

    def readable_items(self, key: str, make: Callable[[Reader], T]) -> tuple[T, ...]:
        """Read the objects of a list that can be read; absent, null or odd is the empty one."""
        value = self.raw.get(key)
        if not isinstance(value, list):
            self._note(key, value)
            return ()
        return readable(value, make, self.name(key), self.odd)

    def day(self, key: str) -> date | None:
        """Read a date, ``YYYY-MM-DD`` or as people write it; absent, null or odd is ``None``."""
        moment = self.moment(key)
        return moment.date() if moment else None

    def moment(self, key: str) -> datetime | None:
        """Read a timestamp as a naive ``datetime``; one with a zone is turned into UTC.

        :return: ``None`` when it is absent, null or odd; a day alone is its midnight.
        """
        value = self.raw.get(key)
        moment = _or_none(_moment, value) if isinstance(value, str) else None
        if moment is None and value != "":
            self._note(key, value)
        return moment

    def _note(self, key: str, value: object) -> None:
        """Name a field that is there and cannot be read."""
        if value is not None:
            self.odd.append(self.name(key))


# What other software writes for a boolean.
_FLAGS: Final = {"true": True, "1": True, "false": False, "0": False}


def _text(value: object) -> str | None:
    """Give a text or a number as a text, else ``None``."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if is_number else None


def _integer(value: object) -> int | None:
    """Give an integer that a database can hold, also one that was written as a text."""
    text = _text(value)
    found = int(text) if text and _DIGITS.fullmatch(text.strip()) else None
    return found if fits_column(found) else None


def _or_none(read: Callable[[str], T], text: str) -> T | None:
    """Read a text; ``None`` instead of the error, which would quote it."""
    try:
        return read(text)
    except (ValueError, OverflowError):
        return None


def _moment(text: str) -> datetime:
    """Read a timestamp, or a day as midnight.

    :raise ValueError: it is none.
    """
    text = text.strip()
    if match := _DAY_FIRST.match(text):
        text = f"{match[3]}-{match[2].zfill(2)}-{match[1].zfill(2)}{text[match.end() :]}"
    elif match := _COMPACT_DAY.fullmatch(text):
        text = "-".join(match.groups())
    if len(text) == 10:
        text += "T00:00"
    moment = datetime.fromisoformat(_normalised(text))
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if moment.tzinfo else moment


def _normalised(timestamp: str) -> str:
    """Write a timestamp in the one form that Python 3.10 reads; nonsense stays nonsense."""
    match = _TIMESTAMP.fullmatch(timestamp)
    if not match:
        return ""
    seconds = match[1] if len(match[1]) > 16 else f"{match[1]}:00"
    fraction = (match[2] or "")[:6].ljust(6, "0")
    zone = (match[3] or "").replace("Z", "+00:00").replace(":", "")
    return f"{seconds}.{fraction}" + (f"{zone[:3]}:{zone[3:]}" if zone else "")


def readable(
    values: list[object], make: Callable[[Reader], T], path: str = "", odd: list[str] | None = None
) -> tuple[T, ...]:
    """Read the objects of a list that can be read; another one is named and left out.

    :param odd: collects the names of what could not be read.
    """
    found = []
    for index, value in enumerate(values):
        try:
            item = Reader(value, f"{path}[{index}]")
            found.append(make(item))
        except BadAnswer as error:
            field = str(error.details["field"])
            _logger.info("an item of an answer cannot be read: %s", error)
            if odd is not None:
                odd.append(field)
        else:
            if odd is not None:
                odd.extend(item.odd)
    return tuple(found)


def names(reader: Reader) -> tuple[str, ...]:
    """Give the names of what could not be read, as they stand in the item itself."""
    return tuple(dict.fromkeys(_ITEM.sub("", name) for name in reader.odd))


def credentials(reader: Reader) -> domain.Credentials:
    """Read the answer of get-credentials (API 4.4)."""
    return domain.Credentials(reader.identity("username"), reader.identity("password"))


def peppol_licence(reader: Reader) -> domain.PeppolLicence:
    """Read a licence to send over Peppol (API 8.2)."""
    return domain.PeppolLicence(reader.identity("id"), reader.text("state"), reader.raw)


def pod(reader: Reader) -> domain.Pod:
    """Read the answer of pod-client (API 5.1)."""
    allowed = Reader(reader.mapping("allowed_formats"), reader.name("allowed_formats"), reader.odd)
    listed = reader.raw.get("feed_clients")
    clients = reader.readable_items("feed_clients", feed_client)
    delay = reader.integer("fetch_delay", const.DEFAULT_FETCH_DELAY)
    return domain.Pod(
        pod_id=reader.integer("id", 0),
        fetch_delay=min(max(0, delay), const.MAX_FETCH_DELAY),
        allowed_formats={model: allowed.texts(model) for model in allowed.raw},
        clients=clients,
        raw=reader.raw,
        # A client that cannot be read, or no list at all, says of nobody that he left.
        is_complete=isinstance(listed, list) and len(clients) == len(listed),
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
    entries = reader.raw.get("feed_entries")
    if not isinstance(entries, list):
        raise reader.fail(key="feed_entries", expected="array")
    return domain.Feed(
        feed_id=reader.integer("id", 0),
        type=reader.text("type"),
        entries=tuple(_entry(entry, f"feed_entries[{n}]") for n, entry in enumerate(entries)),
        raw=reader.raw,
    )


def _entry(value: object, path: str) -> domain.FeedEntry:
    """Read one entry; one that cannot be read keeps its place: nothing behind it is confirmed."""
    try:
        return feed_entry(Reader(value, path))
    except BadAnswer as error:
        _logger.info("an entry of a feed cannot be read: %s", error)
    return domain.FeedEntry("", "", {}, value if isinstance(value, dict) else {})


def feed_entry(reader: Reader) -> domain.FeedEntry:
    """Read one entry of a feed (API 5.2)."""
    return domain.FeedEntry(
        feed_index=reader.identity("feed_index"),
        document_model=reader.text("document_model") or UNKNOWN_MODEL,
        metadata=reader.mapping("metadata"),
        raw=reader.raw,
    )
