"""Two workers with an action each, or a worker and a user, on the same clients at the same moment."""

import functools
import os
import random
import time
from collections.abc import Callable

from odoo import api, sql_db
from odoo.exceptions import UserError
from odoo.service.model import retrying

from odoo.addons.account_codabox.codabox import Channel

from kill_test.process import Child, Diary, Outcome, Steps
from kill_test.stage import Stage
from kill_test.world import Office

CLIENTS = 3
# The second begins when this call of the first arrives: at once, while it fetches the first
# client, and while it fetches or books a later one.
MEETINGS = (0, 8, 40)
# Before the first document, while the first client is fetched, and a later one.
STOPS = (3, 8, 40)
PAUSE = 0.006  # seconds at most after a commit: it is between two steps that the other may come in


class Together:
    """Pairs of processes, and a document that arrives while they work."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.rounds = self.met = 0

    def all_pairs(self) -> None:
        """Let every pair fetch the same clients, beginning at different moments."""
        pairs = {
            "action and its copy": (self._worker, self._worker),
            "worker and button": (self._worker, self._button),
            "button and button": (self._button, self._button),
        }
        self.stage.world.have_actions(2)
        cases = [(title, meeting) for title in pairs for meeting in MEETINGS]
        for number in self.stage.share(len(cases)):
            title, meeting = cases[number - 1]
            (office,) = self.stage.world.make_offices(CLIENTS)
            problems = self._meet(office, pairs[title], meeting)
            self.stage.report.check(title, f"{title}, the second from call {meeting}", problems)
        self.stage.world.have_actions(1)
        for number in self.stage.share(len(STOPS)):
            call = STOPS[number - 1]
            self.stage.report.check("stopped", f"stopped at call {call}", self._stopped_at(call))
        # A second one that comes at once may find everything taken.
        problems = [] if 2 * self.met >= self.rounds else ["they rarely met"]
        name = "both fetched something in half of the rounds"
        self.stage.report.check(name, name, problems)

    def _meet(self, office: Office, pair: tuple[Callable, Callable], meeting: int) -> list[str]:
        stage = self.stage
        stage.make_due(office)
        gates = [os.eventfd(0), os.eventfd(0)]
        children = [
            Child(functools.partial(self._behind_gate, gate, work, office, stage.random.random()))
            for gate, work in zip(gates, pair, strict=True)
        ]
        stage.sandbox.count_calls()
        stage.sandbox.at_call = {
            meeting: lambda: os.eventfd_write(gates[1], 1),
            stage.random.randrange(4, 60): lambda: self._deliver_late(office),
        }
        if not meeting:
            os.eventfd_write(gates[1], 1)
        os.eventfd_write(gates[0], 1)
        first = children[0].wait()
        os.eventfd_write(gates[1], 1)  # when the first ended before that call
        outcomes = [first, children[1].wait()]
        for gate in gates:
            os.close(gate)
        return self._judge(office, outcomes)

    def _judge(self, office: Office, outcomes: list[Outcome]) -> list[str]:
        self.rounds += 1
        self.met += all(any("delivery/feed" in step for step in o.steps) for o in outcomes)
        problems = [problem for outcome in outcomes for problem in outcome.problems()]
        if any(len(client.entries[Channel.FEED]) < 6 for client in office.clients):
            problems.append("the late document did not arrive")
        # What came late, or what each left to the other, comes with the next night.
        return problems + self._next_night(office)

    def _next_night(self, office: Office) -> list[str]:
        """Let another night come; say what is then not as it was when nobody disturbed."""
        stage = self.stage
        stage.make_due(office)
        problems = stage.night().problems()
        for client in office.clients:
            problems += stage.compare(client, stage.late_reference)
        return problems

    def _stopped_at(self, call: int) -> list[str]:
        """Have an accountant press Stop while the worker waits for an answer and holds a client."""
        stage = self.stage
        (office,) = stage.world.make_offices(CLIENTS)
        stage.make_due(office)
        stage.sandbox.count_calls()
        stage.sandbox.at_call = {call: lambda: self._stop(office)}
        problems = stage.night().problems()
        domain = [("connection_id", "=", office.connection_id), ("reason_code", "=", "stopped_by")]
        with stage.world.env() as env:
            if not env["codabox.run"].search_count(domain):
                problems.append("no run says who stopped it")
            if env["codabox.stop"].search_count([]):
                problems.append("the request is left over")
        sql_db.close_all()
        self._deliver_late(office)
        return problems + self._next_night(office)

    def _deliver_late(self, office: Office) -> None:
        for client in office.clients:
            self.stage.world.deliver_late(client)

    def _behind_gate(self, gate: int, work: Callable, office: Office, seed, diary: Diary) -> None:
        chance = random.Random(seed)
        Steps(diary, pause=lambda: time.sleep(chance.uniform(0, PAUSE))).watch(self.stage.registry)
        os.eventfd_read(gate)
        work(office)

    def _worker(self, office: Office) -> None:
        """Be Odoo's cron worker."""
        self.stage.be_worker()

    def _button(self, office: Office) -> None:
        """Be an accountant who presses Fetch."""
        try:
            self._press(office, "action_fetch")
        except UserError as error:
            if "Another run" not in str(error):
                raise

    def _stop(self, office: Office) -> None:
        """Be an accountant who presses Stop, which waits for no lock."""
        self._press(office, "action_stop")
        sql_db.close_all()

    def _press(self, office: Office, method: str) -> None:
        """Press a button of the connection, as a request of the web client does it."""
        with self.stage.registry.cursor() as cr:
            context = {"allowed_company_ids": [self.stage.world.company_id]}
            env = api.Environment(cr, self.stage.world.accountant_id, context)
            connection = env["codabox.connection"].browse(office.connection_id)
            retrying(getattr(connection, method), env)
