"""The scenarios of the kill test; main.py says what they prove together."""

import copy
import functools
import gc
import os
import time

from odoo import sql_db

from odoo.addons.account_codabox.codabox import const

from kill_test.books import check_reference, read
from kill_test.process import Child
from kill_test.stage import Stage
from kill_test.world import Client, Office

FEWEST_STEPS = 60
RANDOM_KILLS = 12
GIVES_UP = const.RETRIES + 1  # as many failures in a row end a run


class Scenarios(Stage):
    """One worker that is killed or gets bad answers, and the run after it."""

    def unharmed(self) -> None:
        """Make the references and find the steps."""
        warm, office = self.world.make_offices(1, 1)
        self.make_due(warm)
        self.be_worker()  # fills the caches that the children inherit
        gc.freeze()
        (client,) = office.clients
        self.make_due(office)
        self.sandbox.count_calls()
        start = time.monotonic()
        outcome = self.night()
        self.seconds = time.monotonic() - start
        self.steps, self.calls = outcome.steps, self.sandbox.arrived
        self.reference = read(self.world, client)
        problems = outcome.problems() + list(check_reference(self.reference))
        problems += self.puts_in_order(client)
        if len(self.steps) < FEWEST_STEPS:
            problems.append(f"only {len(self.steps)} steps")
        problems += self._late(office)
        self.report.check("reference", "a run that nobody kills", problems)
        self.report.note(
            f"{len(self.reference['documents'])} documents: {len(self.steps)} steps,"
            f" {self.calls} calls, {self.steps.count('after commit')} commits,"
            f" {outcome.facts.get('queries')} queries, {self.seconds:.2f} s"
        )

    def _late(self, office: Office) -> list[str]:
        """Make the reference of a client with one more document."""
        (client,) = office.clients
        self.world.deliver_late(client)
        self.make_due(office)
        problems = self.night().problems()
        self.late_reference = read(self.world, client)
        found = {place: d["state"] for place, d in self.late_reference["documents"].items()}
        if found.get("feed 5") != "imported" or len(found) != len(self.reference["documents"]) + 1:
            problems.append(f"after a late document: {found}")
        return problems

    def killed_at_each_step(self) -> None:
        """Kill at each step, every time in a world of its own, and run again."""
        chosen = [
            number
            for number in range(1, len(self.steps) + 1)
            if self.is_distinct(self.steps, number)
        ]
        ours = [chosen[case - 1] for case in self.share(len(chosen))]
        offices = self.world.make_offices(*[1] * len(ours))
        for number, office in zip(ours, offices, strict=True):
            self.make_due(office)
            outcome = self.night(number)
            problems = list(outcome.complaints)
            if not outcome.was_killed:
                problems.append(f"was not killed but ended with {outcome.code}")
            if outcome.steps != self.steps[:number]:
                problems.append(f"other steps than the reference: {outcome.steps[-3:]}")
            self.killed += outcome.was_killed
            problems += self.recover(office)
            before, name = ["start", *self.steps][number - 1 : number + 1]
            self.report.check(name, f"killed at step {number}: {name} (after {before})", problems)
        self.to_kill = len(chosen)
        self.report.note(f"killed at {len(chosen)} of {len(self.steps)} steps")
        self.report.note(f"locks of the killed free after {self.slowest_release:.3f} s at most")

    def recover(self, office: Office) -> list[str]:
        """Look at what a killed run left, run again, and compare."""
        (client,) = office.clients
        problems = self.released()
        problems += self.halfway(client)
        problems += self.night().problems()
        return problems + self.compare(client)

    def killed_at_any_moment(self) -> None:
        """Kill from outside, at moments that have nothing to do with our steps."""
        died = 0
        for office in self.world.make_offices(*[1] * len(self.share(RANDOM_KILLS))):
            self.make_due(office)
            child = Child(functools.partial(self._work, None, None))
            moment = self.random.uniform(0.02, self.seconds)
            time.sleep(moment)
            child.kill()
            outcome = child.wait()
            died += outcome.was_killed
            problems = list(outcome.complaints) + self.recover(office)
            self.report.check(
                "any moment", f"killed after {moment:.3f} s, at {outcome.steps[-1:]}", problems
            )
        problems = [] if died > RANDOM_KILLS / 4 else [f"only {died} were killed in time"]
        self.report.check("any moment", "enough of them died", problems)

    def error_at_each_call(self) -> None:
        """Let each kind of HTTP call fail for good in one run, and run again the next night.

        The last call of its kind fails, when most can be lost; with ALL=1 each call in turn.
        """
        names = [step for step in self.steps if step.startswith(("before GET", "before PUT"))]
        chosen = sorted({name: number for number, name in enumerate(names, start=1)}.values())
        if os.environ.get("ALL"):
            chosen = list(range(1, len(names) + 1))
        for case in self.share(len(chosen)):
            (office,) = self.world.make_offices(1)
            number = chosen[case - 1]
            self.sandbox.fail_call(number, GIVES_UP)
            problems = self._night_with_errors(office)
            name = names[number - 1].removeprefix("before ")
            self.report.check("500 at a call", f"500 at call {number}, {name}", problems)

    def lost_answers(self) -> None:
        """Lose the answer of a PUT, or refuse it, once and until the run gives up."""
        cases = [
            (kind, n) for kind in ("drop_after", "drop", "server_error") for n in (1, GIVES_UP)
        ]
        for number in self.share(len(cases)):
            kind, times = cases[number - 1]
            (office,) = self.world.make_offices(1)
            self.sandbox.fail(kind, method="PUT", times=times)
            problems = self._night_with_errors(office)
            self.report.check("PUT spoilt", f"PUT: {kind}, {times} times", problems)

    def _night_with_errors(self, office: Office) -> list[str]:
        (client,) = office.clients
        self.make_due(office)
        problems = self.night().problems()
        if self.sandbox.armed():
            problems.append("the fault did not strike")
            self.sandbox.clear_faults()
        problems += self.halfway(client)
        reference = self._told_of_missing_files(client)
        self.make_due(office)
        problems += self.night().problems()
        return problems + self.compare(client, reference)

    def _told_of_missing_files(self, client: Client) -> dict:
        """Return the reference for a client whose documents had a file that could not be had.

        That a document failed one night, and why, stays in its history.
        """
        reference = copy.deepcopy(self.reference)
        for place, document in read(self.world, client)["documents"].items():
            if document["reason"][0] == "not_available":
                reference["documents"][place]["messages"] += 1
        sql_db.close_all()
        return reference

    def check_sandbox(self) -> None:
        """Say what the sandbox saw of the offsets, and that it looked at every PUT."""
        puts = sum(entry.method == "PUT" for entry in self.sandbox.log)
        problems = list(self.sandbox.violations)
        if self.sandbox.judged != puts or not puts:
            problems.append(f"{self.sandbox.judged} of {puts} PUT were judged")
        self.report.check("each PUT after its commit", "PUT before the commit", problems)
        self.report.note(f"{puts} PUT judged on arrival")
