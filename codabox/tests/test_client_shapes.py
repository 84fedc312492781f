"""Answers of unexpected shape, and the times in them."""

from __future__ import annotations

import json
import unittest

from ..errors import BadAnswer
from ..transport.wire import Answer
from ..v2 import json_reader, parsing, parsing_clients
from ..v2.json_reader import Reader
from .client_case import ClientCase, http, raw_server
from .variants import FORMS, changed, named, places


class ShapeTest(ClientCase):
    """Takes real answers of the sandbox and breaks one thing."""

    MAKERS = (
        ("delivery/pod-client/", parsing.pod),
        ("delivery/feed/277/", parsing.feed),
        ("fiduciaries/", parsing_clients.fiduciary),
        ("clients/", parsing_clients.client),
    )

    def setUp(self):
        super().setUp()
        self.bodies = []
        for path, make in self.MAKERS:
            answer = self.client._transport.request("GET", *path.split("/")[:-1], repeatable=True)
            body = json.loads(answer.content)
            self.bodies.append((body[0] if isinstance(body, list) else body, make))

    def test_only_what_an_item_lives_by_is_required(self):
        lived_by = {
            parsing.pod: set(),
            parsing.feed: {"feed_entries"},
            parsing_clients.fiduciary: {"id"},
            parsing_clients.client: {
                "id", "state", "legal_entity", "legal_entity.enterprise_num",
                "coda_mandates", "coda_mandates.id", "coda_mandates.state", "coda_mandates.ibans",
                "coda_mandates.ibans.", "coda_mandates.", "social_mandates", "social_mandates.id",
                "social_mandates.", "social_mandates.state", "social_mandates.social_welfare_id",
                "purchase_invoice_mandates", "purchase_invoice_mandates.",
                "purchase_invoice_mandates.state", "purchase_invoice_transmission_mandates",
                "purchase_invoice_transmission_mandates.",
                "purchase_invoice_transmission_mandates.state",
            },
        }  # fmt: skip
        for body, make in self.bodies:
            refused = set()
            for path in places(body):
                for value in FORMS:
                    try:
                        make(Reader(changed(body, path, value)))
                    except BadAnswer:
                        refused.add(named(path))
            self.assertEqual(refused, lived_by[make], make.__name__)

    def test_one_odd_client_touches_no_other(self):
        for path, value, left in (
            (("legal_entity", "zip"), {"a": 1}, 2),
            (("services",), [{}], 2),
            (("client_code",), 7, 2),
            (("coda_mandates", 0, "reason_code"), 0, 2),
            (("coda_mandates", 0, "validity_start"), "19/12/2011", 2),
            (("coda_mandates", 0, "bank_id"), {"bic": "X"}, 2),
            (("bank_accounts", 0, "subaccounts"), ["EUR"], 2),
            (("coda_mandates", 0, "id"), None, 1),
            (("id",), None, 1),
        ):
            with self.subTest(path=path):
                body = [changed(self.bodies[3][0], path, value), {**self.bodies[3][0]}]
                with raw_server(http(200, json.dumps(body).encode())) as url:
                    found = self.open(url).readable_clients()
                self.assertEqual(len(found), left)
                self.assertEqual(found[-1].raw, body[1])

    def test_who_orders_must_see_every_client(self):
        body = [changed(self.bodies[3][0], ("id",), None), self.bodies[3][0]]
        with raw_server(http(200, json.dumps(body).encode())) as url:
            self.refused(BadAnswer, self.open(url).clients)

    def test_what_cannot_be_read_is_named_and_all_else_is_read(self):
        body = changed(self.bodies[3][0], ("coda_mandates", 0, "bank_id"), {"bic": "X"})
        body["client_code"] = 7
        found = parsing_clients.client(Reader(body, "[3]"))
        self.assertEqual(found.odd, ("coda_mandates[0].bank_id",))
        self.assertEqual((found.client_code, found.coda_mandates[0].bank_id), ("7", ""))

    def test_a_client_of_the_pod_that_cannot_be_read_ends_nobody(self):
        body = self.bodies[0][0]
        self.assertTrue(parsing.pod(Reader(body)).is_complete)
        for path, value in ((("feed_clients", 0, "id"), None), (("feed_clients",), None)):
            pod = parsing.pod(Reader(changed(body, path, value)))
            self.assertFalse(pod.is_complete)

    def test_an_entry_that_cannot_be_read_keeps_its_place(self):
        body = self.bodies[1][0]
        entries = parsing.feed(Reader(changed(body, ("feed_entries", 0), 3))).entries
        self.assertEqual(entries[0].feed_index, "")
        self.assertEqual(len(entries), len(body["feed_entries"]))
        odd = changed(body, ("feed_entries", 0, "document_model"), None)
        self.assertEqual(parsing.feed(Reader(odd)).entries[0].document_model, "unknown")

    def test_an_unknown_key_is_kept(self):
        for body, make in self.bodies:
            self.assertEqual(make(Reader({**body, "new": [1]})).raw["new"], [1])

    def test_the_wrong_field_is_named_with_its_whole_path(self):
        body = self.bodies[3][0]
        for path, value, field, expected in (
            (("coda_mandates", 0, "id"), True, "coda_mandates[0].id", "string"),
            (("coda_mandates", 0, "ibans", 0), {}, "coda_mandates[0].ibans", "array of strings"),
            (("social_mandates",), "x", "social_mandates", "array"),
            (("id",), None, "id", "string"),
        ):
            with self.subTest(field=field), self.assertRaises(BadAnswer) as caught:
                parsing_clients.client(Reader(changed(body, path, value)))
            self.assertEqual(caught.exception.details["field"], field)
            self.assertEqual(caught.exception.details["expected"], expected)

    def test_a_feed_without_the_list_of_entries_is_not_an_empty_feed(self):
        with self.assertRaises(BadAnswer):
            parsing.feed(Reader({"id": 277, "type": "download"}))

    def test_a_list_that_is_no_list_is_named(self):
        with raw_server(http(200, b'{"results": []}')) as url:
            error = self.refused(BadAnswer, self.open(url).clients)
        self.assertEqual((error.details["expected"], error.details["found"]), ("array", "object"))


