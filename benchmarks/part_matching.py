"""Part "matching": what 1,000 receipts cost to find, and how much of a month finishes itself."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median
from typing import Any

from . import peers
from .matching_files import CLIENTS, Receipts
from .measure import table, verdict
from .odoo_process import OdooProcess

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
LINES, INVOICES = 1_000, 5_000
LIMIT = 0.1
STEPS = {
    "booking": "booking them (the file uploaded)",
    "finding": "finding what they pay",
    "probable": "what they probably pay, for the list",
    "paying": "finding and paying all exact ones",
}


def run() -> Iterator[str]:
    """Yield both tables."""
    with OdooProcess("ours", "account_codabox", worker="benchmarks.matching_worker") as process:
        yield _month(process)
        yield _cost(process)


def _cost(process: OdooProcess) -> str:
    file = peers.home() / "matching.cod"
    writer = Receipts()
    file.write_bytes(writer.file(1, LINES))
    process.ask(do="fill", accounts=writer.accounts(), invoices=INVOICES)
    process.ask(do="match", file=str(file))  # warms up
    rounds = [process.ask(do="match", file=str(file)) for _ in range(ROUNDS)]
    last = rounds[-1]
    if last["lines"] != LINES:
        raise SystemExit(f"{last['lines']} lines instead of {LINES}")
    ratios = {
        step: median(r["seconds"][step] / r["seconds"]["booking"] for r in rounds) for step in STEPS
    }
    rows = [
        [words, f"{median(r['seconds'][step] for r in rounds):.2f}", f"{ratios[step]:.3f}"]
        for step, words in STEPS.items()
    ]
    title = f"{LINES:,} bank lines, {INVOICES:,} open invoices"
    return table(title, ["step", "s", "times booking"], rows) + (
        f"\n{last['exact']} lines exact, {last['paid']} paid, {last['likely']} probable, "
        f"{last['queries']} queries to find them."
        f"\nFinding at most a tenth of booking: {verdict(ratios['finding'], LIMIT)} "
        f"({ratios['finding']:.3f}).\n"
    )


def _month(process: OdooProcess) -> str:
    found = process.ask(do="month", day=str(datetime.now(tz=UTC).date()), clients=len(CLIENTS))[
        "clients"
    ]
    names = [client.name for client, _account, _make in CLIENTS]
    rows = [_row(name, [one]) for name, one in zip(names, found, strict=True)]
    rows.append(_row("all", found))
    left = Counter(code for one in found for code in one["left"])
    words = ", ".join(f"{count} of operation {code}" for code, count in sorted(left.items()))
    head = ["client", "lines", "done without a hand", "with rules", "rules"]
    return table("A month of the demo's clients", head, rows) + f"\nLeft for a person: {words}.\n"


def _row(name: str, found: list[dict[str, Any]]) -> list[str]:
    lines, before, after, rules = (
        sum(one[key] for one in found) for key in ("lines", "before", "after", "rules")
    )
    return [name, str(lines), f"{before / lines:.0%}", f"{after / lines:.0%}", str(rules)]
