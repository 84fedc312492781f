"""One row per cause: what holds several stands once above the list, with the button that cures all."""

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from .common import OTHER_IBAN, UNKNOWN_IBAN, CodaboxCase, credit
from .overview_case import OverviewCase
from .users_case import FormUsers


class CausesCase(FormUsers, CodaboxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        role = "account_codabox.group_accountant"
        cls.bookkeeper = cls.make_form_user("bookkeeper", role, companies=cls.company)
        cls.elsewhere = cls.make_form_user("elsewhere", role, companies=cls.other_company)
        cls.connector = cls.make_form_user(
            "connector",
            role,
            "account_codabox.group_administrator",
            "account.group_account_manager",
            companies=cls.company,
        )

    def wait(self, *accounts):
        """Have a document wait for each of these accounts."""
        for n, account in enumerate(accounts):
            self.deliver(self.day(10 + n, credit("10"), account=account))
        self.night()

    def model(self, name, user=None):
        self.env.invalidate_all()
        return self.env[name].with_user(user or self.bookkeeper).with_context(tz="UTC")

    def causes(self, user=None, model="codabox.document"):
        return self.model(model, user).action_shared_causes()

    def cure(self, cause, user, model="codabox.document"):
        button = cause["button"]
        records = self.env[button.get("model", model)].browse(button["ids"])
        return self.press(records, button["method"], user=user)


@tagged("-at_install", "post_install")
class TestSharedCauses(CausesCase):
    def test_documents_of_a_client_without_company_are_one_cause(self):
        self.wait(UNKNOWN_IBAN, OTHER_IBAN)
        [cause] = self.causes(self.connector)
        self.assertIn("2 documents wait for the company of Bakkerij Jo", cause["text"])
        self.assertEqual(cause["button"]["label"], "Choose company")
        opened = self.cure(cause, self.connector)
        self.assertEqual(opened["res_model"], "codabox.connect")

    def test_who_may_not_make_the_journal_asks_for_all_of_them(self):
        self.map_client()
        self.wait(UNKNOWN_IBAN, UNKNOWN_IBAN)
        [cause] = self.causes()
        self.assertEqual(cause["button"]["label"], "Ask for the journal")
        told = self.cure(cause, self.bookkeeper)
        self.assertEqual(told["params"]["type"], "success")

    def test_each_account_is_a_cause_of_its_own_and_one_journal_cures_all_of_it(self):
        self.map_client()
        accounts = (UNKNOWN_IBAN, UNKNOWN_IBAN, UNKNOWN_IBAN, OTHER_IBAN, OTHER_IBAN)
        self.wait(*accounts)
        causes = self.causes(self.connector)
        self.assertEqual([cause["text"].split()[0] for cause in causes], ["3", "2"])
        action = self.cure(causes[0], self.connector)
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.press(wizard, "action_apply", user=self.connector)
        [left] = self.causes(self.connector)
        self.assertIn("2 documents", left["text"])
        done = self.model("codabox.document").search([("state", "=", "imported")])
        self.assertEqual(len(done), 3)

    def test_what_waits_alone_stays_a_row_and_what_is_left_out_stands_above(self):
        self.map_client()
        self.wait(UNKNOWN_IBAN, UNKNOWN_IBAN, OTHER_IBAN)
        documents = self.model("codabox.document")
        rows = documents.search([("shares_cause", "=", False)])
        [cause] = self.causes()
        above = documents.search(cause["shows"]["domain"])
        self.assertEqual(len(rows), 1)
        self.assertEqual(rows.reason_facts["account"], OTHER_IBAN)
        self.assertFalse(rows & above)
        self.assertEqual(rows | above, documents.search([]))
        self.assertEqual(above, documents.search([("shares_cause", "=", True)]))
        self.assertEqual(set(above.mapped("shares_cause")), {True})

    def test_nobody_is_told_of_what_he_may_not_see_or_do(self):
        self.map_client()
        self.wait(UNKNOWN_IBAN, UNKNOWN_IBAN)
        self.assertEqual(self.causes(self.elsewhere), [])
        reader = new_test_user(
            self.env,
            "looks_only",
            "base.group_user,account.group_account_readonly",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        [cause] = self.causes(reader)
        self.assertFalse(cause["button"])


@tagged("-at_install", "post_install")
class TestSharedCausesOverview(CausesCase):
    KIND = "codabox.feed.kind"

    def two_clients(self):
        """Have two clients of whom something is known, in the same company."""
        self.map_client()
        second = self.sandbox.add_client("PI", "Garage Piet", accounts=[OTHER_IBAN])
        self.wait(UNKNOWN_IBAN)
        self.map_client(feed=second, company=self.company)
        self.deliver(self.day(20, account=OTHER_IBAN), feed=second)
        self.night()

    def test_a_connection_that_does_not_work_is_one_row_for_all_its_clients(self):
        self.two_clients()
        self.press(self.documents(), "_discard", "Read")
        for values, label in (
            ({"state": "broken"}, "Connection"),
            ({"failing_since": fields.Datetime.now()}, "Fetch now"),
            ({"fetch_automatically": False}, "Connection"),
        ):
            with self.subTest(values), self.rolled_back():
                self.connection.sudo().write(values)
                [cause] = self.causes(self.connector, self.KIND)
                self.assertIn("Clients: 2.", cause["text"])
                self.assertEqual(cause["button"]["label"], label)
                rows = self.model(self.KIND)
                self.assertFalse(rows.search([("shares_cause", "=", False)]))
                self.assertEqual(
                    rows.search(cause["shows"]["domain"]),
                    rows.search([("shares_cause", "=", True)]),
                )
        self.assertEqual(self.causes(self.connector, self.KIND), [])

    def documents(self):
        return self.env["codabox.document"].search([("state", "=", "waiting")])

    def test_a_row_that_needs_something_else_too_stays_in_the_list(self):
        self.two_clients()
        self.connection.sudo().state = "broken"
        rows = self.model(self.KIND).search([("shares_cause", "=", False)])
        self.assertTrue(all(row.counts for row in rows))
        self.assertTrue(rows)

    def test_who_may_not_cure_it_reads_it_all_the_same(self):
        self.two_clients()
        self.press(self.documents(), "_discard", "Read")
        self.connection.sudo().state = "broken"
        [cause] = self.causes(self.bookkeeper, self.KIND)
        self.assertFalse(cause["button"])
        self.assertEqual(self.causes(self.elsewhere, self.KIND), [])

    def test_a_client_without_company_is_one_row_for_all_its_kinds(self):
        self.wait(UNKNOWN_IBAN)
        self.sandbox.add_document(self.client, "purchase_invoice", {"xml": b"<a/>"})
        self.night()
        [cause] = self.causes(self.connector, self.KIND)
        self.assertIn("Bakkerij Jo: Which company is this client?", cause["text"])
        opened = self.cure(cause, self.connector, self.KIND)
        self.assertEqual(opened["res_model"], "codabox.connect")


@tagged("-at_install", "post_install")
class TestSharedCausesPayroll(OverviewCase):
    def test_payrolls_that_wait_for_the_accounts_of_their_codes_are_one_cause(self):
        for number, period in enumerate(("202601", "202602"), 1):
            self.receive_soda(self.month(period=period, sequence=str(number)))
        documents = self.env["codabox.document"].with_user(self.reader)
        [cause] = documents.action_shared_causes()
        self.assertIn("2 payrolls of Bakkerij Jo", cause["text"])
        action = cause["button"]["action"]
        codes = self.env[action["res_model"]].search(action["domain"])
        self.assertTrue(codes)
        self.press(codes, "action_confirm_proposals", user=self.reader)
        self.press(codes, "action_apply_to_drafts", user=self.reader)
        self.env.invalidate_all()
        self.assertEqual(documents.action_shared_causes(), [])
