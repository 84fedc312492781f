"""Part "import": the same movements booked by Odoo's own method, by us and by OCA's importer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from statistics import median

from . import peers
from .coda_files import Writer
from .measure import interleaved, ratio, table, verdict
from .odoo_process import OdooProcess

ROUNDS = 3
# Name, number of statements, movements in each.
CASES = (("1 statement of 1,000", 1, 1000), ("100 statements of 10", 100, 10))
OF_FLOOR = 0.5
OF_OCA = 1 / 3

NAMES = {
    "floor": "`account.bank.statement.line.create`",
    "ours": "account_codabox, a file uploaded",
    "oca": "OCA `account_statement_import_coda`",
}


def run() -> Iterator[str]:
    """Yield a table for each case."""
    addons, pycoda = peers.install_oca(), peers.install(peers.PYCODA)
    with ExitStack() as stack:
        processes = {
            "floor": OdooProcess("floor"),
            "ours": OdooProcess("ours", "account_codabox"),
            "oca": OdooProcess("oca", "account_statement_import_coda", [addons], [pycoda]),
        }
        for process in processes.values():
            stack.enter_context(process)
        for case in CASES:
            yield _run_case(processes, *case)


def _run_case(
    processes: Mapping[str, OdooProcess], title: str, statements: int, movements: int
) -> str:
    file = peers.home() / f"import-{statements}.cod"
    values = peers.home() / f"import-{statements}.json"
    file.write_bytes(Writer().file(statements, movements))
    count = statements * movements

    clock: dict[str, list[float]] = {who: [] for who in processes}

    def once(who: str, **options: str) -> float:
        found = processes[who].ask(file=str(file), values=str(values), **options)
        if found["lines"] != count:
            raise SystemExit(f"{who} booked {found['lines']} lines instead of {count}")
        clock[who].append(found["clock"])
        return float(found["seconds"])

    # The first round of each warms it up; ours says what the floor has to create.
    once("ours", write_values=str(values))
    for who in ("floor", "oca"):
        once(who)
    for times in clock.values():
        times.clear()
    seconds = interleaved(ROUNDS, {who: partial(once, who) for who in processes})
    return _table(title, seconds, clock, count)


def _table(
    title: str,
    seconds: Mapping[str, list[float]],
    clock: Mapping[str, list[float]],
    count: int,
) -> str:
    rows = [
        [
            name,
            f"{median(seconds[who]):.2f}",
            f"{median(seconds[who]) / count * 1000:.1f}",
            f"{ratio(seconds, who, 'floor'):.2f}",
            f"{median(clock[who]):.2f}",
            f"{ratio(clock, who, 'floor'):.2f}",
        ]
        for who, name in NAMES.items()
    ]
    floor, oca = ratio(seconds, "ours", "floor"), ratio(seconds, "ours", "oca")
    return table(
        f"Import into Odoo, {title}",
        ["importer", "s", "ms/line", "times the floor", "s by the clock", "times the floor"],
        rows,
    ) + (
        f"\nAt most half of the floor: {verdict(floor, OF_FLOOR)} ({floor:.2f}). "
        f"At most a third of OCA's time: {verdict(oca, OF_OCA)} ({oca:.2f}).\n"
    )
