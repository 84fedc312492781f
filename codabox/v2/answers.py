"""From a successful answer to a value: one object, a list of them, or a file.

An error about the content of an answer says what was asked.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from .. import domain, formats
from ..errors import BadAnswer
from . import json_reader
from .json_reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..transport.wire import Answer

T = TypeVar("T")

# A sign-in page or an error in JSON with status 200 is no document; storing and acknowledging it
# would lose the real one.
_NOT_FILES: Final = {"text/html": ("html", "htm"), "application/json": ("json",)}


def one(answer: Answer, make: Callable[[Reader], T]) -> T:
    """Read an answer that is one object.

    :raise BadAnswer: ``bad_json`` or ``bad_field``.
    """
    with _telling(answer):
        return make(Reader(json_reader.decode(answer)))


def many(answer: Answer, make: Callable[[Reader], T]) -> tuple[T, ...]:
    """Read an answer that is a bare list of objects.

    :raise BadAnswer: ``bad_json``, or ``bad_field`` when one of them cannot be read.
    """
    with _telling(answer):
        values = _list(answer)
        return tuple(make(Reader(item, f"[{index}]")) for index, item in enumerate(values))


def readable(answer: Answer, make: Callable[[Reader], T]) -> domain.Listed[T]:
    """Read the objects of a bare list that can be read; another one is left out.

    :raise BadAnswer: ``bad_json``, or ``bad_field`` when it is no list.
    """
    odd: list[str] = []
    with _telling(answer):
        values = _list(answer)
        found = domain.Listed(json_reader.readable(values, make, odd=odd))
    found.is_complete, found.odd = len(found) == len(values), tuple(odd)
    return found


def _list(answer: Answer) -> list[object]:
    values = json_reader.decode(answer)
    if not isinstance(values, list):
        msg = ""
        raise json_reader.bad_field(msg, "array", values)
    return values


def file(answer: Answer, format: str) -> domain.Download:
    """Read an answer that is a file of this format.

    :raise BadAnswer: ``empty_file``, ``bad_content_type`` or ``bad_file``.
    """
    with _telling(answer):
        _check_file(answer, format)
    return domain.Download(answer.content, answer.content_type)


@contextmanager
def _telling(answer: Answer) -> Iterator[None]:
    """Say in an error about the content of an answer what was asked."""
    try:
        yield
    except BadAnswer as error:
        error.details.update(answer.call)
        error.details["address"] = answer.address
        raise


def _check_file(answer: Answer, format: str) -> None:
    """Refuse what cannot be the file that was asked."""
    kind = answer.content_type
    if not answer.content:
        raise BadAnswer(code="empty_file", message="a file of no bytes", content_type=kind)
    if format not in _NOT_FILES.get(kind, (format,)):
        message = f"{kind} came in place of a file"
        raise BadAnswer(code="bad_content_type", message=message, content_type=kind)
    if not formats.is_of_format(answer.content, format):
        message = f"what came is no file of format {format}"
        raise BadAnswer(code="bad_file", message=message, content_type=kind)
