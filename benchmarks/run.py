"""``make bench``: runs the parts and prints their tables, as README.md has them."""

from __future__ import annotations

import sys

from . import (
    part_confirm,
    part_growth,
    part_import,
    part_invoices,
    part_matching,
    part_night,
    part_office,
    part_parser,
    part_send,
    part_soda,
    part_worker,
)
from .measure import machine

# Each part is a function that yields its tables as they are ready; a new one goes here.
PARTS = {
    "parser": part_parser.run,
    "import": part_import.run,
    "growth": part_growth.run,
    "soda": part_soda.run,
    "invoices": part_invoices.run,
    "matching": part_matching.run,
    "send": part_send.run,
    "night": part_night.run,
    "worker": part_worker.run,
    "office": part_office.run,
    "confirm": part_confirm.run,
}


def main(names: list[str]) -> None:
    """Run these parts, all of them when none is named."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise SystemExit(f"no such part: {' '.join(unknown)}; there are: {' '.join(PARTS)}")
    print(f"{machine()}\n", flush=True)
    for name in names or PARTS:
        for found in PARTS[name]():
            print(found, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
