"""Expense notes of employees, in a database with the app Expenses (dev/odoo_tests, layer "hr")."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .invoice_common import CUSTOMER, InvoiceCase, date, pdf, replace

EMAIL = "els@bakkerij.example"


@tagged("-standard", "-at_install", "post_install", "codabox_hr")
class TestExpenseEmployees(InvoiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.codabox_expense_target = "expense"
        cls.employee = (
            cls.env["hr.employee"]
            .sudo()
            .create({"name": "Els Peeters", "work_email": EMAIL, "company_id": cls.company.id})
        )

    def receive_expense(self, xml=None, *, files=("xml", "pdf"), email=EMAIL, **metadata):
        content = {"xml": xml or self.bill(), "pdf": pdf(["Expense", *metadata])}
        index = self.sandbox.add_document(
            self.client,
            "expense",
            {name: content[name] for name in files},
            metadata={"employee": "Els Peeters", "employee_email": email, **metadata},
        )
        self.night()
        return self.document(index)

    def expenses(self):
        return self.env["hr.expense"].sudo().search([("company_id", "=", self.company.id)])

    def test_an_expense_of_the_employee_with_date_total_and_files(self):
        document = self.receive_expense(email="Els@Bakkerij.example")
        self.assert_state(document, "imported")
        expense = self.expenses()
        self.assertEqual((document.expense_id, document.invoice_id.id), (expense.id, False))
        self.assertRecordValues(
            expense,
            [
                {
                    "employee_id": self.employee.id,
                    "name": "F2026-001 Test Leverancier BV",
                    "date": date(2026, 1, 15),
                    "total_amount": 121.0,
                    "state": "draft",
                    "payment_mode": "own_account",
                }
            ],
        )
        raws = expense.attachment_ids.mapped("raw")
        for file in document.file_ids:
            self.assertIn(file._raw(), raws)
        self.assertEqual(expense.message_main_attachment_id.mimetype, "application/pdf")

    def test_the_address_may_stand_in_the_file_and_a_pdf_is_enough(self):
        by_file = self.receive_expense(
            self.bill("F2", customer=replace(CUSTOMER, email=EMAIL)), email="nobody@x.example"
        )
        by_pdf = self.receive_expense(files=["pdf"], issue_date="2026-01-20")
        found = self.expenses().filtered(lambda e: e.id in (by_file.expense_id, by_pdf.expense_id))
        self.assertEqual(len(found), 2)
        self.assertEqual(
            found.filtered(lambda e: e.id == by_pdf.expense_id).date, date(2026, 1, 20)
        )

    def test_a_name_alone_two_employees_or_another_setting_make_a_receipt(self):
        twin = {"name": "Els", "work_email": EMAIL, "company_id": self.company.id}
        elsewhere = {
            "name": "Els",
            "work_email": "e@x.example",
            "company_id": self.other_company.id,
        }
        self.env["hr.employee"].sudo().create(elsewhere)
        cases = (
            ("a name alone", {"email": ""}, lambda: None),
            ("another company", {"email": "e@x.example"}, lambda: None),
            ("two", {}, lambda: self.env["hr.employee"].sudo().create(twin)),
            ("setting", {}, lambda: self.company.write({"codabox_expense_target": "receipt"})),
        )
        for what, options, prepare in cases:
            with self.subTest(what=what), self.rolled_back():
                prepare()
                document = self.receive_expense(**options)
                self.assert_state(document, "imported")
                self.assertEqual(document.invoice_id.move_type, "in_receipt")
                self.assertFalse(self.expenses())

    def test_the_same_note_twice_is_one_expense(self):
        first = self.receive_expense()
        second = self.receive_expense(self.bill(flavour="ublbe3"))
        self.assert_state(second, "duplicate", "expense_exists")
        self.assertEqual(second.expense_id, first.expense_id)
        self.assertEqual(len(self.expenses()), 1)

    def test_a_draft_expense_is_undone_and_one_on_its_way_is_not(self):
        document = self.receive_expense()
        self.press(document, "action_undo")
        self.assertFalse(self.expenses())
        self.press(document, "action_retry")
        expense = self.expenses()
        self.assertEqual(document.expense_id, expense.id)
        expense.approval_state = "submitted"
        with self.assertRaisesRegex(UserError, "not a draft any more"):
            self.press(document, "action_undo")
        self.assertTrue(expense.exists())

    def test_whose_expense_is_deleted_waits_after_the_next_night(self):
        document, other = self.receive_expense(), self.receive_expense(self.bill("F2"))
        self.expenses().filtered(lambda e: e.id == document.expense_id).unlink()
        self.night()
        self.assert_state(document, "waiting", "expense_deleted")
        self.assert_state(other, "imported")
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertEqual(len(self.expenses()), 2)
