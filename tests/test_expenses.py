"""Expense notes through the night run: a draft receipt, read when it is UBL."""

from odoo.tests import tagged

from .invoice_common import (
    CUSTOMER,
    SUPPLIER,
    SUPPLIER_NUMBER,
    InvoiceCase,
    date,
    line,
    pdf,
    replace,
)

NOTE = {"document_number": "ON-7", "issue_date": "2026-01-20"}


@tagged("-at_install", "post_install")
class TestExpenses(InvoiceCase):
    def receive_expense(self, xml=None, *, files=("xml", "pdf"), metadata=None):
        """Deliver an expense note, let the night pass, and return its document."""
        content = {"xml": xml or self.bill(), "pdf": pdf(["Expense"])}
        index = self.sandbox.add_document(
            self.client, "expense", {name: content[name] for name in files}, metadata=metadata
        )
        self.night()
        return self.document(index)

    def receipts(self):
        return self.env["account.move"].search(
            [("company_id", "=", self.company.id), ("move_type", "=", "in_receipt")]
        )

    def test_ubl_becomes_a_draft_receipt_with_supplier_lines_date_total_and_both_files(self):
        document = self.receive_expense(self.bill("B1", line("100"), line("10", "6")))
        self.assert_state(document, "imported")
        move = document.invoice_id
        self.assertRecordValues(
            move,
            [
                {
                    "move_type": "in_receipt",
                    "state": "draft",
                    "ref": "B1",
                    "invoice_date": date(2026, 1, 15),
                    "amount_untaxed": 110.0,
                    "amount_total": 131.6,
                }
            ],
        )
        self.assertEqual(move.partner_id.company_registry, SUPPLIER_NUMBER)
        self.assertFalse(move.partner_id.bank_ids, "a shop is paid already")
        raws = self.attached(move).mapped("raw")
        for file in document.file_ids:
            self.assertIn(file._raw(), raws)
        self.assertEqual(move.message_main_attachment_id.mimetype, "application/pdf")
        # A person completes and posts it.
        move.invoice_line_ids.filtered(lambda found: not found.tax_ids).tax_ids = False
        self.press(move, "_codabox_override", "looked at")
        self.press(move, "action_post")
        self.assertEqual(move.state, "posted")

    def test_a_shop_without_number_leaves_the_partner_open(self):
        shop = replace(SUPPLIER, enterprise="", vat="", scheme="", endpoint="")
        nobody = replace(CUSTOMER, enterprise="", vat="", scheme="", endpoint="")
        document = self.receive_expense(self.bill(supplier=shop, customer=nobody))
        self.assert_state(document, "imported")
        self.assertEqual(document.invoice_id.move_type, "in_receipt")
        self.assertFalse(document.invoice_id.partner_id)

    def test_a_pdf_or_a_file_that_is_no_ubl_becomes_a_draft_of_its_date(self):
        other = b"<ExpenseReport><Employee>Els</Employee></ExpenseReport>"
        for files, note in ((["pdf"], "invoice_pdf_only"), (["xml", "pdf"], "expense_not_read")):
            with self.subTest(files=files), self.rolled_back():
                document = self.receive_expense(other, files=files, metadata=NOTE)
                self.assert_state(document, "imported")
                move = document.invoice_id
                self.assertRecordValues(
                    move,
                    [
                        {
                            "move_type": "in_receipt",
                            "ref": "ON-7",
                            "invoice_date": date(2026, 1, 20),
                            "partner_id": False,
                        }
                    ],
                )
                self.assertEqual(self.flags(move), {note, "expense_payer"})
                self.assertEqual(len(self.attached(move)), len(files))

    def test_a_broken_ubl_fails_and_leaves_nothing(self):
        document = self.receive_expense(self.bill().replace(b"121.00", b"12I.00"))
        self.assert_state(document, "failed", "broken_invoice")
        self.assertFalse(self.receipts())

    def test_for_another_enterprise_it_waits_until_a_person_says_so(self):
        other = replace(CUSTOMER, enterprise="0403170701", vat="BE0403170701")
        document = self.receive_expense(self.bill(customer=other))
        self.assert_state(document, "waiting", "foreign_expense")
        self.resolve(document, choice="here")
        self.assert_state(document, "imported")

    def test_the_same_as_a_bill_that_is_in_the_books_is_a_duplicate(self):
        typed = self.type_bill(self.make_supplier())
        document = self.receive_expense()
        self.assert_state(document, "duplicate", "known_invoice")
        self.assertEqual(document.invoice_id, typed)

    def test_it_goes_in_the_journal_of_the_settings_and_is_never_posted_by_itself(self):
        usual = self.company._codabox_purchase_journal()
        journal = usual.copy({"code": "ON", "name": "Onkosten"})
        journal.default_account_id = usual.default_account_id
        self.company.write({"codabox_expense_journal_id": journal.id, "autopost_bills": True})
        self.make_supplier(autopost_bills="always")
        move = self.receive_expense().invoice_id
        self.assertEqual((move.journal_id, move.state), (journal, "draft"))

    def test_an_import_is_undone_and_booked_again(self):
        document = self.receive_expense()
        self.press(document, "action_undo")
        self.assertFalse(self.receipts())
        self.press(document, "action_retry")
        self.assertEqual(document.invoice_id, self.receipts())

    def test_expense_notes_to_do_are_counted_on_the_purchase_journal(self):
        other = replace(CUSTOMER, enterprise="0403170701", vat="BE0403170701")
        self.receive_expense(self.bill(customer=other))
        journal = self.company._codabox_purchase_journal()
        data = journal._get_journal_dashboard_data_batched()[journal.id]
        self.assertEqual(data["codabox_invoices"], {"todo": 1})
