"""No invoice is sent twice, whatever happens to the answers; the sandbox is the witness."""

from __future__ import annotations

import threading

from ..errors import ApiError, CodaboxError, Forbidden, NotFound, Rejected, TransportError
from ..sandbox import CLIENT_NUMBER, CREDENTIALS, SOFTWARE_KEY
from ..sending.once import CopyToAccountant, PeppolUpload, send_once
from ..v2.provisional import ProvisionalClient
from .invoice_case import InvoiceCase, ubl

LATER = {"maybe_sent": True}


class SendingCase(InvoiceCase):
    def setUp(self):
        super().setUp()
        self.way = CopyToAccountant(self.company)

    def once(self, number="1", *, way=None, day="2026-05-04", maybe_sent=False):
        return send_once(
            way or self.way, f"{number}.xml", ubl(number, day),
            seller=CLIENT_NUMBER, number=number, type_code="380", maybe_sent=maybe_sent,
        )  # fmt: skip

    def fail(self, kind, **options):
        """Let a sending go wrong."""
        self.sandbox.fail(kind, method="POST", **options)

    def taken(self):
        """Give what CodaBox took, in either way."""
        sent = [*self.sandbox.sent_invoices(), *self.sandbox.peppol_uploads()]
        return [invoice.facts.number for invoice in sent]


