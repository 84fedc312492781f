"""The night run: when, for whom, how far, and what it says of itself."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.base.models import ir_cron

from .common import OTHER_IBAN, UNKNOWN_IBAN, CodaboxCase, credit, debit


@tagged("-at_install", "post_install")
class TestNightlyRun(CodaboxCase):
    def calls(self):
        return [entry.path for entry in self.sandbox.log]

    def listed(self):
        """Return the feeds whose documents were asked for."""
        return {path for path in self.calls() if re.search(r"/delivery/feed/\d+/$", path)}

    def turn_measured_by(self, seconds):
        """Have Odoo measure its turns with this function instead of the machine's clock."""
        return patch.object(ir_cron, "time", SimpleNamespace(monotonic=seconds))

    def add_other_client(self, name="Garage Piet", iban=OTHER_IBAN):
        """Add a client of the other company with a statement waiting."""
        feed = self.sandbox.add_client(name, name)
        self.map_client(self.other_company, feed)
        journal = self.make_journal(self.other_company, iban)
        self.deliver(self.day(15, credit("7"), account=iban, enterprise_number=""), feed=feed)
        return feed, journal

    def test_a_statement_of_codabox_is_in_the_bank_journal_the_next_morning(self):
        self.map_client()
        document = self.receive(
            self.day(
                15, credit("121.00", communication="Invoice 7"), debit("45.99"), opening="1000"
            )
        )
        self.assert_state(document, "imported")
        statement = document.statement_ids.bank_statement_id
        self.assertRecordValues(
            statement,
            [
                {
                    "balance_start": 1000.0,
                    "balance_end_real": 1075.01,
                    "is_complete": True,
                    "is_valid": True,
                    "journal_id": self.journal.id,
                }
            ],
        )
        self.assertEqual(self.lines().mapped("amount"), [121.0, -45.99])
        self.assertEqual(self.lines().mapped("running_balance"), [1121.0, 1075.01])
        self.assertEqual(self.puts(), [document.remote_index])
        self.assertTrue(document.acknowledged)

    # --- When ----------------------------------------------------------------------------------

    def test_a_connection_that_is_not_due_is_left_alone(self):
        self.map_client()
        later = fields.Datetime.now() + timedelta(days=1)
        for values in (
            {"next_fetch": later},
            {"next_fetch": False, "fetch_automatically": False},
            {"next_fetch": False, "fetch_automatically": True, "state": "broken"},
            {"state": "disconnected"},
            {"state": "draft"},
        ):
            self.connection.write({"next_fetch": False, **values})
            self.sandbox.clear_log()
            self.run_job()
            self.assertEqual(self.calls(), [], values)

    def test_a_connection_is_not_fetched_again_before_the_delay_of_codabox(self):
        self.map_client()
        self.sandbox.configure_pod(fetch_delay=50_000)
        now = fields.Datetime.now()
        self.night()
        self.assertEqual(self.connection.fetch_delay, 50_000)
        self.assertGreaterEqual(self.connection.next_fetch, now + timedelta(seconds=50_000))
        self.sandbox.clear_log()
        self.run_job()
        self.assertEqual(self.calls(), [])

    def assert_next(self, now, expected, **values):
        """At this moment (UTC) the connection is next due at that one (UTC)."""
        self.connection.write({"fetch_delay": 7200, "fetch_time": 8.25, **values})
        with freeze_time(now):
            found = self.connection._next_nightly()
        self.assertEqual(found, datetime.fromisoformat(expected))

    def test_the_next_night_is_at_quarter_past_eight_in_company_time(self):
        self.assert_next("2026-01-15 03:00:00", "2026-01-15 07:15:00")  # winter: one hour ahead
        self.assert_next("2026-07-15 03:00:00", "2026-07-15 06:15:00")  # summer: two
        self.assert_next("2026-01-15 07:15:01", "2026-01-16 07:15:00")
        self.assert_next("2026-07-15 23:30:00", "2026-07-16 06:15:00")

    def test_the_next_night_follows_the_change_to_summer_and_winter_time(self):
        self.assert_next("2026-03-28 12:00:00", "2026-03-29 06:15:00")
        self.assert_next("2026-10-24 12:00:00", "2026-10-25 07:15:00")
        # 02:30 does not exist on the first night and comes twice on the second.
        self.assert_next("2026-03-28 12:00:00", "2026-03-29 01:30:00", fetch_time=2.5)
        self.assert_next("2026-10-24 12:00:00", "2026-10-25 01:30:00", fetch_time=2.5)

    def test_the_next_night_is_found_at_the_ends_of_a_day_of_february_and_of_the_year(self):
        self.assert_next("2026-12-31 12:00:00", "2027-01-01 07:15:00")
        self.assert_next("2027-02-28 12:00:00", "2027-03-01 07:15:00")
        self.assert_next("2028-02-28 12:00:00", "2028-02-29 07:15:00")
        self.assert_next("2028-02-29 12:00:00", "2028-03-01 07:15:00")
        # So late that it is rounded to the next midnight.
        self.assert_next("2028-02-29 12:00:00", "2028-02-29 23:00:00", fetch_time=23.999)

    def test_the_next_night_respects_the_delay_of_codabox(self):
        self.assert_next("2026-01-15 06:00:00", "2026-01-15 08:00:00")  # 07:15 is too soon
        self.assert_next("2026-01-15 06:00:00", "2026-01-15 07:15:00", fetch_delay=60)
        self.assert_next("2026-01-15 06:00:00", "2026-01-19 06:00:00", fetch_delay=4 * 86_400)

    def test_the_next_night_is_meant_in_the_time_zone_of_the_company(self):
        self.company.partner_id.tz = "America/New_York"
        self.assert_next("2026-01-15 03:00:00", "2026-01-15 13:15:00")

    # --- How far -------------------------------------------------------------------------------

    def test_when_nothing_is_left_the_job_asks_only_for_the_next_night(self):
        self.map_client()
        self.deliver(self.day(15, credit("10")))
        with self.turn_measured_by(lambda: 0), self.triggers() as captured:
            self.night()
        self.assertEqual(captured.records.mapped("call_at"), [self.connection.next_fetch])
        self.assertFalse(self.feed().fetch_pending)

    def test_a_run_out_of_time_asks_to_go_on_at_once_and_the_next_one_completes(self):
        self.map_client()
        self.sandbox.clear_log()
        feeds = [self.sandbox.add_client(f"C{n}", f"Client {n}") for n in range(3)]
        indexes = [self.deliver(self.day(15, credit("10")), feed=feed) for feed in feeds]
        self.connection.next_fetch = False
        # Odoo gives no time, and calls the action twice: each call serves one client.
        with (
            patch.multiple(ir_cron, MIN_TIME_PER_JOB=0, MIN_RUNS_PER_JOB=2),
            self.triggers() as captured,
        ):
            self.run_turn()
        pending = self.connection.feed_ids.filtered("fetch_pending")
        self.assertEqual(len(pending), 2)
        self.assertLessEqual(min(captured.records.mapped("call_at")), fields.Datetime.now())
        with self.triggers() as captured:
            self.run_job()
        self.assertFalse(self.connection.feed_ids.filtered("fetch_pending"))
        self.assertFalse(captured.records)
        self.assertEqual(sorted(self.puts()), sorted(indexes))

    # --- For whom ------------------------------------------------------------------------------

    def test_a_client_that_is_switched_off_is_not_fetched(self):
        self.map_client().is_fetched = False
        index = self.deliver(self.day(15, credit("10")))
        self.night()
        self.assertFalse(self.document(index))
        self.assertFalse(self.puts())

    def test_documents_of_a_client_without_company_wait_until_a_person_says_which_it_is(self):
        index = self.deliver(self.day(15, credit("10")))
        self.night()
        document = self.document(index)
        self.assert_state(document, "waiting", "no_company")
        self.assertEqual(self.puts(), [index], "what is stored is confirmed")
        self.assertEqual(self.feed().proposed_company_id, self.company)
        # What is after it is booked, in whatever year this runs.
        self.company.fiscalyear_lock_date = "2025-12-31"
        self.feed()._confirm_company(self.company)
        self.feed().kind_ids.book_from = False
        self.night()
        self.assert_state(document, "imported")
        self.assertFalse(self.feed().activity_ids)

    def test_the_network_failure_of_one_client_never_stops_another(self):
        self.map_client()
        second, journal = self.add_other_client()
        third = self.sandbox.add_client("C3", "Third")
        self.map_client(feed=third)
        first_index = self.deliver(self.day(15, credit("10")))
        third_index = self.deliver(self.day(16, credit("20"), opening="10"), feed=third)
        self.break_off("drop", rf"/delivery/feed/{second}/$")
        self.night()
        self.assertEqual(
            [self.document(index).state for index in (first_index, third_index)], ["imported"] * 2
        )
        self.assertFalse(self.lines(journal))
        run = self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed(second).id)])
        self.assertEqual((run.state, run.reason_code), ("stopped", "network"))
        self.night()
        self.assertEqual(len(self.lines(journal)), 1)

    # --- What it says of itself ----------------------------------------------------------------

    def test_each_client_has_its_own_figures_of_a_run(self):
        self.map_client()
        second, _journal = self.add_other_client()
        self.deliver(self.day(15, credit("10")))
        self.deliver(self.day(15, credit("10"), account=UNKNOWN_IBAN))
        self.sandbox.add_document(self.client, "coda", {"cod": b"broken\n" * 30})
        self.sandbox.allow("news", "pdf")
        self.sandbox.add_document(self.client, "news", {"pdf": b"%PDF"})
        self.night()
        numbers = ("seen", "stored", "booked", "waiting", "failed", "state")
        runs = self.env["codabox.run"].sudo()
        for feed, expected in (
            (self.client, (4, 4, 1, 1, 1, "ok")),
            (second, (1, 1, 1, 0, 0, "ok")),
        ):
            run = runs.search([("feed_id", "=", self.feed(feed).id)])
            self.assertEqual(tuple(run[name] for name in numbers), expected)
            self.assertTrue(run.ended_at)
        self.night()
        run = runs.search([("feed_id", "=", self.feed().id)], limit=1)
        self.assertEqual(tuple(run[name] for name in numbers), (0, 0, 0, 0, 0, "ok"))

    def fetch(self, record, method="action_fetch"):
        """Press the button and return what the user reads."""
        action = self.press(record, method)
        self.assertIn(action["tag"], ("display_notification", "codabox_notify"))
        return action["params"]

    def test_the_button_tells_what_came_and_what_is_to_do(self):
        self.map_client()
        self.deliver(self.day(15, credit("10")))
        self.deliver(self.day(15, credit("10"), account=UNKNOWN_IBAN))
        told = self.fetch(self.connection)
        self.assertIn("2 received, 1 booked, 0 kept, 1 to do, 0 failed", told["message"])
        self.assertEqual((told["type"], told["sticky"]), ("warning", True))
        self.assertIn("1 document waits for you", told["message"])

    def test_the_button_tells_why_it_could_not_start(self):
        self.map_client()
        self.break_off("drop", "/pod-client/")
        with self.assertRaisesRegex(Exception, "could not be reached"):
            self.press(self.connection, "action_fetch")

    def test_the_button_of_a_journal_fetches_the_clients_of_its_company_only(self):
        self.map_client()
        _second, journal = self.add_other_client()
        self.deliver(self.day(15, credit("10")))
        told = self.fetch(self.journal, "action_codabox_fetch")
        self.assertIn("1 received, 1 booked", told["message"])
        self.assertEqual((len(self.lines()), len(self.lines(journal))), (1, 0))

    def test_the_button_of_a_journal_that_nobody_feeds_says_what_to_do(self):
        with self.assertRaisesRegex(Exception, "Connect it with a token"):
            self.press(self.journal, "action_codabox_fetch")
