"""Invoices by mail to the inbox of the accountant: once by itself, and without any connection."""

from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .sending_case import SendingCase
from .smtp_office import SmtpOffice

INBOX = "invoices@office.example"


@tagged("-at_install", "post_install")
class TestSendMail(SendingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("mail_manager", "account.group_account_manager")
        cls.company.partner_id.email = "jo@example.test"

    def setUp(self):
        super().setUp()
        self.office = self.enterContext(SmtpOffice())
        servers = self.env["ir.mail_server"].sudo()
        servers.search([]).active = False
        self.server = servers.create(
            {"name": "Office", "smtp_host": "127.0.0.1", "smtp_port": self.office.port}
        )
        # Odoo sends nothing in tests; here it does, to a server of our own.
        sends = patch.object(
            self.registry["ir.mail_server"], "_disable_send", classmethod(lambda cls: False)
        )
        self.startPatcher(sends)
        self.own.active = False  # a company from its first day on, before it connects
        self.company.write({"codabox_send_way": "mail", "codabox_send_inbox": INBOX})
        self.agree()

    def agree(self):
        with self.as_user(self.manager) as env:
            wizard = env["codabox.send.consent"].create(
                {"company_id": self.company.id, "agreed": True}
            )
            text = wizard.text
            wizard.action_give()
        self.env.invalidate_all()
        return text

    def attached(self, mail):
        """Return name and content of the one file of a mail."""
        (part,) = mail.iter_attachments()
        return part.get_filename(), part.get_content()

    def assert_mails(self, *moves):
        """Each of these was mailed once, and nothing else was."""
        found = [self.attached(mail)[0] for mail in self.office.mails]
        self.assertEqual(found, [f"{move.name.replace('/', '-')}.xml" for move in moves])
        self.assertFalse(self.uploads(), "CodaBox is not asked for anything")

    def test_an_invoice_leaves_without_any_connection(self):
        move = self.invoice()
        self.assert_send(move, "to_send")
        self.send(move)
        self.assert_send(move, "sent")
        self.assert_mails(move)
        (mail,) = self.office.mails
        self.assertEqual((mail["To"], mail["Subject"]), (INBOX, f"Bakkerij Jo {move.name}"))
        self.assertIn("jo@example.test", mail["From"])
        _name, content = self.attached(mail)
        content = content if isinstance(content, bytes) else content.encode()
        self.assertIn(b"EmbeddedDocumentBinaryObject", content)
        self.assertIn(move.name.encode(), content)
        self.assertEqual((move.codabox_sent_way, move.codabox_sent_by_id), ("mail", self.invoicer))
        self.assertIn("To the accountant: Sent", self.chatter(move))
        self.assertNotIn("CodaBox", move.codabox_send_text)

    def test_the_night_mails_each_once(self):
        self.company.codabox_send_schedule = "daily"
        moves = [self.invoice() for _ in range(3)]
        for _night in range(2):
            self.send_round()
        self.assert_mails(*moves)
        for move in moves:
            self.assert_send(move, "sent")

    def test_the_consent_names_the_address_and_no_other_is_mailed_to(self):
        move = self.invoice()
        self.company.codabox_send_inbox = "other@office.example"
        self.assert_send(move, False)
        self.assertFalse(move.codabox_can_send)
        move._codabox_write({"codabox_send_state": "to_send", "codabox_send_requested": True})
        self.run_send_job()
        self.assert_mails()
        self.assert_send(move, False, "no_consent")
        self.assertIn("other@office.example", self.agree())
        self.assertEqual(self.company.codabox_consent_id.inbox, "other@office.example")
        self.send(move)
        self.assertEqual(self.office.mails[0]["To"], "other@office.example")

    def test_the_consent_to_codabox_is_none_to_a_mail_and_the_other_way_round(self):
        self.own.active = True
        self.assertTrue(self.company._codabox_sends())
        self.company.codabox_send_way = "copy"
        self.assertFalse(self.company._codabox_sends())
        self.agree()
        self.assertFalse(self.company.codabox_consent_id.inbox)
        self.company.codabox_send_way = "mail"
        self.assertFalse(self.company._codabox_sends())

    def test_a_wrong_address_is_said_and_nothing_is_agreed_to(self):
        move = self.invoice()
        for wrong in (False, "nobody"):
            self.company.codabox_send_inbox = wrong
            self.assertEqual(move._codabox_problem().code, "send_no_inbox")
            with self.assertRaises(UserError):
                self.agree()

    def test_a_company_without_address_of_its_own_is_told(self):
        move = self.invoice()
        self.company.partner_id.email = False
        with patch.object(
            self.registry["ir.mail_server"], "_get_default_from_address", lambda _self: None
        ):
            self.send(move)
        self.assert_send(move, "to_send", "send_no_sender")
        self.company.partner_id.email = "jo@example.test"
        self.send(move)
        self.assert_mails(move)

    def test_a_lost_answer_is_for_a_person_and_never_sent_again_by_itself(self):
        self.company.codabox_send_schedule = "daily"
        self.office.mode = "drop"
        moves = [self.invoice(), self.invoice()]
        for move in moves:
            self.send(move)
            self.assert_send(move, "unknown", "send_unknown_mail")
            self.assertTrue(self.todos(move))
        self.office.mode = "take"
        for _night in range(2):
            self.send_round()
        self.assert_mails(*moves)
        self.press(moves[0], "action_codabox_was_sent", user=self.invoicer)
        self.assert_send(moves[0], "sent", "send_decided")
        self.press(moves[1], "action_codabox_send_again", user=self.invoicer)
        self.assert_send(moves[1], "sent")
        self.assert_mails(*moves, moves[1])

    def test_one_whose_process_died_is_for_a_person_too(self):
        move = self.invoice()
        move.sudo()._codabox_write({"codabox_send_state": "sending", "codabox_sent_way": "mail"})
        self.run_send_job()
        self.assert_send(move, "unknown", "send_unknown_mail")
        self.assert_mails()

    def test_a_server_that_is_away_is_told_and_tried_again_by_itself(self):
        self.server.smtp_port = 1
        move = self.invoice()
        self.send(move)
        self.assert_send(move, "to_send", "send_mail_unreachable")
        self.assertTrue(self.todos(move))
        self.server.smtp_port = self.office.port
        self.run_send_job()
        self.assert_send(move, "sent")
        self.assertFalse(self.todos(move))
        self.assert_mails(move)

    def test_a_refusal_is_told_in_the_words_of_the_server(self):
        self.office.mode = "refuse"
        move = self.invoice()
        self.send(move)
        self.assert_send(move, "refused", "send_mail_refused")
        self.assertIn("no such inbox", move.codabox_send_reason)
        self.office.mode = "take"
        self.send(move)
        self.assert_send(move, "sent")
        self.assert_mails(move)

    def test_the_old_year_holds_nothing_back(self):
        self.company.codabox_send_from = "2025-01-01"
        self.invoice(day=self.company.codabox_send_from.replace(month=12))
        move = self.invoice()
        self.send(move)
        self.assert_send(move, "sent")

    def test_what_went_to_codabox_before_is_still_asked_there(self):
        self.own.active = True
        self.company.codabox_send_way = "copy"
        self.agree()
        self.lose_answer()
        self.sandbox.fail("drop", method="GET", path="/sales-invoices/", times=None)
        move = self.invoice()
        self.send(move)
        self.assertEqual(move.codabox_send_state, "unknown")
        self.company.codabox_send_way = "mail"
        self.agree()
        self.sandbox.clear_faults()
        self.run_send_job()
        self.assertIn(move.codabox_send_state, ("sent", "delivered"))
        self.assertFalse(self.office.mails)

    def told_of_action(self):
        types = self.env.ref("account_codabox.mail_activity_type_mailing_action")
        return self.env["mail.activity"].sudo().search([("activity_type_id", "=", types.id)])

    def watch(self):
        self.env["codabox.connection"].sudo()._watch_sending_action()
        return self.told_of_action()

    def test_the_action_that_is_off_is_told_once_where_no_connection_could(self):
        crons = self.env["ir.cron"].sudo()._codabox_actions("send")
        self.company.codabox_send_schedule = "daily"
        first, _second = self.invoice(), self.invoice()
        crons.write({"active": True, "lastcall": fields.Datetime.now()})
        self.assertFalse(self.watch(), "all is well")
        crons.active = False
        for _day in range(2):
            todo = self.watch()
            self.assertEqual(len(todo), 1)
        self.assertEqual(todo.res_id, first.id)
        self.assertEqual(todo.user_id, self.manager)
        self.assertIn("switched off", todo.note)
        crons.active = True
        self.assertFalse(self.watch(), "it is closed by itself")

    def test_where_nothing_waits_or_a_connection_tells_no_mail_is_missed(self):
        crons = self.env["ir.cron"].sudo()._codabox_actions("send")
        crons.active = False
        self.assertFalse(self.watch(), "sent by hand, nothing asked for")
        self.company.codabox_send_schedule = "daily"
        self.assertFalse(self.watch(), "nothing to send")
        self.invoice()
        self.own.active = True
        self.assertFalse(self.watch(), "the to-do is on the connection")
