"""Part "invoices": mixed UBL in one nightly run, against Odoo's own decoder on the same files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from codabox.sandbox import Sandbox, pdf

from . import peers
from .invoice_files import NUMBER, Invoices
from .measure import interleaved, ratio, table, verdict
from .night import start
from .odoo_process import OdooProcess

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
# Fewer while the machine is busy: BENCH_INVOICES=50.
FILES, WARM_UP = int(os.environ.get("BENCH_INVOICES", "1000")), 10
LIMIT = 0.75

NAMES = {
    "floor": "Odoo's own decoder, file by file",
    "ours": "account_codabox, booking",
    "whole": "account_codabox, the whole nightly run",
}
WORKER = "benchmarks.invoice_worker"


def run() -> Iterator[str]:
    """Yield the table."""
    feed = Feed()
    with ExitStack() as stack:
        processes, setup = start(stack, feed.sandbox, feed.pod_id, WORKER)
        yield _compare(feed, processes, setup)


def _compare(feed: Feed, processes: Mapping[str, OdooProcess], setup: Mapping[str, object]) -> str:
    whole: list[float] = []
    read: dict[str, int] = {}

    def once(who: str, files: int = FILES) -> float:
        if who == "ours":
            feed.deliver(files)
            found = processes[who].ask(**setup)
            whole.append(found["whole"])
            if found["entries"] != files:
                raise SystemExit(f"{found['entries']} booked of {files} files: {found['states']}")
        else:
            found = processes[who].ask(folder=str(feed.folder))
        read[who] = found["entries"]
        return float(found["seconds"])

    for who in ("ours", "floor"):
        once(who, WARM_UP)
    whole.clear()
    seconds = interleaved(ROUNDS, {who: partial(once, who) for who in ("ours", "floor")})
    seconds["whole"] = whole
    rows = [
        [
            name,
            f"{median(seconds[who]):.2f}",
            f"{median(seconds[who]) / FILES * 1000:.0f}",
            f"{ratio(seconds, who, 'floor'):.2f}",
        ]
        for who, name in NAMES.items()
    ]
    found = ratio(seconds, "ours", "floor")
    return (
        table(f"Invoices, {FILES} mixed files", ["who", "s", "ms/file", "times the decoder"], rows)
        + f"\nOdoo alone made {read['floor']} invoices with lines of {FILES}, we all of them. "
        f"At most {LIMIT} times the decoder: {verdict(found, LIMIT)} ({found:.2f}).\n"
    )


class Feed:
    """A client at the sandbox that gets and makes invoices."""

    def __init__(self) -> None:
        self.sandbox = Sandbox("empty")
        office = next(iter(self.sandbox.fiduciaries))
        formats = {"purchase_invoice": ["xml", "pdf"], "sales_invoice": ["xml", "pdf"]}
        self.pod_id = self.sandbox.add_pod(fiduciary_ids=[office], allowed_formats=formats)
        self.feed_id = self.sandbox.add_client(
            "BENCH", "Bench", enterprise_num=f"BE{NUMBER}", pod_id=self.pod_id
        )
        self.invoices = Invoices()
        self.folder: Path = peers.home() / "invoices"

    def deliver(self, files: int) -> None:
        """Put the next files in the feed, and the same ones in the folder for Odoo alone."""
        self.folder.mkdir(exist_ok=True)
        for path in self.folder.iterdir():
            path.unlink()
        for place, (kind, content) in enumerate(self.invoices.take(files)):
            (self.folder / f"{place:05}-{kind}.xml").write_bytes(content)
            printed = pdf([f"Invoice {place}"])
            self.sandbox.add_document(self.feed_id, kind, {"xml": content, "pdf": printed})
