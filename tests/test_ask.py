"""No dead end: what a user may not do he asks of who may, with the record, and once."""

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import UNKNOWN_IBAN, CodaboxCase, credit
from .sending_case import SendingCase
from .users_case import FormUsers


@tagged("-at_install", "post_install")
class TestAsk(FormUsers, CodaboxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bookkeeper = cls.make_form_user(
            "bookkeeper", "account_codabox.group_accountant", companies=cls.company
        )
        cls.elsewhere = cls.make_form_user(
            "elsewhere", "account_codabox.group_accountant", companies=cls.other_company
        )

    def waiting(self):
        """Return a document that waits for the journal of its account."""
        self.map_client()
        return self.receive(self.day(15, credit("10"), account=UNKNOWN_IBAN))

    def asked(self, record, summary):
        """Return the to-dos on a record with these words."""
        return record.sudo().activity_ids.filtered(lambda a: summary in (a.summary or ""))

    def test_the_journal_is_asked_of_a_manager_who_reads_the_document_and_once(self):
        document = self.waiting()
        for _time in range(2):
            told = self.press(document, "action_ask_journal", user=self.bookkeeper)
            self.assertEqual(told["params"]["type"], "success")
        todo = self.asked(document, "Which journal")
        self.assertEqual(len(todo), 1)
        self.assertTrue(todo.user_id.has_group("account.group_account_manager"))
        self.assertIn(self.company, todo.user_id.company_ids)
        self.assertIn(self.bookkeeper.name, todo.note)

    def test_nobody_of_another_company_asks(self):
        document = self.waiting()
        with self.assertRaises(AccessError):
            self.press(document, "action_ask_journal", user=self.elsewhere)

    def test_the_button_of_who_may_not_is_to_ask(self):
        views = {}
        manager = self.make_form_user(
            "chief", "account.group_account_manager", companies=self.company
        )
        for user in (self.bookkeeper, manager):
            documents = self.env["codabox.document"].with_user(user)
            views[user] = documents.get_view(view_type="form")["arch"]
        for name, may_not, may in (
            ("action_create_journal", False, True),
            ("action_link_journal", False, True),
            ("action_ask_journal", True, False),
        ):
            with self.subTest(name):
                self.assertEqual(f'name="{name}"' in views[self.bookkeeper], may_not)
                self.assertEqual(f'name="{name}"' in views[manager], may)

    def test_connecting_is_asked_from_the_empty_list(self):
        self.connection.state = "draft"
        documents = self.env["codabox.document"].with_user(self.bookkeeper)
        self.assertIn("action_ask_to_connect", documents.get_empty_list_help(""))
        with self.as_user(self.bookkeeper) as env:
            env["codabox.ask"].action_ask_to_connect()
        todo = self.asked(self.company.partner_id, "Connect")
        self.assertTrue(todo.user_id.has_group("account_codabox.group_administrator"))


@tagged("-at_install", "post_install")
class TestAskConsent(FormUsers, SendingCase):
    def test_who_only_invoices_asks_for_the_consent_and_the_manager_gives_it_without_settings(self):
        self.consent._revoke()
        manager = self.make_form_user(
            "chief", "account.group_account_manager", companies=self.company
        )
        with self.as_user(self.invoicer) as env:
            env["codabox.send.batch"].action_ask_consent()
        journals = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(len(journals.sudo().activity_ids), 1)
        with self.as_user(manager) as env:
            action = env["codabox.send.batch"].action_open()
            self.assertEqual(action["res_model"], "codabox.send.consent")
            consent = env[action["res_model"]].with_context(**action["context"])
            opened = consent.create({"agreed": True}).action_give()
        self.assertEqual(opened["res_model"], "codabox.send.batch", "no second way through a menu")
        self.assertTrue(self.company.codabox_consent_id)
        with self.as_user(manager) as env:
            batch = env["codabox.send.batch"].browse(opened["res_id"])
            consent = env["codabox.send.consent"].with_context(**batch.action_consent()["context"])
            consent.create({}).action_revoke()
        self.env.invalidate_all()
        self.assertFalse(self.company.codabox_consent_id)


@tagged("-at_install", "post_install")
class TestSendElsewhere(SendingCase):
    """An invoice of another of our companies is sent, whatever is ticked."""

    def setUp(self):
        super().setUp()
        self.invoicer.sudo().company_ids = [Command.link(self.other_company.id)]

    def open(self, env):
        """Press *Send invoices* with only the other company ticked; return the window."""
        ticked = env["codabox.send.batch"].with_context(allowed_company_ids=self.other_company.ids)
        action = ticked.action_open()
        self.assertEqual(action["context"]["allowed_company_ids"], self.company.ids)
        batch = env[action["res_model"]].with_context(**action["context"])
        return batch.browse(action["res_id"])

    def test_what_is_ticked_does_not_keep_it_here(self):
        day = fields.Date.today()
        self.company.codabox_send_from = day
        move = self.invoice(day=day)
        with self.as_user(self.invoicer) as env:
            batch = self.open(env)
            self.assertEqual((batch.company_id, batch.ready_count), (self.company, 1))
            batch.action_send()
        self.env.invalidate_all()
        self.assert_send(move, "sent")

    def test_another_company_is_shown_before_anything_leaves(self):
        day = fields.Date.today()
        self.company.codabox_send_from = day
        move = self.invoice(day=day)
        with self.as_user(self.invoicer) as env:
            batch = self.open(env)
            ids = (self.company + self.other_company).ids
            batch = batch.with_context(allowed_company_ids=ids)
            batch.company_id = self.other_company.id
            told = batch.action_send()
        self.assertEqual(told["tag"], "codabox_notify", "it never agreed")
        self.assertFalse(self.arrived(move))
