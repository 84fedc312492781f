"""Who sees what: companies, clients without a company, payroll, secrets."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import OTHER_IBAN, UNKNOWN_IBAN, CodaboxCase, credit

INBOX = (
    "codabox.feed",
    "codabox.feed.kind",
    "codabox.document",
    "codabox.document.file",
    "codabox.statement",
    "codabox.run",
)
SECRETS = ("software_key", "username", "password")


class SecurityCase(CodaboxCase):
    """Three clients with a statement and a payroll document: of A, of B and of no company yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_journal = cls.make_journal(cls.other_company, OTHER_IBAN)
        accounting = "base.group_user,account.group_account_user"
        payroll = f"{accounting},account_codabox.group_payroll"
        cls.accountant.group_ids += cls.env.ref("base.group_allow_export")
        cls.other_accountant = cls.make_user("other", accounting, cls.other_company)
        cls.payroll = cls.make_user("payroll", payroll, cls.company)
        cls.other_payroll = cls.make_user("other_payroll", payroll, cls.other_company)
        cls.invoicing = cls.make_user(
            "invoicing", "base.group_user,account.group_account_invoice", cls.company
        )
        cls.auditor = cls.make_user(
            "auditor", "base.group_user,account.group_account_readonly", cls.company
        )
        cls.administrator = cls.make_user("administrator", "base.group_system", cls.company)
        cls.employee = cls.make_user("employee", "base.group_user", cls.company)

    @classmethod
    def make_user(cls, login, groups, company):
        return new_test_user(
            cls.env,
            f"codabox_{login}",
            f"base.group_allow_export,{groups}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            codabox_payroll_company_ids=[Command.set(company.ids)],
        )

    def setUp(self):
        super().setUp()
        other = self.sandbox.add_client("PIET", "Garage Piet")
        unmapped = self.sandbox.add_client("NEW", "Nobody yet")
        self.map_client()
        self.map_client(self.other_company, other)
        soda = {"xml": b"<soda>wages</soda>", "pdf": b"%PDF-1.4 wages"}
        days = {
            self.client: {},
            other: {"account": OTHER_IBAN},
            unmapped: {"account": UNKNOWN_IBAN},
        }
        found = {}
        for feed, values in days.items():
            day = self.day(15, credit("10"), enterprise_number="", **values)
            found[feed] = (
                self.deliver(day, feed=feed),
                self.sandbox.add_document(feed, "soda", soda),
            )
        self.night()
        self.coda, self.soda = map(self.document, found[self.client])
        self.other_coda, self.other_soda = map(self.document, found[other])
        self.new_coda, self.new_soda = map(self.document, found[unmapped])
        self.all_documents = self.env["codabox.document"].sudo().search([])

    def seen_by(self, user, records):
        """Return records as a user who has just logged in has them."""
        self.env.invalidate_all()
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def visible(self, user, model="codabox.document"):
        """Return what a user finds of a model, as superuser records."""
        return self.seen_by(user, self.env[model]).search([]).sudo()

    def assert_hidden(self, user, records):
        """A user neither finds, reads nor exports these records."""
        hidden = self.seen_by(user, records)
        self.assertFalse(hidden.search([("id", "in", records.ids)]))
        for record in hidden:
            with self.assertRaises(AccessError):
                record.read(["display_name"])
            with self.assertRaises(AccessError):
                record.export_data(["id", "display_name"])


