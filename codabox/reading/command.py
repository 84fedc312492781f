"""The command line that every format shares: ``python -m codabox.FORMAT --json FILE``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO


def run(
    name: str,
    read: Callable[[bytes], dict[str, object]],
    arguments: Sequence[str] | None = None,
) -> int:
    """Read a file and print it as one JSON object; return the exit status of the process.

    Errors go to standard error as one JSON object, so that a script can read them too.

    :param name: the package of the format, e.g. ``coda``.
    :param read: from the bytes of a file to its JSON values; may raise ``FormatError``.
    :param arguments: of the command line; those of the process by default.
    """
    parser = argparse.ArgumentParser(
        prog=f"codabox.{name}", description=f"Read a {name.upper()} file."
    )
    parser.add_argument("--json", metavar="FILE", required=True, help="print FILE as JSON")
    path = Path(parser.parse_args(arguments).json)
    try:
        content = read(path.read_bytes())
    except OSError as error:
        return _fail(FormatError("unreadable_file", f"{path}: {error.strerror or error}"))
    except FormatError as error:
        return _fail(error)
    _write(sys.stdout, content)
    return 0


def _fail(error: FormatError) -> int:
    _write(
        sys.stderr,
        {
            "error": error.code,
            "record": error.record,
            "field": error.field,
            "expected": error.expected,
            "found": error.found,
            "message": error.message,
        },
    )
    return 1


def _write(stream: TextIO, content: dict[str, object]) -> None:
    # ASCII escapes keep the output independent of the terminal's encoding.
    stream.write(json.dumps(content) + "\n")
