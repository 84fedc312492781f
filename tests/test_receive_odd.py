"""Each item of an answer is judged alone: an odd one touches no neighbour."""

from odoo.tests import tagged

from ..codabox.sandbox import POD_ID
from .common import OTHER_IBAN, CodaboxCase, credit


@tagged("-at_install", "post_install")
class TestReceiveOdd(CodaboxCase):
    def setUp(self):
        super().setUp()
        self.odd = self.sandbox.add_client("ODD", "Odd", enterprise_num="BE0428759497")
        self.second = self.sandbox.add_client("PIET", "Garage Piet", accounts=[OTHER_IBAN])
        self.map_client()
        self.map_client(self.other_company, self.second)
        self.make_journal(self.other_company, OTHER_IBAN)

    def deliver_both(self):
        return [
            self.deliver(self.day(15, credit("10"))),
            self.deliver(
                self.day(15, credit("7"), account=OTHER_IBAN, enterprise_number=""),
                feed=self.second,
            ),
        ]

    def assert_both_booked(self, indexes):
        self.assertEqual([self.document(i).state for i in indexes], ["imported"] * 2)
        self.assertEqual(sorted(self.puts()), sorted(indexes))
        self.assertEqual(set(self.connection.feed_ids.mapped("state")) & {"ended"}, set())

    def answer(self, path, body):
        self.sandbox.fail("status", path=path, status=200, body=body)

    def test_an_office_of_three_clients_is_fetched_whatever_one_of_them_looks_like(self):
        for changes, told in (
            ({"client_code": 7}, False),
            ({"services": [{"state": 3}]}, False),
            ({"contact_name": {"first": "Jo"}}, "contact_name"),
            ({"bank_accounts": [{"iban": 3, "subaccounts": ["EUR"]}]}, "subaccounts"),
            ({"legal_entity": {"name": "Odd", "zip": 9000, "enterprise_num": 428759497}}, False),
            ({"coda_mandates": [{"id": None}]}, False),
            ({"coda_mandates": "none"}, False),
        ):
            with self.subTest(changes=changes), self.rolled_back():
                with self.sandbox.editing(self.odd) as client:
                    before = dict(client)
                    client.update(changes)
                indexes = self.deliver_both()
                self.press(self.connection, "action_test", user=self.env.user)
                self.night()
                self.assert_both_booked(indexes)
                feed = self.feed(self.odd)
                self.assertIn(told or "", feed.odd_fields or "")
                messages = feed.message_ids.filtered(lambda m: "cannot be read" in (m.body or ""))
                self.assertEqual(len(messages), bool(told), "told once")
                with self.sandbox.editing(self.odd) as client:
                    client.update(before)

    def test_a_pod_that_cannot_be_read_in_part_ends_no_client(self):
        pod = self.sandbox.pods[POD_ID]
        clients = [f.entry() for f in self.sandbox.feeds.values() if f.pod_id == POD_ID]
        odd = [entry if entry["id"] != self.odd else {"id": "?"} for entry in clients]
        for listed in (odd, None, {}):
            with self.subTest(listed=listed), self.rolled_back():
                indexes = self.deliver_both()
                body = {"id": "x", "fetch_delay": "soon", "feed_clients": listed}
                self.answer("/pod-client/", {**body, "allowed_formats": pod.allowed_formats})
                self.night()
                self.assert_both_booked(indexes)
                self.assertEqual(self.connection.reason_code, "odd_clients")
                self.assertEqual(self.connection.pod_id, POD_ID)

    def test_an_odd_entry_stops_the_confirmation_only(self):
        indexes = [
            self.deliver(self.day(15 + n, credit("10"), opening=str(10 * n))) for n in range(3)
        ]
        queue = self.sandbox.queue(self.client)
        entries = [document.entry() for document in queue.documents]
        entries[1] = {**entries[1], "feed_index": None}
        body = {"id": self.client, "type": "download", "feed_entries": entries}
        self.sandbox.fail("status", path=rf"/delivery/feed/{self.client}/$", method="GET",
                          status=200, body=body)  # fmt: skip
        self.sandbox.fail("status", path=rf"/delivery/feed/{self.client}/$", method="GET",
                          status=200, body={**body, "feed_entries": entries[1:]})  # fmt: skip
        self.night()
        self.assertEqual(self.puts(), indexes[:1])
        self.assertEqual(self.document(indexes[2]).state, "imported")
        run = self.env["codabox.run"].sudo().search([("feed_id", "=", self.feed().id)], limit=1)
        self.assertEqual(run.reason_code, "odd_entries")
        self.night()
        self.assertEqual(self.puts(), indexes)
        self.assertEqual([self.document(i).state for i in indexes], ["imported"] * 3)

    def test_entries_with_odd_fields_are_received(self):
        index = self.deliver(self.day(15, credit("10")))
        entry = self.sandbox.queue(self.client).documents[0].entry()
        for changes, state in (({"metadata": [1]}, "imported"), ({"document_model": 3}, "stored")):
            with self.subTest(changes=changes), self.rolled_back():
                body = {"id": None, "type": 3, "feed_entries": [{**entry, **changes}]}
                self.sandbox.fail(
                    "status", path=rf"/delivery/feed/{self.client}/$", method="GET",
                    status=200, body=body,
                )  # fmt: skip
                self.night()
                self.assertEqual(self.document(index).state, state)

    def test_a_client_without_the_list_of_its_mandates_keeps_them(self):
        mandates = self.feed().mandate_ids
        states = mandates.mapped("state")
        with self.sandbox.editing(self.client) as client:
            whole = client.pop("social_mandates")
        self.night()
        self.assertEqual(mandates.mapped("state"), states)
        with self.sandbox.editing(self.client) as client:
            client["social_mandates"] = whole
