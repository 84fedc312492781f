"""A CodaBox that has no call to send, or refuses it: no invoice is *Refused*, nothing else breaks."""

from odoo.tests import tagged

from .common import credit
from .sending_case import SendingCase

MISSING = ((404, ""), (404, {"detail": "Not found."}), (405, {"detail": "No."}), (501, ""))


@tagged("-at_install", "post_install")
class TestSendOffered(SendingCase):
    def answer(self, status, body):
        self.sandbox.clear_faults()
        self.sandbox.fail(
            "status", method="POST", path="/sales-invoices/$", status=status, body=body, times=None
        )

    def posts(self):
        return [entry for entry in self.sandbox.log if entry.method == "POST"]

    def assert_not_sent(self, move, code):
        self.assert_send(move, "to_send", code)
        self.assertNotIn("deliver it again", move.codabox_send_reason)
        self.assertEqual(self.own.state, "connected")
        self.assertFalse(self.arrived())

    def test_a_missing_call_makes_no_invoice_refused_and_is_asked_once(self):
        moves = self.invoice() + self.invoice()
        for status, body in MISSING:
            with self.subTest(status=status, body=body), self.rolled_back():
                self.answer(status, body)
                self.send(moves)
                self.assert_not_sent(moves[0], "send_not_offered")
                self.assertEqual(len(self.posts()), 1, "the others are not tried")
                self.assertEqual(self.own._function("send").state, "not_offered")
                self.assertIn("provisional", moves[0].codabox_send_reason)
                self.send(moves)
                self.assert_not_sent(moves[1], "send_not_offered")
                self.assertEqual(len(self.posts()), 1, "nor asked again")
                self.sandbox.clear_faults()

    def test_a_v2_without_the_provisional_calls_makes_no_invoice_refused(self):
        move = self.invoice()
        self.sandbox.configure(provisional=False)
        self.send(move)
        self.assert_not_sent(move, "send_not_offered")
        self.assertTrue(self.todos(move), "a person has to send it in another way")

    def test_sending_that_is_refused_leaves_the_documents_of_the_company_coming(self):
        self.own.write({"user_id": self.accountant.id})
        self.own.feed_ids.unlink()
        with self.as_user(self.env.ref("base.user_admin")) as env:
            env["codabox.connection"].browse(self.own.id).sudo().action_test()
        self.env.invalidate_all()
        feed = self.own.sudo().feed_ids
        feed._confirm_company(self.company)
        index = self.deliver(self.day(15, credit("10")), feed=feed.remote_id)
        move = self.invoice()
        self.answer(403, {"detail": "You do not have permission to perform this action."})
        self.send(move)
        self.assert_not_sent(move, "send_forbidden")
        self.assertEqual(self.own._function("send").state, "refused")
        self.press(feed, "action_fetch")
        self.assertEqual(self.document(index).state, "imported")

    def test_once_it_is_open_the_invoice_leaves(self):
        move = self.invoice()
        self.answer(403, {"detail": "No."})
        self.send(move)
        self.sandbox.clear_faults()
        with self.as_user(self.env.ref("base.user_admin")) as env:
            env["codabox.connection"].browse(self.own.id).sudo().action_check_functions()
        self.env.invalidate_all()
        self.send(move)
        self.assert_send(move, "sent")
        self.assertEqual(self.own._function("send").state, "works")

    def test_connecting_a_company_says_whether_it_may_send(self):
        with self.as_user(self.env.ref("base.user_admin")) as env:
            env["codabox.connection"].browse(self.own.id).sudo().action_test()
        self.env.invalidate_all()
        self.assertEqual(self.own._function("send").state, "not_tried")
        self.assertFalse(self.own._function("order_coda"), "only offices order")
        self.assertEqual(self.own.function_ids.mapped("company_id"), self.company)
