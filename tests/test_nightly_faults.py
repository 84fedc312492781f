"""What goes wrong with one client stays with it: the clients behind it are fetched the same night."""

from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import ProgramLimitExceeded

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..codabox.sandbox import CREDENTIALS, SOFTWARE_KEY
from ..models.night.turn import Turn
from .common import CodaboxCase


def nested(depth):
    """Return lists in each other."""
    value = []
    for _level in range(depth):
        value = [value]
    return value


# What CodaBox may say of a document, whatever it is.
METADATA = {
    "NUL in a text": {"document_number": "F\x001"},
    "NUL in a key": {"a\x00b": 1},
    "half a surrogate pair": {"document_number": "\ud800"},
    "half a surrogate pair in a key": {"\udfff": "x"},
    "NaN": {"amount": float("nan")},
    "infinity": {"amount": float("inf")},
    "minus infinity": {"amount": float("-inf")},
    "a number beyond 32 bits": {"first_statement_number": 20260001234},
    "a number below 32 bits": {"first_statement_number": -(10**12)},
    "a number beyond 64 bits": {"first_statement_number": 10**30},
    "a number of 4,000 digits": {"first_statement_number": 10**4000},
    "a number that is a boolean": {"first_statement_number": True},
    "a number that is a text": {"first_statement_number": "1\x00"},
    "lists 900 deep": {"deep": nested(900)},
    "lists 300 deep as number": {"document_number": nested(300)},
    "a number that is an object": {"document_number": {"a": [None]}},
    "a date that is none": {"new_balance_date": "2026-02-31"},
    "a date that is a number": {"issue_date": 20260131},
    "the first day": {"date": "0001-01-01"},
    "the last day": {"date": "9999-12-31"},
    "a name of a megabyte": {"document_number": "x" * 1_000_000},
    "markup": {"document_number": "<script>alert(1)</script>"},
    "an account that is a list": {"iban": ["BE68", None]},
    "ten thousand keys": {f"k{n}": n for n in range(10_000)},
}
# What CodaBox may call an entry, and how.
ENTRIES = {
    "a kind with NUL": {"model": "ne\x00ws"},
    "a kind of 100 kB": {"model": "n" * 100_000},
    "a kind with half a surrogate pair": {"model": "\ud800"},
    "an index with NUL": {"feed_index": "a\x00b"},
    "an index with half a surrogate pair": {"feed_index": "\ud800"},
    "an index longer than an index of the database holds": {"feed_index": "i" * 20_000},
    "an index of points": {"feed_index": ".."},
}
# What CodaBox may say of a client.
CLIENTS = {
    "a client name with NUL": {"name": "\x00"},
    "a client name with half a surrogate pair": {"name": "x\ud800"},
    "a client name of a megabyte": {"name": "y" * 1_000_000},
}
MANDATES = {
    "a mandate state with NUL": {"state": "sig\x00ned"},
    "a mandate reason with half a surrogate pair": {"reason": "\ud800"},
    "a mandate that began in the year 1": {"validity_start": "0001-01-01"},
}


