"""Part "soda": payroll files in one nightly run, against Odoo's own method for the same entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from functools import partial
from statistics import median

from codabox.sandbox import Sandbox, pdf
from codabox.soda import write_soda
from codabox.soda.builders import credit, debit, entry, soda

from . import peers
from .measure import interleaved, ratio, table, verdict
from .night import start
from .odoo_process import OdooProcess

ROUNDS = 3
FILES, WARM_UP = 500, 20
# The months of a secretariat; so many files need several of them.
SECRETARIATS = 10
LIMIT = 1.1

NAMES = {
    "floor": "`account.move.create`",
    "ours": "account_codabox, a nightly run",
}
WORKER = "benchmarks.soda_worker"
NUMBER = "BE0477472701"
DEBITS = ("620200", "620300", "621000", "623000", "623700")
CREDITS = ("453000", "454000", "455000", "456000", "459000")
# Each line is an item of its own: 10 codes, each in this and in three earlier payroll months.
MONTHS_PER_CODE = 4


def run() -> Iterator[str]:
    """Yield the table."""
    feed = Feed()
    with ExitStack() as stack:
        processes, setup = start(stack, feed.sandbox, feed.pod_id, WORKER)
        setup["codes"] = [*DEBITS, *CREDITS]
        yield _compare(feed, processes, setup)


def _compare(feed: Feed, processes: Mapping[str, OdooProcess], setup: Mapping[str, object]) -> str:
    values = peers.home() / "soda.json"
    clock: dict[str, list[float]] = {who: [] for who in processes}
    booked: dict[str, object] = {}

    def once(who: str, files: int = FILES) -> float:
        if who == "ours":
            feed.deliver(files)
            found = processes[who].ask(**setup, write_values=str(values))
        else:
            found = processes[who].ask(values=str(values))
        booked[who] = found["entries"], found["lines"], found["balance"]
        if found["entries"] != files or booked["ours"] != booked[who]:
            raise SystemExit(f"{who} booked {booked[who]}, we {booked['ours']}, of {files} files")
        clock[who].append(found["clock"])
        return float(found["seconds"])

    # The first round of each warms it up. Ours comes first: it says what the floor creates.
    for who in ("ours", "floor"):
        once(who, WARM_UP)
    for times in clock.values():
        times.clear()
    seconds = interleaved(ROUNDS, {who: partial(once, who) for who in ("ours", "floor")})
    rows = [
        [
            name,
            f"{median(seconds[who]):.2f}",
            f"{median(seconds[who]) / FILES * 1000:.0f}",
            f"{ratio(seconds, who, 'floor'):.2f}",
            f"{median(clock[who]):.2f}",
            f"{ratio(clock, who, 'floor'):.2f}",
        ]
        for who, name in NAMES.items()
    ]
    found = ratio(seconds, "ours", "floor")
    return (
        table(
            f"Payroll, {FILES} files of {len([*DEBITS, *CREDITS]) * MONTHS_PER_CODE} lines",
            ["who", "s", "ms/file", "times the floor", "s by the clock", "times the floor"],
            rows,
        )
        + f"\nAt most {LIMIT} times the floor: {verdict(found, LIMIT)} ({found:.2f}).\n"
    )


class Feed:
    """A client at the sandbox whose secretariats deliver a month after the other."""

    def __init__(self) -> None:
        self.sandbox = Sandbox("empty")
        office = next(iter(self.sandbox.fiduciaries))
        self.pod_id = self.sandbox.add_pod(
            fiduciary_ids=[office], allowed_formats={"soda": ["xml", "pdf"]}
        )
        self.feed_id = self.sandbox.add_client(
            "BENCH", "Bench", enterprise_num=NUMBER, pod_id=self.pod_id
        )
        self._count = 0

    def deliver(self, files: int) -> None:
        """Put the next files in the feed."""
        for _file in range(files):
            month, secretariat = divmod(self._count, SECRETARIATS)
            self._count += 1
            content = {
                "xml": write_soda(_month(month, f"SOC{secretariat}", self._count)),
                "pdf": pdf([f"Payroll {self._count}"]),
            }
            self.sandbox.add_document(self.feed_id, "soda", content)


def _month(number: int, source: str, sequence: int) -> object:
    """Return a payroll of 40 lines that balances."""
    period = _period(number)
    lines = []
    for place in range(MONTHS_PER_CODE):
        concerned = _period(number - place)
        amounts = [Decimal(1000 + 37 * n + sequence % 100 + place) for n in range(len(DEBITS))]
        for make, codes in ((debit, DEBITS), (credit, CREDITS)):
            lines += [
                make(code, str(amount), f"Label {code}", period=concerned)
                for code, amount in zip(codes, amounts, strict=True)
            ]
    return soda(
        entry(
            period, *lines, sequence=str(sequence), enterprise=NUMBER, generated=date(2026, 1, 31)
        ),
        source=source,
    )


def _period(number: int) -> str:
    return f"{2000 + number // 12}{number % 12 + 1:02}"
