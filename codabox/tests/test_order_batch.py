"""Orders for many clients at once: what reaches CodaBox, and what comes back."""

from __future__ import annotations

from ..errors import Rejected, TransportError
from ..mandates.order_batch import Order, place_all
from ..sandbox import CREDENTIALS, SOFTWARE_KEY, Sandbox
from ..v2.provisional import NewClient, ProvisionalClient
from .client_case import ClientCase

KBC, ING, BELFIUS = "BE83736123456715", "BE35310123456737", "BE14063123456783"
NUMBERS = ("BE0477472701", "BE0403170701", "BE0417497106")


def new(number=NUMBERS[0], **values):
    """Give a client that CodaBox accepts."""
    return NewClient(
        **{
            "client_code": f"C{number[-4:]}",
            "name": "Bakkerij Jo",
            "enterprise_num": number,
            "address": "Dorp 1",
            "zip": "9000",
            "city": "Gent",
            "contact_email": "jo@example.test",
            "language": "nl",
            "representative_name": "Jo Peeters",
            "representative_function": "bestuurder",
            **values,
        }
    )


class TestOrderBatch(ClientCase):
    def setUp(self):
        super().setUp()
        self.sandbox.reset("empty")
        self.api = self.enterContext_(
            ProvisionalClient.open(
                self.sandbox.url, SOFTWARE_KEY, CREDENTIALS, sleep=self.waits.append
            )
        )

    def place(self, *orders):
        self.sandbox.clear_log()
        return place_all(self.api, orders)

    def posts(self):
        return sorted(
            entry.path.rstrip("/").rpartition("/")[2]
            for entry in self.sandbox.log
            if entry.method == "POST"
        )

    def test_an_order_creates_the_client_and_each_service_and_brings_the_documents(self):
        order = Order(new(), (KBC, ING), ("group_s", "acerta"), purchase_invoices=True)
        [outcome] = self.place(order)
        self.assertEqual(outcome.errors, {})
        self.assertTrue(outcome.created)
        self.assertEqual(
            self.posts(),
            [
                "clients",
                "coda-mandates",
                "purchase-invoice-mandates",
                "social-mandates",
                "social-mandates",
            ],
        )
        self.assertEqual(len(outcome.client.coda_mandates), 2)
        self.assertEqual(len(outcome.client.social_mandates), 2)
        self.assertEqual(len(outcome.client.purchase_invoice_mandates), 1)
        self.assertEqual(
            set(outcome.pdfs), {mandate.id for mandate in outcome.client.coda_mandates}
        )
        self.assertTrue(all(pdf.startswith(b"%PDF") for pdf in outcome.pdfs.values()))

        [again] = self.place(order)
        self.assertEqual(self.posts(), [])
        self.assertFalse(again.created or again.ordered or again.errors)
        self.assertEqual(again.client.id, outcome.client.id)

    def test_a_lost_answer_at_any_step_is_settled_without_ordering_twice(self):
        paths = ("/clients/$", "coda-mandates/$", "social-mandates/$", "invoice-mandates/$")
        for path in paths:
            with self.subTest(path), Sandbox("empty") as self.sandbox:
                self.sandbox.fail("drop_after", method="POST", path=path)
                options = {"sleep": self.waits.append}
                with ProvisionalClient.open(
                    self.sandbox.url, SOFTWARE_KEY, CREDENTIALS, **options
                ) as self.api:
                    [outcome] = self.place(Order(new(), (KBC,), ("group_s",), True))
                self.assertFalse(self.sandbox.armed())
                self.assertEqual(outcome.errors, {})
                self.assertEqual(len(self.posts()), 4)

    def test_what_is_refused_for_one_client_does_not_touch_another(self):
        good, bad, other = (
            Order(new(NUMBERS[0]), (KBC,)),
            Order(new(NUMBERS[1], contact_email="nobody"), (ING,), ("group_s",)),
            Order(new(NUMBERS[2]), (BELFIUS, "BE00123"), ("group_s",)),
        )
        outcomes = self.place(good, bad, other)
        self.assertEqual([bool(outcome.errors) for outcome in outcomes], [False, True, True])
        self.assertIsInstance(outcomes[1].errors["client", ""], Rejected)
        self.assertIn("contact_email", outcomes[1].errors["client", ""].fields)
        self.assertIn("ibans", outcomes[2].errors["coda", ""].fields)
        # No payroll without statements.
        self.assertEqual(outcomes[2].client.social_mandates, ())
        self.assertNotIn("social-mandates", self.posts())

    def test_two_orders_for_one_enterprise_make_one_client(self):
        first, second = self.place(Order(new(), (KBC,)), Order(new(client_code="X"), (KBC, ING)))
        self.assertEqual(first.client.id, second.client.id)
        self.assertEqual((first.created, second.created), (True, False))
        self.assertEqual(self.posts(), ["clients", "coda-mandates", "coda-mandates"])
        self.assertEqual(len(second.client.coda_mandates), 2)

    def test_a_client_that_appears_between_the_reading_and_the_order_is_taken(self):
        known = self.api.clients
        calls = []

        def late():
            answer = known()
            calls.append(answer)
            if len(calls) == 1:
                self.sandbox.add_client("JO", "Bakkerij Jo", enterprise_num=NUMBERS[0])
            return answer

        self.api.clients = late
        [outcome] = self.place(Order(new(), (KBC,)))
        self.assertEqual(outcome.errors, {})
        self.assertFalse(outcome.created)
        self.assertEqual(outcome.client.client_code, "JO")

    def test_a_document_that_cannot_be_had_does_not_lose_the_order(self):
        self.sandbox.fail("server_error", path="/pdf/$", times=None)
        [outcome] = self.place(Order(new(), (KBC, BELFIUS)))
        self.assertEqual((outcome.errors, outcome.pdfs), ({}, {}))
        self.assertEqual(len(outcome.client.coda_mandates), 2)

    def test_nothing_is_ordered_when_the_clients_cannot_be_read(self):
        self.sandbox.fail("drop", path="/clients/$", times=None)
        self.refused(TransportError, place_all, self.api, [Order(new(), (KBC,))])
        self.assertEqual(self.posts(), [])
