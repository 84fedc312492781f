"""Part "worker": a real server whose workers may use 60 s, and one client with 1,000 documents.

The night runs in Odoo's own cron worker (``odoo server --workers``), which a document, a client or
a turn that takes too long would have killed.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from codabox.sandbox import Sandbox

from .measure import table
from .night_offices import add_office
from .odoo_process import OdooProcess

CLIENTS = 25
DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS") or 1_000)
LIMIT = 60  # seconds of processor time, Odoo's default
PAUSE = 5  # seconds between two looks
KILLED = re.compile(r"limit (?:exceeded|reached)|timeout after|timed out|Traceback", re.IGNORECASE)
ODOO = Path(__file__).parent.parent / "dev" / "odoo"


def run() -> Iterator[str]:
    """Yield the table.

    :raise SystemExit: something was killed, lost, doubled or kept waiting.
    """
    with ExitStack() as stack:
        sandbox = stack.enter_context(Sandbox("empty"))
        process = stack.enter_context(
            OdooProcess("ours", "account_codabox", worker="benchmarks.night_worker")
        )
        office = add_office(sandbox, 1, CLIENTS)
        accounts = {str(feed): account for feed, account in office.accounts.items()}
        process.ask(do="connect", **office.setup(sandbox), accounts=accounts)
        office.deliver(sandbox)
        big = next(iter(office.accounts))
        for number in range(1, DOCUMENTS):
            office.deliver_day(sandbox, big, number)
        process.ask(do="begin", office=office.name)
        folder = stack.enter_context(TemporaryDirectory())
        log = _serve(process, list(accounts.values()), Path(folder) / "odoo.log")
        yield _judge(process, office.accounts, big, log, _confirmed(sandbox))


def _serve(process: OdooProcess, accounts: list[str], log: Path) -> str:
    """Let a server run until nothing waits, and return its log."""
    limits = f"--limit-time-cpu={LIMIT} --limit-time-real={2 * LIMIT}"
    options = f"--workers=1 --max-cron-threads=1 --no-http --logfile={log} {limits}"
    with subprocess.Popen([ODOO, "server", "-d", process.database, *options.split()]) as server:
        seen = -1
        while (found := process.ask(do="served", accounts=accounts))["waiting"]:
            lines = sum(journal[2] for journal in found["journals"].values())
            if server.poll() is not None:
                raise SystemExit(f"the server ended:\n{log.read_text()[-2_000:]}")
            if lines != seen:
                print(f"{lines} lines", flush=True)
            seen = lines
            time.sleep(PAUSE)
        server.terminate()
    return log.read_text()


def _confirmed(sandbox: Sandbox) -> int:
    puts = [(entry.path, entry.feed_offset) for entry in sandbox.log if entry.method == "PUT"]
    if len(puts) != len(set(puts)):
        raise SystemExit("a document was confirmed twice")
    return len(puts)


def _judge(
    process: OdooProcess, accounts: dict[int, str], big: int, log: str, confirmed: int
) -> str:
    """Return the table.

    :raise SystemExit: see :func:`run`.
    """
    wanted = DOCUMENTS + len(accounts) - 1
    found = process.ask(do="count", office="Office 1")
    if found != {"documents": wanted, "lines": wanted, "wrong": []} or confirmed != wanted:
        raise SystemExit(f"{found}, {confirmed} confirmed, instead of {wanted}")
    killed = sorted({line for line in log.splitlines() if KILLED.search(line)})
    if killed:
        raise SystemExit("\n".join(["the server says:", *killed]))
    journals = process.ask(do="served", accounts=list(accounts.values()))["journals"]
    first, last, _lines = journals.pop(accounts[big])
    begin = min(first, *(journal[0] for journal in journals.values()))
    others = max(journal[1] for journal in journals.values())
    if not first < others < last:
        raise SystemExit(f"first {first}, the others {others}, last {last}: somebody waited")
    rows = [
        [f"the first of {DOCUMENTS:,} documents is booked", f"{first - begin:.0f}"],
        [f"the last of {len(journals)} other clients is booked", f"{others - begin:.0f}"],
        [f"the last of {DOCUMENTS:,} documents is booked", f"{last - begin:.0f}"],
    ]
    return table(f"A server with workers limited to {LIMIT} s", ["what", "s"], rows) + (
        "\nNo worker was killed; nothing was lost, doubled or confirmed twice.\n"
    )
