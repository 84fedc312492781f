"""The ways in which a person sends: Odoo's *Send*, a selection, and a whole period."""

from datetime import date

from odoo.tests import tagged

from .sending_case import SendingCase


@tagged("-at_install", "post_install")
class TestSendWizard(SendingCase):
    """Odoo's *Send*, with CodaBox beside e-mail and Peppol."""

    def open(self, env, moves):
        wizard = "account.move.send.wizard" if len(moves) == 1 else "account.move.send.batch.wizard"
        context = {"active_model": "account.move", "active_ids": moves.ids}
        return env[wizard].with_context(**context).create({})

    def press_send(self, move, **methods):
        with self.as_user(self.invoicer) as env:
            wizard = self.open(env, move)
            wizard.sending_methods = []
            result = wizard.action_send_and_print()
        self.env.invalidate_all()
        return result

    def test_the_checkbox_is_there_and_sends_when_all_else_is_done(self):
        move = self.invoice()
        with self.as_user(self.invoicer) as env:
            boxes = self.open(env, move).extra_edi_checkboxes
        self.assertTrue(boxes["codabox"]["checked"])
        self.assertEqual(boxes["codabox"]["label"], "To my accountant")
        self.assertIn("PDF", boxes["codabox"]["help"])
        action = self.press_send(move)
        self.assert_send(move, "sent")
        self.assertIn("Sent to CodaBox", action["params"]["message"])

    def test_the_schedule_decides_unless_a_person_ticks_the_box(self):
        self.company.codabox_send_schedule = "daily"
        move = self.invoice()
        self.press_send(move)
        self.assert_send(move, "to_send")
        with self.as_user(self.invoicer) as env:
            wizard = self.open(env, move)
            wizard.sending_methods = []
            self.assertFalse(wizard.extra_edi_checkboxes["codabox"]["checked"])
            wizard.extra_edi_checkboxes = {"codabox": {"checked": True}}
            wizard.action_send_and_print()
        self.env.invalidate_all()
        self.assert_send(move, "sent")

    def test_it_is_offered_only_where_it_can_be_sent(self):
        sent, refund = self.invoice(), self.invoice(move_type="out_refund")
        self.send(sent)
        for move, offered in ((sent, False), (refund, True)):
            with self.as_user(self.invoicer) as env:
                boxes = self.open(env, move).extra_edi_checkboxes or {}
            self.assertEqual("codabox" in boxes, offered)
        self.consent._revoke()
        with self.as_user(self.invoicer) as env:
            self.assertNotIn("codabox", self.open(env, refund).extra_edi_checkboxes or {})

    def test_what_stands_in_the_way_is_an_alert_with_a_way_out(self):
        nowhere = self.make_customer("Nowhere")
        nowhere.country_id = False
        move = self.invoice(nowhere)
        with self.as_user(self.invoicer) as env:
            alert = self.open(env, move).alerts["codabox_cannot_send"]
        self.assertEqual(alert["level"], "warning")
        self.assertIn("Nowhere has no country", alert["message"])
        self.assertEqual(alert["action"]["res_id"], nowhere.id)
        self.press_send(move)
        self.assert_send(move, "to_send", "send_no_country")

    def test_an_accountant_who_gets_the_mail_too_is_pointed_out(self):
        move = self.invoice()
        with self.as_user(self.invoicer) as env:
            wizard = self.open(env, move)
            self.assertNotIn("codabox_twice", wizard.alerts or {})
            wizard.mail_partner_ids += self.accountant_partner.with_env(env)
            self.assertIn("Office Peeters", wizard.alerts["codabox_twice"]["message"])
        move.journal_id.incoming_einvoice_notification_email = "peeters@example.test"
        with self.as_user(self.invoicer) as env:
            self.assertIn("codabox_twice", self.open(env, move).alerts)

    def test_a_failure_of_codabox_does_not_undo_the_rest(self):
        move = self.invoice()
        self.sandbox.fail("status", method="POST", path="/sales-invoices/$", status=400, body={})
        action = self.press_send(move)
        self.assert_send(move, "refused", "send_refused")
        self.assertEqual(action["params"]["type"], "warning")

    def test_many_at_once_leave_with_the_scheduled_actions(self):
        moves = self.invoice() + self.invoice()
        # Odoo looks the customers up at Peppol, which changes contacts.
        groups = "account.group_account_invoice,base.group_partner_manager"
        user = self.make_user("send_many", groups)
        with self.as_user(user) as env:
            wizard = self.open(env, moves)
            expected = {"count": 2, "label": "to my accountant"}
            self.assertEqual(wizard.summary_data["codabox"], expected)
            wizard.action_send_and_print()
        with self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_account_move_send").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(set(moves.mapped("codabox_send_requested")), {True})
        self.assertFalse(self.uploads())
        self.run_send_job()
        self.assertEqual(set(moves.mapped("codabox_send_state")), {"sent"})
        self.assertEqual(moves.codabox_sent_by_id, user)


