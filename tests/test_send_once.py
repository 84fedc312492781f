"""Each invoice exactly once, whatever happens to the answers."""

import hashlib

from odoo.tests import tagged

from ..codabox.const import RETRIES
from .sending_case import SendingCase


@tagged("-at_install", "post_install")
class TestSendOnce(SendingCase):
    def test_an_invoice_arrives_and_says_when_who_and_what(self):
        move = self.invoice()
        self.assert_send(move, "to_send")
        self.send(move)
        self.assert_send(move, "sent")
        (found,) = self.arrived()
        self.assertEqual(found.facts.number, move.name)
        self.assertEqual(move.codabox_sent_ref, found.id)
        self.assertEqual(move.codabox_sent_by_id, self.invoicer)
        self.assertEqual(move.codabox_sent_hash, hashlib.sha256(found.content).hexdigest())
        self.assertEqual(move.codabox_ubl_id.raw, found.content)
        self.assertTrue(move.codabox_sent_at)
        self.assertIn("CodaBox: Sent", self.chatter(move))
        self.assertFalse(move.is_move_sent, "the customer got nothing")

    def test_a_second_click_sends_nothing(self):
        move = self.invoice()
        self.send(move)
        with self.assertRaisesRegex(Exception, "cannot be done now"):
            self.send(move)
        self.assertEqual(self.uploads(), 1)

    def test_a_lost_answer_is_asked_for_and_nothing_is_sent_twice(self):
        move = self.invoice()
        self.lose_answer()
        self.send(move)
        self.assert_send(move, "sent")
        self.assertEqual(self.uploads(), 1)
        self.assertEqual(len(self.arrived()), 1)

    def test_an_answer_that_cannot_be_asked_for_is_unknown_until_it_can(self):
        move = self.invoice()
        self.lose_answer()
        self.break_off("drop", "/sales-invoices/", method="GET")
        self.send(move)
        self.assert_send(move, "unknown", "send_unknown")
        self.assertTrue(self.todos(move))
        self.run_send_job()
        self.assert_send(move, "sent")
        self.assertFalse(self.todos(move))
        self.assertEqual(self.uploads(), 1)

    def test_an_invoice_that_never_arrived_is_asked_for_then_sent_by_itself(self):
        move = self.invoice()
        self.sandbox.fail("drop", method="POST", path="/sales-invoices/$")
        self.send(move)
        self.assert_send(move, "to_send", "send_not_arrived")
        self.assertFalse(self.arrived())
        self.run_send_job()
        self.assert_send(move, "sent")
        self.assertEqual(len(self.arrived()), 1)

    def test_a_process_that_died_while_sending_is_found_out(self):
        # What a killed process leaves: the intention, and nobody who holds the invoice.
        here, gone = self.invoice(), self.invoice()
        for move in here + gone:
            self.send(move)
        self.sandbox.move_invoice(gone.codabox_sent_ref, "refused", "never mind")
        self.sandbox._invoices = [i for i in self.sandbox._invoices if i.state != "refused"]
        (here + gone)._codabox_write({"codabox_send_state": "sending", "codabox_sent_ref": False})
        self.sandbox.clear_log()
        self.run_send_job()
        self.assert_send(here, "sent")
        self.assert_send(gone, "sent")
        self.assertEqual(self.uploads(), 1, "only the one that CodaBox did not have")

    def test_a_refusal_is_told_and_closes_itself_when_the_invoice_leaves(self):
        move = self.invoice()
        self.sandbox.fail(
            "status", method="POST", path="/sales-invoices/$", status=400,
            body={"file": ["The seller is on holiday"]},
        )  # fmt: skip
        self.send(move)
        self.assert_send(move, "refused", "send_refused")
        self.assertIn("on holiday.", move.codabox_send_reason)
        self.assertEqual(self.todos(move).user_id, self.accountant)
        self.assertIn("on holiday", self.todos(move).note)
        self.send(move)
        self.assert_send(move, "sent")
        self.assertFalse(self.todos(move))

    def test_what_codabox_had_already_is_no_second_sending(self):
        move = self.invoice()
        self.send(move)
        move._codabox_write({"codabox_send_state": "to_send", "codabox_sent_ref": False})
        self.send(move)
        self.assert_send(move, "sent", "send_had_it")
        self.assertEqual(len(self.arrived()), 1)

    def test_without_connection_nothing_is_sent_and_it_leaves_later(self):
        move = self.invoice()
        self.sandbox.fail("rate_limited", method="POST", path="/sales-invoices/$")
        self.send(move)
        self.assert_send(move, "to_send", "send_unreachable")
        self.assertFalse(self.todos(move), "it goes by itself")
        self.run_send_job()
        self.assert_send(move, "sent")

    def test_refused_credentials_stop_the_others_too(self):
        moves = self.invoice() + self.invoice()
        self.sandbox.fail("unauthorized", method="POST", times=RETRIES + 1)
        self.send(moves)
        self.assertEqual(self.own.state, "broken")
        self.assertEqual(self.uploads(), 1)
        self.assert_send(moves[0], "to_send", "send_no_connection")
        self.assert_send(moves[1], "to_send")
        self.assertFalse(self.arrived())
