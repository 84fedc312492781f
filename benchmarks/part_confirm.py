"""Part "confirm": how long an administrator waits for the companies of a large office."""

from __future__ import annotations

import os
from collections.abc import Iterator

from .measure import table, verdict
from .odoo_process import OdooProcess

CLIENTS = int(os.environ.get("BENCH_CLIENTS", "1000").split()[-1])
LIMIT = 60.0


def run() -> Iterator[str]:
    """Yield the table of the presses that it takes."""
    rows, presses = [], []
    with OdooProcess("ours", "account_codabox", worker="benchmarks.confirm_worker") as process:
        process.ask(fill=CLIENTS)
        while not presses or presses[-1]["left"]:
            presses.append(process.ask(confirm=True))
            rows.append(
                [
                    str(len(presses)),
                    f"{presses[-1]['done']:,}",
                    f"{presses[-1]['seconds']:.1f}",
                    f"{presses[-1]['clock']:.1f}",
                    f"{presses[-1]['queries']:,}",
                    f"{presses[-1]['left']:,}",
                ]
            )
    total = sum(press["clock"] for press in presses)
    head = ["press", "confirmed", "s", "by the clock", "queries", "left"]
    yield table(f"An office of {CLIENTS:,} clients is confirmed", head, rows) + (
        f"\nAll at most {LIMIT:.0f} s (one request, before): {verdict(total, LIMIT)} ({total:.1f}).\n"
    )
