"""Who earns what is not for everybody: neither in the lines, nor in the files."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import credit, debit, party
from .test_coda_lines import CodaLinesCase

NAMES = ("PEETERS", "MAES")


def wages(**values):
    """Return a wage batch of two employees."""
    code = values.pop("code", "0105000")
    return debit(
        "90",
        code=f"1{code}",
        communication="SALARIES JANUARY",
        details=[
            debit(amount, code=f"5{code}", counterparty=party(name), **values)
            for name, amount in zip(NAMES, ("50", "40"), strict=True)
        ],
    )


@tagged("-at_install", "post_install")
class TestCodaWages(CodaLinesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payroll = new_test_user(
            cls.env,
            "payroll_accountant",
            "base.group_user,account.group_account_user,account_codabox.group_payroll",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            codabox_payroll_company_ids=[Command.set(cls.company.ids)],
        )

    def test_every_way_to_pay_wages_is_booked_as_one_total_without_names(self):
        self.journal.write({"codabox_customer_totals": "details", "codabox_charges": "split"})
        for name, movement in (
            ("transfer", wages()),
            ("instant", wages(code="0205000")),
            ("abroad", wages(code="4105000")),
            ("category purpose of the details", wages(code="0101000", category_purpose="SALA")),
            ("purpose of the details", wages(code="0101000", purpose="SALA")),
        ):
            with self.subTest(name), self.rolled_back():
                line = self.book(movement)
                self.assertEqual(line.amount, -90.0)
                kept = f"{line.read()} {line.move_id.read()} {line.codabox_panel}"
                for employee in NAMES:
                    self.assertNotIn(employee, kept)

    def test_the_files_of_wages_are_read_by_payroll_alone(self):
        document = self.receive(self.day(15, wages()))
        self.assertTrue(document.has_wages)
        self.assertEqual(len(document.file_ids), 3)
        with self.assertRaises(AccessError):
            document.file_ids.with_user(self.accountant).read(["name"])
        self.assertTrue(document.file_ids.with_user(self.payroll).read(["content"]))
        for user, count in ((self.accountant, 0), (self.payroll, 3)):
            with self.subTest(user.login), self.as_user(user) as env:
                files = env["codabox.document.file"].search([("document_id", "=", document.id)])
                self.assertEqual(len(files), count)
        self.assertFalse(document.statement_ids.bank_statement_id.attachment_ids)

    def test_the_form_of_a_wage_document_opens_for_an_accountant_without_its_files(self):
        document = self.receive(self.day(15, wages()))
        with self.as_user(self.accountant) as env:
            (values,) = (
                env["codabox.document"]
                .browse(document.id)
                .web_read(
                    {
                        "file_ids": {"fields": {"name": {}, "state": {}}},
                        "pdf": {},
                        "can_retry": {},
                        "has_wages": {},
                    }
                )
            )
        self.assertEqual((values["file_ids"], values["pdf"]), ([], False))
        self.assertTrue(values["has_wages"])

    def test_the_files_of_other_statements_stay_open_to_accountants(self):
        document = self.receive(self.day(15, credit("9")))
        self.assertFalse(document.has_wages)
        attachments = document.statement_ids.bank_statement_id.attachment_ids
        self.assertTrue(attachments.with_user(self.accountant).read(["raw"]))
        self.assertTrue(document.file_ids.with_user(self.accountant).read(["content"]))

    def test_an_accountant_undoes_and_books_wages_again_without_reading_them(self):
        document = self.receive(self.day(15, wages()))
        self.press(document, "action_undo")
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertEqual(self.lines().mapped("amount"), [-90.0])

    def test_a_separate_application_of_wages_is_for_payroll_too(self):
        document = self.receive(
            self.day(15, debit("50", code="50105000"), separate_application="01050")
        )
        self.assertTrue(document.has_wages)
