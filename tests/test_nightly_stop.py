"""A run says how far it is, and a person stops it between two documents."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models import ir_cron

from ..models.night.turn import Turn
from .common import CodaboxCase, credit


@tagged("-at_install", "post_install")
class TestNightlyStop(CodaboxCase, HttpCase):
    mapped = True

    def deliver_days(self, count):
        """Deliver so many statements, each with a line."""
        return [
            self.deliver(self.day(day, credit("10"), opening=str(day * 10 - 10)))
            for day in range(1, count + 1)
        ]

    def begin(self, calls=2):
        """Begin the night: Odoo gives no time, and this many calls."""
        self.connection.next_fetch = False
        with patch.multiple(ir_cron, MIN_TIME_PER_JOB=0, MIN_RUNS_PER_JOB=calls):
            self.run_turn()
        self.env.invalidate_all()

    def run_of(self, feed=None):
        feed = feed or self.feed()
        return self.env["codabox.run"].sudo().search([("feed_id", "=", feed.id)], limit=1)

    def seen(self, record, user=None):
        """Return a record as a user sees it."""
        user = user or self.accountant
        context = {"allowed_company_ids": user.company_ids.ids}
        return record.with_env(self.env(user=user.id, su=False, context=context))

    def make_accountant(self, login, companies):
        return new_test_user(
            self.env,
            login,
            "base.group_user,account.group_account_user",
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
        )

    # --- How far -------------------------------------------------------------------------------

    def test_a_run_under_way_says_running_how_far_and_what_is_left(self):
        self.deliver_days(5)
        self.begin()
        run = self.seen(self.run_of())
        self.assertEqual((run.state, run.stored, run.booked, run.left), ("running", 2, 2, 3))
        connection = self.seen(self.connection)
        self.assertTrue(connection.is_running)
        self.assertEqual(
            connection.progress_text,
            "Running. Clients done: 0, left: 1. Documents received: 2, booked: 2, left so far: 3.",
        )
        self.run_job()
        self.env.invalidate_all()
        self.assertEqual((run.state, run.booked, run.left), ("ok", 5, 0))
        self.assertFalse(connection.is_running)
        self.assertFalse(connection.progress_text)

    def test_a_run_under_way_says_running_whatever_it_met(self):
        self.deliver_days(3)
        self.begin()
        run = self.run_of()
        run.write(run._reason_vals("list_blocked", count=1))
        self.assertEqual(run.state, "running")
        self.run_job()
        self.assertEqual(run.state, "stopped")

    def test_what_is_under_way_for_other_companies_is_not_told(self):
        self.deliver_days(3)
        self.begin()
        other = self.make_accountant("colleague", self.company + self.other_company)
        connection = self.seen(self.connection, other)
        self.assertTrue(connection.is_running)
        self.feed().company_id = self.other_company
        self.env.invalidate_all()
        self.assertTrue(self.seen(self.connection, other).is_running)
        self.assertFalse(self.seen(self.connection).is_running)
        self.assertFalse(self.seen(self.connection).progress_text)

    # --- Stopped -------------------------------------------------------------------------------

    def assert_stopped_after(self, booked):
        run = self.run_of()
        self.assertEqual((run.state, run.reason_code), ("stopped", "stopped_by"))
        self.assertIn(self.accountant.name, run.reason)
        self.assertTrue(run.ended_at)
        self.assertEqual(len(self.lines()), booked)
        self.assertFalse(self.feed().fetch_pending)
        self.assertFalse(self.env["codabox.stop"].sudo().search([]))
        self.assertFalse(self.feed().failing_since, "that is no failure of the client")

    def assert_the_next_night_goes_on(self, indexes):
        self.night()
        self.env.invalidate_all()
        self.assertEqual(self.run_of().state, "ok")
        self.assertEqual(len(self.lines()), len(indexes))
        self.assertEqual(self.puts(), indexes, "each is confirmed once, in order")

    def test_an_accountant_stops_a_run_from_the_list_of_runs_and_the_next_night_goes_on(self):
        indexes = self.deliver_days(5)
        self.begin()
        told = self.press(self.run_of(), "action_stop")
        self.assertIn("The next night goes on.", told["params"]["message"])
        self.run_job()
        self.assert_stopped_after(booked=2)
        self.assert_the_next_night_goes_on(indexes)

    def test_an_accountant_stops_a_client_and_a_connection_in_their_headers(self):
        for record in (self.feed(), self.connection):
            with self.subTest(record._name), self.rolled_back():
                indexes = self.deliver_days(5)
                self.begin()
                self.press(record, "action_stop")
                self.run_job()
                self.assert_stopped_after(booked=2)
                self.assert_the_next_night_goes_on(indexes)

    def stop_after(self, units):
        """Have the accountant press Stop while a document is stored or booked."""
        did, pressed = Turn.did, []

        def press(turn):
            did(turn)
            pressed.append(turn)
            if len(pressed) == units:
                self.press(self.connection, "action_stop")

        return patch.object(Turn, "did", press)

    def test_it_stops_between_two_documents_while_it_fetches_and_while_it_books(self):
        for units in (1, 3, 5, 8, 9):
            with self.subTest(units), self.rolled_back():
                indexes = self.deliver_days(5)
                self.connection.next_fetch = False
                with self.stop_after(units):
                    self.run_job()
                self.env.invalidate_all()
                self.assert_stopped_after(booked=max(units - 5, 0))
                documents = self.env["codabox.document"].sudo()
                here = documents.search_count([("remote_index", "in", indexes)])
                self.assertEqual(here, min(units, 5))
                self.assert_the_next_night_goes_on(indexes)

    def test_clients_that_wait_for_their_turn_are_not_asked_for_at_codabox(self):
        self.deliver_days(3)
        feeds = [self.sandbox.add_client(f"Z{n}", f"Zulu {n}") for n in range(3)]
        theirs = [self.deliver(self.day(1, credit("1")), feed=feed) for feed in feeds]
        self.map_client()
        for feed in feeds:
            self.feed(feed)._confirm_company(self.company)
        self.begin(calls=1)
        self.assertEqual(len(self.connection.feed_ids.filtered("fetch_pending")), 4)
        self.press(self.connection, "action_stop")
        self.sandbox.clear_log()
        self.run_job()
        self.assertFalse(self.sandbox.log)
        self.assertFalse(self.connection.feed_ids.filtered("fetch_pending"))
        for feed in feeds:
            self.assertEqual(self.run_of(self.feed(feed)).reason_code, "stopped_by")
        self.assertFalse(self.document(theirs[0]))
        self.night()
        self.assertTrue(all(self.document(index).acknowledged for index in theirs))

    def test_who_presses_fetch_after_stop_fetches(self):
        indexes = self.deliver_days(4)
        self.begin()
        self.press(self.feed(), "action_stop")
        self.press(self.feed(), "action_fetch")
        self.assertEqual(self.puts(), indexes)
        self.assertEqual(self.run_of().state, "ok")

    def test_stop_where_nothing_runs_stops_nothing_later(self):
        told = self.press(self.connection, "action_stop")
        self.assertEqual(told["params"]["message"], "Nothing is being fetched.")
        indexes = self.deliver_days(2)
        self.assert_the_next_night_goes_on(indexes)

    def test_a_request_that_came_too_late_does_not_stop_the_next_night(self):
        self.env["codabox.stop"]._ask(self.feed())
        self.assert_the_next_night_goes_on(self.deliver_days(2))

    # --- Who may -------------------------------------------------------------------------------

    def test_who_is_no_accountant_stops_nothing(self):
        biller = new_test_user(
            self.env,
            "only_bills",
            "base.group_user,account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.deliver_days(3)
        self.begin()
        for record in (self.connection, self.feed(), self.run_of()):
            with self.assertRaises(AccessError):
                self.press(record, "action_stop", user=biller)

    def test_an_accountant_of_another_company_stops_nothing_over_http(self):
        other = self.make_accountant("elsewhere", self.other_company)
        self.deliver_days(3)
        self.begin()
        self.authenticate(other.login, other.login)
        for record in (self.connection, self.feed(), self.run_of()):
            self.call_refused(record._name, "action_stop", record.ids)
        self.call_refused("codabox.stop", "create", {"feed_id": self.feed().id})
        self.call_refused("codabox.stop", "search_read", [])
        self.assertFalse(self.env["codabox.stop"].sudo().search([]))

    def call_refused(self, model, method, *arguments):
        """A request of the web client is refused."""
        params = {"model": model, "method": method, "args": list(arguments), "kwargs": {}}
        with mute_logger("odoo.http"):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                json={"jsonrpc": "2.0", "method": "call", "params": params},
            ).json()
        self.assertEqual(answer.get("error", {}).get("data", {}).get("name", "allowed"),
                         "odoo.exceptions.AccessError", f"{model}.{method}")  # fmt: skip
