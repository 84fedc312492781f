"""What the next bill takes over from the last posted one, and what a company may deduct."""

from odoo import Command
from odoo.tests import tagged

from .bill_case import STAHL, BillCase, line, zero


@tagged("post_install", "-at_install")
class TestInvoiceVatLearned(BillCase):
    def found(self, move):
        """Return label -> (account code, tax names) of the lines of a bill."""
        return {
            item.name: (
                item.account_id.with_company(self.company).code,
                item.tax_ids.mapped("name"),
            )
            for item in move.invoice_line_ids
        }

    def correct(self, move, label, account=None, tax=None):
        """A person changes a line of a draft, and posts the bill."""
        values = {}
        if account:
            values["account_id"] = self.account(account).id
        if tax:
            values["tax_ids"] = [Command.set(self.tax(tax).ids)]
        item = move.invoice_line_ids.filtered(lambda item: item.name == label)
        self.press(move, "write", {"invoice_line_ids": [Command.update(item.id, values)]})
        self.press(move, "action_post")

    def test_the_last_posted_bill_gives_account_and_tax_by_label_else_by_tax(self):
        self.book("B1", ("Huur 12/2025", 900, "21% S"), ("Boeken", 10, "6% M"), account="610000")
        move = self.import_bill(
            line("Huur 01/2026", "950"), line("Folder", "20", "6"), line("Iets anders", "5", "12")
        )
        self.assertEqual(
            self.found(move),
            {
                "Huur 01/2026": ("610000", ["21% S"]),
                "Folder": ("610000", ["6% M"]),
                "Iets anders": ("610000", ["12% S"]),
            },
        )
        self.assertEqual(
            (self.flags(move), self.flags(move, blocking=False)), ([], ["tax_activated"])
        )

    def test_what_a_person_corrects_and_posts_the_next_bill_follows(self):
        first = self.import_bill(line("Onderhoud 1", "100"))
        self.assertEqual(self.found(first), {"Onderhoud 1": ("600000", ["21% M"])})
        self.assertEqual(self.flags(first, blocking=False), ["first_bill"])
        self.correct(first, "Onderhoud 1", "613200", "21% S")
        second = self.import_bill(line("Onderhoud 2", "100"))
        self.assertEqual(self.found(second), {"Onderhoud 2": ("613200", ["21% S"])})
        self.assertEqual(self.flags(second, blocking=False), [])
        self.correct(second, "Onderhoud 2", "240000", "21% IG")
        third = self.import_bill(line("Onderhoud 3", "100"), credit=True)
        self.assertEqual(self.found(third), {"Onderhoud 3": ("240000", ["21% IG"])})

    def test_a_bill_of_another_company_teaches_nothing(self):
        company = self.other_company
        account = self.account("613200", company)
        line_values = {
            "name": "Onderhoud",
            "price_unit": 1,
            "account_id": account.id,
            "tax_ids": [],
        }
        bill = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "in_invoice",
                    "partner_id": self.supplier.id,
                    "invoice_date": "2025-12-15",
                    "invoice_line_ids": [Command.create(line_values)],
                }
            )
        )
        bill.action_post()
        move = self.import_bill(line("Onderhoud", "100"))
        self.assertEqual(self.found(move), {"Onderhoud": ("600000", ["21% M"])})

    def test_a_co_contractor_is_asked_once_at_6_and_at_21(self):
        for tax, rate in (("6% S.Cocont", "6.00"), ("21% S.Cocont", "21.00")):
            with self.subTest(tax), self.rolled_back():
                self.purchases.default_account_id = self.account("613200")
                first = self.import_bill(line("Werf", "100", "cocontractor"))
                self.assertEqual(self.flags(first), ["reverse_charge_rate"])
                self.correct(first, "Werf", tax=tax)
                bill = self.import_bill(line("Dakwerken", "100", "cocontractor"))
                refund = self.import_bill(line("Werf", "100", "cocontractor"), credit=True)
                self.assertEqual(
                    self.boxes(bill), {"56": rate, "59": rate, "82": "100.00", "87": "100.00"}
                )
                self.assertEqual(
                    self.boxes(refund), {"82": "-100.00", "85": "100.00", "87": "-100.00"}
                )
                self.assertEqual(self.flags(bill) + self.flags(refund), [])

    def test_an_import_is_asked_once_for_each_label(self):
        supplier = STAHL.__class__("Kanto KK", vat="", country="JP")
        self.supplier.write({"name": "Kanto KK", "vat": False})
        self.book("B1", ("Machines", 100, "21% EX M"), account="600000")
        plan = {"Machines": [], "Andere": ["outside_eu"]}
        for label, flags in plan.items():
            move = self.env["account.move"]
            with self.subTest(label), self.rolled_back():
                move = self.import_bill(line(label, "100", zero("G")), supplier=supplier)
                self.assertEqual(self.flags(move), flags)
                expected = {"57": "21.00", "59": "21.00", "81": "100.00", "87": "100.00"}
                self.assertEqual(self.boxes(move), {} if flags else expected)

    def test_a_car_keeps_the_half_that_is_deducted(self):
        self.book("B1", ("Herstelling", 100, "21% D50"), account="613200")
        bill = self.import_bill(line("Herstelling", "100"))
        refund = self.import_bill(line("Banden", "100"), credit=True)
        self.assertEqual(self.boxes(bill), {"59": "10.50", "82": "110.50"})
        self.assertEqual(self.items(bill), {"411000": 10.5, "440000": -121.0, "613200": 110.5})
        self.assertEqual(self.boxes(refund), {"63": "10.50", "82": "-110.50", "85": "110.50"})
        asked = self.import_bill(line("Herstelling", "100", "6"))
        self.assertEqual(self.flags(asked), ["no_such_tax"])

    def test_a_private_part_and_the_analytic_account_are_kept(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projecten"})
        project = self.env["account.analytic.account"].create({"name": "P1", "plan_id": plan.id})
        self.book(
            "B1", ("Gsm", 100, "21% S"),
            deductible_amount=75.0, analytic_distribution={str(project.id): 100},
        )  # fmt: skip
        move = self.import_bill(line("Gsm", "200"))
        item = move.invoice_line_ids
        self.assertEqual(item.deductible_amount, 75.0)
        self.assertEqual(item.analytic_distribution, {str(project.id): 100})
        self.assertEqual(move.amount_total, 242.0)

    def test_analytic_models_of_odoo_fill_what_the_past_leaves_open(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projecten"})
        project = self.env["account.analytic.account"].create({"name": "P1", "plan_id": plan.id})
        self.book("B1", ("Gsm", 100, "21% S"))
        self.env["account.analytic.distribution.model"].create(
            {"account_prefix": "6132", "analytic_distribution": {str(project.id): 100},
             "company_id": self.company.id}
        )  # fmt: skip
        move = self.import_bill(line("Gsm", "200"))
        self.assertEqual(move.invoice_line_ids.analytic_distribution, {str(project.id): 100})


@tagged("post_install", "-at_install")
class TestInvoiceVatRegime(BillCase):
    def test_without_deduction_vat_is_cost_and_no_box_is_used(self):
        self.company.codabox_vat_regime = "none"
        self.book("B1", ("Papier", 100, None), account="613200")
        lines = (line("Papier", "33.33"), line("Boek", "50", "6"), line("Vrij", "10", "exempt"))
        for credit, sign in ((False, 1), (True, -1)):
            with self.subTest(credit=credit):
                move = self.import_bill(*lines, credit=credit)
                self.assertEqual(self.boxes(move), {})
                self.assertEqual(
                    self.items(move), {"440000": -103.33 * sign, "613200": 103.33 * sign}
                )
                self.assertEqual(move.amount_total, 103.33)
                self.assertEqual(self.flags(move), [])
                self.press(move, "action_post")

    def test_without_deduction_vat_is_divided_over_the_accounts_it_is_due_on(self):
        self.company.codabox_vat_regime = "none"
        self.book("B1", ("Papier", 100, None), account="613200")
        self.book("B2", ("Bureau", 100, None), account="240000")
        move = self.import_bill(line("Papier", "0.30"), line("Bureau", "99.71"))
        self.assertEqual(self.items(move), {"240000": 120.65, "440000": -121.01, "613200": 0.36})

    def test_without_deduction_a_vat_that_is_owed_is_asked_about(self):
        self.company.codabox_vat_regime = "none"
        for case, supplier in (("cocontractor", None), ("eu_goods", STAHL), ("export", STAHL)):
            with self.subTest(case), self.rolled_back():
                options = {"supplier": supplier} if supplier else {}
                move = self.import_bill(line("A", "100", case), **options)
                self.assertEqual(self.flags(move), ["self_assessed_vat"])

    def test_without_deduction_the_vat_of_another_country_is_cost_too(self):
        self.company.codabox_vat_regime = "none"
        move = self.import_bill(line("A", "100"), supplier=STAHL)
        self.assertEqual((move.amount_total, self.flags(move)), (121.0, []))

    def test_a_mixed_company_is_asked_once_and_then_followed(self):
        self.company.codabox_vat_regime = "mixed"
        first = self.import_bill(line("Papier", "100"), line("Vrij", "10", "exempt"))
        self.assertEqual(self.flags(first), ["mixed_vat"])
        self.assertIn("Bakkerij Jo", first.codabox_flag_text)
        paper = first.invoice_line_ids.filtered(lambda item: item.name == "Papier")
        change = [Command.update(paper.id, {"tax_ids": [Command.set(self.tax("21% D35").ids)]})]
        self.press(first, "write", {"invoice_line_ids": change})
        self.assertEqual(self.flags(first), [])
        self.press(first, "action_post")
        second = self.import_bill(line("Papier", "100"))
        self.assertEqual(second.invoice_line_ids.tax_ids, self.tax("21% D35"))
        self.assertEqual(self.boxes(second), {"59": "7.35", "82": "113.65"})

    def test_the_regime_is_a_setting_of_the_company(self):
        settings = self.env["res.config.settings"].with_company(self.company).create({})
        self.assertEqual(settings.codabox_vat_regime, "normal")
        settings.codabox_vat_regime = "none"
        self.assertEqual(self.company.codabox_vat_regime, "none")
        self.assertEqual(self.other_company.codabox_vat_regime, "normal")
