"""Part "growth": what a line costs us in a large statement, against a small one."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from . import peers
from .coda_files import Writer
from .measure import interleaved, table, verdict
from .odoo_process import OdooProcess

ROUNDS = 3
SMALL, LARGE = 500, 10_000
LIMIT = 1.15


def run() -> Iterator[str]:
    """Yield the table of growth."""
    with OdooProcess("ours", "account_codabox") as process:

        def once(movements: int) -> float:
            file = peers.home() / f"growth-{movements}.cod"
            file.write_bytes(Writer().file(1, movements))
            found = process.ask(file=str(file))
            if found["lines"] != movements:
                raise SystemExit(f"{found['lines']} lines instead of {movements}")
            return float(found["seconds"]) / movements

        once(SMALL)
        # The small one is over soon: several beside each large one say what the machine did then.
        runs = {
            "before": lambda: median(once(SMALL) for _ in range(3)),
            "large": lambda: once(LARGE),
            "after": lambda: median(once(SMALL) for _ in range(3)),
        }
        seconds = interleaved(ROUNDS, runs)
    small = [(one + two) / 2 for one, two in zip(seconds["before"], seconds["after"], strict=True)]
    growth = median(large / beside for large, beside in zip(seconds["large"], small, strict=True))
    rows = [
        [f"{SMALL:,}", f"{median(small) * 1000:.2f}", "1.00"],
        [f"{LARGE:,}", f"{median(seconds['large']) * 1000:.2f}", f"{growth:.2f}"],
    ]
    yield table("Growth, one statement", ["lines", "ms/line", "times"], rows) + (
        f"\nAt most {LIMIT}: {verdict(growth, LIMIT)} ({growth:.2f}).\n"
    )
