"""Each responsible hears of his to-dos in one mail each morning, or of each at once."""

from unittest.mock import patch

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..models.common.mail_activity import SETTING
from .common import CodaboxCase

CONNECTION = "account_codabox.mail_activity_type_silent_connection"
CLIENT = "account_codabox.mail_activity_type_silent_client"


@tagged("-at_install", "post_install")
class TestMorningMail(CodaboxCase):
    mapped = True

    def setUp(self):
        super().setUp()
        self.morning = self.env.ref("account_codabox.ir_cron_morning_mail")
        self.env["mail.activity"].sudo().search([]).unlink()
        self.accountant.partner_id.email = "plain@example.test"
        self.before = self.messages(self.accountant)

    def messages(self, user):
        domain = [("partner_ids", "in", user.partner_id.ids)]
        return self.env["mail.message"].sudo().search(domain, order="id")

    def mails(self, user=None):
        """Return what this user, by default the plain accountant, was sent meanwhile."""
        return self.messages(user or self.accountant) - self.before

    def plan(self, record, xml_id=CLIENT, user=None):
        """Plan a to-do as the night does."""
        record = record.with_user(self.env.ref("base.user_root"))
        user = user or self.accountant
        return record.activity_schedule(xml_id, user_id=user.id, note="Secret note")

    def send(self):
        self.run_job(self.morning)

    def test_what_is_new_is_one_mail_in_the_morning_and_none_before(self):
        self.plan(self.feed())
        self.plan(self.connection, CONNECTION)
        self.assertFalse(self.mails())
        self.send()
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        for word in ("Find out why this client cannot be fetched", "Bakkerij Jo", "New:",
                     f"model=codabox.feed&amp;res_id={self.feed().id}"):  # fmt: skip
            self.assertIn(word, mail.body)
        self.assertNotIn("Still open", mail.body)
        self.assertNotIn("Secret note", mail.body)
        self.assertIn("(2)", mail.subject)

    def test_without_anything_new_there_is_no_mail(self):
        self.plan(self.feed())
        self.send()
        self.send()
        self.assertEqual(len(self.mails()), 1)
        self.plan(self.connection, CONNECTION)
        self.send()
        last = self.mails()[-1]
        self.assertEqual(len(self.mails()), 2)
        self.assertIn("Still open", last.body)
        self.assertIn("Bakkerij Jo", last.body)
        self.feed().activity_feedback([CLIENT])
        self.connection.sudo().activity_feedback([CONNECTION])
        self.send()
        self.assertEqual(len(self.mails()), 2)

    def test_the_mail_speaks_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env["ir.module.module"]._load_module_terms(["account_codabox"], ["nl_NL"])
        self.accountant.sudo().lang = "nl_NL"
        self.plan(self.feed())
        self.send()
        summary = self.env.ref(CLIENT).with_context(lang="nl_NL").summary
        self.assertNotEqual(summary, self.env.ref(CLIENT).with_context(lang="en_US").summary)
        self.assertIn(summary, self.mails().body)

    def test_each_at_once_is_a_setting(self):
        self.env["ir.config_parameter"].sudo().set_param(SETTING, "single")
        self.plan(self.feed())
        self.plan(self.connection, CONNECTION)
        self.assertEqual(len(self.mails()), 2)
        self.send()
        self.assertEqual(len(self.mails()), 2)

    def test_where_nothing_sends_the_morning_mail_each_is_told_at_once(self):
        self.morning.sudo().active = False
        self.plan(self.feed())
        self.assertEqual(len(self.mails()), 1)

    def test_what_a_person_gives_to_another_is_heard_at_once(self):
        self.env["mail.activity"].sudo().create(
            {
                "res_model_id": self.env["ir.model"]._get_id("codabox.feed"),
                "res_id": self.feed().id,
                "activity_type_id": self.env.ref(CLIENT).id,
                "user_id": self.accountant.id,
            }
        )
        self.assertEqual(len(self.mails()), 1)

    def test_to_dos_of_others_are_left_to_odoo(self):
        self.plan(self.feed(), "mail.mail_activity_data_todo")
        self.assertEqual(len(self.mails()), 1)
        self.send()
        self.assertEqual(len(self.mails()), 1)

    def test_no_name_of_a_company_that_the_reader_may_not_see(self):
        feed = self.sandbox.add_client("PIET", "Garage Piet")
        self.map_client(self.other_company, feed)
        self.env["mail.activity"].sudo().search([]).unlink()
        self.plan(self.feed(feed))
        self.send()
        self.assertNotIn("Piet", self.mails().body)
        self.assertIn("Shown only in Odoo", self.mails().body)
        self.assertFalse(self.feed(feed).with_user(self.accountant).has_access("read"))

    def test_nothing_of_payroll_stands_in_a_mail(self):
        journal = self.company._codabox_payroll_journal()
        self.plan(journal, "account_codabox.mail_activity_type_payroll_month")
        document = (
            self.env["codabox.document"]
            .sudo()
            .create(
                {
                    "name": "Payroll 202601",
                    "feed_id": self.feed().id,
                    "channel": "feed",
                    "remote_index": "1",
                    "document_model": "soda",
                    "kind": "soda",
                }
            )
        )
        self.accountant.sudo().group_ids += self.env.ref("account_codabox.group_payroll")
        self.accountant.sudo().codabox_payroll_company_ids = self.company
        self.assertTrue(document.with_user(self.accountant).has_access("read"))
        self.plan(document, "account_codabox.mail_activity_type_upload")
        self.send()
        body = self.mails().body.lower()
        for word in ("payroll", "secretariat", journal.name.lower(), "202601"):
            self.assertNotIn(word, body)
        self.assertIn("shown only in odoo", body)

    def test_what_goes_wrong_with_one_mail_keeps_no_other(self):
        user = new_test_user(
            self.env, "colleague", "base.group_user,account.group_account_user",
            company_id=self.company.id, email="colleague@example.test",
        )  # fmt: skip
        self.plan(self.feed())
        self.plan(self.feed(), user=user)
        users = self.registry["res.users"]
        send = users._codabox_send_morning_mail

        def fail_for_one(record):
            if record == self.accountant:
                raise ValueError("a mail that cannot be made")
            return send(record)

        with (
            patch.object(users, "_codabox_send_morning_mail", fail_for_one),
            self.assertLogs("odoo.addons.account_codabox", "ERROR"),
        ):
            self.send()
        self.assertFalse(self.mails())
        self.assertEqual(len(self.messages(user)), 1)
        self.send()
        self.assertEqual(len(self.mails()), 1, "the next morning")

    def test_the_setting_is_kept(self):
        settings = self.env["res.config.settings"].sudo().create({"codabox_todo_mails": "single"})
        settings.execute()
        self.assertFalse(self.env["res.users"]._codabox_has_morning_mail())

    def test_it_is_sent_once_a_day(self):
        cron = self.morning.sudo()
        self.assertEqual((cron.interval_number, cron.interval_type), (1, "days"))
        self.assertGreater(cron.nextcall, fields.Datetime.now())
