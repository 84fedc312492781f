"""Clients of whom each field is in another form, all in one night with good ones between them.

Which fields there are is read from the answers of the sandbox; each form of each field by itself is
``codabox.tests.test_client_variants``. Here a client has all fields by which it does not live in
one form, and others have one field by which they live, or a list, in some form.
"""

from odoo.tests import tagged

from ..codabox.cleaning import clean_json
from ..codabox.errors import BadAnswer
from ..codabox.sandbox import Channel
from ..codabox.tests.variants import ABSENT, FORMS, RENAMED, at, changed, fields, forms
from ..codabox.v2 import parsing, parsing_clients
from ..codabox.v2.json_reader import Reader
from .common import IBAN
from .worlds_case import WorldsCase

# A document of another model is another document, whatever else is odd.
MODEL = ("document_model",)


def is_left_out(make, body, path, value):
    """Return whether an item with this value at a place cannot be read."""
    try:
        make(Reader(clean_json(changed(body, path, value))))
    except BadAnswer:
        return True
    return False


@tagged("-at_install", "post_install")
class TestNightlyVariants(WorldsCase):
    def setUp(self):
        super().setUp()
        self.answers = {
            "client": (parsing_clients.client, self.sandbox.feeds[self.client].client),
            "listed": (parsing.feed_client, self.sandbox.feeds[self.client].entry()),
            "entry": (parsing.feed_entry, self.entry()),
        }
        self.parts, self.index, self.good = {}, {}, []

    def entry(self):
        """Return an entry of a feed as the sandbox gives it."""
        index = self.add_statement(self.client)
        entry = self.sandbox.find(index, Channel.FEED)[1].entry()
        self.sandbox.queue(self.client).documents.clear()
        self.amounts.clear()
        return entry

    # -------------------------------------------------------------------------
    # World
    # -------------------------------------------------------------------------

    def plant(self):
        """Add the clients, what is odd of each, and a statement of each."""
        loose, firm = [], []
        for answer, (make, body) in self.answers.items():
            for path in fields(body):
                is_firm = any(is_left_out(make, body, path, value) for value in FORMS)
                is_loose = not is_firm and not isinstance(at(body, path), (dict, list))
                (loose if is_loose and path != MODEL else firm).append((answer, path))
        for value in (ABSENT, *FORMS):
            self.add_client([(answer, path, value) for answer, path in loose])
        for number, (answer, path) in enumerate(firm):
            choice = self.choice(answer, path)
            self.add_client([(answer, path, choice[number * 7 % len(choice)])])
        self.name_companies(self.connection)
        for feed in (*self.parts, *self.good):
            self.index[feed] = self.add_statement(feed)
        self.arm()

    def choice(self, answer, path):
        """Return forms of a field; of a number, an id or an index none that is that of another."""
        make, body = self.answers[answer]
        found = [value for value in forms(body, path) if value != RENAMED]
        if path == MODEL or (answer == "client" and path[-1] != "id"):
            return found
        odd = [value for value in found if is_left_out(make, body, path, value)]
        return odd or found

    def add_client(self, parts):
        """Add a client with these parts of its answers in another form; now and then a good one."""
        number = len(self.parts)
        feed = self.sandbox.add_client(f"V{number:03}", f"V{number:03}", accounts=[IBAN])
        self.parts[feed] = parts
        if number % 8 == 0:
            self.good.append(self.sandbox.add_client(f"V{number:03}+", f"V{number:03}+"))

    def arm(self):
        """Have the sandbox answer with these parts, in each call that shows them."""
        clients, listed = [], []
        for place, (feed, record) in enumerate(self.sandbox.feeds.items()):
            parts = {"client": [], "entry": []}
            for answer, path, value in self.parts.get(feed, ()):
                new = [] if value is ABSENT else [value]
                if answer == "client":
                    clients.append([[place, *path], *new])
                if answer == "listed":
                    listed.append([["feed_clients", place, *path], *new])
                else:
                    outer = ["feed_entries", 0] if answer == "entry" else []
                    parts[answer].append([[*outer, *path], *new])
            self.alter(f"/v2/clients/{record.client['id']}/$", parts["client"])
            self.alter(f"/v2/delivery/feed/{feed}/$", parts["entry"])
        self.alter("/v2/clients/$", clients)
        self.alter("/v2/delivery/pod-client/$", listed)

    def alter(self, path, parts):
        if parts:
            self.sandbox.fail("altered", method="GET", path=path, times=None, parts=parts)

    # -------------------------------------------------------------------------
    # The night
    # -------------------------------------------------------------------------

    def test_what_can_come_comes_and_nothing_raises_whatever_form_a_field_has(self):
        self.plant()
        self.all_due()
        self.run_job()
        self.assert_only_what_is_here_is_confirmed()
        books = self.books()
        kept = [feed for feed in self.parts if self.parts[feed][0][1] == MODEL]
        for feed, parts in self.parts.items():
            came = books.get(self.amounts[self.index[feed]], 0)
            with self.subTest(repr([(answer, path) for answer, path, _value in parts[:3]])):
                if feed in kept:
                    self.assertIn(self.document(self.index[feed]).state, ("imported", "stored"))
                else:
                    self.assertEqual(came, int(not self.is_hidden(parts)))
        good = [books.get(self.amounts[self.index[feed]]) for feed in self.good]
        self.assertEqual(good, [1] * len(good))
        self.assert_told()
        self.cure()
        for feed in kept:
            self.assertTrue(self.document(self.index[feed])._is_safe())
            if self.document(self.index[feed]).state == "stored":
                self.document(self.index[feed]).unlink()
                del self.amounts[self.index[feed]]
        self.assert_all_booked_once()

    def is_hidden(self, parts):
        """Return whether nobody can see which document this is; a client is known from before."""
        (answer, path, value), *_others = parts
        make, body = self.answers[answer]
        return answer == "entry" and is_left_out(make, body, path, value)

    def assert_told(self):
        """Nothing broke, nobody left, and what cannot be read is told where it belongs."""
        feeds = self.connection.sudo().feed_ids
        self.assertEqual(set(feeds.mapped("state")), {"active"})
        self.assertEqual(self.connection.reason_code, "odd_clients")
        runs = self.env["codabox.run"].sudo().search([("feed_id", "in", feeds.ids)])
        self.assertLessEqual({*runs.mapped("reason_code")}, {False, "odd_entries"})
        for reason in {*runs.mapped("reason"), self.connection.reason} - {False, ""}:
            self.assert_sentence(reason)
        odd = feeds.filtered("odd_fields")
        self.assertGreater(len(odd), 20)
        for feed in odd:
            told = feed.message_ids.filtered(lambda m: "cannot be read" in (m.body or ""))
            self.assertEqual(len(told), 1, "told once on that client")
        self.assertFalse(odd.filtered(lambda f: f.remote_id in self.good))