class CopyTest(SendingCase):
    def test_it_is_sent_without_asking_when_it_never_was(self):
        placed = self.once()
        self.assertEqual((placed.ordered, placed.settled), (True, False))
        self.assertEqual(placed.result.state, "received")
        self.assertEqual([entry.method for entry in self.sandbox.log], ["POST"])

    def test_what_may_have_been_sent_is_asked_for_first(self):
        sent = self.once().result
        placed = self.once(**LATER)
        self.assertEqual((placed.ordered, placed.result), (False, sent))
        self.assertTrue(self.once("2", **LATER).ordered)
        self.assertEqual(self.posts(), ["1.xml", "2.xml"])

    def test_a_lost_answer_is_settled_by_asking(self):
        for kind in ("drop_after", "truncated"):
            with self.subTest(kind):
                self.fail(kind)
                placed = self.once(kind)
                self.assertEqual((placed.ordered, placed.settled), (True, True))
                self.assertEqual(placed.result.id, self.sandbox.sent_invoices(kind)[0].id)
        self.assertEqual(self.taken(), ["drop_after", "truncated"])
        self.assertEqual(len(self.posts()), 2)

    def test_an_answer_that_comes_too_late_is_settled_too(self):
        self.fail("slow", seconds=0.6)
        hasty = self.company_client(self.pod_id, read_timeout=0.2)
        self.assertTrue(self.once(way=CopyToAccountant(hasty)).settled)
        self.assertEqual(self.taken(), ["1"])

    def test_what_never_arrived_is_told_and_goes_at_the_next_try(self):
        for kind in ("drop", "server_error"):
            self.fail(kind)
            error = self.refused(TransportError, self.once, kind)
            self.assertIs(error.details["looked"], True)
            self.assertTrue(self.once(kind, **LATER).ordered)
        self.assertEqual(self.taken(), ["drop", "server_error"])

    def test_when_nothing_can_be_asked_nobody_claims_to_know(self):
        for number, trouble in (("1", "server_error"), ("2", "unauthorized"), ("3", "bad_json")):
            with self.subTest(trouble):
                self.fail("drop_after")
                self.sandbox.fail(trouble, method="GET", times=None)
                error = self.refused(TransportError, self.once, number)
                self.assertIs(error.details["looked"], False)
                again = self.refused(CodaboxError, self.once, number, **LATER)
                self.assertIs(again.details["looked"], False, "asking first failed")
                self.sandbox.clear_faults()
                self.assertFalse(self.once(number, **LATER).ordered)
        self.assertEqual(self.taken(), ["1", "2", "3"])
        self.assertEqual(len(self.posts()), 3)

    def test_no_connection_while_asking_does_not_say_that_it_was_never_sent(self):
        self.sandbox.stop()
        error = self.refused(TransportError, self.once, **LATER)
        self.assertEqual((error.details["looked"], error.maybe_done), (False, True))

    def test_a_request_that_never_left_is_raised_as_it_is(self):
        self.sandbox.stop()
        error = self.refused(TransportError, self.once)
        self.assertFalse(error.maybe_done)
        self.assertNotIn("looked", error.details)

    def test_what_codabox_has_from_elsewhere_is_taken_over_with_its_id(self):
        sent = self.company.send_sales_invoice("other.xml", ubl("1"))
        self.sandbox.move_invoice(sent.id)
        placed = self.once()
        self.assertEqual((placed.ordered, placed.settled), (False, False))
        self.assertEqual((placed.result.id, placed.result.state), (sent.id, "delivered"))
        self.sandbox.fail("drop", method="GET", times=None)
        placed = self.once()
        self.assertEqual((placed.result.id, placed.result.state), (sent.id, "received"))
        self.assertEqual(self.taken(), ["1"])

    def test_a_conflict_that_names_no_invoice_is_a_refusal(self):
        self.fail("status", status=409, body={"detail": "Busy."})
        self.assertEqual(self.refused(Rejected, self.once).status, 409)

    def test_refusals_pass_through_and_leave_nothing_open(self):
        self.once("new", day="2026-01-02")
        late = self.refused(Rejected, self.once, "old", day="2025-12-31")
        self.assertEqual((late.status, list(late.fields)), (400, ["file"]))
        for kind, expected in (("rate_limited", ApiError), ("forbidden", Forbidden)):
            self.fail(kind)
            self.assertNotIn("looked", self.refused(expected, self.once).details)
        self.assertEqual(self.taken(), ["new"])

    def test_a_refused_invoice_is_sent_again_and_the_new_one_is_found(self):
        first = self.once().result
        self.sandbox.move_invoice(first.id, "refused", reason="No.")
        self.fail("drop_after")
        placed = self.once()
        self.assertTrue(placed.settled)
        self.assertNotEqual(placed.result.id, first.id)
        self.assertEqual(placed.result.state, "received")

    def test_one_that_is_not_refused_is_found_in_whatever_order(self):
        found = [{"id": "2", "state": "received"}, {"id": "1", "state": "refused"}]
        for body in (found, found[::-1]):
            self.sandbox.fail("status", method="GET", status=200, body=body)
            self.assertEqual(self.once(**LATER).result.id, "2")

    def test_a_second_try_that_got_lost_leaves_the_refusal(self):
        first = self.once().result
        self.sandbox.move_invoice(first.id, "refused", reason="No.")
        self.fail("drop")
        self.assertEqual(self.once().result, self.company.sales_invoice(first.id))
        self.assertEqual(self.once(**LATER).result.reason, "No.", "a person decides")

    def test_its_state_is_read_later(self):
        sent = self.once().result
        self.sandbox.move_invoice(sent.id, "refused", reason="No.")
        self.assertEqual(self.way.state(sent.id).reason, "No.")
        self.assertIsNone(self.way.state("nothing"))


