"""Prints a SODA file as JSON: ``python -m codabox.soda --json FILE``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..reading.command import run
from .as_json import file_to_json
from .parser import parse_soda

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the file and print it; return the exit status of the process."""
    return run("soda", lambda data: file_to_json(parse_soda(data)), arguments)


if __name__ == "__main__":
    sys.exit(main())
