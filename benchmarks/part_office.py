"""Part "office": how long the Overview and Periods take to open, by the number of clients."""

from __future__ import annotations

import os
from collections.abc import Iterator
from statistics import median

from .measure import table, verdict
from .odoo_process import OdooProcess

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
CLIENTS = tuple(map(int, os.environ.get("BENCH_CLIENTS", "100 300 1000").split()))
LIMIT = 1.0


def run() -> Iterator[str]:
    """Yield the table of the Overview and of Periods."""
    rows, seconds = [], 0.0
    with OdooProcess("ours", "account_codabox", worker="benchmarks.office_worker") as process:
        for clients in CLIENTS:
            process.ask(fill=clients)
            process.ask(open=True)  # the first one finds nothing in memory
            found = [process.ask(open=True) for _ in range(ROUNDS)]
            cells = [f"{clients:,}"]
            for part in ("list", "header", "periods"):
                seconds = median(answer[part]["seconds"] for answer in found)
                clock = median(answer[part]["clock"] for answer in found)
                cells += [f"{seconds:.2f}", f"{clock:.2f}", str(found[0][part]["queries"])]
                if part == "list":
                    opened = seconds
            rows.append(cells)
    head = ["clients × 5 kinds", "list, s", "by the clock", "queries"]
    head += ["header, s", "by the clock", "queries"]
    head += ["Periods, s", "by the clock", "queries"]
    yield table("The Overview opens", head, rows) + (
        f"\nThe list at most {LIMIT:.0f} s: {verdict(opened, LIMIT)} ({opened:.2f}).\n"
    )
