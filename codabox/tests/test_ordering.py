"""Nothing is ordered twice, whatever happens to the answers; the sandbox's log is the witness."""

from __future__ import annotations

import threading

from ..errors import CodaboxError, Forbidden, Rejected, TransportError
from ..mandates.ordering import (
    archive_coda_once,
    archive_social_once,
    create_once,
    find_client,
    missing_accounts,
    order_coda_once,
    order_purchase_invoices_once,
    order_social_once,
    ordered_accounts,
)
from ..sandbox.const import CLIENT_ID, CLIENT_NUMBER
from .mandate_case import ING, KBC, KBC_TWO, PERSON, MandateCase, enterprise, iban, new_client


class OnceTest(MandateCase):
    """Every order of the contract, by the same cases."""

    def setUp(self):
        super().setUp()
        self.jo = self.create(1)
        (self.coda,) = self.api.order_coda_mandates(self.jo.id, [KBC])
        self.social = self.api.order_social_mandate(self.jo.id, "acerta")

    def orders(self):
        """Give, per order, the function that orders once from what CodaBox shows now."""
        client = self.api.client(self.jo.id)
        return {
            "create": lambda: create_once(self.api, new_client(2)),
            "coda": lambda: order_coda_once(self.api, client, [KBC, ING]),
            "social": lambda: order_social_once(self.api, client, "group_s"),
            "purchase": lambda: order_purchase_invoices_once(self.api, client, **PERSON),
            "archive coda": lambda: archive_coda_once(self.api, client.id, self.coda.id),
            "archive social": lambda: archive_social_once(self.api, client.id, self.social.id),
        }

    def world(self):
        """Give what is at CodaBox, without times."""
        return [
            (
                client.client_code,
                [(m.ibans, m.state) for m in client.coda_mandates],
                [(m.social_welfare_id, m.state) for m in client.social_mandates],
                [m.state for m in client.purchase_invoice_mandates],
            )
            for client in self.api.clients()
        ]

    def each(self):
        for name in self.orders():
            with self.subTest(order=name):
                self.sandbox.clear_log()
                yield name, self.orders()[name]

    def test_it_is_sent_once_and_not_again(self):
        for name, order in self.each():
            first = order()
            self.assertEqual((first.ordered, first.settled), (True, False))
            self.assertEqual(len(self.posts()), 1)
            world = self.world()
            again = self.orders()[name]()
            self.assertFalse(again.ordered)
            self.assertEqual(self.world(), world)
            if name.startswith("archive"):
                continue  # asking again is harmless: CodaBox says 409
            self.assertEqual(len(self.posts()), 1, "the second time it only looked")

    def test_a_lost_answer_is_settled_by_looking(self):
        for name, order in self.each():
            self.sandbox.fail("drop_after", method="POST")
            placed = order()
            self.assertEqual((placed.ordered, placed.settled), (True, True))
            self.assertEqual(len(self.posts()), 1)
            self.assertEqual(self.sandbox.armed(), [])
            self.assertFalse(self.orders()[name]().ordered, "it is at CodaBox")

    def test_what_was_lost_before_it_arrived_is_reported_and_not_sent_again(self):
        for name, order in self.each():
            before = self.world()
            self.sandbox.fail("drop", method="POST")
            error = self.refused(TransportError, order)
            self.assertTrue(error.details["looked"])
            self.assertEqual(len(self.posts()), 1)
            self.assertEqual(self.world(), before)
            self.assertTrue(self.orders()[name]().ordered, "the next run orders it")

    def test_when_nothing_can_be_read_nobody_claims_to_know(self):
        for name, order in self.each():
            self.sandbox.fail("drop_after", method="POST")
            self.sandbox.fail("server_error", method="GET", times=None)
            # Creating reads before it orders too; here a batch has read.
            send = self.create_from_an_empty_list if name == "create" else order
            error = self.refused(TransportError, send)
            self.assertFalse(error.details["looked"])
            self.sandbox.clear_faults()
            self.assertEqual(len(self.posts()), 1)
            self.assertFalse(self.orders()[name]().ordered, "the next run sees that it was done")

    def create_from_an_empty_list(self):
        return create_once(self.api, new_client(2), known=[])

    def test_an_answer_of_another_shape_is_settled_too(self):
        for _name, order in self.each():
            # Carried out, and answered with half a body.
            self.sandbox.fail("truncated", method="POST")
            self.assertTrue(order().settled)
            self.assertEqual(len(self.posts()), 1)

    def test_a_request_that_never_left_is_raised_as_it_is(self):
        orders = self.orders()
        self.sandbox.stop()
        for name in ("coda", "social", "purchase", "archive coda", "archive social"):
            error = self.refused(TransportError, orders[name])
            self.assertNotIn("looked", error.details)