class PeppolTest(SendingCase):
    def setUp(self):
        super().setUp()
        self.way = PeppolUpload(self.company)

    def test_it_is_uploaded_under_the_licence_of_the_company(self):
        placed = self.once()
        self.assertTrue(placed.ordered)
        self.assertEqual((placed.result.id, placed.result.state), ("", "received"))
        self.once("2")
        self.assertEqual(self.taken(), ["1", "2"])
        reads = [entry for entry in self.sandbox.log if entry.method == "GET"]
        self.assertEqual(len(reads), 1, "the licence is read once")

    def test_whatever_the_answer_holds_it_was_taken(self):
        for body in ("", "<html/>", [], {"id": 3}):
            self.sandbox.fail("status", method="POST", status=202, body=body)
            self.assertEqual(self.once().result.state, "received")

    def test_a_lost_answer_stays_open_and_nothing_is_sent_again(self):
        for kind in ("drop", "drop_after", "server_error"):
            self.sandbox.clear_log()
            self.fail(kind)
            error = self.refused(TransportError, self.once, kind)
            self.assertIs(error.details["looked"], False)
            again = self.refused(TransportError, self.once, kind, **LATER)
            self.assertEqual((again.code, again.details["looked"]), ("cannot_ask", False))
            self.assertEqual(self.posts(), [f"{kind}.xml"])
        self.assertTrue(self.once("drop").ordered, "a person decided")

    def test_without_an_active_licence_nothing_is_sent(self):
        self.sandbox.configure_licence(self.pod_id, state="inactive")
        error = self.refused(CodaboxError, self.once)
        self.assertEqual(error.code, "no_licence")
        with ProvisionalClient.open(self.sandbox.url, SOFTWARE_KEY, CREDENTIALS) as office:
            error = self.refused(CodaboxError, self.once, way=PeppolUpload(office))
        self.assertEqual((error.code, self.posts()), ("no_licence", []))

    def test_a_licence_that_cannot_be_read_means_that_nothing_was_sent(self):
        self.sandbox.fail("server_error", method="GET", times=None)
        error = self.refused(TransportError, self.once)
        self.assertFalse(error.maybe_done)
        self.assertNotIn("looked", error.details)

    def test_refusals_pass_through(self):
        self.once()
        self.sandbox.configure_licence(self.pod_id, state="inactive")
        error = self.refused(Forbidden, self.once, "2")
        self.assertEqual(error.detail, "This licence is not active.")
        self.refused(NotFound, self.company.upload_to_peppol, "other", "x.xml", ubl())
        self.sandbox.configure_licence(self.pod_id, state="active")
        (licence,) = self.company.peppol_licences()
        error = self.refused(
            Rejected, self.company.upload_to_peppol, licence.id, "x.xml", b"no UBL"
        )
        self.assertEqual(list(error.fields), ["file"])

    def test_it_cannot_be_asked(self):
        self.once()
        self.assertFalse(self.way.can_ask)
        self.assertIsNone(self.way.ask(CLIENT_NUMBER, "1", "380"))
        self.assertIsNone(self.way.state("1"))

    def test_the_sandbox_knows_keys_of_a_licence_only(self):
        for pod_id, changes in ((self.pod_id, {"stat": "x"}), (66, {"state": "inactive"})):
            with self.assertRaises(ValueError):
                self.sandbox.configure_licence(pod_id, **changes)


class ManyTest(SendingCase):
    def test_two_at_the_same_moment_send_one(self):
        outcomes = []

        def send():
            outcomes.append(self.once())

        threads = [threading.Thread(target=send) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([placed.ordered for placed in outcomes].count(True), 1)
        self.assertEqual(len({placed.result.id for placed in outcomes}), 1)
        self.assertEqual(self.taken(), ["1"])

    def test_a_night_with_refusals_and_lost_answers_gives_the_office_each_once(self):
        self.fail("status", status=400, body={"file": ["No."]}, times=3)
        self.fail("drop_after", times=2)
        self.fail("drop", times=2)
        numbers = [str(number) for number in range(60)]
        outcomes = {"refused": [], "again": [], "settled": []}
        for number in numbers:
            try:
                if self.once(number).settled:
                    outcomes["settled"].append(number)
            except Rejected:
                outcomes["refused"].append(number)
            except TransportError as error:
                self.assertIs(error.details["looked"], True)
                outcomes["again"].append(number)
        for number in outcomes["again"]:
            self.assertTrue(self.once(number, **LATER).ordered)
        self.assertEqual([len(found) for found in outcomes.values()], [3, 2, 2])
        listed = [entry.metadata["document_number"] for entry in self.listed()]
        self.assertEqual(len(listed), len(set(listed)), "none twice")
        self.assertEqual(set(listed), set(numbers) - set(outcomes["refused"]))
        self.assertEqual(self.sandbox.armed(), [])
