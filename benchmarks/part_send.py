"""Part "send": what sending an invoice costs beside what Odoo needs for its XML and PDF."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from statistics import median

from .measure import interleaved, ratio, table, verdict
from .odoo_process import OdooProcess

ROUNDS = 5
INVOICES = 5
OF_ODOO = 1.2

NAMES = {
    "odoo": "Odoo, XML and PDF",
    "ours": "account_codabox, XML and PDF made, checked and sent",
}


def run() -> Iterator[str]:
    """Yield the table."""
    with OdooProcess("send", "account_codabox", worker="benchmarks.send_worker") as process:

        def once(how: str) -> float:
            found = process.ask(how=how, count=INVOICES)
            if found["done"] != INVOICES:
                raise SystemExit(f"{how} did {found['done']} invoices instead of {INVOICES}")
            return float(found["seconds"])

        for how in NAMES:
            once(how)
        seconds = interleaved(ROUNDS, {how: partial(once, how) for how in NAMES})
    found = ratio(seconds, "ours", "odoo")
    rows = [
        [
            name,
            f"{median(seconds[how]) / INVOICES * 1000:.0f}",
            f"{ratio(seconds, how, 'odoo'):.2f}",
        ]
        for how, name in NAMES.items()
    ]
    title = f"Sending an invoice of 5 lines, {INVOICES} a round"
    yield table(title, ["who", "ms/invoice by the clock", "times Odoo"], rows) + (
        f"\nAt most {OF_ODOO} times Odoo's own: {verdict(found, OF_ODOO)} ({found:.2f}).\n"
    )