class LookTest(MandateCase):
    def test_a_client_is_found_by_its_number_in_any_spelling(self):
        clients = self.api.clients()
        for text in (CLIENT_NUMBER, "1007.190.194", "be 1007 190 194"):
            self.assertEqual(find_client(clients, text).id, CLIENT_ID)
        for text in ("", "BE0477472701", "1007190195"):
            self.assertIsNone(find_client(clients, text))

    def test_a_client_without_a_number_is_nobody(self):
        with self.sandbox.editing(277) as client:
            client["legal_entity"]["enterprise_num"] = None
        self.assertIsNone(find_client(self.api.clients(), ""))

    def test_only_what_is_missing_is_ordered(self):
        client = self.create()
        self.api.order_coda_mandates(client.id, [KBC])
        client = self.api.client(client.id)
        spelled = f"{KBC[:4]} {KBC[4:]}".lower()
        self.assertEqual(missing_accounts(client, [spelled, ING, ING]), (ING,))
        placed = order_coda_once(self.api, client, [spelled, ING, KBC_TWO])
        self.assertEqual([mandate.ibans for mandate in placed.result], [(KBC,), (ING,), (KBC_TWO,)])
        self.assertEqual(set(ordered_accounts(self.api.client(client.id))), {KBC, ING, KBC_TWO})

    def test_an_archived_mandate_does_not_count(self):
        client = self.create()
        (mandate,) = self.api.order_coda_mandates(client.id, [KBC])
        self.api.archive_coda_mandate(mandate.id)
        client = self.api.client(client.id)
        self.assertEqual(missing_accounts(client, [KBC]), (KBC,))
        placed = order_coda_once(self.api, client, [KBC])
        self.assertNotEqual(placed.result[0].id, mandate.id)

    def test_a_mandate_with_a_problem_is_archived_first(self):
        client = self.create()
        (mandate,) = self.api.order_coda_mandates(client.id, [KBC])
        self.sandbox.move_mandate(mandate.id, "problem", reason="Signature.", reason_code="R-3")
        client = self.api.client(client.id)
        self.assertFalse(order_coda_once(self.api, client, [KBC]).ordered)
        archive_coda_once(self.api, client.id, mandate.id, "New order")
        renewed = order_coda_once(self.api, self.api.client(client.id), [KBC])
        self.assertTrue(renewed.ordered)

    def test_a_list_that_cannot_be_read_is_no_lost_order(self):
        self.sandbox.fail("server_error", method="GET", path="/clients/$", times=None)
        error = self.refused(TransportError, create_once, self.api, new_client())
        self.assertFalse(error.maybe_done)
        self.assertEqual(self.posts(), [])

    def test_refusals_pass_through(self):
        client = self.create()
        self.refused(Rejected, order_coda_once, self.api, client, ["BE62974123456761"])
        self.refused(Rejected, order_social_once, self.api, client, "nobody")
        taken = new_client(3, enterprise_num=CLIENT_NUMBER)
        self.refused(Rejected, create_once, self.api, taken, known=[])
        self.sandbox.configure_office(allows_social_mandates=False)
        self.refused(Forbidden, order_social_once, self.api, client, "group_s")

    def test_the_number_of_another_office_is_refused_and_not_taken_over(self):
        other = self.sandbox.add_fiduciary("Other", enterprise(3_000_001))
        pod = self.sandbox.add_pod(fiduciary_ids=[other])
        number = enterprise(3_000_002)
        self.sandbox.add_client("X1", enterprise_num=number, pod_id=pod)
        error = self.refused(Rejected, create_once, self.api, new_client(enterprise_num=number))
        self.assertIn("legal_entity.enterprise_num", error.fields)


class ManyTest(MandateCase):
    def test_two_at_the_same_moment_place_one_order(self):
        client = self.create()
        outcomes = []

        def order():
            try:
                outcomes.append(order_coda_once(self.api, client, [KBC]).ordered)
            except CodaboxError as error:
                outcomes.append(error.code)

        threads = [threading.Thread(target=order) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(outcomes.count(True), 1)
        self.assertEqual(outcomes.count("rejected"), 7)
        self.assertEqual(len(self.api.client(client.id).coda_mandates), 1)

    def test_a_batch_with_lost_answers_creates_each_client_and_order_once(self):
        for path in ("/clients/$", "/coda-mandates/$", "/social-mandates/$"):
            self.sandbox.fail("drop_after", method="POST", path=path, times=3)
            self.sandbox.fail("drop", method="POST", path=path, times=2)
        for run in range(3):
            known = self.api.clients()
            failed = sum(not self.one(number, known) for number in range(20))
            self.assertEqual(failed, (6, 0, 0)[run])
        self.assertEqual(self.sandbox.armed(), [])
        clients = self.api.clients()[2:]
        self.assertEqual(len(clients), 20)
        for client in clients:
            self.assertEqual((len(client.coda_mandates), len(client.social_mandates)), (1, 1))
        done = [e for e in self.sandbox.log if e.method == "POST" and e.fault != "drop"]
        self.assertEqual(len(done), 60, "one create and two orders per client")

    def one(self, number, known):
        account = iban("409", 100 + number)
        try:
            client = create_once(self.api, new_client(number), known).result
            order_coda_once(self.api, client, [account])
            order_social_once(self.api, client, "group_s")
        except TransportError:
            return False
        return True
