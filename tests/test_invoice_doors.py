"""The same bill twice is asked about before it is posted, whichever doors both came by."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..codabox.tests.ubl_samples import case
from .invoice_common import OTHER_IBAN, SUPPLIER_IBAN, InvoiceCase, date


@tagged("-at_install", "post_install")
class TestInvoiceDoors(InvoiceCase):
    def upload(self, data=None):
        """Upload a file on the purchase journal; return its draft."""
        attachment = self.env["ir.attachment"].create(
            {"name": "bill.xml", "raw": data or self.bill()}
        )
        journal = self.company._codabox_purchase_journal()
        return journal._create_document_from_attachment(attachment.ids)

    def assert_asked(self, move, other):
        """A draft cannot be posted before somebody says whether it is the other."""
        self.assertIn("bill_known", self.flags(move))
        self.assertTrue(move.codabox_is_known)
        self.assertTrue(move.codabox_has_flags)
        self.assertIn(other.display_name, move.codabox_flag_text)
        with self.assertRaisesRegex(UserError, "is it the same"):
            self.press(move, "action_post")
        self.assertEqual(move.state, "draft")

    # --- Doors ---------------------------------------------------------------------------------

    def test_a_bill_that_is_uploaded_after_codabox_brought_it(self):
        first = self.receive_bill().invoice_id
        for post in (False, True):
            if post:
                self.press(first, "action_post")
            with self.subTest(post=post), self.rolled_back():
                self.assert_asked(self.upload(), first)

    def test_the_handed_case_by_codabox_first_then_by_mail(self):
        data = case("comes_by_codabox_first_then_by_mail")
        first = self.receive_bill(data, files=("xml",)).invoice_id
        self.press(first, "action_post")
        self.assert_asked(self.upload(data), first)

    def test_a_bill_that_is_typed_after_codabox_brought_it(self):
        first = self.receive_bill().invoice_id
        self.assert_asked(self.type_bill(first.partner_id, "f2026/1", amount=130.0), first)

    def test_a_bill_that_is_uploaded_twice(self):
        self.make_supplier()
        first = self.upload()
        self.assert_asked(self.upload(), first)

    def test_the_question_stands_in_the_form_while_the_number_is_typed(self):
        first = self.receive_bill().invoice_id
        bills = self.env["account.move"].with_company(self.company)
        with Form(bills.with_context(default_move_type="in_invoice")) as form:
            form.partner_id = first.partner_id
            form.invoice_date = date(2026, 1, 15)
            self.assertFalse(form.codabox_is_known)
            form.ref = "F2026-001"
            self.assertTrue(form.codabox_is_known)

    def test_neither_a_trusted_supplier_nor_a_list_posts_it(self):
        first = self.receive_bill().invoice_id
        second = self.upload()
        self.company.autopost_bills = True
        second.partner_id.autopost_bills = "always"
        second._autopost_bill()
        self.assertEqual(second.state, "draft")
        with self.assertRaises(UserError):
            self.press(first + second, "action_post")
        self.assertEqual((first + second).mapped("state"), ["draft", "draft"])

    def test_of_two_drafts_the_one_that_is_posted_last_is_asked_about(self):
        typed = self.type_bill(self.make_supplier(), ref=False, amount=130.0)
        brought = self.receive_bill().invoice_id
        typed.ref = brought.ref
        self.assertEqual(self.flags(typed), set())
        self.assertTrue(brought.codabox_has_flags)
        with self.rolled_back():
            self.press(typed, "action_post")
            self.assert_asked(brought, typed)
        self.press(brought, "action_codabox_another")
        self.press(brought, "action_post")
        self.press(typed, "action_post")

    def test_a_receipt_of_the_shop_is_a_bill_too_and_a_credit_note_is_not(self):
        first = self.receive_bill().invoice_id
        receipt = self.type_bill(first.partner_id, move_type="in_receipt")
        self.assert_asked(receipt, first)
        refund = self.type_bill(first.partner_id, move_type="in_refund")
        self.assertEqual(self.flags(refund), set())

    def test_in_a_branch_too(self):
        branch = self.env["res.company"].create({"name": "Filiaal", "parent_id": self.company.id})
        self.env.cr.precommit.run()  # a branch gets the chart of its company at the commit
        self.env.user.company_ids |= branch
        first = self.receive_bill().invoice_id
        second = self.type_bill(first.partner_id, company=branch)
        self.assertIn("bill_known", self.flags(second))

    # --- Not the same --------------------------------------------------------------------------

    def test_a_series_that_begins_anew_each_year_is_not_asked_about(self):
        first = self.receive_bill(case("number_12_of_2025"), files=("xml",))
        second = self.receive_bill(case("number_12_of_2026"), files=("xml",))
        self.assert_state(first, "imported")
        self.assert_state(second, "imported")
        for document in (first, second):
            self.assertEqual(self.flags(document.invoice_id), set())
            self.press(document.invoice_id, "action_post")

    def test_of_another_year_typed_by_hand_neither(self):
        first = self.receive_bill().invoice_id
        second = self.type_bill(first.partner_id, invoice_date=date(2025, 3, 2))
        self.assertEqual(self.flags(second), set())
        self.press(second, "action_post")

    def test_another_supplier_or_a_cancelled_bill_asks_nothing(self):
        first = self.receive_bill().invoice_id
        other = self.make_supplier(name="Other", company_registry="0403170701")
        self.assertEqual(self.flags(self.type_bill(other)), set())
        second = self.type_bill(first.partner_id)
        self.assertTrue(second.codabox_has_flags)
        first.button_cancel()
        self.assertFalse(second.codabox_has_flags)

    def test_a_deleted_bill_asks_nothing_any_more(self):
        first = self.receive_bill().invoice_id
        second = self.type_bill(first.partner_id)
        self.assertTrue(second.codabox_has_flags)
        first.unlink()
        self.assertFalse(second.codabox_has_flags)

    # --- Sent again ----------------------------------------------------------------------------

    def test_what_is_sent_again_after_new_year_is_the_same(self):
        first = self.receive_bill(self.bill(issue_date=date(2025, 12, 30)))
        again = self.receive_bill(self.bill(issue_date=date(2026, 1, 2)))
        self.assert_state(again, "duplicate", "known_invoice")
        self.assertEqual(again.invoice_id, first.invoice_id)

    def test_the_same_year_with_another_total_asks_and_proposes_no_answer(self):
        first = self.receive_bill().invoice_id
        document = self.receive_bill(
            self.bill("F2026-001", issue_date=date(2026, 6, 1), prepaid="21", currency="EUR")
        )
        self.assert_state(document, "waiting", "invoice_conflict")
        wizard = self.env["codabox.invoice.resolve"].create({"document_id": document.id})
        self.assertFalse(wizard.choice)
        with self.assertRaisesRegex(UserError, "Choose one first"):
            wizard.action_apply()
        self.resolve(document, choice="both")
        second = document.invoice_id
        self.assertEqual(self.flags(first) | self.flags(second), set())
        self.press(second, "action_post")
        self.press(first, "action_post")

    def test_a_copy_with_another_account_waits_for_a_person(self):
        first = self.receive_bill().invoice_id
        copy = self.receive_bill(self.bill(ibans=(OTHER_IBAN,)))
        self.assert_state(copy, "waiting", "known_other_account")
        self.assertIn(OTHER_IBAN, copy.reason.replace(" ", ""))
        self.assertIn(SUPPLIER_IBAN, copy.reason.replace(" ", ""))
        self.resolve(copy, choice="link", invoice_id=first.id)
        self.assert_state(copy, "duplicate", "invoice_linked")
        self.assertEqual(self.bills(), first)

    def test_a_copy_that_is_typed_with_another_account_says_so(self):
        first = self.receive_bill().invoice_id
        account = self.make_account(first.partner_id, OTHER_IBAN)
        second = self.type_bill(first.partner_id, partner_bank_id=account.id)
        self.assertIn("fraud", second.codabox_flag_text)

    # --- Answers -------------------------------------------------------------------------------

    def test_a_person_says_that_it_is_another_bill(self):
        first = self.receive_bill().invoice_id
        second = self.type_bill(first.partner_id)
        self.press(second, "action_codabox_another")
        self.assertFalse(second.codabox_has_flags)
        self.assertIn("another bill", second.message_ids[0].body)
        self.assertEqual(second.message_ids[0].author_id, self.accountant.partner_id)
        self.press(second, "action_post")
        self.press(first, "action_post")
        third = self.type_bill(first.partner_id)
        self.assert_asked(third, first)

    def test_a_person_says_that_it_is_the_same(self):
        first = self.receive_bill().invoice_id
        second = self.upload()
        self.press(second, "action_codabox_same")
        self.assertEqual((first.state, second.state), ("draft", "cancel"))
        self.press(first, "action_post")

    def test_what_codabox_brought_goes_with_the_bill_that_stays(self):
        document = self.receive_bill(self.bill(issue_date=date(2026, 6, 1)))
        made = document.invoice_id
        typed = self.type_bill(made.partner_id)
        typed._codabox_accept_known()
        self.press(typed, "action_post")
        typed.sudo().codabox_flags = False
        self.press(made, "action_codabox_same")
        self.assertEqual(made.state, "cancel")
        self.assert_state(document, "duplicate", "invoice_linked")
        self.assertEqual(document.invoice_id, typed)

    def test_a_person_opens_the_other(self):
        first = self.receive_bill().invoice_id
        second = self.type_bill(first.partner_id)
        action = second.with_user(self.accountant).action_codabox_open_known()
        self.assertEqual(action["res_id"], first.id)

    def test_the_question_is_read_in_the_words_of_its_reader(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        first = self.receive_bill().invoice_id
        second = self.type_bill(first.partner_id).with_context(lang="nl_NL")
        self.assertIn("15-01-2026", second.codabox_flag_text)
        self.assertIn("121,00", second.codabox_flag_text)

    # --- Cost ----------------------------------------------------------------------------------

    def test_a_bill_is_compared_at_the_same_cost_among_many(self):
        first = self.receive_bill().invoice_id
        counts = []
        for amount in (1, 20):
            for number in range(amount):
                self.type_bill(first.partner_id, f"F2026-{amount}{number}")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertFalse(first._codabox_open_flags())
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
