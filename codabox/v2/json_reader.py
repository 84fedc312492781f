"""Reads the JSON of CodaBox, field by field, as it can be read.

Each item is judged alone. It lives by its identities: without one it raises
``BadAnswer("bad_field")``, that names the field and never its value, and of a list only that item
is left out. Everything else is read if it can be, and otherwise absent and named in ``odd``.
Unknown keys, models, formats and states pass: they stay in ``raw`` or as the text they are.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Final, TypeVar

from ..cleaning import MAX_IDENTITY, read_json
from ..errors import BadAnswer
from .json_values import FLAGS, as_integer, as_moment, as_text, or_none

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from ..transport.wire import Answer

T = TypeVar("T")

_logger = logging.getLogger(__name__)

# JSON's own words, for messages.
_JSON_TYPES: Final = {
    dict: "object", list: "array", str: "string", bool: "boolean", int: "integer",
    float: "number", type(None): "null",
}  # fmt: skip
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
        found = as_integer(value)
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
        text = as_text(value)
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
        text = as_text(value)
        if text is None:
            self._note(key, value)
        return text

    def flag(self, key: str) -> bool | None:
        """Read a boolean; absent, null or odd is ``None``."""
        value = self.raw.get(key)
        if isinstance(value, (bool, int, str)):
            found = FLAGS.get(str(value).strip().lower())
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
        found = [as_text(item) for item in listed]
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
        moment = or_none(as_moment, value) if isinstance(value, str) else None
        if moment is None and value != "":
            self._note(key, value)
        return moment

    def _note(self, key: str, value: object) -> None:
        """Name a field that is there and cannot be read."""
        if value is not None:
            self.odd.append(self.name(key))


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
