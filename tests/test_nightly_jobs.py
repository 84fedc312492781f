"""An office of 25 clients, one with hundreds of documents, as Odoo's cron worker serves it."""

import os
import threading
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.base.models import ir_cron

from .common import CodaboxCase, credit

CLIENTS = 25
STATEMENTS = 12
# 1,000 take some minutes: CODABOX_NIGHT=1000, as CONTRIBUTING.md says.
COUNT = int(os.environ.get("CODABOX_NIGHT") or 40)
# Few documents take several turns where Odoo gives no time at all; many have what it gives.
SECONDS = ir_cron.MIN_TIME_PER_JOB if "CODABOX_NIGHT" in os.environ else 0
CALLS = ir_cron.MIN_RUNS_PER_JOB


@tagged("-at_install", "post_install")
class TestNightlyJobs(CodaboxCase):
    def setUp(self):
        super().setUp()
        self.sandbox.allow("news", "pdf")
        self.map_client()
        self.env["ir.cron"].sudo().search([("id", "!=", self.cron.id)]).active = False
        self.big = [self.deliver_day(day) for day in range(1, STATEMENTS + 1)]
        self.big += [self.deliver_news(self.client) for _n in range(COUNT - STATEMENTS)]
        self.others = [
            self.deliver_news(self.sandbox.add_client(f"Z{n}", f"Zulu {n:02}"))
            for n in range(CLIENTS - 1)
        ]

    def deliver_day(self, day):
        return self.deliver(self.day(day, credit("10"), opening=str(day * 10 - 10)))

    def deliver_news(self, feed):
        return self.sandbox.add_document(feed, "news", {"pdf": b"%PDF-1.4"})

    @contextmanager
    def worker(self):
        """Give Odoo's own ``_process_jobs``; it sees what the test did."""
        thread = threading.current_thread()
        with (
            self.enter_registry_test_mode(),
            patch.object(ir_cron, "sql_db", SimpleNamespace(db_connect=self.connect)),
            patch.object(ir_cron, "MIN_TIME_PER_JOB", SECONDS),
        ):

            def process_jobs():
                name = thread.dbname
                ir_cron.IrCron._process_jobs(name)
                thread.dbname = name  # it clears the name of the database of its thread
                self.env.invalidate_all()

            yield process_jobs

    def connect(self, _name):
        """Connect to the database as the test sees it."""
        return SimpleNamespace(cursor=self.registry.cursor)

    def here(self, indexes):
        """Return how many of these documents are here, decided on and confirmed."""
        domain = [
            ("remote_index", "in", indexes),
            ("acknowledged", "=", True),
            ("state", "!=", "received"),
        ]
        return self.env["codabox.document"].sudo().search_count(domain)

    def is_ready(self):
        """Return whether Odoo would call the action again at once."""
        with self.registry.cursor() as cr:
            return bool(ir_cron.IrCron._get_all_ready_jobs(cr))

    def test_one_client_with_much_to_do_is_served_from_the_first_turn_and_keeps_nobody_waiting(
        self,
    ):
        self.connection.next_fetch = False
        self.cron.sudo()._trigger()
        turns, came = 0, []
        with self.worker() as process_jobs:
            while self.is_ready():
                process_jobs()
                turns += 1
                self.assertLess(turns, 3 * COUNT, "it comes to an end")
                came.append((self.here(self.big), self.here(self.others)))
                progress = self.env["ir.cron.progress"].sudo().search([], order="id desc", limit=1)
                self.assertEqual(progress.timed_out_counter, 0, "no call was taken for killed")
        self.assertTrue(self.lines(), "booked")
        self.assertGreater(came[0][0], 0, "booked from the first turn on")
        # Each call gives one client its turn, so this many calls are enough for one each.
        self.assertEqual(came[-(-CLIENTS // CALLS) - 1][1], len(self.others), came)
        self.assertGreater(turns, 3, "the big one took several turns")
        self.assertEqual(came[-1], (COUNT, len(self.others)))
        self.assertEqual(len(self.lines()), STATEMENTS)
        self.assertEqual(sorted(self.puts()), sorted(self.big + self.others), "each once")
        self.assertTrue(self.cron.active)
        self.assertFalse(self.cron.failure_count)
        runs = self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed().id)])
        self.assertEqual((len(runs), runs.state, runs.stored), (1, "ok", COUNT))
