"""Some two hundred fault nights at once: each kind of fault on each call, in a client of its own.

A client whose call fails alone belongs to the office of these tests; one whose credentials are
refused has a connection of its own. What fails for a whole connection has a night of its own.
"""

from dataclasses import dataclass

from odoo.exceptions import UserError
from odoo.tests import tagged

from .worlds_case import WorldsCase

# Calls about one client -> path, and method where it matters.
ALONE = {
    "client": ("/v2/clients/{client}/", None),
    "feed": ("/v2/delivery/feed/{feed}/", "GET"),
    "redelivery": ("/v2/delivery/redownload-feed/{feed}/", "GET"),
    "confirm": ("/v2/delivery/feed/{feed}/", "PUT"),
}
WHOLE = {"pod": "/v2/delivery/pod-client/", "clients": "/v2/clients/"}
# Refused credentials end the round of their connection.
BREAKING = ("401", "401 as a page")
FORMATS = ("cod", "pdf", "xml")


@dataclass
class Case:
    """One fault night: what fails how, for which client, and what waits for it there."""

    call: str
    world: str
    connection: object
    feed: int
    indexes: list


@tagged("-at_install", "post_install")
class TestNightlyWorlds(WorldsCase):
    answers = files = None  # kinds of faults on a list and on a file, found out once

    def setUp(self):
        super().setUp()
        if not self.answers:
            self.find_kinds()
        self.cases, self.good, self.number = [], [], 0

    def find_kinds(self):
        probe = self.sandbox.add_client("PROBE", "Probe")
        index = self.add_statement(probe)
        cls = type(self)
        cls.answers = self.kinds(f"/delivery/feed/{probe}/", lambda api: api.feed(probe))
        cls.files = self.kinds(f"/{index}/cod/", lambda api: api.download(index, "cod"))
        self.sandbox.remove_client(probe)
        self.sandbox.clear_log()
        self.amounts.clear()

    # -------------------------------------------------------------------------
    # World
    # -------------------------------------------------------------------------

    def add_case(self, call, worlds):
        """Add a client on which a call fails, and now and then a good one behind it."""
        world = worlds[self.number % len(worlds)]  # another one of a kind for each call
        connection, pod = self.connection, {}
        if world in BREAKING:
            connection, pod["pod_id"] = self.add_connection(f"{call}: {world}")
        self.cases.append(Case(call, world, connection, self.add_client(**pod), []))
        if self.number % 8 == 0:
            self.good.append(self.add_client())

    def add_client(self, **pod):
        self.number += 1
        return self.sandbox.add_client(f"W{self.number:03}", f"W{self.number:03}", **pod)

    def plant(self):
        """Add all clients; a night later their documents wait, and the faults."""
        for worlds in self.answers:
            for call in ALONE:
                self.add_case(call, worlds)
        for worlds in self.files:
            self.add_case("files", worlds)
        self.name_companies(self.env["codabox.connection"].sudo().search([]))
        for case in self.cases:
            case.indexes = [self.add_statement(case.feed)]
            self.arm(case)
        for feed in self.good:
            self.add_statement(feed)
        self.sandbox.clear_log()

    def arm(self, case):
        if case.call == "files":
            case.indexes += [self.add_statement(case.feed) for _format in FORMATS[1:]]
            for index, name in zip(case.indexes, FORMATS, strict=True):
                self.fail_with(case.world, f"/v2/delivery/download/{index}/{name}/")
            return
        path, method = ALONE[case.call]
        client = self.sandbox.feeds[case.feed].client["id"]
        self.fail_with(case.world, path.format(feed=case.feed, client=client), method)

    # -------------------------------------------------------------------------
    # Expecting
    # -------------------------------------------------------------------------

    def told(self, case):
        """Return what a person reads of a fault: of the run, and of each document."""
        domain = [("connection_id", "=", case.connection.id), ("remote_id", "=", case.feed)]
        feed = self.env["codabox.feed"].sudo().search(domain)
        run = self.env["codabox.run"].sudo().search([("feed_id", "=", feed.id)], limit=1)
        documents = self.env["codabox.document"].sudo().search([("feed_id", "=", feed.id)])
        return [record.reason for record in [run, *documents] if record.reason]

    def assert_told(self, case, books):
        """What did not come in is told, once, in a sentence."""
        told = self.told(case)
        for sentence in told:
            self.assert_sentence(sentence)
        self.assertLessEqual(len(told), 1 if case.call in ALONE else 2)
        came = [books.get(self.amounts[index], 0) for index in case.indexes]
        self.assertTrue(told or set(came) == {1}, "never silent")
        self.assertLessEqual(max(came), 1, "never twice")
        if case.call in ("redelivery", "confirm"):
            self.assertEqual(came, [1], "the document had come before")
        if case.call == "files" and case.world not in BREAKING and "429" not in case.world:
            self.assertEqual(came, [0, 1, 1], "a PDF and a rendering stop no statement")
        broken = "broken" if case.world in BREAKING else "connected"
        self.assertEqual(case.connection.state, broken)

    # -------------------------------------------------------------------------
    # Nights
    # -------------------------------------------------------------------------

    def test_each_fault_is_told_in_a_sentence_and_the_next_night_brings_everything_once(self):
        self.plant()
        self.all_due()
        self.run_job()
        self.assert_only_what_is_here_is_confirmed()
        books = self.books()
        for case in self.cases:
            with self.subTest(call=case.call, world=case.world):
                self.assert_told(case, books)
        good = [self.amounts[self.sandbox.queue(feed).offset] for feed in self.good]
        self.assertEqual([books[amount] for amount in good], [1] * len(self.good))
        self.cure()
        self.assert_all_booked_once()
        self.assertFalse([told for case in self.cases for told in self.told(case)])

    def test_what_fails_for_a_whole_connection_is_told_there_and_comes_in_afterwards(self):
        feed = self.add_client()
        self.name_companies(self.connection)
        for worlds in self.answers:
            for call, path in WHOLE.items():
                self.number += 1
                world = worlds[self.number % len(worlds)]
                with self.subTest(call=call, world=world):
                    self.fail_with(world, path)
                    self.one_night(feed)
                    broken = "broken" if world in BREAKING else "connected"
                    if call == "clients" or not broken:
                        self.assertEqual(self.connection.state, broken)
                self.sandbox.clear_faults()
                self.silent.clear()
                self.connection.sudo().write({"state": "connected"})
        self.cure()
        self.assert_all_booked_once()
        self.assertFalse(self.connection.reason)

    def one_night(self, feed):
        """A document waits and the night fails: it comes in, or the connection says why not."""
        index = self.add_statement(feed)
        self.all_due()
        self.run_job()
        self.env.invalidate_all()
        came = self.books().get(self.amounts[index], 0)
        self.assertTrue(self.connection.reason or came == 1, "never silent")
        if self.connection.reason:
            self.assert_sentence(self.connection.reason)
        self.assert_only_what_is_here_is_confirmed()

    def test_a_token_that_fails_is_told_in_a_sentence_and_leaves_the_connection_as_it_was(self):
        (token,) = [token for token in self.sandbox.tokens if not token.used]
        self.exchange(token)
        before = self.access()
        for worlds in self.answers:
            with self.subTest(worlds[0]):
                self.fail_with(worlds[0], f"/v2/get-credentials/{token.value}/")
                with self.assertRaises(UserError) as caught:
                    self.exchange(token)
                self.assert_sentence(str(caught.exception))
                self.assertEqual(self.access(), before)
            self.sandbox.clear_faults()
            self.silent.clear()

    def exchange(self, token):
        """Exchange a token as an administrator does."""
        token.used = False
        with self.as_user(self.env.ref("base.user_admin")) as env:
            connection = env["codabox.connection"].browse(self.connection.id).sudo()
            connection._exchange_token(token.value)

    def access(self):
        self.env.invalidate_all()
        connection = self.connection.sudo()
        return connection.username, connection.password, connection.state