class TimesTest(unittest.TestCase):
    def moment(self, text):
        return Reader({"at": text}).moment("at")

    def test_timestamps_are_naive_and_a_zone_becomes_utc(self):
        for text, expected in (
            ("2017-04-28T13:26:55.574996", "2017-04-28T13:26:55.574996"),
            ("2017-04-28T13:26:55", "2017-04-28T13:26:55"),
            ("2017-04-28T13:26:55.5", "2017-04-28T13:26:55.500000"),
            ("2017-04-28T13:26:55.123456789", "2017-04-28T13:26:55.123456"),
            ("2017-04-28T13:26", "2017-04-28T13:26:00"),
            ("2017-04-28T13:26:55Z", "2017-04-28T13:26:55"),
            ("2017-04-28T13:26:55+02:00", "2017-04-28T11:26:55"),
            ("2017-04-28T13:26:55-0130", "2017-04-28T14:56:55"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self.moment(text).isoformat(), expected)
        self.assertIsNone(self.moment(None))
        self.assertIsNone(self.moment(""))

    def test_dates_are_read_as_people_write_them(self):
        for text, expected in (
            ("2017-04-28", "2017-04-28"),
            ("28/04/2017", "2017-04-28"),
            ("28.4.2017", "2017-04-28"),
            ("20170428", "2017-04-28"),
            ("2017-04-28T13:26:55Z", "2017-04-28"),
        ):
            with self.subTest(text=text):
                self.assertEqual(Reader({"at": text}).day("at").isoformat(), expected)

    def test_a_date_that_is_none_is_named_and_absent(self):
        for text in ("2017-13-01T00:00:00", "nonsense", "0001-01-01T00:00:00+09:00", 20170428, {}):
            for read in ("moment", "day"):
                with self.subTest(text=text, read=read):
                    reader = Reader({"at": text}, "[0]")
                    self.assertIsNone(getattr(reader, read)("at"))
                    self.assertEqual(json_reader.names(reader), ("at",))

    def test_json_with_a_byte_order_mark_is_read(self):
        answer = Answer("application/json", b"\xef\xbb\xbf[]", {})
        self.assertEqual(json_reader.decode(answer), [])
