"""An invoice that changes after it was sent: never silently, and never sent twice unseen."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .sending_case import SendingCase


@tagged("-at_install", "post_install")
class TestSendChange(SendingCase):
    def setUp(self):
        super().setUp()
        self.move = self.invoice()
        self.send(self.move)
        self.sandbox.clear_log()

    def reset(self, move=None):
        self.press(move or self.move, "button_draft", user=self.invoicer)
        self.env.invalidate_all()

    def change(self, amount=90.0):
        self.reset()
        self.move.invoice_line_ids.price_unit = amount
        self.move.action_post()
        self.give_pdf(self.move)

    def test_a_reset_is_logged_and_confirming_it_unchanged_tells_nobody(self):
        self.reset()
        self.assertEqual(self.move.codabox_notice, "draft")
        self.assertIn("the accountant has it", self.chatter(self.move))
        self.move.action_post()
        self.assertFalse(self.move.codabox_notice)
        self.assert_send(self.move, "sent")
        self.assertFalse(self.todos(self.move))

    def test_a_change_ends_in_a_message_to_the_accountant(self):
        self.change()
        self.assertEqual(self.move.codabox_notice, "to_give")
        self.assertTrue(self.todos(self.move))
        self.assertFalse(self.move.codabox_can_send, "CodaBox takes a number once")
        action = self.press(self.move, "action_codabox_tell", user=self.invoicer)
        with self.as_user(self.invoicer) as env:
            composer = env["mail.compose.message"].with_context(**action["context"]).create({})
            self.assertEqual(composer.partner_ids, self.accountant_partner)
            self.assertIn(self.move.name, composer.subject)
            self.assertIn("first version", composer.body)
            composer._action_send_mail()
        self.env.invalidate_all()
        self.assertEqual(self.move.codabox_notice, "given")
        self.assertFalse(self.todos(self.move))
        self.assertFalse(self.uploads())

    def test_a_person_told_the_accountant_in_another_way(self):
        self.change()
        self.press(self.move, "action_codabox_told", user=self.invoicer)
        self.env.invalidate_all()
        self.assertEqual(self.move.codabox_notice, "given")
        self.assertFalse(self.todos(self.move))

    def test_a_second_change_must_be_told_again(self):
        self.change()
        self.press(self.move, "action_codabox_told", user=self.invoicer)
        self.env.invalidate_all()
        self.change(80.0)
        self.assertEqual(self.move.codabox_notice, "to_give")

    def test_a_change_that_is_taken_back_after_it_was_told_is_told_too(self):
        self.change()
        self.press(self.move, "action_codabox_told", user=self.invoicer)
        self.env.invalidate_all()
        self.change(100.0)
        self.assertEqual(self.move.codabox_notice, "to_give")

    def test_a_cancelled_invoice_that_comes_back_is_told_again(self):
        self.press(self.move, "button_cancel", user=self.invoicer)
        self.press(self.move, "action_codabox_told", user=self.invoicer)
        self.env.invalidate_all()
        self.reset()
        self.move.action_post()
        self.assertEqual(self.move.codabox_notice, "to_give")

    def test_a_cancelled_invoice_is_told(self):
        self.press(self.move, "button_cancel", user=self.invoicer)
        self.env.invalidate_all()
        self.assertEqual(self.move.state, "cancel")
        self.assertEqual(self.move.codabox_notice, "to_give")
        self.assertTrue(self.todos(self.move))
        template = self.env.ref("account_codabox.mail_template_invoice_changed")
        body = template._render_field("body_html", self.move.ids)[self.move.id]
        self.assertIn("is cancelled", body)

    def test_the_setting_to_send_again_never_sends_a_number_that_codabox_has(self):
        self.company.codabox_send_on_change = "resend"
        self.change()
        self.assertEqual(self.move.codabox_notice, "to_give")
        self.run_send_job()
        self.assertFalse(self.uploads())

    def test_what_codabox_refused_is_corrected_and_sent_again(self):
        self.sandbox.move_invoice(self.move.codabox_sent_ref, "refused", "Wrong amount")
        self.press(self.move, "action_codabox_ask", user=self.invoicer)
        self.env.invalidate_all()
        self.assert_send(self.move, "refused", "send_refused_late")
        self.assertTrue(self.todos(self.move))
        self.change()
        self.assert_send(self.move, "to_send")
        self.assertFalse(self.todos(self.move))
        self.send(self.move)
        self.assert_send(self.move, "sent")
        self.assertEqual([f.state for f in self.arrived()], ["refused", "received"])
        self.assertIn(b"108.90", self.arrived()[1].content)

    def test_another_number_is_a_change_too(self):
        self.move.name = "INV/2026/00999"
        self.assertEqual(self.move.codabox_notice, "to_give")
        self.assertNotEqual(self.move.codabox_sent_number, self.move.name)

    def test_a_payment_is_no_change(self):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.move.ids
        ).create({})._create_payments()
        self.reset()
        self.move.action_post()
        self.assertFalse(self.move.codabox_notice)

    def test_what_was_sent_is_not_deleted(self):
        self.reset()
        with self.assertRaisesRegex(UserError, "Cancel it instead"):
            self.move.unlink()

    def test_what_may_have_been_sent_is_not_changed(self):
        self.move._codabox_write({"codabox_send_state": "unknown"})
        with self.assertRaisesRegex(UserError, "not known yet"):
            self.reset()

    def test_a_copy_and_a_credit_note_begin_afresh(self):
        copy = self.move.copy()
        self.assertFalse(copy.codabox_send_state or copy.codabox_sent_ref)
        credit = self.move._reverse_moves([{"invoice_date": "2026-05-05"}], cancel=False)
        credit.action_post()
        self.assert_send(credit, "to_send")
        self.assert_send(self.move, "sent")

    def test_what_was_not_sent_is_changed_without_a_word(self):
        move = self.invoice()
        self.reset(move)
        self.assert_send(move, False)
        move.invoice_line_ids = [Command.update(move.invoice_line_ids.id, {"price_unit": 5})]
        move.action_post()
        self.assert_send(move, "to_send")
        self.assertFalse(move.codabox_notice)


@tagged("-at_install", "post_install")
class TestSendReadBack(SendingCase):
    def setUp(self):
        super().setUp()
        self.move = self.invoice()
        self.send(self.move)

    def later(self):
        """Hours go by, and the scheduled action looks."""
        self.move._codabox_write({"codabox_send_tried_at": "2026-01-01 00:00:00"})
        self.run_send_job()

    def test_what_the_accountant_has_is_delivered(self):
        self.sandbox.move_invoice(self.move.codabox_sent_ref)
        self.run_send_job()
        self.assert_send(self.move, "sent")  # not asked again so soon
        self.later()
        self.assert_send(self.move, "delivered")

    def test_a_refusal_may_come_late_even_after_the_delivery(self):
        self.sandbox.move_invoice(self.move.codabox_sent_ref)
        self.later()
        self.sandbox.move_invoice(self.move.codabox_sent_ref, "refused", "No such client.")
        self.later()
        self.assert_send(self.move, "refused", "send_refused_late")
        self.assertIn("No such client.", self.todos(self.move).note)

    def test_a_failure_to_ask_changes_nothing(self):
        self.break_off("server_error", "/sales-invoices/")
        self.later()
        self.assert_send(self.move, "sent")


@tagged("-at_install", "post_install")
class TestSendPeppol(SendingCase):
    """The old upload, which cannot be asked what arrived."""

    def setUp(self):
        super().setUp()
        self.company.codabox_send_way = "peppol"
        self.move = self.invoice()

    def lose_upload(self):
        self.sandbox.fail("drop_after", method="POST", path="/upload/$")
        self.send(self.move)

    def test_an_invoice_is_uploaded(self):
        self.send(self.move)
        self.assert_send(self.move, "sent")
        self.assertEqual(self.move.codabox_sent_way, "peppol")
        self.assertEqual(len(self.sandbox.peppol_uploads()), 1)

    def test_a_lost_answer_is_left_to_a_person_and_never_sent_again_by_itself(self):
        self.lose_upload()
        self.assert_send(self.move, "unknown", "send_unknown_person")
        self.assertTrue(self.todos(self.move))
        self.run_send_job()
        self.assertEqual(len(self.sandbox.peppol_uploads()), 1)
        self.press(self.move, "action_codabox_was_sent", user=self.invoicer)
        self.env.invalidate_all()
        self.assert_send(self.move, "sent", "send_decided")
        self.assertFalse(self.todos(self.move))
        self.run_send_job()
        self.assertEqual(len(self.sandbox.peppol_uploads()), 1)

    def test_a_person_has_it_sent_again(self):
        self.lose_upload()
        self.press(self.move, "action_codabox_send_again", user=self.invoicer)
        self.env.invalidate_all()
        self.assert_send(self.move, "sent")
        self.assertEqual(len(self.sandbox.peppol_uploads()), 2)

    def test_a_process_that_died_leaves_it_to_a_person(self):
        self.move._codabox_write({"codabox_send_state": "sending", "codabox_sent_way": "peppol"})
        self.run_send_job()
        self.assert_send(self.move, "unknown", "send_unknown_person")
        self.assertFalse(self.uploads())

    def test_without_licence_nothing_is_sent(self):
        self.sandbox.configure_licence(self.pod_id, state="inactive")
        self.send(self.move)
        self.assert_send(self.move, "to_send", "no_licence")
        self.assertFalse(self.uploads())

    def test_a_changed_invoice_is_sent_again_when_the_company_wants_that(self):
        self.company.codabox_send_on_change = "resend"
        self.send(self.move)
        self.press(self.move, "button_draft", user=self.invoicer)
        self.env.invalidate_all()
        self.move.invoice_line_ids.price_unit = 90
        self.move.action_post()
        self.give_pdf(self.move)
        self.assert_send(self.move, "to_send", "send_changed")
        self.run_send_job()
        self.assert_send(self.move, "sent")
        self.assertEqual(len(self.sandbox.peppol_uploads()), 2)
        self.assertFalse(self.move.codabox_notice)
