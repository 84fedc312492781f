"""Prints a CODA file as JSON: ``python -m codabox.coda --json FILE``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..reading.command import run
from .as_json import file_to_json
from .parser import parse_coda

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the file and print it; return the exit status of the process."""
    return run("coda", lambda data: file_to_json(parse_coda(data)), arguments)


if __name__ == "__main__":
    sys.exit(main())
