"""What a bill says beside its amounts: when it is due, with what it is paid, what it is about."""

from odoo.tests import tagged

from ..codabox.tests.ubl_samples import case
from .invoice_common import InvoiceCase, date
from .sales_case import SalesCase


@tagged("-at_install", "post_install")
class TestInvoiceDue(InvoiceCase):
    def test_without_a_due_date_it_is_due_thirty_days_after_its_own(self):
        for credit in (False, True):
            data = self.bill(f"F{credit}", due_date=None, credit=credit)
            move = self.receive_bill(data).invoice_id
            self.assertEqual(move.invoice_date_due, date(2026, 2, 14))
            self.assertIn("no_due_date", self.flags(move, blocking=False))
            payable = move.line_ids.filtered(lambda item: item.display_type == "payment_term")
            self.assertEqual(payable.date_maturity, date(2026, 2, 14))

    def test_with_terms_of_the_supplier_these_count(self):
        supplier = self.make_supplier()
        term = self.env["account.payment.term"].create(
            {
                "name": "7 days",
                "line_ids": [(0, 0, {"value": "percent", "value_amount": 100, "nb_days": 7})],
            }
        )
        supplier.with_company(self.company).property_supplier_payment_term_id = term
        move = self.receive_bill(self.bill(due_date=None)).invoice_id
        self.assertEqual(move.invoice_date_due, date(2026, 1, 22))
        self.assertNotIn("no_due_date", self.flags(move, blocking=False))

    def test_what_the_file_says_counts_most(self):
        move = self.receive_bill(self.bill(due_date=date(2026, 1, 31))).invoice_id
        self.assertEqual(move.invoice_date_due, date(2026, 1, 31))


@tagged("-at_install", "post_install")
class TestInvoiceDetails(InvoiceCase):
    def test_the_reference_of_a_note_is_paid_with(self):
        move = self.receive_bill(case("reference_only_in_note"), files=("xml",)).invoice_id
        self.assertEqual(move.payment_reference, "+++090/9337/55493+++")

    def test_the_pdf_that_bears_the_number_is_shown(self):
        move = self.receive_bill(case("two_pdfs_terms_first"), files=("xml",)).invoice_id
        self.assertEqual(move.message_main_attachment_id.name, "P1.pdf")


@tagged("-at_install", "post_install")
class TestInvoiceCredit(InvoiceCase):
    def receive_credit(self, *references, **values):
        data = self.bill("C1", credit=True, references=references, **values)
        return self.receive_bill(data).invoice_id

    def test_a_credit_note_is_linked_to_the_bill_that_it_names_and_paid_with_it(self):
        bill = self.receive_bill(self.bill("INV-9")).invoice_id
        self.press(bill, "action_post")
        credit = self.receive_credit("inv 009")
        self.assertEqual(credit.reversed_entry_id, bill)
        self.assertEqual(self.flags(credit, blocking=False) & {"credit_of"}, {"credit_of"})
        self.press(credit, "action_post")
        self.assertEqual((bill.amount_residual, credit.amount_residual), (0.0, 0.0))

    def test_what_is_paid_already_stays_paid(self):
        bill = self.receive_bill(self.bill("INV-9")).invoice_id
        self.press(bill, "action_post")
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=bill.ids
        )
        wizard.create({})._create_payments()
        credit = self.receive_credit("INV-9")
        self.press(credit, "action_post")
        self.assertEqual(credit.reversed_entry_id, bill)
        self.assertEqual(credit.amount_residual, 121.0)

    def test_a_draft_that_is_named_is_linked_too(self):
        bill = self.receive_bill(self.bill("INV-9")).invoice_id
        self.assertEqual(self.receive_credit("INV-9").reversed_entry_id, bill)

    def test_of_several_bills_and_of_none_it_is_told(self):
        self.receive_bill(self.bill("INV-9"))
        for references, code in (
            (("INV-9", "INV-10"), "credit_of_several"),
            (("INV-11",), "credit_of_unknown"),
        ):
            with self.subTest(references=references), self.rolled_back():
                credit = self.receive_credit(*references)
                self.assertFalse(credit.reversed_entry_id)
                self.assertIn(code, self.flags(credit, blocking=False))
                self.assertIn(references[0], credit.codabox_note_text)

    def test_a_bill_of_another_supplier_is_not_meant(self):
        self.type_bill(self.make_supplier(company_registry="0403170701"), "INV-9")
        self.assertFalse(self.receive_credit("INV-9").reversed_entry_id)


@tagged("-at_install", "post_install")
class TestSaleCredit(SalesCase):
    def test_a_credit_note_for_a_customer_is_linked_too(self):
        sale = self.receive_sale(self.sale("2026-014")).invoice_id
        credit = self.receive_sale(
            self.sale("2026-015", credit=True, references=("2026-014",))
        ).invoice_id
        self.assertEqual(credit.reversed_entry_id, sale)
