"""Reads CODA files: bytes in, frozen dataclasses out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import NotRecognised
from . import checks
from .decode import first_line, is_coda, read_lines
from .records import CodaFile, Statement
from .statements import StatementBuilder
from .values import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .lines import Lines

__all__ = ["is_coda", "parse_coda"]

_NOT_CODA = "not_coda"


def parse_coda(data: bytes) -> CodaFile:
    """Read a CODA file of version 1 or 2, in any encoding and with any line ends.

    What does not add up is in ``notices`` and stops nothing.

    :param data: the content of one physical file.
    :return: its statements in order, at least one.
    :raise NotRecognised: when this is no CODA at all.
    :raise FormatError: when money could be read wrong; ``record`` says where.
    """
    if not is_coda(data):
        found = first_line(data)[:40]
        message = f"This is not a CODA file: it starts with {found!r}."
        raise NotRecognised(
            _NOT_CODA, message, record=1, field="record_id", expected="00000", found=found
        )
    lines = read_lines(data)
    notices = lines.notices
    statements = _read_statements(lines)
    notices += checks.check_chain(statements)
    notices.sort(key=lambda notice: notice.record)
    return CodaFile(tuple(statement for _, statement in statements), tuple(notices))


def _read_statements(lines: Lines) -> list[tuple[int, Statement]]:
    """Return the statements, each with the line of its old balance."""
    statements: list[tuple[int, Statement]] = []
    builder: StatementBuilder | None = None
    handlers: Mapping[bytes, Callable[[int, int], None]] = {}
    columns = lines.columns
    record, line = 0, ""
    for record, place in zip(lines.numbers, lines.places, strict=True):
        handler = handlers.get(columns[place : place + 2])
        if handler is not None:
            handler(record, place)
            continue
        line = lines.text(place)
        if builder is not None:
            statement = builder.add(record, line)
            if statement is not None:
                statements.append((builder.opening_record, statement))
                builder = None
        elif line[:5] == "00000":
            builder = StatementBuilder(record, line, lines)
        else:
            refuse("missing_record", record, "record_id", "0", line[0])
        handlers = {} if builder is None else builder.handlers
    if builder is not None:
        refuse("truncated", record, "record_id", "9", "end of file")
    lines.notices += checks.check_last(record, line)
    return statements
