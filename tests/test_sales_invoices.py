"""Sales invoices through the night run: as they were sent, under their own number."""

import itertools
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .sales_case import BUYER, SELLER, SalesCase, date, line, replace

FLAVOURS = ("efff1", "efff3", "ublbe1", "ublbe3", "bis3")


@tagged("-at_install", "post_install")
class TestSalesInvoices(SalesCase):
    def test_a_sales_invoice_becomes_a_draft_under_its_own_number(self):
        document = self.receive_sale(self.sale(buyer_reference="PO 77"))
        self.assert_state(document, "imported")
        self.assertEqual(document.name, "2026-014 Test Leverancier BV")
        self.assertRecordValues(
            document.invoice_id,
            [
                {
                    "state": "draft",
                    "move_type": "out_invoice",
                    "company_id": self.company.id,
                    "name": "2026-014",
                    "ref": "PO 77",
                    "invoice_date": date(2026, 1, 15),
                    "date": date(2026, 1, 15),
                    "invoice_date_due": date(2026, 2, 14),
                    "payment_reference": "+++000/0000/00097+++",
                    "amount_untaxed": 100.0,
                    "amount_tax": 21.0,
                    "amount_total": 121.0,
                }
            ],
        )
        self.assertEqual(document.invoice_id.partner_id.company_registry, BUYER.enterprise)
        types = set(self.attached(document.invoice_id).mapped("mimetype"))
        self.assertIn("application/pdf", types)
        self.assertEqual(document.invoice_id.message_main_attachment_id.mimetype, "application/pdf")

    def test_every_flavour_gives_an_invoice_and_a_credit_note_with_the_totals_of_the_file(self):
        cases = list(itertools.product(FLAVOURS, (False, True)))
        indexes = [
            self.deliver_sale(
                self.sale(f"{flavour}/{place}", line("80.50"), line("10", "6"), flavour=flavour, credit=credit)
            )
            for place, (flavour, credit) in enumerate(cases)
        ]  # fmt: skip
        self.night()
        for place, (index, (flavour, credit)) in enumerate(zip(indexes, cases, strict=True)):
            with self.subTest(flavour=flavour, credit=credit):
                document = self.document(index)
                self.assert_state(document, "imported")
                move = document.invoice_id
                self.assertEqual(move.move_type, "out_refund" if credit else "out_invoice")
                self.assertEqual(move.name, f"{flavour}/{place}")
                self.assertEqual((move.amount_untaxed, move.amount_tax), (90.5, 17.51))
                self.assertFalse(self.flags(move))

    def test_without_a_payment_reference_customers_pay_with_the_number(self):
        move = self.receive_sale(self.sale(payment_reference="")).invoice_id
        self.assertEqual(move.payment_reference, "2026-014")

    # --- The number ----------------------------------------------------------------------------

    def test_posting_keeps_the_number_and_odoos_own_sequence_goes_on_undisturbed(self):
        own = self.make_invoice(self.make_customer(), name="VK/2026/00041")
        own.action_post()
        for number in ("2026-014", "F 0099/26", "A"):
            move = self.receive_sale(self.sale(number)).invoice_id
            self.assertEqual(move.journal_id, own.journal_id)
            self.press(move, "action_post")
            self.assertEqual((move.state, move.name), ("posted", number))
            self.press(move, "button_draft")
            self.press(move, "action_post")
            self.assertEqual(move.name, number)
        following = self.make_invoice(own.partner_id)
        following.action_post()
        self.assertEqual(following.name, "VK/2026/00042")

    def test_in_a_journal_without_numbers_of_its_own_odoo_begins_its_own_series(self):
        self.press(self.receive_sale(self.sale("2026-500")).invoice_id, "action_post")
        own = self.make_invoice(self.make_customer())
        own.action_post()
        self.assertEqual(own.name, f"{own.journal_id.code}/2026/00001")

    def test_a_number_of_another_year_than_its_date_is_kept(self):
        move = self.receive_sale(self.sale("2025/0188")).invoice_id
        self.press(move, "action_post")
        self.assertEqual(move.name, "2025/0188")

    def test_nobody_changes_the_number_but_the_journal_may_change(self):
        move = self.receive_sale().invoice_id
        with self.assertRaisesRegex(UserError, "2026-014"):
            self.press(move, "write", {"name": "VK/2026/00001"})
        journal = self.env["account.journal"].create(
            {"name": "Winkel", "code": "WIN", "type": "sale", "company_id": self.company.id}
        )
        with Form(move) as form:
            form.journal_id = journal
            form.invoice_date = date(2027, 3, 1)
        self.assertEqual((move.journal_id, move.name), (journal, "2026-014"))

    def test_a_number_that_the_journal_has_waits_and_goes_in_another_journal(self):
        self.receive_sale()
        document = self.receive_sale(self.sale(credit=True))
        self.assert_state(document, "waiting", "sale_number_taken")
        journal = self.env["account.journal"].create(
            {
                "name": "Creditnota's",
                "code": "CN",
                "type": "sale",
                "company_id": self.company.id,
                "default_account_id": self.income_account().id,
            }
        )
        self.resolve(document, choice="journal", journal_id=journal.id)
        self.assert_state(document, "imported")
        self.assertEqual(
            (document.invoice_id.name, document.invoice_id.journal_id), ("2026-014", journal)
        )

    # --- Missing numbers -----------------------------------------------------------------------

    def test_missing_numbers_of_one_series_and_year_are_told_until_they_come(self):
        first, fourth = self.receive_sales("2026-014", "2026-018")
        self.assertNotIn("sale_numbers_missing", self.flags(first, blocking=False))
        self.assertIn("sale_numbers_missing", self.flags(fourth, blocking=False))
        self.assertIn("Missing right before this one (3): 15 to 17", fourth.codabox_note_text)
        self.assertTrue(fourth.made_sequence_gap)
        self.press(fourth, "action_post")
        self.receive_sales("2026-017")
        self.assertFalse(fourth._codabox_numbers_missing())
        self.assertFalse(fourth.made_sequence_gap)

    def test_another_series_or_year_leaves_no_gap(self):
        moves = self.receive_sales("2026-014", "CN-003", "0007/2026")
        moves += self.receive_sales("0001/2027", issue_date=date(2027, 1, 4))
        for move in moves:
            self.assertNotIn("sale_numbers_missing", self.flags(move, blocking=False), move.name)
        (gap,) = self.receive_sales("0009/2026")
        self.assertEqual(gap._codabox_numbers_missing(), (8, 8))

    # --- Drafts or posted ----------------------------------------------------------------------

    def test_where_the_company_wants_it_sales_invoices_are_posted(self):
        self.company.codabox_sales_state = "posted"
        move = self.receive_sale().invoice_id
        self.assertEqual((move.state, move.name), ("posted", "2026-014"))

    def test_what_is_to_be_decided_stays_a_draft(self):
        self.company.codabox_sales_state = "posted"
        move = self.receive_sale(self.sale("1", line("100", "cocontractor"), total=Decimal(90), payable=Decimal(90))).invoice_id  # fmt: skip
        self.assertEqual(move.state, "draft")
        self.assertIn("totals_differ", self.flags(move))

    # --- Closed periods ------------------------------------------------------------------------

    def test_in_a_declared_vat_period_it_waits_until_that_is_opened_or_a_person_decides(self):
        self.company.tax_lock_date = date(2026, 1, 31)
        document = self.receive_sale()
        self.assert_state(document, "waiting", "sale_vat_closed")
        self.assertFalse(self.sales())
        with self.rolled_back():
            self.company.tax_lock_date = False
            self.press(document, "action_retry")
            self.assertEqual(document.invoice_id.date, date(2026, 1, 15))
        self.resolve(document, choice="open_day")
        move = document.invoice_id
        self.assertEqual((move.invoice_date, move.date), (date(2026, 1, 15), date(2026, 2, 1)))
        self.assertIn("invoice_open_day", self.flags(move, blocking=False))

    def test_in_another_closed_period_it_is_booked_on_the_first_open_day_and_told(self):
        for lock in ("sale_lock_date", "fiscalyear_lock_date"):
            with self.subTest(lock=lock), self.rolled_back():
                self.company[lock] = date(2026, 1, 31)
                self.company.codabox_sales_state = "posted"
                move = self.receive_sale().invoice_id
                self.assertEqual((move.state, move.name), ("posted", "2026-014"))
                self.assertEqual(
                    (move.invoice_date, move.date), (date(2026, 1, 15), date(2026, 2, 1))
                )
                self.assertIn("invoice_open_day", self.flags(move, blocking=False))

    # --- Not of this company -------------------------------------------------------------------

    def test_a_sales_invoice_of_another_enterprise_waits_and_leaves_nothing(self):
        other = replace(SELLER, enterprise="0403170701", vat="BE0403170701")
        document = self.receive_sale(self.sale(supplier=other))
        self.assert_state(document, "waiting", "foreign_seller")
        self.assertFalse(self.sales())

    def test_one_that_does_not_say_of_whom_waits_until_a_person_does(self):
        nobody = replace(SELLER, enterprise="", vat="", scheme="", endpoint="")
        document = self.receive_sale(self.sale(supplier=nobody))
        self.assert_state(document, "waiting", "no_seller")
        self.resolve(document, choice="here")
        self.assert_state(document, "imported")

    # --- PDF alone, undo -----------------------------------------------------------------------

    def test_a_pdf_alone_becomes_a_draft_under_the_number_that_codabox_gives(self):
        document = self.receive_sale(
            files=["pdf"], metadata={"document_number": "2026-015", "issue_date": "2026-01-16"}
        )
        self.assert_state(document, "imported")
        self.assertRecordValues(
            document.invoice_id,
            [{"move_type": "out_invoice", "name": "2026-015", "invoice_date": date(2026, 1, 16)}],
        )

    def test_an_import_is_undone_also_in_the_middle_of_a_series(self):
        first = self.receive_sales("2026-014", "2026-015")[0]
        document = first.codabox_document_id
        self.press(document, "action_undo")
        self.assertFalse(first.exists())
        self.press(document, "action_retry")
        self.assertEqual(document.invoice_id.name, "2026-014")
