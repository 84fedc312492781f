"""When invoices leave by themselves, and which."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models import ir_cron
from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .sending_case import SendingCase


@tagged("-at_install", "post_install")
class TestSendSchedule(SendingCase, CronMixinCase):
    def sent(self, moves):
        return moves.filtered(lambda m: m.codabox_send_state == "sent")

    def test_by_hand_nothing_leaves_by_itself(self):
        move = self.invoice()
        self.send_round()
        self.assert_send(move, "to_send")
        self.assertFalse(self.uploads())

    def test_a_fault_of_one_company_is_told_on_its_connection_and_the_job_goes_on(self):
        self.company.codabox_send_schedule = "daily"
        move = self.invoice()
        cls = type(self.company)
        with (
            patch.object(cls, "_codabox_todo", side_effect=RecursionError("x\x00")),
            self.assertLogs("odoo.addons.account_codabox", "ERROR") as log,
        ):
            self.send_round()
        self.assertTrue(self.send_cron.active)
        self.assertFalse(self.send_cron.failure_count)
        connection = self.company._codabox_company_connection()
        self.assertEqual(connection.reason_code, "unforeseen")
        self.assertIn(connection.reason_facts["reference"], "\n".join(log.output))
        self.send_round()
        self.assert_send(move, "sent")

    def test_who_has_much_to_send_goes_on_in_each_turn_and_goes_behind_the_others(self):
        self.company.codabox_send_schedule = "daily"
        moves = self.env["account.move"].union(*(self.invoice() for _number in range(4)))
        # Odoo gives no time at all, and calls the action twice in a turn.
        with patch.multiple(ir_cron, MIN_TIME_PER_JOB=0, MIN_RUNS_PER_JOB=2):
            self.make_due()
            self.run_turn(self.send_cron)
            self.env.invalidate_all()
            self.assertEqual(len(self.sent(moves)), 2)
            self.assertTrue(self.company.codabox_send_turns)
            self.other_company.sudo().codabox_send_pending = True
            companies = self.env["res.company"]._codabox_companies_with_work()
            self.assertEqual(companies, self.other_company + self.company)
            self.other_company.sudo().codabox_send_pending = False
            for _turn in range(2):
                self.run_send_job()
        self.assertEqual(self.sent(moves), moves)
        self.assertFalse(self.company.codabox_send_turns)
        self.assertFalse(self.company.codabox_send_pending)

    def test_a_round_sends_in_the_order_of_the_dates(self):
        self.company.codabox_send_schedule = "daily"
        late = self.invoice(day=date(2026, 6, 1))
        early = self.invoice(day=date(2026, 5, 1))
        middle = self.invoice(day=date(2026, 5, 20), move_type="out_refund")
        self.send_round()
        self.assertEqual(
            [found.facts.number for found in self.arrived()],
            [move.name for move in (early, middle, late)],
        )
        self.assertEqual(early.codabox_sent_by_id, self.env.ref("base.user_root"))
        self.assertFalse(self.company.codabox_send_pending)

    def test_each_condition_lets_the_right_invoices_leave(self):
        self.company.codabox_send_schedule = "daily"
        plain, printed, mailed, paid = moves = self.env["account.move"].union(
            *(self.invoice() for _number in range(4))
        )
        (printed + mailed).is_move_sent = True
        mailed.message_post(
            body="Your invoice",
            message_type="comment",
            partner_ids=self.customer.ids,
            attachments=[("invoice.pdf", b"%PDF-")],
        )
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=paid.ids
        ).create({})._create_payments()
        for when, expected in {
            "paid": paid,
            "sent": paid + mailed,
            "printed": paid + mailed + printed,
            "posted": moves,
        }.items():
            with self.subTest(when):
                self.company.codabox_send_when = when
                self.send_round()
                self.assertEqual(self.sent(moves), expected & moves, when)
        self.assertTrue(plain)

    def test_an_invoice_must_be_some_days_old(self):
        self.company.write({"codabox_send_schedule": "daily", "codabox_send_min_days": 10})
        today = fields.Date.today()
        young, old = (self.invoice(day=today - timedelta(days=days)) for days in (5, 15))
        self.company.codabox_send_old_year_first = False
        self.send_round()
        self.assert_send(young, "to_send")
        self.assert_send(old, "sent")

    def test_how_old_an_invoice_is_goes_by_the_calendar_of_the_company(self):
        self.company.write({"codabox_send_schedule": "daily", "codabox_send_min_days": 10})
        for moment, today in (
            ("2026-12-31 22:59", "2026-12-31"),
            ("2026-12-31 23:00", "2027-01-01"),
            ("2027-02-28 23:00", "2027-03-01"),
            ("2028-02-28 23:00", "2028-02-29"),
            ("2027-03-28 21:59", "2027-03-28"),  # summer time began that night
            ("2027-03-28 22:00", "2027-03-29"),
            ("2027-10-31 22:59", "2027-10-31"),  # and ended
            ("2027-10-31 23:00", "2027-11-01"),
        ):
            now, day = datetime.fromisoformat(moment), date.fromisoformat(today)
            with self.subTest(moment), patch.object(fields.Datetime, "now", lambda now=now: now):
                due = self.company._codabox_due_domain()
                moves = [self.invoice(day=day - timedelta(days=days)) for days in (9, 10)]
                young, old = (bool(move.filtered_domain(due)) for move in moves)
                self.assertEqual((young, old), (False, True))

    def test_what_is_older_than_the_connection_stays(self):
        self.assertEqual(self.company.codabox_send_from, date(2026, 1, 1))
        old = self.invoice(day=date(2025, 12, 31))
        self.assert_send(old, False)
        self.send(old)
        self.assert_send(old, False, "send_before_start")
        self.company.codabox_send_from = date(2025, 12, 1)
        self.send(old)
        self.assert_send(old, "sent")

    def test_a_later_start_takes_back_what_was_waiting(self):
        move = self.invoice(day=date(2026, 5, 4))
        self.company.codabox_send_from = date(2026, 6, 1)
        self.assert_send(move, False)
        self.company.codabox_send_from = date(2026, 5, 1)
        self.assert_send(move, "to_send")

    def test_a_journal_and_a_customer_can_be_left_out(self):
        self.company.codabox_send_schedule = "daily"
        left_out = self.make_customer("Left out")
        by_partner, other = self.invoice(left_out), self.invoice()
        left_out.with_company(self.company).codabox_send_excluded = True
        self.assert_send(by_partner, "excluded", "send_excluded_partner")
        self.assert_send(self.invoice(left_out), "excluded", "send_excluded_partner")
        self.send_round()
        self.assertEqual([found.facts.number for found in self.arrived()], [other.name])
        other_journal = other.journal_id.copy({"name": "Other", "code": "OTH"})
        other_journal.codabox_send_excluded = True
        move = self.invoice(journal_id=other_journal.id)
        self.assert_send(move, "excluded", "send_excluded_journal")
        other_journal.codabox_send_excluded = False
        self.assert_send(move, "to_send")

    def test_a_person_leaves_an_invoice_out_and_takes_that_back(self):
        self.company.codabox_send_schedule = "daily"
        move = self.invoice()
        self.press(move, "action_codabox_exclude", user=self.invoicer)
        self.env.invalidate_all()
        self.assert_send(move, "excluded", "send_excluded_by")
        self.assertIn("invoicer", move.codabox_send_reason)
        self.send_round()
        self.assertFalse(self.uploads())
        self.press(move, "action_codabox_include", user=self.invoicer)
        self.send_round()
        self.assert_send(move, "sent")

    def test_what_needs_correction_does_not_stop_the_others_and_is_tried_again(self):
        self.company.codabox_send_schedule = "daily"
        nowhere = self.make_customer("Nowhere")
        nowhere.country_id = False
        first, second = self.invoice(nowhere), self.invoice()
        self.send_round()
        self.assert_send(first, "to_send", "send_no_country")
        self.assert_send(second, "sent")
        messages = len(first.message_ids)
        self.send_round()
        self.assertEqual(len(first.message_ids), messages, "nothing new, nothing said")
        nowhere.country_id = self.env.ref("base.be")
        self.send_round()
        self.assert_send(first, "sent")

    def test_an_invoice_on_which_the_software_fails_does_not_stop_the_others(self):
        self.company.codabox_send_schedule = "daily"
        # Somebody's own change of the printed invoice, which is still to be made for the first.
        first, second = self.draft(), self.invoice()
        first.action_post()
        broken = self.env["ir.ui.view"].create(
            {
                "name": "Broken",
                "type": "qweb",
                "inherit_id": self.env.ref("account.report_invoice_document").id,
                "arch": '<xpath expr="//div[hasclass(\'page\')]" position="inside">'
                '<t t-out="1 / 0"/></xpath>',
            }
        )
        with mute_logger("odoo.addons.account_codabox.models.sending.res_company_sending_round"):
            self.send_round()
        self.assert_send(first, "to_send", "send_failed")
        self.assertIn("division by zero", self.todos(first).note)
        self.assert_send(second, "sent")
        broken.unlink()
        self.give_pdf(first)
        self.send_round()
        self.assert_send(first, "sent")

    def test_the_next_moment_follows_the_schedule(self):
        company = self.company
        after = "2026-03-27 12:00"  # a Friday; summer time begins on Sunday
        for values, moment, expected in (
            ({"codabox_send_schedule": "daily"}, after, "2026-03-27 20:00"),
            (
                {"codabox_send_schedule": "weekly", "codabox_send_weekday": "0"},
                after,
                "2026-03-30 19:00",
            ),
            (
                {"codabox_send_schedule": "monthly", "codabox_send_day": 31},
                after,
                "2026-03-31 19:00",
            ),
            ({}, "2026-02-10 12:00", "2026-02-28 20:00"),
        ):
            with self.subTest(expected):
                company.write(values)
                found = company._codabox_next_moment(datetime.fromisoformat(moment))
                self.assertEqual(found.isoformat(" ", "minutes"), expected)
        company.codabox_send_schedule = "manual"
        self.assertFalse(company._codabox_next_moment(datetime.fromisoformat(after)))

    def test_a_schedule_wakes_the_action_at_its_moment(self):
        with self.capture_triggers(self.send_cron.id) as capture:
            self.company.codabox_send_schedule = "daily"
        self.assertIn(self.company.codabox_next_send, capture.records.mapped("call_at"))
        self.company.codabox_send_schedule = "manual"
        self.assertFalse(self.company.codabox_next_send)

    def test_a_round_that_is_stopped_goes_on_later(self):
        self.company.codabox_send_schedule = "daily"
        moves = self.invoice() + self.invoice()
        self.sandbox.fail("rate_limited", method="POST", path="/sales-invoices/$", retry_after=300)
        with self.capture_triggers(self.send_cron.id) as capture:
            self.send_round()
        self.assertEqual(self.uploads(), 1)
        self.assertTrue(self.company.codabox_send_pending)
        soon = fields.Datetime.now() + timedelta(seconds=310)
        self.assertTrue(any(at <= soon for at in capture.records.mapped("call_at")))
        self.run_send_job()
        self.assertEqual(self.sent(moves), moves)


@tagged("-at_install", "post_install")
class TestSendYearEnd(SendingCase):
    """All of the old year leaves before the first of the new."""

    def setUp(self):
        super().setUp()
        self.company.write(
            {"codabox_send_from": date(2025, 12, 1), "codabox_send_schedule": "daily"}
        )
        self.nowhere = self.make_customer("Nowhere")
        self.nowhere.country_id = False
        self.old = self.invoice(self.nowhere, day=date(2025, 12, 30))
        self.older = self.invoice(day=date(2025, 12, 29))
        self.new = self.invoice(day=date(2026, 1, 2))

    def old_year_todos(self):
        return self.own.activity_search(["account_codabox.mail_activity_type_old_year"])

    def test_the_new_year_waits_and_the_stragglers_are_listed(self):
        self.send_round()
        self.assert_send(self.older, "sent")
        self.assert_send(self.old, "to_send", "send_no_country")
        self.assert_send(self.new, "to_send", "send_old_year")
        self.assertFalse(self.todos(self.new), "it goes by itself")
        self.assertIn(self.old.name, self.old_year_todos().note)
        action = self.new.action_codabox_fix()
        self.assertEqual(action["res_id"], self.old.id)

        self.nowhere.country_id = self.env.ref("base.be")
        self.send_round()
        self.assert_send(self.new, "sent")
        self.assertFalse(self.old_year_todos())
        numbers = [found.facts.number for found in self.arrived()]
        self.assertEqual(numbers, [self.older.name, self.old.name, self.new.name])

    def test_by_hand_it_waits_too_and_then_leaves_by_itself(self):
        self.company.codabox_send_schedule = "manual"
        self.send(self.new)
        self.assert_send(self.new, "to_send", "send_old_year")
        self.press(self.old, "action_codabox_exclude", user=self.invoicer)
        self.send(self.older)
        self.run_send_job()
        self.assert_send(self.new, "sent")

    def test_leaving_the_straggler_out_frees_the_new_year(self):
        self.press(self.old, "action_codabox_exclude", user=self.invoicer)
        self.send_round()
        self.assert_send(self.new, "sent")

    def test_the_rule_can_be_switched_off_and_codabox_then_refuses_the_straggler(self):
        self.company.codabox_send_old_year_first = False
        self.send_round()
        self.assert_send(self.new, "sent")
        self.nowhere.country_id = self.env.ref("base.be")
        self.send_round()
        self.assert_send(self.old, "refused", "send_refused")
        self.assertIn("too late", self.old.codabox_send_reason)

    def test_a_straggler_after_the_year_was_closed_holds_nothing_back(self):
        self.company.codabox_send_old_year_first = False
        self.send_round()
        self.company.codabox_send_old_year_first = True
        next_one = self.invoice(day=date(2026, 1, 3))
        self.send_round()
        self.assert_send(next_one, "sent")
