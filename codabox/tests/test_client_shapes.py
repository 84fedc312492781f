"""Answers of unexpected shape, and the times in them."""

from __future__ import annotations

import copy
import json
import unittest

from ..errors import BadAnswer
from ..transport.wire import Answer
from ..v2 import parsing, parsing_clients
from ..v2.parsing import Reader
from .client_case import ClientCase, http, raw_server


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

    def places(self, value, path=()):
        """Give the path of every value inside an answer."""
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield (*path, key)
            if isinstance(item, (dict, list)):
                yield from self.places(item, (*path, key))

    def changed(self, body, path, value):
        twin = copy.deepcopy(body)
        inner = twin
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
        return twin

    def test_any_value_of_any_type_is_read_or_named(self):
        for body, make in self.bodies:
            for path in self.places(body):
                for value in (None, True, 3, 1.5, "text", [], {}, [None], [[]], {"a": None}):
                    twin = self.changed(body, path, value)
                    with self.subTest(path=path, value=value):
                        try:
                            self.assertEqual(make(Reader(twin)).raw, twin)
                        except BadAnswer as error:
                            self.assertEqual(error.code, "bad_field")
                            self.assertIn(str(path[0]), error.details["field"])

    def test_a_missing_key_is_read_as_absent_or_named(self):
        for body, make in self.bodies:
            for key in body:
                twin = {name: value for name, value in body.items() if name != key}
                with self.subTest(key=key):
                    try:
                        make(Reader(twin))
                    except BadAnswer as error:
                        self.assertEqual(error.details["field"], key)

    def test_an_unknown_key_is_kept(self):
        for body, make in self.bodies:
            self.assertEqual(make(Reader({**body, "new": [1]})).raw["new"], [1])

    def test_the_wrong_field_is_named_with_its_whole_path(self):
        body = self.bodies[0][0]
        for path, value, field, expected in (
            (("feed_clients", 1, "id"), "278", "feed_clients[1].id", "integer"),
            (("feed_clients", 0, "client_id"), None, "feed_clients[0].client_id", "string"),
            (("allowed_formats", "coda"), "cod", "allowed_formats.coda", "array"),
            (("allowed_formats", "coda", 1), 3, "allowed_formats.coda[1]", "string"),
            (("id",), True, "id", "integer"),
        ):
            with self.subTest(field=field), self.assertRaises(BadAnswer) as caught:
                parsing.pod(Reader(self.changed(body, path, value)))
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

    def test_a_date_that_is_none_is_named_without_a_hidden_cause(self):
        for read, text in (
            ("moment", "2017-13-01T00:00:00"),
            ("moment", "nonsense"),
            ("day", "28/04/17"),
        ):
            with self.subTest(text=text), self.assertRaises(BadAnswer) as caught:
                getattr(Reader({"at": text}), read)("at")
            self.assertEqual(caught.exception.details["field"], "at")
            self.assertNotIn(text, str(caught.exception))
            self.assertIsNone(caught.exception.__context__)

    def test_json_with_a_byte_order_mark_is_read(self):
        answer = Answer("application/json", b"\xef\xbb\xbf[]", {})
        self.assertEqual(parsing.decode(answer), [])
