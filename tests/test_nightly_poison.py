"""Thirty kinds of poison, each in a client of its own, with a good client behind each of them."""

import os
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import DiskFull, ProgramLimitExceeded

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..codabox.coda import write_coda
from .common import credit
from .test_silence import SilenceCase

# After three nights people are told. Ten nights take some minutes: CODABOX_NIGHTS=10, as CONTRIBUTING.md says.
NIGHTS = int(os.environ.get("CODABOX_NIGHTS") or 4)


def nested_xml(depth):
    return b"<a>" * depth + b"</a>" * depth


# What a file may hold, by its format.
FILES = {
    "nothing": ("cod", b""),
    "a space": ("cod", b" "),
    "NULs": ("cod", b"\x00" * 1280),
    "every byte": ("cod", bytes(range(256)) * 5),
    "an error page": ("cod", b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"),
    "a PDF": ("cod", b"%PDF-1.4\n%%EOF"),
    "a megabyte of one letter": ("cod", b"A" * 1_000_000),
    "UTF-16": ("cod", "0000026022612605 CODA".encode("utf-16")),
    "an archive": ("cod", b"PK\x03\x04" + b"\x00" * 200),
    "JSON": ("cod", b'{"detail": "Not found."}'),
    "payroll that is no XML": ("xml", b"\xff\xfe\x00<"),
    "payroll with entities in entities": (
        "xml",
        b'<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;">]><a>&c;</a>',
    ),
    "payroll 5,000 deep": ("xml", nested_xml(5_000)),
    "payroll of another standard": ("xml", b"<Invoice/>"),
}
# What becomes of a good statement on its way.
SPOILED = {
    "a statement cut off": lambda coda: coda[: len(coda) // 2],
    "letters in an amount": lambda coda: coda.replace(b"0000010000", b"00000I0O00"),
    "lines that are too short": lambda coda: b"\n".join(line[:90] for line in coda.split(b"\n")),
    "twice the head": lambda coda: coda.split(b"\n")[0] + b"\n" + coda,
}
# How CodaBox answers whatever is asked for a client.
ANSWERS = {
    "error 500": ("server_error", {}),
    "a connection that drops": ("drop", {}),
    "no JSON": ("bad_json", {}),
    "half an answer": ("truncated", {}),
    "a list of numbers": ("status", {"status": 200, "body": "[1, NaN]"}),
    "another address": ("redirect", {"location": "/elsewhere/"}),
    "teapot": ("status", {"status": 418, "body": "\x00"}),
    "gone": ("status", {"status": 410}),
}
# What nobody foresaw, in a step of the run.
FAULTS = {
    "a full disk": ("_receive_channel", OSError(28, "No space left on device")),
    "a full database": ("_receive_channel", DiskFull("could not extend file")),
    "recursion": ("_receive_channel", RecursionError("too deep")),
    "an index too small": ("_refresh_activity", ProgramLimitExceeded("index row size")),
    "a key with NUL": ("_book_documents", KeyError("x\x00")),
    "no memory": ("_book_documents", MemoryError()),
    "a sentence": ("_ask_missing_files", UserError("No.")),
    "an end that is none": ("_ask_missing_files", StopIteration()),
}


@tagged("-at_install", "post_install")
class TestNightlyPoison(SilenceCase):
    def setUp(self):
        super().setUp()
        self.sandbox.allow("news", "pdf")
        self.poisoned, self.good = {}, {}

    def add_client(self, what):
        """Add a client, and behind it a good one that has a document waiting."""
        number = len(self.poisoned)
        self.poisoned[what] = self.sandbox.add_client(f"P{number}", f"P{number:02}")
        behind = self.sandbox.add_client(f"G{number}", f"P{number:02} good")
        self.good[what] = (behind, self.add_news(behind))
        return self.poisoned[what]

    def add_news(self, feed):
        return self.sandbox.add_document(feed, "news", {"pdf": b"%PDF-1.4"})

    def poison(self):
        """Add all clients, and what is wrong with each."""
        coda = write_coda([self.day(15, credit("10"))])
        files = FILES | {what: ("cod", spoil(coda)) for what, spoil in SPOILED.items()}
        for what, (name, content) in files.items():
            model = "soda" if name == "xml" else "coda"
            self.sandbox.allow(model, name, "pdf")
            self.sandbox.add_document(
                self.add_client(what), model, {name: content, "pdf": b"%PDF-1.4"}
            )
        for what, (kind, options) in ANSWERS.items():
            feed = self.add_client(what)
            self.add_news(feed)
            path = rf"/delivery/(feed|redownload-feed)/{feed}/"
            self.sandbox.fail(kind, path=path, times=None, **options)
        for what in FAULTS:
            self.add_news(self.add_client(what))
        self.name_companies()

    def name_companies(self):
        """Say of each client that it is our company."""
        self.map_client()
        for feed in [*self.poisoned.values(), *(feed for feed, _index in self.good.values())]:
            self.feed(feed)._confirm_company(self.company)

    @contextmanager
    def faults(self):
        """Have the steps fail for their clients."""
        cls = type(self.feed())
        unlucky = {self.feed(self.poisoned[what]).id: FAULTS[what] for what in FAULTS}
        names = {name for name, _error in FAULTS.values()}
        originals = {name: getattr(cls, name) for name in names}

        def failing(name):
            def step(feed, *args):
                step_name, error = unlucky.get(feed[:1].id, ("", None))
                if step_name == name:
                    raise error
                return originals[name](feed, *args)

            return step

        with patch.multiple(cls, **{name: failing(name) for name in names}):
            yield

    def test_the_client_behind_is_fetched_the_same_night_and_each_poison_is_one_todo(self):
        self.poison()
        self.assertGreaterEqual(len(self.poisoned), 30)
        logged = self.assertLogs("odoo.addons.account_codabox", "ERROR")
        with self.faults(), mute_logger("odoo.sql_db"), logged:
            self.night()
            late = [
                what
                for what, (_feed, index) in self.good.items()
                if not (self.document(index)._is_safe() and self.document(index).acknowledged)
            ]
            self.assertFalse(late, "the clients behind these were not fetched")
            for _night in range(NIGHTS - 1):
                self.night()
        self.env.invalidate_all()
        self.assertTrue(self.cron.active)
        self.assertFalse(self.cron.failure_count)
        self.assertFalse(self.connection.feed_ids.filtered("fetch_pending"))
        told = {what: self.told(feed) for what, feed in self.poisoned.items()}
        self.assertEqual(
            {what: len(notes) for what, notes in told.items()}, dict.fromkeys(told, 1), told
        )
        behind = {what: self.told(feed) for what, (feed, _index) in self.good.items()}
        self.assertFalse([what for what, notes in behind.items() if notes])
        self.assertFalse(self.told_of(self.connection), "they are not the fault of CodaBox")

    def night(self):
        """One more day has passed for files too, of which CodaBox fails to give some."""
        for file in self.env["codabox.document.file"].sudo().search([("asked_on", "!=", False)]):
            file.asked_on -= timedelta(days=1)
        return super().night()

    def told(self, feed):
        """Return the notes of the open to-dos of a client."""
        return self.told_of(self.feed(feed))

    def told_of(self, record):
        activities = self.env["mail.activity"].sudo()
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return activities.search(domain).mapped("note")
