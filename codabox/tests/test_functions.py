"""What a connection can do is found out without changing anything."""

from __future__ import annotations

from ..errors import (
    BadAnswer,
    Forbidden,
    NotFound,
    NotOffered,
    Rejected,
    ServerError,
    TransportError,
    Unauthorized,
)
from ..mandates.ordering import order_coda_once
from ..sandbox import SOFTWARE_KEY
from ..v2.functions import Found, FunctionState, explore, judge
from ..v2.provisional import ProvisionalClient
from .mandate_case import KBC, MandateCase, new_client

WORKS, REFUSED = FunctionState.WORKS, FunctionState.REFUSED
NOT_OFFERED, NOT_TRIED = FunctionState.NOT_OFFERED, FunctionState.NOT_TRIED
ORDERS = ("order_coda", "order_soda", "order_purchase_invoice")


class FunctionsTest(MandateCase):
    def setUp(self):
        super().setUp()
        client = self.api.create_client(new_client())
        placed = order_coda_once(self.api, client, [KBC])
        self.known = {"client": client.id, "coda": placed.result[0].id}
        self.feed_id = max(self.sandbox.feeds)
        self.sandbox.clear_log()

    def explored(self, **options):
        found = explore(
            options.pop("api", self.api),
            options.pop("known", self.known),
            feed_id=options.pop("feed_id", self.feed_id),
            is_office=options.pop("is_office", True),
        )
        return {function: tried.state for function, tried in found}

    def company(self):
        client = self.sandbox.feeds[self.feed_id].client
        number = client["legal_entity"]["enterprise_num"]
        credentials = self.sandbox.credentials(self.sandbox.connect_company(number))
        api = ProvisionalClient.open(self.sandbox.url, SOFTWARE_KEY, credentials)
        self.addCleanup(api.close)
        return api

    def test_what_only_reads_works_and_of_the_rest_the_address_answers(self):
        self.assertEqual(
            self.explored(),
            {
                **dict.fromkeys((*ORDERS, "archive"), NOT_TRIED),
                "redelivery": WORKS,
                "pdf": WORKS,
            },
        )

    def test_nothing_is_changed_by_trying(self):
        self.explored()
        self.explored(api=self.company(), is_office=False)
        self.assertEqual({entry.method for entry in self.sandbox.log}, {"GET"})

    def test_a_v2_without_the_provisional_calls_does_not_offer_them(self):
        self.sandbox.configure(provisional=False)
        self.assertEqual(
            self.explored(),
            {**dict.fromkeys((*ORDERS, "archive", "pdf"), NOT_OFFERED), "redelivery": WORKS},
        )
        found = self.explored(api=self.company(), is_office=False)
        self.assertEqual(found["send"], NOT_OFFERED)

    def test_a_refusal_concerns_that_function_alone(self):
        self.sandbox.fail("forbidden", path="/coda-mandates/$", times=None)
        found = self.explored()
        self.assertEqual(found["order_coda"], REFUSED)
        self.assertEqual(found["order_soda"], NOT_TRIED)

    def test_a_connection_without_clients_tries_less(self):
        self.assertEqual(self.explored(known={}, feed_id=None), {})

    def test_sending_is_known_to_be_open_and_not_tried(self):
        found = self.explored(api=self.company(), is_office=False)
        self.assertEqual(found["send"], NOT_TRIED)

    def test_what_does_not_answer_tells_nothing(self):
        self.sandbox.fail("server_error", times=None)
        self.assertEqual(self.explored(), {})

    def test_refused_credentials_end_it(self):
        self.sandbox.fail("unauthorized", times=None)
        with self.assertRaises(Unauthorized):
            self.explored()

    # --- A call that is missing ------------------------------------------------------------------

    def calls(self):
        """Give each call that changes something, or asks for one thing of the contract."""
        company = self.company()
        client_id, mandate_id = self.known["client"], self.known["coda"]
        person = {f"representative_{name}": "x" for name in ("name", "function", "email")}
        return {
            "create": lambda: self.api.create_client(new_client(2)),
            "coda": lambda: self.api.order_coda_mandates(client_id, [KBC]),
            "soda": lambda: self.api.order_social_mandate(client_id, "group_s"),
            "purchases": lambda: self.api.order_purchase_invoice_mandate(client_id, **person),
            "archive": lambda: self.api.archive_coda_mandate(mandate_id),
            "pdf": lambda: self.api.coda_mandate_pdf(mandate_id),
            "banks": self.api.banks,
            "secretariats": self.api.social_secretariats,
            "send": lambda: company.send_sales_invoice("x.xml", b"<x/>"),
            "state": lambda: company.sales_invoice("x"),
            "find": lambda: company.find_sales_invoices("BE0999999922", "1", "380"),
        }

    def test_a_missing_call_is_not_offered_whatever_it_was_about(self):
        self.sandbox.configure(provisional=False)
        for name, call in self.calls().items():
            with self.subTest(name):
                error = self.refused(NotOffered, call)
                self.assertEqual(judge(error).state, NOT_OFFERED)
                self.assertNotIsInstance(error, TransportError)

    def test_no_method_and_not_implemented_are_missing_calls_too(self):
        for status in (405, 501):
            for name, call in self.calls().items():
                self.sandbox.fail("status", status=status, body="")
                with self.subTest(name, status=status):
                    self.assertEqual(self.refused(NotOffered, call).status, status)

    def test_of_one_thing_codabox_may_say_in_words_that_it_has_none(self):
        for name in ("coda", "soda", "purchases", "archive", "pdf", "state"):
            self.sandbox.fail("not_found")
            with self.subTest(name):
                self.refused(NotFound, self.calls()[name])

    def test_what_an_answer_tells_of_a_function(self):
        for error, state in (
            (None, WORKS),
            (NotFound("not_found", status=404), NOT_OFFERED),
            (NotOffered("not_offered", status=501), NOT_OFFERED),
            (Forbidden("forbidden", status=403), REFUSED),
        ):
            self.assertEqual(judge(error).state, state)
        for error in (
            Rejected("rejected", status=400),
            Unauthorized("unauthorized", status=401),
            ServerError("server_error", status=500),
            BadAnswer("bad_json"),
        ):
            self.assertIsNone(judge(error))
        self.assertEqual(judge(NotFound("not_found", status=410)), Found(NOT_OFFERED, 410))
