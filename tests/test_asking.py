"""The client is asked about bank lines and bills, in one mail a week."""

from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .asking_case import PATH, AskingCase
from .common import debit
from .test_coda_wages import wages


@tagged("-at_install", "post_install")
class TestAsking(AskingCase):
    # --- Asking --------------------------------------------------------------------------------

    def test_a_payment_is_asked_about_in_two_clicks_and_stands_at_the_line(self):
        line = self.line()
        wizard = self.dialog(line)
        self.assertEqual((wizard.kind, wizard.partner_id, wizard.email),
                         ("document", self.jo, "jo@example.com"))  # fmt: skip
        self.do(wizard, "action_ask")
        question = self.questions.search([("line_id", "=", line.id)])
        self.assertEqual((question.state, question.user_id), ("asked", self.accountant))
        self.assertEqual(self.seen(line, "codabox_asked"), "Asked: Document missing")
        self.assertIn("Document missing", self.notes(line))
        self.assertIn("COLRUYT", self.seen(question, "about"))
        self.assertIn("45.00", self.seen(question, "about"))

    def test_what_is_open_is_not_asked_twice_and_another_question_is(self):
        line = self.line()
        self.assertEqual(len(self.ask(line)), 1)
        self.assertFalse(self.ask(line))
        self.assertEqual(len(self.ask(line, kind="private")), 1)

    def test_several_lines_are_asked_at_once(self):
        lines = self.line(1) + self.line(-2)
        self.assertEqual(self.dialog(lines).kind, "what")
        self.assertEqual(len(self.ask(lines, text="For whom?")), 2)

    def test_a_bill_is_asked_about_and_an_entry_is_not(self):
        bill = self.make_invoice(self.customer, move_type="in_invoice", ref="F-1")
        (question,) = self.ask(bill)
        self.assertEqual((question.move_id, question.kind), (bill, "what"))
        self.assertIn("F-1", self.seen(question, "about"))
        entry = self.line().move_id
        with self.assertRaisesRegex(UserError, "bank lines and bills"):
            self.press(entry, "action_codabox_ask_client")

    def test_who_answers_is_remembered_and_the_page_of_who_did_before_is_closed(self):
        contact = self.ask(self.line()).contact_id
        token = contact._portal_ensure_token()
        accountant = self.env["res.partner"].create({"name": "An", "email": "an@example.com"})
        self.ask(self.line(), partner_id=accountant.id)
        self.assertEqual(contact.partner_id, accountant)
        self.assertFalse(self.contacts._portal_contact(contact.id, token))
        self.assertEqual(self.dialog(self.line()).partner_id, accountant)

    def test_nobody_without_an_address_is_asked(self):
        self.jo.email = False
        wizard = self.dialog(self.line())
        self.assertFalse(wizard.partner_id)
        with self.assertRaises(UserError):
            self.press(wizard, "action_ask")
        silent = self.env["res.partner"].create({"name": "Silent"})
        self.press(wizard, "write", {"partner_id": silent.id})
        with self.assertRaisesRegex(UserError, "Silent has no e-mail address"):
            self.press(wizard, "action_ask")

    def test_lines_of_two_companies_are_not_asked_about_together(self):
        other = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.make_journal(self.other_company, "BE43068999999501").id,
                "date": "2026-01-05", "amount": -5, "payment_ref": "x",
            }
        )  # fmt: skip
        self.accountant.company_ids += self.other_company
        with self.assertRaisesRegex(UserError, "belongs to the company"):
            self.press(self.line() + other, "action_codabox_ask_client")

    def test_who_only_reads_or_is_of_another_company_does_not_ask(self):
        line = self.line()
        reader = self.user("asking_reader", "account.group_account_readonly")
        stranger = self.user("asking_stranger", "base.group_user,account_codabox.group_accountant")
        stranger.write({
            "company_ids": [Command.set(self.other_company.ids)],
            "company_id": self.other_company.id,
        })  # fmt: skip
        (question,) = self.ask(line)
        for user in (reader, stranger):
            with self.subTest(user.login):
                self.assertRaises(
                    AccessError, self.press, line, "action_codabox_ask_client", user=user
                )
                for method in ("action_withdraw", "action_send"):
                    self.assertRaises(AccessError, self.press, question, method, user=user)
        seen = question.with_user(stranger)
        self.assertFalse(seen.search([("id", "=", question.id)]))
        self.assertRaises(AccessError, seen.read, ["about"])
        self.assertRaises(AccessError, question.contact_id.with_user(stranger).read, ["problem"])

    # --- Wages ---------------------------------------------------------------------------------

    def test_of_wages_only_who_reads_them_asks_sees_and_is_told(self):
        line = self.book(wages())
        with self.assertRaisesRegex(AccessError, "pays wages"):
            self.press(line, "action_codabox_ask_client")
        payroll = self.user(
            "asking_payroll",
            "base.group_user,account_codabox.group_accountant,account_codabox.group_payroll",
        )
        payroll.codabox_payroll_company_ids = self.company
        (question,) = self.ask(line, user=payroll, text="Who is PEETERS?")
        self.assertTrue(question.is_wages)
        self.weekly()
        question._receive_answer("PEETERS left", files=[("x.pdf", b"%PDF-1.4 PEETERS %%EOF")])
        self.env.invalidate_all()
        self.assertNotIn("PEETERS", self.notes(line) + self.mails().body_html)
        self.assertIn("PEETERS", question.with_user(payroll).answer)
        self.assertTrue(question.with_user(payroll).attachment_ids.raw)
        seen = question.with_user(self.accountant)
        self.assertFalse(seen.search([("id", "=", question.id)]))
        self.assertRaises(AccessError, seen.read, ["answer"])
        self.assertFalse(self.seen(line, "codabox_asked"))
        self.assertFalse(
            self.env["ir.attachment"].with_user(self.accountant).search(
                [("res_model", "=", "account.move"), ("res_id", "=", line.move_id.id)]
            )
        )  # fmt: skip
        message = self.mails().mail_message_id
        self.assertRaises(AccessError, message.with_user(self.accountant).read, ["body"])

    # --- The mail ------------------------------------------------------------------------------

    def test_one_mail_a_week_has_what_is_new_and_what_is_asked_again(self):
        (first,) = self.ask(self.line(text="FIRST"), text="Voor wie?")
        (other,) = self.ask(self.line(text="OTHER"))
        self.weekly()
        mail = self.mails()
        self.assertEqual(mail.email_to, self.jo.email_formatted)
        for text in ("FIRST", "OTHER", "Voor wie?", "-45,00", "access_token="):
            self.assertIn(text, mail.body_html)
        self.assertEqual((first.state, first.times), ("sent", 1))
        self.assertFalse(mail.model)
        self.weekly()
        self.assertEqual(len(self.mails()), 1, "not twice in a week")
        other._receive_answer("Bread")
        (late,) = self.ask(self.line(text="LATE"))
        self.weekly()
        self.assertEqual((len(self.mails()), late.state), (1, "asked"))
        self.a_week_later()
        self.weekly()
        body = self.mails()[-1].body_html
        self.assertLess(body.index("LATE"), body.index("FIRST"))
        self.assertNotIn("OTHER", body)
        self.assertEqual((first.times, late.times), (2, 1))

    def test_each_client_gets_his_own(self):
        self.ask(self.line())
        self.accountant.company_ids += self.other_company
        bill = self.make_invoice(
            self.customer, move_type="in_invoice", company=self.other_company, ref="OF PIET"
        )
        self.ask(bill)
        self.weekly()
        jo, piet = self.mails()
        self.assertIn("COLRUYT", jo.body_html)
        self.assertNotIn("COLRUYT", piet.body_html)
        self.assertIn("OF PIET", piet.body_html)

    def test_what_fails_for_one_client_stops_no_other_and_sends_nothing_twice(self):
        (first,) = self.ask(self.line())
        self.accountant.company_ids += self.other_company
        bill = self.make_invoice(self.customer, move_type="in_invoice", company=self.other_company)
        (second,) = self.ask(bill)
        contacts = type(self.contacts)
        send = contacts._send_mail

        def fail(contact):
            send(contact)
            if contact.company_id == self.company:
                raise ZeroDivisionError

        logger = "odoo.addons.account_codabox.models.asking.codabox_client_contact_mail"
        with patch.object(contacts, "_send_mail", fail), mute_logger(logger):
            self.weekly()
        self.assertEqual((first.state, second.state), ("asked", "sent"))
        self.assertEqual(len(self.mails()), 1, "what was not marked was not sent")
        self.weekly()
        self.assertEqual((first.state, len(self.mails())), ("sent", 2))

    def test_mail_now_goes_once_a_day_and_says_when_there_is_nothing(self):
        (question,) = self.ask(self.line())
        self.do(question, "action_send")
        self.assertEqual(question.state, "sent")
        with self.assertRaisesRegex(UserError, "Nothing to mail"):
            self.press(question, "action_send")
        self.do(self.dialog(self.line()), "action_ask_now")
        self.assertEqual(len(self.mails()), 2)

    def test_a_mail_that_cannot_go_is_said(self):
        (question,) = self.ask(self.line())
        self.weekly()
        self.mails().write({"state": "exception"})
        self.env.invalidate_all()
        self.assertIn("did not arrive", self.seen(question, "problem"))
        self.jo.email = False
        self.a_week_later()
        self.weekly()
        self.assertEqual(len(self.mails()), 1)
        self.assertEqual(self.seen(question, "problem"), "No e-mail address")

    # --- How it ends ---------------------------------------------------------------------------

    def test_a_line_that_is_booked_closes_its_question_and_undone_asks_again(self):
        line = self.line()
        (question,) = self.ask(line)
        self.say(line, account_id=self.account("657200").id)
        self.assertEqual(question.state, "closed")
        self.assertEqual(self.seen(line, "codabox_asked"), "Finished without an answer")
        self.weekly()
        self.assertFalse(self.mails())
        self.do(line, "action_codabox_undo_match")
        self.assertEqual(question.state, "asked")

    def test_of_what_is_booked_already_a_document_can_be_asked(self):
        line = self.line()
        self.say(line, account_id=self.account("657200").id)
        (question,) = self.ask(line)
        self.assertEqual(question.state, "asked")

    def test_a_bill_that_is_posted_or_cancelled_closes_its_question(self):
        bills = [
            self.make_invoice(self.customer, move_type="in_invoice", ref=ref) for ref in ("1", "2")
        ]
        posted, cancelled = (self.ask(bill) for bill in bills)
        bills[0].action_post()
        bills[1].button_cancel()
        self.assertEqual((posted.state, cancelled.state), ("closed", "closed"))

    def test_a_question_is_withdrawn_and_an_answer_stays(self):
        (open_,), (answered,) = self.ask(self.line()), self.ask(self.line())
        answered._receive_answer("Bread")
        self.do(open_ + answered, "action_withdraw")
        self.assertEqual((open_.state, answered.state), ("closed", "answered"))
        self.assertEqual(self.seen(open_, "outcome"), "Withdrawn")
        with self.assertRaisesRegex(UserError, "no longer asked"):
            open_._receive_answer("Bread")

    def test_a_line_that_goes_takes_its_question_along_and_no_file_of_the_client(self):
        line = self.book(debit("45"))
        (question,) = self.ask(line)
        question._receive_answer(files=[("bon.pdf", b"%PDF-1.4 %%EOF")])
        contact, file = question.contact_id, question.attachment_ids
        document = line.statement_id.codabox_document_id
        self.do(document, "action_undo")
        self.assertFalse(question.exists())
        self.assertEqual((file.res_model, file.res_id), (contact._name, contact.id))
        self.assertIn("bon.pdf", str(contact.message_ids[0].body))

    # --- The answer ----------------------------------------------------------------------------

    def test_an_answer_stands_at_the_line_and_tells_the_responsible_once(self):
        line = self.line()
        first, second = self.ask(line), self.ask(self.line())
        first._receive_answer("Brood voor de winkel")
        second._receive_answer("Ook brood")
        self.env.invalidate_all()
        self.assertEqual(self.seen(line, "codabox_asked"), "Brood voor de winkel")
        self.assertIn("Brood voor de winkel", self.notes(line))
        todo = first.contact_id.activity_ids
        self.assertEqual(len(todo), 1)
        self.assertEqual(todo.user_id, self.accountant)
        self.assertTrue(first.contact_id.with_user(self.accountant).has_access("read"))

    def test_private_is_booked_with_one_click(self):
        line = self.line()
        account = self.account("489000") or self.account("657200")
        self.company.codabox_private_account_id = account
        (question,) = self.ask(line, kind="private")
        self.assertFalse(self.seen(question, "can_book_private"))
        question._receive_answer("", "yes")
        self.env.invalidate_all()
        self.assertTrue(self.seen(question, "can_book_private"))
        self.assertTrue(self.seen(line, "codabox_said_private"))
        action = self.press(question, "action_book_private")
        wizard = self.env["codabox.book"].sudo().browse(action["res_id"])
        self.assertEqual((wizard.kind, wizard.account_id), ("private", account))
        self.do(wizard, "action_book")
        self.assertTrue(line.is_reconciled)
        self.assertEqual(question.state, "answered")
        self.assertFalse(self.seen(question, "can_book_private"))

    def test_a_file_becomes_a_draft_bill_by_a_person_once(self):
        line = self.line()
        (question,) = self.ask(line)
        question._receive_answer(files=[("bon.pdf", b"%PDF-1.4 bon %%EOF")])
        self.env.invalidate_all()
        self.assertTrue(self.seen(question, "can_make_bill"))
        self.do(question, "action_make_bill")
        bill = question.bill_ids
        self.assertEqual((bill.move_type, bill.state, bill.company_id),
                         ("in_invoice", "draft", self.company))  # fmt: skip
        self.assertEqual(bill.attachment_ids.raw, b"%PDF-1.4 bon %%EOF")
        self.assertEqual(question.attachment_ids.res_id, line.move_id.id)
        with self.assertRaises(UserError):
            self.press(question, "action_make_bill")

    def test_days_are_counted_until_the_answer(self):
        (question,) = self.ask(self.line())
        question.asked_on = fields.Datetime.now() - timedelta(days=12, hours=1)
        self.assertEqual(self.seen(question, "days"), 12)

    def test_the_link_is_in_no_history(self):
        (question,) = self.ask(self.line())
        self.weekly()
        self.assertTrue(question.contact_id.access_token)
        bodies = " ".join(map(str, question.contact_id.message_ids.mapped("body")))
        self.assertNotIn(PATH, bodies)
        with self.assertRaises(AccessError):
            question.contact_id.with_user(self.accountant).get_portal_url()
