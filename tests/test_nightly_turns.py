"""A client with much to do takes several turns, and nobody waits for it."""

import itertools
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import config

from odoo.addons.base.models import ir_cron

from ..models.night import codabox_connection_button as button
from ..models.night.turn import Turn
from .common import OTHER_IBAN, CodaboxCase, credit

MANY = 60


@tagged("-at_install", "post_install")
class TestNightlyTurns(CodaboxCase):
    def setUp(self):
        super().setUp()
        self.sandbox.allow("coda", "cod")
        self.sandbox.allow("news", "pdf")

    def add_many(self, count, feed=None):
        """Deliver so many documents that are kept, and book nothing."""
        return [
            self.sandbox.add_document(feed or self.client, "news", {"pdf": b"%PDF-1.4"})
            for _number in range(count)
        ]

    def states(self, indexes):
        self.env.invalidate_all()
        documents = self.env["codabox.document"].sudo()
        return documents.search([("remote_index", "in", indexes)]).mapped("state")

    def run_jobs(self):
        """Let Odoo run every job that is ready, as its worker does, in one turn each."""
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    @contextmanager
    def no_time(self):
        """Odoo gives no time at all: each of the ten calls of a turn does one unit."""
        with patch.object(ir_cron, "MIN_TIME_PER_JOB", 0):
            yield

    def progress(self):
        return self.env["ir.cron.progress"].sudo().search([("cron_id", "=", self.cron.id)])

    def test_many_documents_of_one_client_keep_nobody_waiting(self):
        self.map_client()
        many = self.add_many(MANY)
        others = [self.sandbox.add_client(f"Z{n}", f"Zulu {n}") for n in range(3)]
        theirs = [self.add_many(1, feed)[0] for feed in others]
        self.connection.next_fetch = False
        with self.no_time():
            self.run_jobs()
            self.assertEqual(len(self.states(theirs)), 3, "served in the first turn")
            self.assertNotIn("received", self.states(theirs))
            came = self.states(many)
            self.assertTrue(0 < len(came) < MANY, came)
            self.assertIn("stored", came, "what came in is decided on in the same turn")
            self.assertTrue(self.feed().fetch_pending)
            self.assertEqual(self.progress()[:1].timed_out_counter, 0)
            turns = 1
            while self.feed().fetch_pending:
                self.assertTrue(self.progress().sorted("id")[-1].remaining, "Odoo is told")
                self.run_jobs()
                turns += 1
                self.assertLess(turns, MANY, "it gets on with each turn")
        self.assertEqual(self.states(many), ["stored"] * MANY)
        self.assertEqual(self.puts().count(many[-1]), 1)
        self.assertEqual(len(self.puts()), MANY + 3, "each is confirmed once")
        run = self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed().id)])
        self.assertEqual((len(run), run.state), (1, "ok"), "one run, however many turns")
        self.assertEqual((run.seen, run.stored, run.kept), (MANY, MANY, MANY))
        self.assertEqual(self.feed().fetch_turns, 0)
        self.assertTrue(self.cron.active)
        self.assertFalse(self.cron.failure_count)

    def test_statements_are_booked_from_the_first_turn_on(self):
        self.map_client()
        for day in range(1, 5):
            self.deliver(self.day(day, credit("10"), opening=str(day * 10 - 10)), files=("cod",))
        self.connection.next_fetch = False
        with self.no_time(), patch.object(ir_cron, "MIN_RUNS_PER_JOB", 2):
            self.run_jobs()
            self.assertEqual(len(self.lines()), 2)
            run = self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed().id)])
            self.assertEqual(run.state, "running")
            self.run_jobs()
            self.assertEqual(len(self.lines()), 4)

    def test_what_codabox_does_not_give_is_asked_once_in_a_run_and_those_behind_it_come_in(self):
        self.map_client()
        lost = [self.sandbox.add_document(self.client, "news", {}) for _number in range(6)]
        good = self.add_many(3)
        self.connection.next_fetch = False
        with self.no_time():
            while not (self.feed().last_fetch and not self.feed().fetch_pending):
                self.run_jobs()
        self.assertEqual(self.states(good), ["stored"] * 3)
        attempts = [self.document(index).file_ids.attempts for index in lost]
        self.assertEqual(attempts, [1] * 6)
        run = self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed().id)])
        self.assertEqual((run.seen, run.stored, len(run)), (9, 3, 1))

    @contextmanager
    def a_second_each_look(self, seconds):
        """Each look at the clock is a second later; a person waits this many."""
        ticks = itertools.count()
        with (
            patch.object(Turn, "clock", lambda *_args: float(next(ticks))),
            patch.object(button, "INTERACTIVE_SECONDS", seconds),
        ):
            yield

    def test_the_button_leaves_what_takes_too_long_to_the_scheduled_action(self):
        self.map_client()
        many = self.add_many(30)
        with self.a_second_each_look(20):
            told = self.press(self.connection, "action_fetch")["params"]
        came = self.states(many)
        self.assertTrue(0 < len(came) < 30, came)
        self.assertIn("stored", came)
        self.assertIn("The rest is fetched in the background.", told["message"])
        self.assertTrue(self.feed().fetch_pending)
        self.run_jobs()
        self.assertEqual(self.states(many), ["stored"] * 30)

    def dies(self):
        """Run the action in a process that dies; Odoo's ``assertRaises`` would take it all back."""
        try:
            self.run_jobs()
        except SystemExit:
            return True
        return False

    def test_a_client_at_which_the_process_dies_goes_behind_the_others(self):
        self.map_client()
        other = self.sandbox.add_client("Z", "Zulu")
        index = self.add_many(1, other)[0]
        self.add_many(1)
        unlucky = self.feed().id
        cls = type(self.feed())
        work = cls._work

        def die(feed, run, turn):
            if feed.id == unlucky:
                feed._begin()  # what is here so far was committed
                raise SystemExit
            return work(feed, run, turn)

        self.connection.next_fetch = False
        with patch.object(cls, "_work", die):
            self.assertTrue(self.dies())
            self.assertFalse(self.document(index))
            self.assertTrue(self.dies())
            self.assertTrue(self.document(index).acknowledged)
        self.run_jobs()
        runs = self.env["codabox.run"].sudo().search([("feed_id", "=", unlucky)])
        self.assertEqual(runs.mapped("state"), ["ok"], "the run that died was gone on with")

    def test_a_run_that_was_left_open_is_closed_by_the_next_one(self):
        feed = self.map_client()
        runs = self.env["codabox.run"].sudo()
        orphan = runs.create({"feed_id": feed.id, "started_at": "2026-01-01 00:00:00"})
        self.assertEqual(orphan.state, "stopped")
        self.night()
        self.assertEqual((orphan.state, orphan.reason_code), ("stopped", "run_broke_off"))
        self.assertTrue(orphan.ended_at)
        self.assertEqual(runs.search([("feed_id", "=", feed.id)], limit=1).state, "ok")

    # --- Too long for Odoo's limits --------------------------------------------------------------

    def limits(self, **values):
        known = {"workers": 2, "limit_time_cpu": 60, "limit_time_real": 120}
        return patch.dict(config.options, {**known, "limit_time_real_cron": -1, **values})

    def test_a_file_that_takes_longer_than_odoo_allows_waits_until_the_limit_is_raised(self):
        self.map_client()
        movements = [credit("1") for _number in range(200)]  # 1.4 and 2 seconds
        with self.limits(limit_time_cpu=1):
            document = self.receive(self.day(15, *movements))
        self.assert_state(document, "waiting", "too_long")
        self.assertIn("200 movements", document.reason)
        self.assertIn("limit_time_cpu: 1 → 60", document.reason)
        self.assertNotIn("limit_time_real", document.reason)
        self.assertFalse(self.lines())
        with self.limits(limit_time_real=1):
            self.press(document, "action_retry")
            self.assertIn("limit_time_real: 1 → 60", document.reason)
        with self.limits():
            self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertEqual(len(self.lines()), 200)

    def test_no_limit_holds_no_file(self):
        self.map_client()
        self.make_journal(self.other_company, OTHER_IBAN)
        movements = [credit("1") for _number in range(200)]
        with self.limits(limit_time_cpu=0, limit_time_real=1, limit_time_real_cron=0):
            document = self.receive(self.day(15, *movements))
        self.assert_state(document, "imported")
