"""Part "night": what a client and a document cost in a small and a large office, and copies of the action."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from statistics import median

from codabox.sandbox import Sandbox

from .measure import interleaved, ratio, table, verdict
from .night_offices import Office, add_office
from .odoo_process import OdooProcess

ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 3)
SMALL, LARGE = map(int, os.environ.get("BENCH_CLIENTS", "30 300").split())
QUIET = int(os.environ.get("BENCH_QUIET") or 1_000)
ACTIONS = (1, 2, 4)
WORKER = "benchmarks.night_worker"
LATENCY = 0.05  # seconds a call
# Nights of the small office beside each of the large one, which say what the machine did then.
BESIDE = 3
GROWTH = 1.15
# A night of 1,000 quiet clients was 200 s at this latency.
QUIET_SECONDS = 0.2 * 2 / 3


def run() -> Iterator[str]:
    """Yield the tables."""
    with ExitStack() as stack:
        night = Night(stack)
        yield night.growth("A quiet night, for each client", documents=False)
        yield night.growth(
            "A night with a statement for each client, for each of them", documents=True
        )
        night.slow_down()
        yield night.side_by_side()
        yield night.quiet()


class Night:
    """The sandbox, the offices, and the cron workers."""

    def __init__(self, stack: ExitStack) -> None:
        self.sandbox = stack.enter_context(Sandbox("empty"))
        first = OdooProcess("ours", "account_codabox", worker=WORKER)
        more = (
            OdooProcess("ours", worker=WORKER, database=first.database)
            for _number in range(max(ACTIONS) - 1)
        )
        self.workers = [stack.enter_context(worker) for worker in (first, *more)]
        self.offices = {
            number: add_office(self.sandbox, number, clients)
            for number, clients in enumerate((SMALL, LARGE), 1)
        }
        for office in self.offices.values():
            self._connect(office, journals=True)

    def _connect(self, office: Office, *, journals: bool) -> None:
        accounts = {str(feed): account for feed, account in office.accounts.items()}
        self.workers[0].ask(
            do="connect", **office.setup(self.sandbox), accounts=accounts if journals else {}
        )

    def slow_down(self) -> None:
        """Let each call take its time from here on."""
        self.sandbox.fail("slow", times=None, seconds=LATENCY)

    def pass_night(self, office: Office, actions: int = 1, *, documents: bool) -> dict[str, float]:
        """Let a night come, with so many scheduled actions, each in a worker of its own.

        :return: ``seconds`` of processor time and ``clock``.
        """
        if documents:
            office.deliver(self.sandbox)
        first = self.workers[0]
        first.ask(do="actions", number=actions)
        first.ask(do="begin", office=office.name)
        with ThreadPoolExecutor(actions) as pool:
            found = list(pool.map(lambda w: w.ask(do="work"), self.workers[:actions]))
        self._check(office)
        return {name: max(float(one[name]) for one in found) for name in ("seconds", "clock")}

    def _check(self, office: Office) -> None:
        """Stop when anything is lost or doubled."""
        wanted = office.delivered * len(office.accounts)
        found = self.workers[0].ask(do="count", office=office.name)
        puts = len([e for e in self.sandbox.log if e.method == "PUT"])
        self.sandbox.clear_log()
        if found != {"documents": wanted, "lines": wanted, "wrong": []}:
            raise SystemExit(f"{office.name}: {found} instead of {wanted}")
        if puts not in (0, len(office.accounts)):
            raise SystemExit(f"{office.name}: {puts} confirmations")

    def growth(self, title: str, *, documents: bool) -> str:
        """Return the table of the small office beside the large one."""
        small, large = self.offices.values()

        def once(office: Office) -> float:
            found = self.pass_night(office, documents=documents)
            return found["seconds"] / len(office.accounts)

        once(small)
        runs = {
            "before": lambda: median(once(small) for _ in range(BESIDE)),
            "large": lambda: once(large),
            "after": lambda: median(once(small) for _ in range(BESIDE)),
        }
        seconds = interleaved(ROUNDS, runs)
        beside = [(a + b) / 2 for a, b in zip(seconds["before"], seconds["after"], strict=True)]
        found = median(one / other for one, other in zip(seconds["large"], beside, strict=True))
        rows = [
            [f"{len(small.accounts)}", f"{median(beside) * 1000:.1f}", "1.00"],
            [f"{len(large.accounts)}", f"{median(seconds['large']) * 1000:.1f}", f"{found:.2f}"],
        ]
        return table(title, ["clients", "ms", "times"], rows) + (
            f"\nAt most {GROWTH}: {verdict(found, GROWTH)} ({found:.2f}).\n"
        )

    def side_by_side(self) -> str:
        """Return the table of one, two and four scheduled actions."""
        office = self.offices[1]

        def once(actions: int) -> float:
            return self.pass_night(office, actions, documents=True)["clock"]

        once(max(ACTIONS))  # each worker is warm
        seconds = interleaved(ROUNDS, {str(number): partial(once, number) for number in ACTIONS})
        rows = [
            [str(n), f"{median(seconds[str(n)]):.2f}", f"{ratio(seconds, '1', str(n)):.2f}"]
            for n in ACTIONS
        ]
        head = ["actions", "s by the clock", "times as fast as one"]
        title = f"{len(office.accounts)} clients with a statement, {LATENCY * 1000:.0f} ms a call"
        return table(title, head, rows) + "\nNothing was lost, doubled or confirmed twice.\n"

    def quiet(self) -> str:
        """Return what a quiet night of a very large office takes by the clock."""
        office = add_office(self.sandbox, 3, QUIET)
        self._connect(office, journals=False)
        rows = []
        for actions in ACTIONS:
            found = self.pass_night(office, actions, documents=False)["clock"]
            rows.append([str(actions), f"{found:.1f}", f"{found / QUIET * 1000:.0f}"])
        found = float(rows[0][1]) / QUIET
        title = f"A quiet night of {QUIET:,} clients, {LATENCY * 1000:.0f} ms a call"
        return table(title, ["actions", "s by the clock", "ms/client"], rows) + (
            f"\nAt most {QUIET_SECONDS * 1000:.0f} ms a client with one action: "
            f"{verdict(found, QUIET_SECONDS)} ({found * 1000:.0f}).\n"
        )