@tagged("-at_install", "post_install")
class TestSecurity(SecurityCase):
    # --- Companies -----------------------------------------------------------------------------

    def test_the_world_of_these_tests_is_what_they_think(self):
        self.assertEqual(self.coda.state, "imported")
        self.assertEqual(self.other_coda.state, "imported")
        self.assert_state(self.new_coda, "waiting", "no_company")
        self.assertEqual(self.soda.kind, "soda")

    def test_an_accountant_sees_only_what_is_of_his_company(self):
        for model in INBOX:
            with self.subTest(model):
                found = self.visible(self.accountant, model)
                owner = found.document_id if model == "codabox.document.file" else found
                self.assertEqual(owner.company_id, self.company)
                hidden = self.env[model].sudo().search([]) - found
                self.assertTrue(hidden)
                self.assert_hidden(self.accountant, hidden)
        self.assertEqual(self.visible(self.accountant), self.coda)

    def test_an_accountant_of_another_company_sees_neither_the_connection_nor_its_documents(self):
        self.assertEqual(self.visible(self.other_accountant), self.other_coda)
        self.assert_hidden(self.other_accountant, self.connection)

    def test_an_employee_sees_nothing_at_all(self):
        for model in (*INBOX, "codabox.connection"):
            with self.subTest(model):
                self.assertFalse(self.seen_by(self.employee, self.env[model]).has_access("read"))

    def test_the_files_of_another_company_are_not_found_as_attachments(self):
        for owner, reader in (
            (self.other_coda.file_ids, self.accountant),
            (self.coda.file_ids, self.other_accountant),
            (self.coda.statement_ids.bank_statement_id, self.other_accountant),
        ):
            attachments = self.attachments(owner)
            self.assertTrue(attachments)
            self.assert_hidden(reader, attachments)
            with self.assertRaises(AccessError):
                self.seen_by(reader, attachments[0]).read(["datas"])

    def attachments(self, owners):
        """Return the attachments of records, those of their fields too."""
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", owners._name),
                    ("res_id", "in", owners.ids),
                    ("res_field", "in", (False, "content")),
                ]
            )
        )

    def test_the_accountant_of_the_company_reads_his_files(self):
        files = self.seen_by(self.accountant, self.coda.file_ids)
        self.assertEqual(len(files), 3)
        self.assertTrue(all(file.content for file in files))

    # --- Clients without a company -------------------------------------------------------------

    def test_a_client_without_company_is_seen_by_administrators_only(self):
        self.assertIn(self.new_coda, self.visible(self.administrator))
        for user in (self.accountant, self.other_accountant, self.payroll, self.auditor):
            self.assert_hidden(user, self.new_coda + self.new_soda)
            self.assert_hidden(user, self.new_coda.feed_id)

    def test_an_administrator_who_keeps_no_books_sees_no_documents_of_companies(self):
        self.assertEqual(self.visible(self.administrator), self.new_coda)

    # --- Payroll -------------------------------------------------------------------------------

    def test_payroll_is_seen_by_its_own_group_only(self):
        self.assertEqual(self.visible(self.payroll), self.coda + self.soda)
        self.assertEqual(self.visible(self.other_payroll), self.other_coda + self.other_soda)
        payroll = self.soda + self.other_soda + self.new_soda
        for user in (self.accountant, self.invoicing, self.auditor, self.administrator):
            self.assert_hidden(user, payroll)
            self.assert_hidden(user, payroll.file_ids)

    def test_payroll_files_are_not_found_as_attachments(self):
        attachments = self.attachments(self.soda.file_ids)
        self.assertEqual(len(attachments), 2)
        for user in (self.accountant, self.auditor, self.administrator, self.other_payroll):
            self.assert_hidden(user, attachments)
        wages = self.seen_by(self.payroll, attachments).mapped("raw")
        self.assertTrue(all(b"wages" in raw for raw in wages))

    def test_payroll_does_not_show_through_its_client(self):
        feed = self.seen_by(self.accountant, self.soda.feed_id)
        self.assertEqual(feed.read(["document_ids"])[0]["document_ids"], self.coda.ids)
        self.assertEqual(feed.document_count, 1)

    def test_payroll_does_not_show_through_the_chatter(self):
        messages = self.soda.message_ids
        self.assertTrue(messages)
        self.assert_hidden(self.accountant, messages)

    def test_nobody_without_the_group_acts_on_payroll(self):
        for user in (self.accountant, self.administrator, self.auditor):
            for method in ("action_retry", "action_undo", "action_download_zip"):
                with self.subTest(user=user.login, method=method):
                    self.assertRaises(AccessError, self.press, self.soda, method, user=user)

    # --- Users read, code writes ---------------------------------------------------------------

    def test_nobody_writes_documents_but_the_code(self):
        for user in (self.accountant, self.payroll, self.administrator):
            for record in (
                self.coda,
                self.coda.file_ids[0],
                self.coda.statement_ids[0],
                self.env["codabox.run"].sudo().search([("feed_id", "=", self.coda.feed_id.id)]),
            ):
                for method, arguments in (
                    ("write", [{"create_date": "2020-01-01"}]),
                    ("unlink", []),
                    ("copy", []),
                ):
                    with self.subTest(user=user.login, model=record._name, method=method):
                        self.assertRaises(
                            AccessError, self.press, record, method, *arguments, user=user
                        )

    def test_accountants_do_not_change_clients_or_connections(self):
        for record in (self.coda.feed_id, self.coda.feed_id.kind_ids[0], self.connection):
            for method, arguments in (("write", [{"create_date": "2020-01-01"}]), ("unlink", [])):
                with self.subTest(model=record._name, method=method):
                    self.assertRaises(AccessError, self.press, record, method, *arguments)
        for method in ("action_test", "action_disconnect"):
            self.assertRaises(AccessError, self.press, self.connection, method)
        self.assertRaises(AccessError, self.press, self.coda.feed_id, "action_choose_company")

    def test_an_auditor_reads_and_presses_nothing(self):
        self.assertEqual(self.visible(self.auditor), self.coda)
        for record, method in (
            (self.coda, "action_retry"),
            (self.coda, "action_undo"),
            (self.coda, "action_release"),
            (self.coda, "action_accept_mismatch"),
            (self.connection, "action_fetch"),
            (self.coda.feed_id, "action_fetch"),
            (self.journal, "action_codabox_fetch"),
        ):
            with self.subTest(method):
                self.assertRaises(AccessError, self.press, record, method, user=self.auditor)
        with self.assertRaises(AccessError):
            self.seen_by(self.auditor, self.env["codabox.document.discard"]).create(
                {"document_ids": self.coda.ids, "reason": "x"}
            )
        self.assertEqual(self.coda.state, "imported")

    def test_a_user_who_only_invoices_sees_the_documents_of_his_company_without_payroll(self):
        self.assertEqual(self.visible(self.invoicing), self.coda)
        self.assert_hidden(self.invoicing, self.other_coda + self.soda + self.new_coda)

    def test_who_may_only_read_bank_statements_in_odoo_does_not_change_them_through_us(self):
        for record, method in ((self.coda, "action_undo"), (self.connection, "action_fetch")):
            with self.subTest(method):
                self.assertRaises(AccessError, self.press, record, method, user=self.invoicing)
        self.assertEqual(self.coda.state, "imported")

    def test_an_accountant_of_another_company_presses_nothing_of_ours(self):
        for method in ("action_retry", "action_undo", "action_download_zip"):
            self.assertRaises(
                AccessError, self.press, self.coda, method, user=self.other_accountant
            )
        self.assertRaises(
            AccessError, self.press, self.journal, "action_codabox_fetch",
            user=self.other_accountant,
        )  # fmt: skip

    def test_a_connection_is_fetched_only_by_who_may_read_it(self):
        for record in (self.connection, self.coda.feed_id):
            with self.subTest(record._name), self.assertRaises(AccessError):
                self.press(record, "action_fetch", user=self.other_accountant)
        with self.assertRaises(AccessError):
            self.press(self.new_coda.feed_id, "action_fetch")
