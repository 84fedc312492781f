"""Prints a UBL invoice as JSON: ``python -m codabox.ubl --json FILE``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..reading.command import run
from .as_json import invoice_to_json
from .parser import parse_ubl

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the file and print it; return the exit status of the process."""
    return run("ubl", lambda data: invoice_to_json(parse_ubl(data)), arguments)


if __name__ == "__main__":
    sys.exit(main())
