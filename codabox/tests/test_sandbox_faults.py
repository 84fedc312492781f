"""The sandbox misbehaves when it is told to, and lives through it."""

from __future__ import annotations

import subprocess
import sys
import threading

import requests

from ..sandbox import (
    FEED_ID,
    FEED_INDEXES,
    PASSWORD,
    SECOND_FEED_ID,
    SOFTWARE_KEY,
    USERNAME,
    Sandbox,
)
from .sandbox_case import ROOT, SandboxCase


class FaultTest(SandboxCase):
    def test_a_fault_hits_its_method_and_path_so_many_times(self):
        self.sandbox.fail("forbidden", method="PUT", path="/feed/277/$", times=2)
        codes = [self.put(FEED_INDEXES[0]).status_code for _number in range(3)]
        self.assertEqual(codes, [403, 403, 200])
        self.assertEqual(self.sandbox.armed(), [])

    def test_faults_can_be_disarmed(self):
        self.sandbox.fail("not_found", times=None)
        self.assertEqual(self.ask("GET", "clients/").status_code, 404)
        self.assertEqual(len(self.sandbox.armed()), 1)
        self.sandbox.clear_faults()
        self.assertEqual(self.ask("GET", "clients/").status_code, 200)

    def test_an_unknown_kind_is_refused_at_once(self):
        with self.assertRaises(ValueError):
            self.sandbox.fail("earthquake")

    def test_a_drop_has_no_effect_and_a_lost_answer_has(self):
        for kind, offset in (("drop", None), ("drop_after", FEED_INDEXES[0])):
            self.sandbox.fail(kind)
            with self.assertRaises(requests.ConnectionError):
                self.put(FEED_INDEXES[0])
            self.assertEqual(self.sandbox.queue(FEED_ID).offset, offset)
            self.assertIsNone(self.sandbox.log[-1].status)

    def test_the_answers_of_faults_are_those_of_the_real_thing(self):
        self.sandbox.fail("rate_limited", retry_after=7)
        answer = self.ask("GET", "clients/")
        self.assertEqual((answer.status_code, answer.headers["Retry-After"]), (429, "7"))
        self.assertEqual(
            answer.json(), {"detail": "Request was throttled. Expected available in 7 seconds."}
        )
        self.sandbox.fail("server_error")
        answer = self.ask("GET", "clients/")
        self.assertEqual(
            (answer.status_code, answer.headers["Content-Type"][:9]), (500, "text/html")
        )

    def test_a_fault_may_be_for_one_user_only(self):
        self.sandbox.fail("forbidden", user="another", times=None)
        self.assertEqual(self.ask("GET", "clients/").status_code, 200)
        self.sandbox.fail("forbidden", user=USERNAME)
        self.assertEqual(self.ask("GET", "clients/").status_code, 403)

    def test_parts_of_an_answer_may_be_others_or_absent(self):
        right = self.ask("GET", "delivery/pod-client/").json()
        parts = [
            [["feed_clients", 0, "id"], None],
            [["allowed_formats", "coda"]],
            [["nowhere", 3, "x"], 1],
            [["fetch_delay"]],
        ]
        self.sandbox.fail("altered", parts=parts)
        found = self.ask("GET", "delivery/pod-client/").json()
        right["feed_clients"][0]["id"] = None
        del right["allowed_formats"]["coda"], right["fetch_delay"]
        self.assertEqual(found, right)

    def test_headers_may_be_others(self):
        self.sandbox.fail("headers", headers={"Content-Length": "2"})
        self.assertEqual(self.ask("GET", "clients/").text, "[{")

    def test_silence_lasts_until_the_client_leaves_and_the_work_is_done(self):
        self.sandbox.fail("silent")
        with self.assertRaises(requests.Timeout):
            requests.put(
                f"{self.url}delivery/feed/{FEED_ID}/",
                json={"feed_offset": FEED_INDEXES[0]},
                headers={"X-Software-Company": SOFTWARE_KEY},
                auth=(USERNAME, PASSWORD),
                timeout=(5, 0.05),
            )
        self.assertTrue(self.sandbox.silenced.acquire(timeout=60))
        self.assertEqual(len(self.listed()), 1)

    def test_unknown_settings_and_fields_are_refused(self):
        for change in (self.sandbox.configure, self.sandbox.configure_pod):
            with self.assertRaises(ValueError):
                change(colour="blue")


class LifeTest(SandboxCase):
    def test_the_log_tells_what_happened_in_order(self):
        self.ask("GET", "clients/?a=1")
        self.put(FEED_INDEXES[0])
        seen = [(e.method, e.path, e.status, e.feed_offset) for e in self.sandbox.log]
        self.assertEqual(
            seen,
            [
                ("GET", "/v2/clients/?a=1", 200, None),
                ("PUT", "/v2/delivery/feed/277/", 200, FEED_INDEXES[0]),
            ],
        )

    def test_only_this_machine_is_served(self):
        for host in ("0.0.0.0", "192.0.2.1", "example.test", "::", ""):
            with self.subTest(host=host), self.assertRaises(ValueError):
                Sandbox("empty").start(host=host)

    def test_it_serves_again_after_a_stop_with_its_state(self):
        self.assertEqual(self.sandbox.start(), self.url, "starting twice changes nothing")
        self.put(FEED_INDEXES[1])
        self.sandbox.stop()
        self.sandbox.stop()
        with self.assertRaises(RuntimeError):
            self.sandbox.url  # noqa: B018 - a property that raises
        with self.sandbox.serve() as self.url:
            self.assertEqual(self.listed(), [])

    def test_a_reset_brings_the_seed_back(self):
        self.put(FEED_INDEXES[1])
        self.sandbox.configure(per_entry_ack=True)
        self.sandbox.fail("drop", times=None)
        self.sandbox.reset()
        self.assertEqual((self.sandbox.log, self.listed()), ([], list(FEED_INDEXES)))
        self.sandbox.reset("empty")
        self.assertEqual(self.sandbox.feeds, {})
        with self.assertRaises(ValueError):
            self.sandbox.reset("unknown")

    def test_many_threads_may_add_and_read(self):
        def add():
            self.sandbox.add_document(SECOND_FEED_ID, "soda", {"xml": b"<a/>"})
            self.listed(SECOND_FEED_ID)

        threads = [threading.Thread(target=add) for _number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(set(self.listed(SECOND_FEED_ID))), 13)

    def test_nothing_of_the_sandbox_needs_odoo(self):
        code = "import codabox.sandbox, sys; print('odoo' in sys.modules)"
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        )
        self.assertEqual(run.stdout.strip(), "False")
