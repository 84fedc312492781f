"""The stage of the kill test: who works, and what is compared with what."""

import functools
import os
import random
import time
from collections.abc import Callable

from odoo import sql_db

from odoo.addons.account_codabox.codabox import Channel, const

from kill_test.books import check_halfway, differences, read
from kill_test.process import Child, Diary, Outcome, Steps
from kill_test.witness import WatchedSandbox, Witness
from kill_test.world import Client, Office, World

TURNS = 50
FREE_AT_ONCE = 5.0  # seconds; a busy machine needs some milliseconds, a lost host minutes


class Stage:
    """The world, the processes in it, and what is compared with what."""

    def __init__(self, registry, report, part: int, parts: int) -> None:
        self.registry = registry
        self.report = report
        self.db = registry.db_name
        # Waiting between repetitions is not what is tested here; all children inherit this.
        const.BACKOFF_BASE = 0.0
        self.random = random.Random(2026 + part)
        self._part, self._parts = part, parts
        self.slowest_release = 0.0
        self.killed = self.to_kill = 0
        self.reference: dict = {}
        self.late_reference: dict = {}
        self.steps: list[str] = []
        self.seconds = 0.0

    def __enter__(self) -> "Stage":
        self.witness = Witness(self.db)
        self.sandbox = WatchedSandbox(self.witness)
        self.sandbox.start()
        self.world = World(self.registry, self.sandbox)
        return self

    def __exit__(self, *error: object) -> None:
        sql_db.close_all()
        self.sandbox.stop()

    def share(self, count: int) -> list[int]:
        """Return which of the cases 1 to ``count`` are ours."""
        return [number for number in range(1, count + 1) if number % self._parts == self._part]

    # --- Doing ---------------------------------------------------------------------

    def make_due(self, office: Office) -> None:
        """Let the night come for one office."""
        self.witness.ask(
            "UPDATE codabox_connection SET next_fetch = NULL, fetch_automatically = TRUE,"
            " state = 'connected' WHERE id = %s",
            office.connection_id,
        )
        self.call_worker()

    def call_worker(self) -> None:
        """Let the scheduled actions be ready."""
        self.witness.ask(
            "UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 minute'"
            " WHERE id = ANY(%s)",
            self.world.cron_ids,
        )

    def night(self, strike_at: int | None = None, strike: Callable | None = None) -> Outcome:
        """Let a cron worker of its own process do what is ready.

        :param strike_at: the step at which it is killed.
        :param strike: what is done at that step instead.
        """
        return Child(functools.partial(self._work, strike_at, strike)).wait()

    def _work(self, strike_at: int | None, strike: Callable | None, diary: Diary) -> None:
        Steps(diary, strike_at, strike=strike).watch(self.registry)
        queries = sql_db.sql_counter
        self.be_worker()
        diary.write("fact", ["queries", sql_db.sql_counter - queries])

    def be_worker(self) -> None:
        """Do what is ready as Odoo's cron worker does: again at once while the job asks for it."""
        for _turn in range(TURNS):
            self.registry["ir.cron"]._process_jobs(self.db)
            cursor = sql_db.db_connect(self.db).cursor()
            try:
                if not self.registry["ir.cron"]._get_all_ready_jobs(cursor):
                    return
            finally:
                cursor.close()

    def released(self) -> list[str]:
        """Wait until PostgreSQL has noticed that a worker is dead."""
        start = time.monotonic()
        while self.witness.others():
            if time.monotonic() - start > FREE_AT_ONCE:
                return [f"its locks are still held after {FREE_AT_ONCE} s"]
            time.sleep(0.002)
        self.slowest_release = max(self.slowest_release, time.monotonic() - start)
        return []

    def is_distinct(self, steps: list[str], number: int) -> bool:
        """Return whether a kill at a step leaves something else behind than one a step earlier.

        Between "after" one thing and "before" the next nothing is committed, sent or written to
        disk, so one kill stands for both. ALL=1 kills at each.
        """
        before, step = ["start", *steps][number - 1 : number + 1]
        adjacent = before.startswith("after") and step.startswith("before")
        return not adjacent or bool(os.environ.get("ALL"))

    def compare(self, client: Client, reference: dict | None = None) -> list[str]:
        """Say where the end of a client is not that of the reference."""
        found = list(differences(reference or self.reference, read(self.world, client)))
        sql_db.close_all()
        return found + self.puts_in_order(client)

    def halfway(self, client: Client) -> list[str]:
        """Say what is wrong between two runs."""
        found = list(check_halfway(self.reference, read(self.world, client)))
        sql_db.close_all()
        return found

    def puts_in_order(self, client: Client) -> list[str]:
        """Say where the confirmations in the log are not each entry in order."""
        problems = []
        for channel, name in ((Channel.FEED, "/feed"), (Channel.REDELIVERY, "/redownload-feed")):
            puts = [
                entry.feed_offset
                for entry in self.sandbox.log
                if entry.method == "PUT" and entry.path.endswith(f"{name}/{client.feed_id}/")
            ]
            # The same entry again, after a lost answer or a kill, is no new step.
            once = [put for put, before in zip(puts, [None, *puts], strict=False) if put != before]
            if once != client.entries[channel]:
                problems.append(f"PUT of {channel.value}: {once}, not {client.entries[channel]}")
        return problems
