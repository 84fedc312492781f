"""Purchase invoices through the night run: which bill, on which day, with which totals."""

import itertools
from unittest import skipUnless

from odoo.tests import tagged

from ..codabox.tests.sample_files import HAS_PUBLISHED, MISSING
from ..codabox.tests.ubl_samples import OURS, PUBLISHED, read
from .invoice_common import CUSTOMER, NUMBER, InvoiceCase, date, line, replace

FLAVOURS = ("efff1", "efff3", "ublbe1", "ublbe3", "bis3")


@tagged("-at_install", "post_install")
class TestInvoiceBills(InvoiceCase):
    def test_an_invoice_becomes_a_draft_bill(self):
        document = self.receive_bill()
        self.assert_state(document, "imported")
        self.assertEqual(document.name, "F2026-001 Test Leverancier BV")
        self.assertEqual(document.document_date, date(2026, 1, 15))
        move = document.invoice_id
        self.assertRecordValues(
            move,
            [
                {
                    "state": "draft",
                    "move_type": "in_invoice",
                    "company_id": self.company.id,
                    "codabox_document_id": document.id,
                    "ref": "F2026-001",
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
        self.assertEqual(move.invoice_line_ids.mapped("name"), ["Article"])
        self.assertEqual(move.codabox_document_ids, document)

    def test_every_flavour_gives_a_bill_and_a_refund_with_the_totals_of_the_file(self):
        cases = list(itertools.product(FLAVOURS, (False, True)))
        indexes = [
            self.deliver_bill(
                self.bill(f"{flavour}/{place}", line("80.50"), line("10", "6"), flavour=flavour, credit=credit)
            )
            for place, (flavour, credit) in enumerate(cases)
        ]  # fmt: skip
        self.night()
        for index, (flavour, credit) in zip(indexes, cases, strict=True):
            with self.subTest(flavour=flavour, credit=credit):
                document = self.document(index)
                self.assert_state(document, "imported")
                move = document.invoice_id
                self.assertEqual(move.move_type, "in_refund" if credit else "in_invoice")
                self.assertEqual((move.amount_untaxed, move.amount_tax), (90.5, 17.51))
                self.assertEqual(move.payment_reference, "+++000/0000/00097+++")

    def test_every_sample_gives_its_type_and_its_exact_totals(self):
        self.assert_samples(OURS, NUMBER)

    @skipUnless(HAS_PUBLISHED, MISSING)
    def test_every_published_sample_gives_its_type_and_its_exact_totals(self):
        self.assert_samples(PUBLISHED, "0000000295")

    def assert_samples(self, samples, addressee):
        self.company.write({"vat": f"BE{addressee}", "company_registry": addressee})
        indexes = {name: self.deliver_bill(read(name)) for name in samples}
        self.night()
        for name, index in indexes.items():
            with self.subTest(sample=name):
                document = self.document(index)
                self.assert_state(document, "imported")
                move = document.invoice_id
                expected = samples[name]
                kind = "in_refund" if expected.is_credit else "in_invoice"
                self.assertEqual((move.move_type, move.ref), (kind, expected.number))
                totals = (move.amount_untaxed, move.amount_tax, move.amount_total)
                self.assertEqual(totals, tuple(map(float, expected.totals[:3])))

    def test_the_due_date_of_the_file_wins_over_the_payment_term_of_the_supplier(self):
        supplier = self.make_supplier()
        supplier.with_company(self.company).property_supplier_payment_term_id = self.env.ref(
            "account.account_payment_term_end_following_month"
        )
        move = self.receive_bill().invoice_id
        self.assertEqual(move.partner_id, supplier)
        due = move.line_ids.filtered(lambda item: item.display_type == "payment_term")
        self.assertEqual(due.mapped("date_maturity"), [date(2026, 2, 14)])

    def test_a_payment_made_already_is_told(self):
        move = self.receive_bill(self.bill(prepaid="21")).invoice_id
        self.assertEqual(move.amount_total, 121.0)
        self.assertIn("invoice_prepaid", self.flags(move, blocking=False))
        self.assertIn("21.00 EUR", move.codabox_note_text)

    # --- Dates ---------------------------------------------------------------------------------

    def test_in_an_open_period_the_accounting_date_is_that_of_the_invoice(self):
        move = self.receive_bill(self.bill(issue_date=date(2025, 11, 28))).invoice_id
        self.assertEqual((move.invoice_date, move.date), (date(2025, 11, 28), date(2025, 11, 28)))
        self.assertNotIn("invoice_open_day", self.flags(move, blocking=False))

    def test_in_a_closed_period_it_is_booked_on_the_first_open_day_and_told(self):
        for lock in ("purchase_lock_date", "tax_lock_date", "fiscalyear_lock_date"):
            with self.subTest(lock=lock), self.rolled_back():
                self.company[lock] = date(2026, 1, 31)
                document = self.receive_bill()
                self.assert_state(document, "imported")
                move = document.invoice_id
                self.assertEqual(move.invoice_date, date(2026, 1, 15))
                self.assertEqual(move.date, date(2026, 2, 1))
                self.assertIn("invoice_open_day", self.flags(move, blocking=False))
                self.assertIn("02/01/2026", move.codabox_note_text)

    def test_a_lock_on_sales_does_not_move_a_bill(self):
        self.company.sale_lock_date = date(2026, 1, 31)
        self.assertEqual(self.receive_bill().invoice_id.date, date(2026, 1, 15))

    # --- Not for this company ------------------------------------------------------------------

    def test_an_invoice_for_another_enterprise_waits_and_leaves_nothing(self):
        other = replace(CUSTOMER, enterprise="0403170701", vat="BE0403170701")
        document = self.receive_bill(self.bill(customer=other))
        self.assert_state(document, "waiting", "foreign_enterprise")
        self.assertIn("0403170701", document.reason)
        self.assertFalse(self.bills())
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Test Leverancier BV")]))

    def test_an_invoice_that_does_not_say_for_whom_waits_until_a_person_does(self):
        nobody = replace(CUSTOMER, enterprise="", vat="", scheme="", endpoint="")
        document = self.receive_bill(self.bill(customer=nobody))
        self.assert_state(document, "waiting", "no_addressee")
        self.resolve(document, choice="here")
        self.assert_state(document, "imported")

    def test_the_number_of_a_branch_is_that_of_its_company(self):
        branch = self.env["res.company"].create(
            {"name": "Filiaal", "parent_id": self.company.id, "company_registry": "0403227515"}
        )
        party = replace(CUSTOMER, enterprise="0403227515", vat="BE0403227515")
        self.assert_state(self.receive_bill(self.bill(customer=party)), "imported")
        self.assertTrue(branch)

    def test_a_vat_number_that_the_company_has_abroad_is_its_own(self):
        self.env["account.fiscal.position"].create(
            {
                "name": "Nederland",
                "company_id": self.company.id,
                "country_id": self.env.ref("base.nl").id,
                "foreign_vat": "NL123456782B90",
            }
        )
        party = replace(CUSTOMER, enterprise="", vat="NL123456782B90", scheme="", endpoint="")
        self.assert_state(self.receive_bill(self.bill(customer=party)), "imported")

    # --- Cannot be booked as it is -------------------------------------------------------------

    def test_a_broken_file_fails_with_a_sentence_and_leaves_nothing(self):
        cases = {
            "broken_invoice": self.bill().replace(b"121.00", b"12I.00"),
            "not_ubl": b"<Factuur><Nummer>1</Nummer></Factuur>",
        }
        for code, data in cases.items():
            with self.subTest(code=code):
                document = self.receive_bill(data)
                self.assert_state(document, "failed", code)
                self.assertFalse(self.bills())
                self.assertEqual(
                    document.file_ids.filtered(lambda f: f.format == "xml")._raw(), data
                )

    def test_a_company_without_purchase_journal_waits_for_one(self):
        journals = self.env["account.journal"].search(
            [("type", "=", "purchase"), ("company_id", "=", self.company.id)]
        )
        journals.active = False
        document = self.receive_bill()
        self.assert_state(document, "waiting", "no_invoice_journal")
        journals.active = True
        self.press(document, "action_retry")
        self.assert_state(document, "imported")

    def test_a_foreign_currency_waits_until_it_is_active_and_has_a_rate(self):
        currency = self.env.ref("base.USD")
        currency.active = False
        currency.rate_ids.unlink()
        document = self.receive_bill(self.bill(currency="USD"))
        self.assert_state(document, "waiting", "invoice_currency")
        currency.active = True
        self.press(document, "action_retry")
        self.assert_state(document, "waiting", "invoice_no_rate")
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2026-01-01", "company_rate": 1.25, "company_id": self.company.id}
        )  # fmt: skip
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertEqual(document.invoice_id.amount_total_signed, -96.8)
        self.assertEqual(document.invoice_id.amount_total, 121.0)

    def test_the_journal_of_the_settings_is_used_once_it_has_an_account(self):
        journal = self.env["account.journal"].create(
            {"name": "CodaBox", "code": "CBX", "type": "purchase", "company_id": self.company.id}
        )
        self.company.codabox_purchase_journal_id = journal
        document = self.receive_bill()
        self.assert_state(document, "waiting", "invoice_journal_account")
        journal.default_account_id = self.env["account.account"].search(
            [("company_ids", "in", self.company.ids), ("account_type", "=", "expense")], limit=1
        )
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertEqual(document.invoice_id.journal_id, journal)
