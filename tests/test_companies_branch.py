"""A branch keeps its books in the journals of its parent, whatever its accountant has ticked."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import IBAN, credit
from .invoice_common import InvoiceCase


@tagged("-at_install", "post_install")
class TestCompaniesBranch(InvoiceCase):
    """The client is a branch; the bank journal of its account is that of its parent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {
                "name": "Bakkerij Jo Gent",
                "parent_id": cls.company.id,
                "country_id": cls.env.ref("base.be").id,
            }
        )
        cls.accountant.company_ids += cls.branch

    def setUp(self):
        super().setUp()
        self.map_client(self.branch)

    def _retry(self, document, *ticked):
        """Book a document as its button does, with these companies ticked."""
        context = {"allowed_company_ids": [company.id for company in ticked]}
        with self.as_user(self.accountant) as env:
            env(context=context)[document._name].browse(document.id).action_retry()
        self.env.invalidate_all()

    def test_a_statement_is_booked_in_the_journal_of_the_parent(self):
        document = self.receive(self.day(15, credit("10"), enterprise_number=""))
        self.assert_state(document, "imported")
        self.assertEqual(document.company_id, self.branch)
        self.assertEqual(document.statement_ids.journal_id, self.journal)
        lines = self.lines()
        self.assertEqual(lines.company_id, self.company)
        self.assert_books_agree(lines.statement_id)

    def test_its_own_journal_comes_first(self):
        suspense = self.journal.suspense_account_id  # as Odoo gives it to a branch when it commits
        own = self.make_journal(self.branch, IBAN, suspense_account_id=suspense.id)
        document = self.receive(self.day(15, credit("10"), enterprise_number=""))
        self.assert_state(document, "imported")
        self.assertEqual(document.statement_ids.journal_id, own)
        self.assertEqual(self.lines(own).company_id, self.branch)
        self.assertFalse(self.lines())

    def test_what_is_ticked_does_not_say_in_which_company_it_is_booked(self):
        self.journal.active = False
        document = self.receive(self.day(15, credit("10"), enterprise_number=""))
        self.assert_state(document, "waiting", "journal_archived")
        self.journal.active = True
        for ticked in ((self.branch, self.company), (self.company, self.branch), (self.branch,)):
            with self.subTest(ticked=[company.name for company in ticked]), self.rolled_back():
                self._retry(document, *ticked)
                self.assertEqual(document.state, "imported")
                self.assertEqual(self.lines().company_id, self.company)

    def test_a_bill_is_booked_for_the_branch_whatever_is_ticked(self):
        self.make_supplier()
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "purchase")]
        )
        journals.active = False
        document = self.receive_bill()
        self.assert_state(document, "waiting", "no_invoice_journal")
        journals.active = True
        for ticked in ((self.branch, self.company), (self.company, self.branch), (self.branch,)):
            with self.subTest(ticked=[company.name for company in ticked]), self.rolled_back():
                self._retry(document, *ticked)
                self.assertEqual(document.invoice_id.company_id, self.branch, document.reason)
                self.assertEqual(document.invoice_id.journal_id.company_id, self.company)

    def test_an_account_of_its_mandate_names_the_journal_of_the_parent(self):
        account = self.env["codabox.mandate.account"].sudo().search([("iban", "=", IBAN)])
        self.assertTrue(account)
        self.assertEqual(account.client_company_id, self.branch)
        self.assertEqual(account.with_user(self.accountant).journal_id, self.journal)
        lines = self.env["codabox.mandate.comparison"].sudo().search([("iban", "=", IBAN)])
        self.assertEqual(lines.journal_id, self.journal)
        self.assertEqual(len(lines), 1)

    def test_its_payroll_goes_in_the_payroll_journal_of_the_parent(self):
        journal = self.company._codabox_payroll_journal()
        self.assertEqual(self.branch._codabox_payroll_journal(), journal)
        other = self.env["account.journal"].create(
            {"name": "Pay", "code": "PAY", "type": "general", "company_id": self.branch.id}
        )
        self.branch.codabox_soda_journal_id = other
        self.assertEqual(self.branch._codabox_payroll_journal(), other)

    def test_who_has_the_branch_only_opens_what_the_branch_may_see(self):
        document = self.receive(self.day(15, credit("10"), enterprise_number=""))
        self.accountant.write(
            {"company_id": self.branch.id, "company_ids": [Command.set(self.branch.ids)]}
        )
        action = self.press(document, "action_open_statements")
        self.assertEqual(action["context"]["allowed_company_ids"], self.branch.ids)

    def test_who_keeps_only_a_branch_neither_fetches_nor_uploads_for_its_parent(self):
        clerk = new_test_user(
            self.env,
            "branch_clerk",
            "base.group_user,account.group_account_user",
            company_id=self.branch.id,
            company_ids=[Command.set(self.branch.ids)],
        )
        mine = self.journal.with_user(clerk).with_context(allowed_company_ids=self.branch.ids)
        self.assertTrue(mine.has_access("read"), "as Odoo has it")
        attachment = self.env["ir.attachment"].with_user(clerk).create({"name": "x", "raw": b"0"})
        self.sandbox.clear_log()
        for method, *arguments in (
            ("action_codabox_fetch",),
            ("create_document_from_attachment", attachment.ids),
        ):
            with self.subTest(method), self.as_user(clerk) as env:
                journal = env["account.journal"].browse(self.journal.id)
                with self.assertRaisesRegex(AccessError, "do not keep the books"):
                    getattr(journal.with_context(codabox_upload=True), method)(*arguments)
        self.assertEqual(self.sandbox.log, [])
