"""CodaBox refuses, fails or falls silent: nothing is lost, and the next run completes."""

from contextlib import nullcontext
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ..codabox import Transport
from .common import CodaboxCase, credit

CONNECTION_ACTIVITY = "account_codabox.mail_activity_type_connection"
# What goes wrong -> the reason that the run gives. All of it outlasts the repetitions of the call.
FAILURES = {
    "rate_limited": ("rate_limited", 1, {"retry_after": 120}),
    "server_error": ("server_error", 4, {}),
    "drop": ("network", 4, {}),
    "truncated": ("truncated", 4, {}),
    "slow": ("timeout", 4, {"seconds": 0.5}),
}


@tagged("-at_install", "post_install")
class TestRefusals(CodaboxCase):
    mapped = True

    def last_run(self):
        return self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed().id)], limit=1)

    # --- Failures that pass --------------------------------------------------------------------

    def assert_next_run_completes(self, kind, path, reason, times, method="GET", **options):
        """A failure of one call leaves the offset where it was safe; the next night completes."""
        patience = {"read_timeout": 0.1} if kind == "slow" else {}
        indexes = [
            self.deliver(self.day(day, credit("10"), opening=str(10 * (day - 15))))
            for day in (15, 16)
        ]
        self.sandbox.fail(kind, path=path, method=method, times=times, **options)
        with patch.dict(Transport.__init__.__kwdefaults__, patience) if patience else nullcontext():
            self.night()
        self.assertEqual(self.last_run().reason_code, reason)
        self.assertEqual(self.last_run().state, "stopped")
        self.assertEqual(self.connection.state, "connected")
        self.assertFalse(self.connection.activity_ids, "what passes by itself is no to-do")
        stored = [index for index in indexes if self.document(index).file_ids.filtered("sha256")]
        self.assertLessEqual(set(self.puts()), set(stored), "confirmed before it was stored")
        self.night()
        self.assertEqual([self.document(index).state for index in indexes], ["imported"] * 2)
        self.assertEqual(self.lines().mapped("running_balance"), [10.0, 20.0])
        self.assertEqual(self.sandbox.queue(self.client).offset, indexes[-1])
        self.assertEqual(self.last_run().state, "ok")

    def test_whatever_fails_in_the_list_of_documents_the_next_run_completes(self):
        for kind, (reason, times, options) in FAILURES.items():
            with self.subTest(kind), self.rolled_back():
                self.assert_next_run_completes(
                    kind, r"/delivery/feed/\d+/$", reason, times, **options
                )

    def test_whatever_fails_in_a_download_the_next_run_completes(self):
        for kind, (reason, times, options) in FAILURES.items():
            with self.subTest(kind), self.rolled_back():
                self.assert_next_run_completes(
                    kind, r"/download/.*/cod/$", reason, times, **options
                )

    def test_whatever_fails_in_a_confirmation_the_next_run_completes(self):
        for kind, (reason, times, options) in FAILURES.items():
            if kind == "truncated":
                continue  # the answer of a PUT has no body
            with self.subTest(kind), self.rolled_back():
                self.assert_next_run_completes(
                    kind, r"/delivery/feed/\d+/$", reason, times, method="PUT", **options
                )

    def test_a_confirmation_whose_answer_is_lost_is_not_made_twice_in_vain(self):
        self.assert_next_run_completes(
            "drop_after", r"/delivery/feed/\d+/$", "network", 4, method="PUT"
        )

    def test_a_web_page_instead_of_the_list_of_documents_is_no_empty_list(self):
        self.assert_next_run_completes("bad_json", r"/delivery/feed/\d+/$", "bad_json", 1)

    def test_a_web_page_instead_of_a_file_is_never_stored(self):
        index = self.deliver(self.day(15, credit("10")))
        self.sandbox.fail("content_type", path=r"/download/.*/cod/$")
        self.night()
        document = self.document(index)
        self.assert_state(document, "failed", "not_available")
        self.assertFalse(self.puts())
        self.night()
        self.assert_state(document, "imported")
        self.assertEqual(self.puts(), [index])

    def test_a_round_that_cannot_start_is_tried_again_and_says_why(self):
        index = self.deliver(self.day(15, credit("10")))
        for path in ("/pod-client/$", "/clients/$"):
            with self.subTest(path):
                self.break_off("server_error", path)
                before = fields.Datetime.now()
                self.night()
                self.assertEqual(self.connection.reason_code, "server_error")
                planned = self.connection.next_fetch - timedelta(seconds=7200)
                self.assertTrue(before <= planned <= fields.Datetime.now())
                self.assertFalse(self.document(index))
        self.night()
        self.assertEqual(self.document(index).state, "imported")
        self.assertFalse(self.connection.reason_code, "what is over is not told any more")

    # --- Refused credentials -------------------------------------------------------------------

    def test_refused_credentials_break_the_connection_and_nobody_asks_again(self):
        self.sandbox.configure_pod(password="changed")
        self.night()
        self.assertEqual(
            (self.connection.state, self.connection.reason_code), ("broken", "unauthorized")
        )
        activity = self.connection.activity_search([CONNECTION_ACTIVITY])
        self.assertEqual(activity.user_id, self.accountant)
        self.assertIn("new token", activity.note)
        self.sandbox.clear_log()
        self.night()
        self.assertEqual(self.sandbox.log, [])
        self.assertEqual(len(self.connection.activity_ids), 1)

    def test_a_broken_connection_mends_itself_when_codabox_accepts_it_again(self):
        password = self.sandbox.credentials().password
        self.sandbox.configure_pod(password="changed")
        self.night()
        self.sandbox.configure_pod(password=password)
        index = self.deliver(self.day(15, credit("10")))
        self.press(self.connection, "action_fetch")
        self.assertEqual((self.connection.state, self.connection.reason_code), ("connected", False))
        self.assertFalse(self.connection.activity_ids)
        self.assertEqual(self.document(index).state, "imported")
        self.assertTrue(self.connection.next_fetch, "the nights go on")

    def test_credentials_refused_during_a_run_stop_every_client_at_once(self):
        second = self.sandbox.add_client("C2", "Second")
        self.map_client(feed=second)
        indexes = [self.deliver(self.day(15, credit("10")), feed=f) for f in (self.client, second)]
        self.sandbox.clear_log()
        self.sandbox.fail("unauthorized", path=r"/delivery/feed/\d+/$")
        self.night()
        self.assertEqual(self.connection.state, "broken")
        self.assertEqual(self.sandbox.log[-1].status, 401, "nothing is asked after the refusal")
        self.assertFalse(self.puts())
        self.press(self.connection, "action_fetch")
        self.assertEqual(
            {self.document(index).state for index in indexes}, {"imported", "duplicate"}
        )

    def test_a_forbidden_connection_is_broken_too(self):
        self.sandbox.fail("forbidden", path="/pod-client/", detail="Withdrawn.")
        self.night()
        self.assertEqual(self.connection.state, "broken")
        self.assertIn("Withdrawn.", self.connection.reason)

    def test_one_client_that_is_forbidden_breaks_only_itself(self):
        second = self.sandbox.add_client("C2", "Second")
        self.map_client(feed=second)
        index = self.deliver(self.day(15, credit("10")), feed=second)
        self.sandbox.fail("forbidden", path=rf"/delivery/feed/{self.client}/$")
        self.night()
        self.assertEqual(self.connection.state, "connected")
        self.assertEqual(self.last_run().reason_code, "forbidden")
        self.assertEqual(self.document(index).state, "imported")
