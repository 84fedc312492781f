"""World of the generated nights: many clients, each with statements of its own and its own fault."""

import re
from datetime import timedelta
from unittest.mock import patch

from ..codabox import CodaboxError, Transport
from ..codabox.coda import write_coda
from ..codabox.sandbox import SOFTWARE_KEY, Channel
from ..codabox.tests.fault_worlds import CIRCLE, MAX_BYTES, arm, worlds
from ..codabox.transport import wire
from ..reasons.calls import told_code
from .common import IBAN, NUMBER, CodaboxCase, credit, date, debit, statement


class WorldsCase(CodaboxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        limits = {"max_bytes": MAX_BYTES}
        cls.enterClassContext(patch.dict(Transport.__init__.__kwdefaults__, limits))
        cls.silent = []
        send = wire._TimeoutAdapter.send

        def impatient(adapter, request, *args, **options):
            """Where nothing will come, nobody waits for it."""
            if any(re.search(path, request.url) for path in cls.silent):
                options["timeout"] = (5, 0.05)
            return send(adapter, request, *args, **options)

        cls.enterClassContext(patch.object(wire._TimeoutAdapter, "send", impatient))

    def setUp(self):
        super().setUp()
        self.silent.clear()
        self.amounts = {}  # index of each document -> the amount that only its statement has

    # -------------------------------------------------------------------------
    # World
    # -------------------------------------------------------------------------

    def add_connection(self, name):
        """Connect another office, which has a pod of its own."""
        pod_id = self.sandbox.add_pod(fiduciary_ids=list(self.sandbox.fiduciaries))
        credentials = self.sandbox.credentials(pod_id)
        connection = self.connection.copy(
            {
                "name": name,
                "software_key": SOFTWARE_KEY,
                "username": credentials.username,
                "password": credentials.password,
            }
        )
        connection.write({"state": "connected", "fetch_automatically": True, "next_fetch": False})
        return connection, pod_id

    def add_statement(self, feed, **options):
        """Put a statement in the feed of a client that no other one is like."""
        number = len(self.amounts) + 1
        amount = f"{number}.01"
        day = date(2025, 1, 1) + timedelta(days=number)
        coda = write_coda(
            [
                statement(
                    account=IBAN, enterprise_number=NUMBER, number=number, day=day,
                    opening_day=day - timedelta(days=1), movements=[credit(amount), debit(amount)],
                )
            ]
        )  # fmt: skip
        files = {"cod": coda, "pdf": b"%PDF-1.4\n%%EOF", "xml": b"<coda/>"}
        index = self.sandbox.add_document(feed, "coda", files, **options)
        self.amounts[index] = float(amount)
        return index

    def name_companies(self, connections):
        """Let a first night list the clients, and say of each that it is our company."""
        self.run_job()
        for feed in connections.feed_ids.sudo():
            feed._confirm_company(self.company)
            self.env["codabox.feed.kind"].sudo()._ensure(feed, "coda").book_from = False

    def fail_with(self, world, path, method=None, **options):
        """Have the sandbox fail like this on a path, whenever it is asked."""
        arm(self.sandbox, world, f"{path}$", method, **options)
        if world == "silence":
            self.silent.append(path)

    def kinds(self, path, call):
        """Return the faults of a call by what Odoo sees of them: lists of those that look alike.

        All of them are tried on the client itself (``codabox.tests.test_fault_worlds``).

        :param call: function of a client that makes the call.
        """
        kinds = {}
        for world in (*worlds(), CIRCLE):
            self.fail_with(world, path)
            kinds.setdefault(self._shown_by(call), []).append(world)
            self.sandbox.clear_faults()
            self.silent.clear()
        kinds.pop(None, None)  # no fault at all
        return list(kinds.values())

    def _shown_by(self, call):
        with self.connection.sudo()._codabox_client() as client:
            client._transport._retries = 0
            try:
                call(client)
            except CodaboxError as error:
                facts = error.details
                return (told_code(error.code, facts), bool(facts.get("retry_after")))
        return None

    # -------------------------------------------------------------------------
    # Doing
    # -------------------------------------------------------------------------

    def all_due(self):
        self.env["codabox.connection"].sudo().search([]).filtered(
            lambda c: c.state == "connected"
        ).next_fetch = False

    def cure(self):
        """CodaBox works again, and the next day comes; who is broken is fetched by a person."""
        self.sandbox.clear_faults()
        self.silent.clear()
        for file in self.env["codabox.document.file"].sudo().search([("asked_on", "!=", False)]):
            file.asked_on -= timedelta(days=1)
        for connection in self.env["codabox.connection"].sudo().search([("state", "=", "broken")]):
            self.press(connection, "action_fetch")
        self.env.invalidate_all()
        self.all_due()
        self.run_job()

    # -------------------------------------------------------------------------
    # Expecting
    # -------------------------------------------------------------------------

    def books(self):
        """Return amount -> how often it is in the books."""
        groups = self.env["account.bank.statement.line"]._read_group(
            [("journal_id", "=", self.journal.id), ("amount", ">", 0)], ["amount"], ["__count"]
        )
        return {round(amount, 2): count for amount, count in groups}

    def assert_all_booked_once(self):
        """Each statement is in the books once, and confirmed; nothing is left to say or to do."""
        self.env.invalidate_all()
        self.assertEqual(self.books(), dict.fromkeys(self.amounts.values(), 1))
        documents = self.env["codabox.document"].sudo().search([])
        self.assertEqual(sorted(documents.mapped("remote_index")), sorted(self.amounts))
        self.assertEqual(set(documents.mapped("acknowledged")), {True})
        self.assertFalse([d.reason for d in documents if d.reason])
        for feed in self.sandbox.feeds.values():
            queue = feed.queues[Channel.FEED]
            self.assertEqual(queue.pending(per_entry=False), [], "listed for ever")
        self.assertFalse(documents.feed_id.activity_ids)

    def assert_only_what_is_here_is_confirmed(self):
        """Nothing is confirmed without its readable file, and its own bytes."""
        self.env.invalidate_all()
        for index in {*self.puts()}:
            files = self.document(index).file_ids.filtered(lambda f: f.state == "here")
            here = {file.format: file._raw() for file in files}
            self.assertIn("cod", here)
            given = self.sandbox.find(index, Channel.FEED)[1].files
            self.assertEqual(here, {name: given[name] for name in here})

    def assert_sentence(self, text):
        """A reason can be read: no gap where a fact is missing, nothing of the machine."""
        self.assertRegex(text, r"^(https?://|[A-ZÀ-Ý“]).*\.$", "a sentence")
        self.assertNotRegex(
            text,
            r"  |%\(|\b(None|False|True|GET|PUT|cannot be parsed)\b|[{}]|\(\)| [,.]|\.\.|: ?\.",
        )