@tagged("-at_install", "post_install")
class TestSendBatch(SendingCase):
    """A whole period, with a preview."""

    def preview(self, date_from=date(2026, 5, 1), date_to=date(2026, 5, 31), user=None):
        with self.as_user(user or self.invoicer) as env:
            batch = env["codabox.send.batch"].create({"date_from": date_from, "date_to": date_to})
            batch.action_preview()
        return self.env["codabox.send.batch"].browse(batch.id).sudo()

    def test_the_preview_says_what_goes_what_does_not_and_why(self):
        nowhere = self.make_customer("Nowhere")
        nowhere.country_id = False
        ready = self.invoice() + self.invoice(move_type="out_refund")
        sent, stopped, out = self.invoice(), self.invoice(nowhere), self.invoice()
        self.invoice(day=date(2026, 6, 1))  # another month
        self.draft()
        self.send(sent)
        self.press(out, "action_codabox_exclude", user=self.invoicer)
        batch = self.preview()
        counts = (batch.ready_count, batch.sent_count, batch.stopped_count)
        self.assertEqual(counts, (2, 1, 2))
        lines = {(line.kind, line.code): line for line in batch.line_ids}
        self.assertEqual(lines["ready", False].move_ids, ready)
        self.assertEqual(lines["sent", False].move_ids, sent)
        self.assertIn("has no country", lines["stopped", "send_no_country"].reason)
        self.assertIn("left it out", lines["stopped", "send_excluded_by"].reason)
        action = lines["stopped", "send_no_country"].action_open_moves()
        self.assertEqual(action["res_id"], stopped.id)
        fix = lines["stopped", "send_no_country"].action_correct()
        self.assertEqual((fix["res_model"], fix["res_id"]), ("res.partner", nowhere.id))

        self.press(batch, "action_send", user=self.invoicer)
        self.env.invalidate_all()
        self.assertEqual(set(ready.mapped("codabox_send_state")), {"sent"})
        self.assertEqual(len(self.arrived()), 3)

    def test_nothing_leaves_that_was_not_shown(self):
        move = self.invoice(day=date(2026, 4, 1))
        batch = self.preview()
        batch.date_from = date(2026, 4, 1)
        self.press(batch, "action_send", user=self.invoicer)
        self.assertFalse(self.uploads())
        self.press(batch, "action_send", user=self.invoicer)
        self.env.invalidate_all()
        self.assert_send(move, "sent")

    def test_the_old_year_in_the_same_batch_goes_first(self):
        self.company.codabox_send_from = date(2025, 12, 1)
        old, new = self.invoice(day=date(2025, 12, 31)), self.invoice(day=date(2026, 1, 1))
        alone = self.preview(date(2026, 1, 1), date(2026, 1, 31))
        self.assertEqual(alone.line_ids.mapped("code"), ["send_old_year"])
        both = self.preview(date(2025, 12, 1), date(2026, 1, 31))
        self.assertEqual(both.ready_count, 2)
        self.press(both, "action_send", user=self.invoicer)
        numbers = [found.facts.number for found in self.arrived()]
        self.assertEqual(numbers, [old.name, new.name])

    def test_what_the_accountant_gets_another_way_is_shown(self):
        move = self.invoice()
        move.message_post(
            body="For you",
            message_type="comment",
            partner_ids=self.accountant_partner.ids,
            attachments=[("invoice.pdf", b"%PDF-")],
        )
        batch = self.preview()
        self.assertEqual(batch.line_ids.mapped("kind"), ["ready", "twice"])

    def test_without_consent_there_is_no_batch(self):
        self.consent._revoke()
        with self.as_user(self.invoicer) as env:
            told = env["codabox.send.batch"].action_open()
        self.assertIn("did not agree", told["params"]["message"])
        self.assertEqual(told["params"]["buttons"][0]["action"]["type"], "ir.actions.server")
        manager = self.make_user("send_agrees", "account.group_account_manager")
        with self.as_user(manager) as env:
            action = env["codabox.send.batch"].action_open()
        self.assertEqual(action["res_model"], "codabox.send.consent")

    def test_a_preview_belongs_to_who_opened_it(self):
        batch = self.preview()
        with self.as_user(self.accountant) as env:
            self.assertFalse(env["codabox.send.batch"].search([("id", "=", batch.id)]))
