"""To which account a purchase invoice is paid: a new one of a known supplier is a warning."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .invoice_common import OTHER_IBAN, SUPPLIER_IBAN, InvoiceCase


@tagged("-at_install", "post_install")
class TestInvoiceAccounts(InvoiceCase):
    def account(self, partner, iban=SUPPLIER_IBAN):
        return partner.bank_ids.filtered(lambda a: a.sanitized_acc_number == iban)

    def receive(self, number="F2026-001", **values):
        return self.receive_bill(self.bill(number, **values)).invoice_id

    def test_the_account_of_a_new_supplier_is_recorded_and_not_trusted(self):
        move = self.receive()
        account = self.account(move.partner_id)
        self.assertEqual(move.partner_bank_id, account)
        self.assertFalse(account.allow_out_payment)
        self.assertNotIn("new_iban", self.flags(move))

    def test_a_known_account_is_taken_and_its_trust_stays(self):
        supplier = self.make_supplier()
        account = self.make_account(supplier, SUPPLIER_IBAN, allow_out_payment=True)
        move = self.receive()
        self.assertEqual(move.partner_bank_id, account)
        self.assertEqual(supplier.bank_ids, account)
        self.assertTrue(account.allow_out_payment)
        self.assertFalse(self.flags(move) & {"new_iban", "first_iban"})

    def test_another_account_than_the_known_one_is_a_warning_that_stops_the_bill(self):
        supplier = self.make_supplier()
        known = self.make_account(supplier, OTHER_IBAN)
        move = self.receive()
        self.assertIn("new_iban", self.flags(move))
        self.assertIn(known.acc_number, move.codabox_flag_text)
        self.assertIn("fraud", move.codabox_flag_text)
        self.assertFalse(self.account(supplier).allow_out_payment)
        with self.assertRaises(ValidationError):
            self.press(move, "action_post")
        self.assertIn("new_iban", self.flags(self.receive("F2")), "the second one warns too")

    def test_trusting_the_account_ends_the_warning(self):
        supplier = self.make_supplier()
        self.make_account(supplier, OTHER_IBAN)
        move = self.receive()
        supplier.invalidate_recordset()
        self.account(supplier).sudo().allow_out_payment = True
        self.env.flush_all()
        self.assertNotIn("new_iban", self.flags(move))
        self.assertNotIn("new_iban", self.flags(self.receive("F2")))

    def test_overriding_the_warning_with_a_reason_confirms_the_account(self):
        supplier = self.make_supplier()
        self.make_account(supplier, OTHER_IBAN)
        move = self.receive()
        self.press(move, "_codabox_override", "I called them.")
        self.assertFalse(self.flags(move))
        self.assertNotIn("new_iban", self.flags(self.receive("F2")))
        self.assertFalse(self.account(supplier).allow_out_payment)

    def test_a_new_account_is_confirmed_with_one_click(self):
        supplier = self.make_supplier()
        self.make_account(supplier, OTHER_IBAN)
        move = self.receive()
        move._codabox_flag("rate_doubtful", tax="1", expected="2")
        self.assertTrue(move.codabox_has_new_account)
        self.press(move, "action_codabox_account_right")
        self.assertEqual(self.flags(move), {"rate_doubtful"}, "only this question is closed")
        self.assertFalse(move.codabox_has_new_account)
        self.assertIn("is right", move.message_ids[0].body)
        self.assertEqual(move.message_ids[0].author_id, self.accountant.partner_id)
        self.assertNotIn("new_iban", self.flags(self.receive("F2")))
        self.assertFalse(self.account(supplier).allow_out_payment)

    def test_an_account_that_was_archived_is_a_warning_and_stays_archived(self):
        supplier = self.make_supplier()
        account = self.make_account(supplier, SUPPLIER_IBAN, active=False)
        move = self.receive()
        self.assertIn("new_iban", self.flags(move))
        self.assertFalse(account.active)
        self.assertFalse(move.partner_bank_id)

    def test_the_first_account_of_a_known_supplier_is_told(self):
        self.make_supplier()
        move = self.receive()
        self.assertIn("first_iban", self.flags(move, blocking=False))
        self.assertNotIn("new_iban", self.flags(move))

    def test_a_number_that_cannot_exist_is_told_and_not_recorded(self):
        move = self.receive(ibans=("BE54000000000098",))
        self.assertIn("invoice_bad_iban", self.flags(move, blocking=False))
        self.assertFalse(move.partner_id.bank_ids)

    def test_a_credit_note_asks_for_no_payment_and_warns_of_nothing(self):
        supplier = self.make_supplier()
        known = self.make_account(supplier, OTHER_IBAN)
        move = self.receive(credit=True)
        self.assertEqual(supplier.bank_ids, known)
        self.assertNotIn("new_iban", self.flags(move))
