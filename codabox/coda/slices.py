"""One statement of a file as a file of its own, byte for byte as it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import FormatError
from .identity import content_key
from .parser import parse_coda

if TYPE_CHECKING:
    from .records import CodaFile


def cut_statement(data: bytes, file: CodaFile, position: int) -> bytes:
    """Return the lines of one statement, empty where they cannot be told from the others.

    :param data: the content of the file.
    :param file: what was read from it.
    :param position: the place of the statement in it.
    """
    starts = [statement.record - 1 for statement in file.statements]
    lines = bytes(data).splitlines(keepends=True)
    end = starts[position + 1] if position + 1 < len(starts) else len(lines)
    content = b"".join(lines[starts[position] : end])
    try:
        found = parse_coda(content).statements
    except FormatError:  # another encoding, or no line ends: there the lines are not these
        return b""
    same = len(found) == 1 and content_key(found[0]) == content_key(file.statements[position])
    return content if same else b""
