"""Posting by itself: Odoo's own setting on company and supplier, and only when all is sure."""

from odoo.tests import tagged

from .invoice_common import OTHER_IBAN, SUPPLIER_IBAN, InvoiceCase, date


@tagged("-at_install", "post_install")
class TestInvoiceAutopost(InvoiceCase):
    def setUp(self):
        super().setUp()
        self.company.autopost_bills = True
        self.supplier = self.make_supplier(autopost_bills="always")
        self.make_account(self.supplier, SUPPLIER_IBAN)
        # The past that says how bills of this supplier are booked.
        past = self.receive_bill(self.bill("P1", issue_date=date(2026, 1, 2))).invoice_id
        self.assertEqual(past.state, "draft", "the first bill of a supplier is looked at")
        self.press(past, "action_post")

    def received(self, **values):
        document = self.receive_bill(self.bill(**values))
        self.assert_state(document, "imported")
        return document.invoice_id

    def test_a_bill_of_a_trusted_supplier_is_posted_by_itself(self):
        move = self.received()
        self.assertEqual(move.state, "posted", self.flags(move) | self.flags(move, blocking=False))
        self.assertFalse(move.is_manually_modified)

    def test_not_where_the_company_does_not_want_it(self):
        self.company.autopost_bills = False
        self.assertEqual(self.received().state, "draft")

    def test_not_for_another_supplier(self):
        self.supplier.autopost_bills = "ask"
        self.assertEqual(self.received().state, "draft")

    def test_not_to_a_new_account(self):
        self.assertEqual(self.received(ibans=(OTHER_IBAN,)).state, "draft")

    def test_not_in_another_period_than_its_own(self):
        self.company.purchase_lock_date = date(2026, 1, 31)
        self.assertEqual(self.received().state, "draft")

    def test_not_beside_a_bill_that_may_be_the_same(self):
        self.type_bill(self.supplier, ref="Another number")
        self.assertEqual(self.received().state, "draft")

    def test_not_when_a_part_is_paid_already(self):
        self.assertEqual(self.received(prepaid="20").state, "draft")
