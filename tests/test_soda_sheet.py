"""A payroll mapping as a spreadsheet, and the account that the chart lacks."""

import base64
import io
import zipfile
from unittest.mock import patch

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import date
from .soda_common import GROSS, NET, TAX, SodaCase, credit, debit

TITLES = "Social secretariat;Code;Label;Account;Analytic distribution"


@tagged("-at_install", "post_install")
class TestSodaSheet(SodaCase):
    def setUp(self):
        super().setUp()
        self.mapping = self.env["codabox.soda.mapping"]
        plan = self.env["account.analytic.plan"].create({"name": "Shops"})
        self.shops = self.env["account.analytic.account"].create(
            [{"name": f"Shop {n}", "plan_id": plan.id} for n in "AB"]
        )

    def rows(self):
        """Return secretariat, code -> account code and distribution, as the company has them."""
        return {
            (row.source or "", row.code): (row.account_id.code, row.analytic_distribution or {})
            for row in self.mapping.search([("company_id", "=", self.company.id)])
        }

    def export(self, rows):
        """Export rows as the accountant; return the file and the values of its cells."""
        action = self.press(rows, "action_export")
        sheet = self.env["codabox.soda.sheet"].sudo().browse(int(action["url"].split("/")[4]))
        content = base64.b64decode(sheet.content)
        cells = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return content, [list(row) for row in cells]

    def load(self, content, user=None, company=None):
        """Import a file as the accountant does."""
        with self.as_user(user or self.accountant) as env:
            sheet = env["codabox.soda.sheet"].create(
                {
                    "company_id": (company or self.company).id,
                    "content": base64.b64encode(content),
                }
            )
            sheet.action_import()
        self.env.invalidate_all()

    def refused(self, *lines):
        """Import lines that are wrong; return what the accountant is told."""
        before = self.rows()
        with self.assertRaises(UserError) as caught:
            self.load("\n".join([TITLES, *lines]).encode())
        self.env.invalidate_all()
        self.assertEqual(self.rows(), before, "nothing is half imported")
        return str(caught.exception)

    def test_what_is_exported_comes_back_the_same(self):
        rows = self.map_codes()
        a, b = self.shops.ids
        rows[0].analytic_distribution = {str(a): 60, str(b): 40}
        content, cells = self.export(rows)
        self.assertEqual(cells[0], TITLES.split(";"))
        self.assertEqual(
            sorted(row[1:4:2] for row in cells[1:]), sorted([c, c] for c in (GROSS, TAX, NET))
        )
        self.assertIn("Shop A 60; Shop B 40", [row[4] for row in cells])
        before = self.rows()
        rows.unlink()
        self.load(content)
        self.assertEqual(self.rows(), before)
        (row, *_others) = self.mapping.search([("company_id", "=", self.company.id)])
        self.assertEqual(row.confirmed_by_id, self.accountant)

    def test_a_csv_changes_what_it_names_and_leaves_the_rest(self):
        self.map_codes()
        self.load(f"{TITLES}\nTESTSOC;{GROSS};;620300;\n;618001;;618000;\n".encode())
        self.assertEqual(
            self.rows(),
            {
                ("TESTSOC", GROSS): ("620300", {}),
                ("TESTSOC", TAX): (TAX, {}),
                ("TESTSOC", NET): (NET, {}),
                ("", "618001"): ("618000", {}),
            },
        )
        self.assertEqual(
            self.mapping.search([("code", "=", GROSS)]).previous_account_id.code, GROSS
        )

    def test_every_wrong_row_is_named_with_what_is_wrong_and_nothing_is_imported(self):
        self.map_codes()
        told = self.refused(
            f"TESTSOC;{GROSS};;620300;",
            "TESTSOC;;;620300;",
            f"TESTSOC;{TAX};;999999;",
            f"TESTSOC;{GROSS};;620400;",
            f"TESTSOC;{NET};;{NET};Shop C 100",
            "TESTSOC;618001;;618000;Shop A much",
        )
        for part in (
            "Row 3: the code is missing",
            "Row 4: Bakkerij Jo has no account 999999",
            f"Row 5: the code {GROSS} is in row 2 too",
            "Row 6: there is no single analytic account “Shop C”",
            "Row 7: “Shop A much” should be",
        ):
            self.assertIn(part, told)
        self.assertNotIn("Row 2:", told)

    def test_what_is_no_spreadsheet_or_has_no_rows_is_told(self):
        self.assertIn("no row", self.refused())
        for content in (b"PK broken", b"\xff\xfe\x00", b"%PDF"):
            with self.subTest(content), self.assertRaises(UserError):
                self.load(content)

    def test_nobody_imports_into_a_company_whose_books_he_does_not_keep(self):
        with self.assertRaises(UserError):
            self.load(f"{TITLES}\n;{GROSS};;{GROSS};".encode(), company=self.other_company)
        self.assertFalse(self.mapping.search([("company_id", "=", self.other_company.id)]))

    # --- The account that the chart lacks ---------------------------------------------------------

    def lacking(self):
        self.receive_soda(self.month(debit("6250", "10", "Provisie"), credit(NET, "10")))
        return self.mapping.search([("code", "=", "6250")])

    def test_an_account_that_the_chart_lacks_is_proposed_and_made_when_confirmed(self):
        row = self.lacking()
        self.assertFalse(row.proposed_account_id)
        action = row.action_create_account()
        wizard = self.env["codabox.soda.account"].browse(action["res_id"])
        self.assertRecordValues(
            wizard,
            [{"code": "625000", "name": "Provision for holiday pay", "account_type": "expense"}],
        )
        self.assertFalse(self.account("625000"))
        wizard.action_create()
        self.assertEqual(row.account_id, self.account("625000"))
        self.assertEqual(row.confirmed_by_id, self.env.user)
        self.assertFalse(self.account("625000", self.other_company))
        self.press(row, "action_apply_to_drafts")
        move = self.company.env["account.move"].search([("date", "=", date(2026, 1, 31))])
        self.assertIn(("625000", 10.0), self.items(move))
        again = self.env["codabox.soda.account"].create(wizard._prepare(row))
        with self.assertRaises(UserError):
            again.action_create()

    def test_a_plain_accountant_does_not_change_the_chart(self):
        row = self.lacking()
        with self.assertRaises(AccessError):
            self.press(row, "action_create_account")

    def test_a_small_file_that_unpacks_to_millions_of_cells_is_refused_unread(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", b"<c/>" * (8 * 1024 * 1024))
        small = buffer.getvalue()
        self.assertLess(len(small), 1024 * 1024)
        for content in (small, b"a;" * (5 * 1024 * 1024)):
            with (
                patch.object(self.registry["codabox.soda.sheet"], "_read") as read,
                self.assertRaises(UserError) as caught,
            ):
                self.load(content)
            self.assertIn("too large", str(caught.exception))
            read.assert_not_called()
