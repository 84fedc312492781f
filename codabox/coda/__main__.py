"""Prints a CODA file as JSON: ``python -m codabox.coda --json FILE``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import FormatError
from .as_json import file_to_json
from .parser import parse_coda

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the file and print it; return the exit status of the process.

    Errors go to standard error as one JSON object, so that a script can read them too.
    """
    parser = argparse.ArgumentParser(prog="codabox.coda", description="Read a CODA file.")
    parser.add_argument("--json", metavar="FILE", required=True, help="print FILE as JSON")
    path = Path(parser.parse_args(arguments).json)
    try:
        content = file_to_json(parse_coda(path.read_bytes()))
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


def _write(stream: object, content: dict[str, object]) -> None:
    # ASCII escapes keep the output independent of the terminal's encoding.
    print(json.dumps(content), file=stream)  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main())