@tagged("-at_install", "post_install")
class TestNightlyFaults(CodaboxCase):
    def setUp(self):
        super().setUp()
        self.sandbox.allow("news", "pdf")
        self.good = {}

    def add_client(self, what, name=None):
        """Add a client, and a good one behind it that has a document waiting."""
        number = len(self.good)
        feed = self.sandbox.add_client(f"P{number}", name or f"P{number:02}")
        behind = self.sandbox.add_client(f"G{number}", f"{name or f'P{number:02}'} good")
        self.good[what] = self.add_document(behind)
        return feed

    def add_document(self, feed, model="news", **values):
        return self.sandbox.add_document(feed, model, {"pdf": b"%PDF-1.4"}, **values)

    def nights(self):
        """Run the action as Odoo does, until it has nothing left to do."""
        self.connection.next_fetch = False
        for _turn in range(40):
            self.run_job()
            if not self.connection.feed_ids.filtered("fetch_pending"):
                return
        self.fail("clients wait for ever")

    def assert_good_ones_came(self):
        """Each good document is here and confirmed, and Odoo is content with the action."""
        lost = [
            what
            for what, index in self.good.items()
            if not (self.document(index)._is_safe() and self.document(index).acknowledged)
        ]
        self.assertFalse(lost, "the clients behind these were not fetched")
        self.env.invalidate_all()
        self.assertTrue(self.cron.active)
        self.assertFalse(self.cron.failure_count)

    def run_of(self, feed):
        return (
            self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed(feed).id)], limit=1)
        )

    def test_whatever_codabox_says_of_a_document_the_next_client_is_fetched(self):
        poisoned = {}
        for what, metadata in METADATA.items():
            poisoned[what] = self.add_document(self.add_client(what), metadata=metadata)
        self.nights()
        self.assert_good_ones_came()
        kept = {what for what, index in poisoned.items() if self.document(index).acknowledged}
        self.assertEqual(kept, set(METADATA), "what can be cleaned comes in as well")

    def test_whatever_codabox_calls_an_entry_the_next_client_is_fetched(self):
        for what, values in ENTRIES.items():
            feed = self.add_client(what)
            if "model" in values:
                self.sandbox.allow(values["model"], "pdf")
            self.add_document(feed, **values)
        self.nights()
        self.assert_good_ones_came()

    def test_whatever_codabox_says_of_a_client_the_others_are_fetched(self):
        for what, values in CLIENTS.items():
            self.add_document(self.add_client(what, **values))
        for what, values in MANDATES.items():
            feed = self.add_client(what)
            with self.sandbox.editing(feed) as client:
                mandate = {"id": f"m{feed}", "bank_id": "KREDBEBB", "ibans": [], "state": "active"}
                client["coda_mandates"] = [mandate | values]
            self.add_document(feed)
        self.nights()
        self.assert_good_ones_came()

    def test_a_mandate_that_cannot_be_kept_stops_no_other_client_and_the_connection_says_so(self):
        for what in ("first", "twin"):
            feed = self.add_client(what)
            with self.sandbox.editing(feed) as client:
                mandate = {"id": "one", "bank_id": "KREDBEBB", "ibans": [], "state": "active"}
                client["coda_mandates"] = [mandate]
            self.add_document(feed)
        with mute_logger("odoo.sql_db"), self.log():
            self.nights()
        self.assert_good_ones_came()
        self.assertEqual(self.connection.reason_code, "unforeseen")
        self.assertIn(self.connection.reason_facts["reference"], self.connection.reason)
        mandates = self.env["codabox.mandate"].sudo()
        self.assertEqual(mandates.search_count([("remote_id", "=", "one")]), 1)

    def test_a_round_that_breaks_off_rests_and_the_other_connections_are_fetched(self):
        self.add_client("connection")
        twin = self.connection.copy(
            {
                "software_key": SOFTWARE_KEY,
                "username": CREDENTIALS.username,
                "password": CREDENTIALS.password,
            }
        )
        (self.connection + twin).write(
            {"state": "connected", "fetch_automatically": True, "next_fetch": False}
        )
        cls, unlucky = type(twin), self.connection.id
        apply_pod = cls._apply_pod

        def fail(connection, *args):
            if connection.id == unlucky:
                raise OverflowError("Python int too large to convert to C long")
            return apply_pod(connection, *args)

        with patch.object(cls, "_apply_pod", fail), self.log():
            self.run_job()
        self.assertEqual(self.connection.reason_code, "unforeseen")
        self.assertGreater(self.connection.next_fetch, fields.Datetime.now())
        self.assertFalse(twin.reason_code)
        self.assertEqual(len(twin.feed_ids), 3)
        self.assertFalse(twin.feed_ids.filtered("fetch_pending"))
        self.assertTrue(self.cron.active)

    @contextmanager
    def failing(self, model, method, feed, error):
        """Have a method fail for one client."""
        cls = type(self.env[model])
        original = getattr(cls, method)
        unlucky = self.feed(feed).id

        def fail(record, *args, **kwargs):
            if record.id == unlucky:
                raise error
            return original(record, *args, **kwargs)

        with patch.object(cls, method, fail):
            yield

    def test_a_fault_that_nobody_foresaw_is_told_on_the_run_with_a_reference_to_the_log(self):
        faults = {
            "_ask_missing_files": OSError(28, "No space left on device"),
            "_receive_channel": RecursionError("too deep"),
            "_book_documents": KeyError("x\x00"),
            "_refresh_activity": ProgramLimitExceeded("index row size exceeds"),
            "_open_run": RuntimeError("no run"),
        }
        for method, error in faults.items():
            with self.subTest(method):
                self.sandbox.reset("empty")
                self.sandbox.allow("news", "pdf")
                self.good = {}
                feed = self.add_client(method, f"{method} fault")
                self.add_document(feed)
                self.map_client_list()
                before = self.run_of(feed)
                with self.failing("codabox.feed", method, feed, error), self.log() as log:
                    self.nights()
                self.assert_good_ones_came()
                self.assertFalse(self.feed(feed).fetch_pending)
                run = self.run_of(feed)
                if method == "_open_run":
                    self.assertEqual(run, before)
                    continue
                self.assertNotEqual(run, before)
                self.assertEqual((run.state, run.reason_code), ("stopped", "unforeseen"))
                self.assertTrue(run.ended_at)
                self.assertIn(f"reference {run.reason_facts['reference']}", "\n".join(log.output))
                self.assertIn(run.reason_facts["reference"], run.reason)
                self.assertIn(type(error).__name__, run.reason)

    def test_a_run_of_the_job_ends_when_the_connection_to_the_database_is_lost(self):
        feed = self.add_client("lost")
        self.map_client_list()
        lost = InterruptedError("connection already closed")

        def roll_back(cursor):
            raise lost

        with (
            self.registry.cursor() as cr,
            self.failing("codabox.feed", "_open_run", feed, ValueError()),
            patch.object(type(cr), "rollback", roll_back),
            self.assertRaises(InterruptedError),
        ):
            record = self.feed(feed).with_env(self.env(cr=cr))
            record._run(Turn(record.env, 1))

    def map_client_list(self):
        with self.as_user(self.env.ref("base.user_admin")) as env:
            env["codabox.connection"].browse(self.connection.id).sudo().action_test()

    def log(self):
        return self.assertLogs("odoo.addons.account_codabox", "ERROR")
