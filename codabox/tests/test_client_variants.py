"""Each field of each answer in each other form: nothing else raises, and no neighbour is touched.

The answers are those the sandbox gives to every call of the client; a call that is new and not
in ``CALLS`` fails here.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re

from ..cleaning import clean_json, fits_column, read_json
from ..const import KNOWN_FORMATS
from ..errors import ApiError, BadAnswer
from ..mandates.gate import check_document
from ..sandbox import (
    CLIENT_NUMBER,
    COMPANY_CREDENTIALS,
    CREDENTIALS,
    FEED_ID,
    SOFTWARE_KEY,
    TOKEN,
    Sandbox,
)
from ..sandbox.const import CLIENT_ID, FIDUCIARY_ID
from ..transport.refusals import from_status
from ..transport.wire import Answer
from ..v2.provisional import ProvisionalClient
from .client_case import ClientCase
from .invoice_case import ubl
from .mandate_case import KBC, PERSON, new_client
from .variants import FORMS, named, variants

SIGNS = {f"representative_{name}": value for name, value in PERSON.items()}
SOLD = (CLIENT_NUMBER, "INV/2026/00001", "380")

# Every call whose answer is read; those of a company are below.
CALLS = {
    "get_credentials": lambda api, _ids: api.get_credentials(TOKEN),
    "request_access_token": lambda api, _ids: api.request_access_token(CLIENT_NUMBER),
    "pod": lambda api, _ids: api.pod(),
    "feed": lambda api, _ids: api.feed(FEED_ID),
    "fiduciaries": lambda api, _ids: api.fiduciaries(),
    "fiduciary": lambda api, _ids: api.fiduciary(FIDUCIARY_ID),
    "clients": lambda api, _ids: api.clients(),
    "readable_clients": lambda api, _ids: api.readable_clients(),
    "client": lambda api, _ids: api.client(CLIENT_ID),
    "create_client": lambda api, _ids: api.create_client(new_client()),
    "order_coda_mandates": lambda api, _ids: api.order_coda_mandates(CLIENT_ID, [KBC]),
    "order_social_mandate": lambda api, _ids: api.order_social_mandate(CLIENT_ID, "securex"),
    "order_purchase_invoice_mandate": lambda api, ids: api.order_purchase_invoice_mandate(
        ids["create_client"], **SIGNS
    ),
    "archive_coda_mandate": lambda api, ids: api.archive_coda_mandate(ids["order_coda_mandates"]),
    "archive_social_mandate": lambda api, ids: api.archive_social_mandate(
        ids["order_social_mandate"]
    ),
    "banks": lambda api, _ids: api.banks(),
    "social_secretariats": lambda api, _ids: api.social_secretariats(),
}
COMPANY_CALLS = {
    "peppol_licences": lambda api, _ids: api.peppol_licences(),
    "send_sales_invoice": lambda api, _ids: api.send_sales_invoice("i.xml", ubl(SOLD[1])),
    "sales_invoice": lambda api, ids: api.sales_invoice(ids["send_sales_invoice"]),
    "find_sales_invoices": lambda api, _ids: api.find_sales_invoices(*SOLD),
}
# Their answer is a file, a status, or not read at all.
UNREAD = {
    "open",
    "close",
    "knock",
    "download",
    "coda_mandate_pdf",
    "acknowledge",
    "upload_to_peppol",
}

# Read by the same code as another one, which is tried with every form.
LIKE_ANOTHER = {"fiduciary", "clients", "client", "create_client"}
SHORT = 10
# What a value says of the whole of an answer.
ABOUT_ALL = {"raw", "odd", "is_complete"}
# Who calls these must see all of a list: what went unseen could be ordered or sent again.
ALL_OR_NOTHING = {"clients", "order_coda_mandates", "find_sales_invoices", "peppol_licences"}


class Recorded:
    """A transport: what it asks of the sandbox is kept, until it is given an answer to give."""

    def __init__(self, transport):
        self.transport = transport
        self.body = self.given = None

    def close(self):
        self.transport.close()

    def request(self, method, *parts, **options):
        if self.given is None:
            answer = self.transport.request(method, *parts, **options)
            self.body = json.loads(answer.content)
            return answer
        content = json.dumps(self.given[0]).encode()
        return Answer("application/json", content, {"method": method, "path": "/"}, "http://x/")


class VariantsTest(ClientCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answers, cls.calls = {}, {}
        with Sandbox("company") as sandbox:
            cls.record(sandbox, CREDENTIALS, CALLS)
            cls.record(sandbox, COMPANY_CREDENTIALS, COMPANY_CALLS)

    @classmethod
    def record(cls, sandbox, credentials, calls):
        """Keep what the sandbox answers to each call."""
        api = ProvisionalClient.open(sandbox.url, SOFTWARE_KEY, credentials)
        with api:
            api._transport = Recorded(api._transport)
            ids = {"api": api}
            for name, call in calls.items():
                found = call(api, ids)
                cls.answers[name] = api._transport.body
                cls.calls[name] = (api, call, dict(ids))
                ids[name] = getattr(found[0] if isinstance(found, tuple) else found, "id", None)

    def read(self, name, body):
        """Make a call that is answered with this."""
        api, call, ids = self.calls[name]
        api._transport.given = [body]
        try:
            return call(api, ids)
        finally:
            api._transport.given = None

    def each(self, names=None):
        """Give each call with each variant of its answer, and the test of that one alone."""
        for name in names or self.answers:
            most = SHORT if name in LIKE_ANOTHER else None
            for path, value, twin in variants(self.answers[name], most):
                yield name, path, twin, self.subTest(name, path=path, value=repr(value)[:60])

    def test_every_call_whose_answer_is_read_is_here(self):
        public = inspect.getmembers(ProvisionalClient, inspect.isfunction)
        methods = {name for name, _method in public if not name.startswith("_")}
        self.assertEqual(methods - UNREAD, set(self.answers))

    def test_whatever_a_field_holds_it_is_read_or_named(self):
        count = 0
        for name, path, twin, alone in self.each():
            count += 1
            with alone:
                try:
                    found = self.read(name, twin)
                except BadAnswer as error:
                    self.assertEqual(error.code, "bad_field")
                    self.assert_about(error, path)
                else:
                    self.assert_kept(found, twin)
        self.assertGreater(count, 447)

    def assert_about(self, error, path):
        """An error names the field that was changed, or what it stands in or holds."""
        field = re.sub(r"\[\d+\]", ".", error.details["field"]).replace("..", ".").strip(".")
        place = named(path).strip(".")
        self.assertTrue(place.startswith(field) or field.startswith(place), (field, place))
        self.assertTrue(error.details["address"])
        self.assertTrue(error.maybe_done, "whatever was ordered may be ordered")

    def assert_kept(self, found, twin):
        """What is read can be kept in a database, and with it all that came."""
        if hasattr(found, "raw"):
            self.assertEqual(found.raw, read_json(json.dumps(twin).encode()))
        for item in found if isinstance(found, tuple) else [found]:
            for value in vars_of(item):
                self.assertEqual(clean_json(value), value)
                self.assertTrue(not is_number(value) or fits_column(value), value)

    def test_whatever_an_answer_is_as_a_whole_it_is_read_or_told(self):
        for name in self.answers:
            for value in FORMS:
                with self.subTest(name, value=repr(value)[:60]):
                    try:
                        self.read(name, value)
                    except BadAnswer as error:
                        self.assertEqual(error.code, "bad_field")

    def test_no_neighbour_of_an_odd_item_is_touched(self):
        whole = {name: self.read(name, body) for name, body in self.answers.items()}
        for name, path, twin, alone in self.each(set(self.answers) - ALL_OR_NOTHING):
            with alone:
                self.assert_neighbours(whole[name], name, path, twin)

    def assert_neighbours(self, before, name, path, twin):
        try:
            after = self.read(name, twin)
        except BadAnswer:
            self.assertNotIsInstance(before, tuple, "one item ends no list")
            return
        if isinstance(before, tuple):
            self.assert_others(before, after, path[0])
        elif dataclasses.is_dataclass(before):
            self.assert_other_fields(before, after, path)

    def assert_others(self, before, after, place):
        """All items but one are there, whole and in their order."""
        others = [item for number, item in enumerate(before) if number != place]
        self.assertEqual([item for item in after if item in others], others)

    def assert_other_fields(self, before, after, path):
        """All fields but one are the same; of a list or an object, all but one of its items."""
        touched = [
            field.name
            for field in dataclasses.fields(before)
            if field.name not in ABOUT_ALL
            and getattr(before, field.name) != getattr(after, field.name)
        ]
        self.assertLessEqual(len(touched), 1)
        for name in touched if len(path) > 1 else ():
            old, new = getattr(before, name), getattr(after, name)
            if isinstance(path[1], int):
                self.assert_others(old, new, path[1])
            elif isinstance(old, dict):
                others = {key: value for key, value in old.items() if key != path[1]}
                self.assertLessEqual(others.items(), new.items())

    def test_who_must_see_all_of_a_list_is_told_of_the_first_that_cannot_be_read(self):
        for name in ALL_OR_NOTHING:
            with self.subTest(name), self.assertRaises(BadAnswer):
                self.read(name, [*self.answers[name], {}])

    def test_the_gate_judges_any_client_and_any_document(self):
        metadata = self.answers["feed"]["feed_entries"][0]["metadata"]
        (client, *_others) = self.read("readable_clients", self.answers["readable_clients"])
        for _name, _path, twin, alone in self.each(["readable_clients"]):
            for odd in self.read("readable_clients", twin)[:1]:
                with alone:
                    for model in KNOWN_FORMATS:
                        self.assertIsInstance(check_document(odd, model, metadata).allowed, bool)
        for _path, _value, twin in variants(metadata):
            for model in (*KNOWN_FORMATS, "", "news"):
                self.assertIsInstance(check_document(client, model, twin).allowed, bool)

    def test_whatever_a_refusal_says_it_is_a_text_and_texts_by_field(self):
        body = {"detail": "Not found.", "ibans": ["BE..: no."], "legal_entity": {"zip": ["No."]}}
        for path, value, twin in variants(body):
            for status in (400, 401, 403, 404, 405, 409, 429):
                with self.subTest(path=path, value=repr(value)[:60], status=status):
                    content = json.dumps(twin).encode()
                    error = from_status(status, {}, content, "GET /")
                    self.assertIsInstance(error, ApiError)
                    self.assertIsInstance(error.detail, str)
                    told = [text for texts in error.fields.values() for text in texts]
                    self.assertEqual([text for text in told if not isinstance(text, str)], [])


def vars_of(item):
    """Give the values of the fields of what was read, without its raw answer."""
    if not dataclasses.is_dataclass(item):
        return [item]
    return [
        getattr(item, field.name)
        for field in dataclasses.fields(item)
        if isinstance(getattr(item, field.name), (str, int, type(None)))
    ]


def is_number(value):
    return isinstance(value, int) and not isinstance(value, bool)
