"""Statements of several companies in one file: each is doubted alone, none holds the others."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..codabox import grouped_iban
from ..codabox.coda import write_coda
from ..codabox.tests.coda_samples import case
from .common import IBAN, NUMBER, OTHER_NUMBER, UNKNOWN_IBAN, CodaboxCase, credit

MERGED = "0123456749"


@tagged("-at_install", "post_install")
class TestCodaCompanies(CodaboxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.company + cls.other_company
        cls.both = new_test_user(
            cls.env,
            "both",
            "base.group_user,account.group_account_user",
            company_id=cls.company.id,
            company_ids=[Command.set(companies.ids)],
        )

    def upload(self, content, user=None):
        """Upload a file on the card of the journal, with one company ticked."""
        user = user or self.accountant
        with self.as_user(user) as env:
            attachment = env["ir.attachment"].create({"name": "bank.cod", "raw": content})
            journal = env["account.journal"].browse(self.journal.id)
            ticked = journal.with_context(allowed_company_ids=self.company.ids)
            action = ticked._codabox_upload(attachment.with_env(ticked.env))
        self.env.invalidate_all()
        return self.env["codabox.document"].sudo().browse(action["res_id"])

    def states(self, document):
        return document.statement_ids.sorted("position").mapped("state")

    def two(self):
        return case("two_companies_one_file")

    def delivered(self, data):
        self.map_client()
        index = self.sandbox.add_document(self.client, "coda", {"cod": data})
        self.night()
        return self.document(index)

    # --- each alone ---------------------------------------------------------------------------

    def test_what_is_sure_is_booked_and_the_foreign_one_waits_alone(self):
        for come, code in (
            (self.upload, "foreign_statement_upload"),
            (self.delivered, "foreign_statement"),
        ):
            with self.subTest(code), self.rolled_back():
                document = come(self.two())
                self.assert_state(document, "waiting", code)
                self.assertEqual(self.states(document), ["imported", "waiting"])
                for fact in (NUMBER, OTHER_NUMBER, grouped_iban(UNKNOWN_IBAN), self.company.name):
                    self.assertIn(fact, document.reason)
                self.assertEqual(self.lines().mapped("amount"), [50.0])
                told = "CodaBox" in document.reason
                self.assertEqual(told, code == "foreign_statement", document.reason)

    def foreign(self, *movements, number=15, enterprise_number=MERGED, **values):
        movements = movements or (credit("10"),)
        return write_coda(
            [self.day(number, *movements, enterprise_number=enterprise_number, **values)]
        )

    # --- it is ours ---------------------------------------------------------------------------

    def test_it_is_ours_is_remembered_for_the_account(self):
        waiting = self.upload(self.foreign(number=15)) + self.upload(
            self.foreign(number=16, opening="10")
        )
        self.assertEqual(set(waiting.mapped("state")), {"waiting"})
        self.assertTrue(waiting[0].can_accept_enterprise)
        self.press(waiting[0], "action_accept_enterprise")
        self.env.invalidate_all()
        self.assertEqual(waiting.mapped("state"), ["imported", "imported"])
        self.assertIn(self.accountant.name, "".join(waiting.message_ids.mapped("body")))
        self.assertEqual(self.journal.codabox_enterprise_numbers, MERGED)
        again = self.upload(self.foreign(number=17, opening="20"))
        self.assert_state(again, "imported")
        other = self.foreign(number=18, opening="30", enterprise_number=OTHER_NUMBER)
        self.assert_state(self.upload(other), "waiting", "foreign_statement_upload")

    def test_an_account_without_journal_gets_it_with_the_answer(self):
        document = self.upload(self.foreign(account=UNKNOWN_IBAN))
        keeper = self.env.user
        action = self.press(document, "action_accept_enterprise", user=keeper)
        self.assertEqual(action["res_model"], "codabox.account.resolve")
        wizard = self.env["codabox.account.resolve"].sudo().browse(action["res_id"])
        self.press(wizard, "action_apply", user=keeper)
        self.env.invalidate_all()
        self.assert_state(document, "imported")
        journal = document.statement_ids.journal_id
        self.assertEqual(journal.codabox_enterprise_numbers, MERGED)
        self.assertEqual(journal.company_id, self.company)

    def test_an_ignored_account_is_asked_about_no_more(self):
        document = self.upload(self.foreign(account=UNKNOWN_IBAN))
        action = self.press(document, "action_ignore_account")
        wizard = self.env["codabox.account.resolve"].sudo().browse(action["res_id"])
        wizard.reason = "Not ours."
        self.press(wizard, "action_apply")
        self.env.invalidate_all()
        self.assert_state(document, "stored", "ignored_account")

    def test_who_keeps_no_books_decides_nothing(self):
        document = self.upload(self.foreign())
        auditor = new_test_user(
            self.env,
            "auditor",
            "base.group_user,account.group_account_readonly",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        for method in ("action_accept_enterprise", "action_send_home"):
            with self.assertRaises(AccessError):
                self.press(document, method, user=auditor)
        self.assert_state(document, "waiting", "foreign_statement_upload")

    # --- to its own company -------------------------------------------------------------------

    def home(self):
        return self.make_journal(self.other_company, UNKNOWN_IBAN)

    def test_an_upload_goes_to_its_own_company_when_its_user_may_see_both(self):
        home = self.home()
        document = self.upload(self.two(), self.both)
        self.assert_state(document, "imported", "gone_home")
        self.assertEqual(self.states(document), ["imported", "stored"])
        self.assertIn(self.other_company.name, document.reason)
        self.assertEqual(self.lines().mapped("amount"), [50.0])
        self.assertEqual(self.lines(home).mapped("amount"), [70.0])
        sent = self.lines(home).statement_id.codabox_document_id.sudo()
        self.assertEqual(sent.company_id, self.other_company)
        self.assertIn(sent.file_ids._raw(), self.two())
        self.assertNotIn(IBAN.encode(), sent.file_ids._raw())
        again = self.upload(self.two() + b"\r\n", self.both)
        self.assertEqual(self.states(again), ["duplicate", "duplicate"])
        self.assertEqual(len(self.lines(home)), 1)

    def test_it_waits_for_who_sees_one_company_only(self):
        home = self.home()
        document = self.upload(self.two())
        self.assert_state(document, "waiting", "foreign_statement_upload")
        self.assertNotIn(self.other_company.name, document.reason)
        self.assertFalse(document.with_user(self.accountant).can_send_home)
        with self.assertRaises(UserError):
            self.press(document, "action_send_home")
        self.assertFalse(self.lines(home))

    def test_a_delivery_goes_there_by_the_press_of_who_sees_both(self):
        home = self.home()
        document = self.delivered(self.two())
        self.assert_state(document, "waiting", "foreign_statement")
        self.assertTrue(document.with_user(self.both).sudo().can_send_home)
        self.press(document, "action_send_home", user=self.both)
        self.env.invalidate_all()
        self.assert_state(document, "imported", "gone_home")
        self.assertEqual(self.lines(home).mapped("amount"), [70.0])

    def test_what_cannot_be_booked_there_waits_there(self):
        home = self.home()
        home.suspense_account_id = False
        document = self.upload(self.two(), self.both)
        self.assert_state(document, "imported", "gone_home")
        sent = self.env["codabox.document"].sudo().search([("upload_journal_id", "=", home.id)])
        self.assert_state(sent, "waiting", "no_suspense_account")
        self.assertEqual(sent.activity_ids.user_id, self.both)

    def test_an_account_that_is_in_no_journal_there_or_of_a_third_enterprise_waits(self):
        for number, journal in ((OTHER_NUMBER, False), (MERGED, True)):
            with self.subTest(number), self.rolled_back():
                if journal:
                    self.home()
                content = self.foreign(account=UNKNOWN_IBAN, enterprise_number=number)
                document = self.upload(content, self.both)
                self.assert_state(document, "waiting", "foreign_statement_upload")

    def test_an_account_of_another_company_goes_there_without_enterprise_number_too(self):
        home = self.home()
        content = self.foreign(account=UNKNOWN_IBAN, enterprise_number="")
        self.assert_state(self.upload(content, self.both), "stored", "gone_home")
        self.assertEqual(len(self.lines(home)), 1)
