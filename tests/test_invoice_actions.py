"""What a plain accountant does with a purchase invoice: undo, delete, decide, fetch."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .invoice_common import CUSTOMER, InvoiceCase, replace


@tagged("-at_install", "post_install")
class TestInvoiceActions(InvoiceCase):
    def foreign(self):
        """Receive an invoice for another enterprise."""
        other = replace(CUSTOMER, enterprise="0403170701", vat="BE0403170701")
        return self.receive_bill(self.bill(customer=other))

    # --- Undo, delete --------------------------------------------------------------------------

    def test_undo_takes_the_draft_away_and_retry_books_it_again(self):
        document = self.receive_bill()
        self.assertTrue(document.can_undo)
        self.press(document, "action_undo")
        self.assert_state(document, "waiting", "undone")
        self.assertFalse(self.bills())
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertEqual(self.bills(), document.invoice_id)

    def test_a_posted_bill_is_not_undone_until_it_is_a_draft_again(self):
        document = self.receive_bill()
        move = document.invoice_id
        self.press(move, "action_post")
        with self.assertRaisesRegex(UserError, "Reset"):
            self.press(document, "action_undo")
        self.assertEqual((move.state, document.state), ("posted", "imported"))
        self.press(move, "button_draft")
        self.press(document, "action_undo")
        self.assert_state(document, "waiting", "undone")

    def test_a_deleted_bill_leaves_its_document_waiting_with_the_name_of_who_did_it(self):
        document = self.receive_bill()
        self.press(document.invoice_id, "unlink")
        self.assert_state(document, "waiting", "invoice_deleted")
        self.assertIn(self.accountant.name, document.reason)
        self.assertTrue(self.feed().activity_ids)

    def test_a_deleted_bill_that_came_otherwise_leaves_its_copy_waiting(self):
        typed = self.type_bill(self.make_supplier())
        document = self.receive_bill()
        self.press(typed, "unlink")
        self.assert_state(document, "waiting", "invoice_deleted")

    def test_a_discarded_invoice_keeps_its_files_and_its_reason(self):
        document = self.foreign()
        values = {"document_ids": document.ids, "reason": "Not ours"}
        wizard = self.press(self.env["codabox.document.discard"], "create", values)
        self.press(wizard, "action_discard")
        self.assert_state(document, "discarded", "discarded")
        self.assertEqual(set(document.file_ids.mapped("state")), {"here"})

    def test_what_an_earlier_version_kept_can_be_released(self):
        document = self.receive_bill()
        self.press(document, "action_undo")
        document._set_state("stored", "kind_not_booked")
        self.press(document, "action_release")
        self.assert_state(document, "imported")
        self.assertTrue(document.invoice_id)

    # --- Decide --------------------------------------------------------------------------------

    def test_a_person_may_say_that_it_is_for_this_company_all_the_same(self):
        document = self.foreign()
        self.resolve(document, choice="here")
        self.assert_state(document, "imported")
        self.assertFalse(document.feed_id.activity_ids)

    def test_a_person_may_link_it_to_a_bill_of_his_choice(self):
        typed = self.type_bill(self.make_supplier(), ref="Z")
        document = self.foreign()
        self.resolve(document, choice="link", invoice_id=typed.id)
        self.assert_state(document, "duplicate", "invoice_linked")
        self.assertIn(self.accountant.name, document.reason)

    def test_a_link_to_an_invoice_that_he_may_not_see_is_refused(self):
        document = self.foreign()
        theirs = self.env["account.move"].with_company(self.other_company).create(
            {"move_type": "in_invoice", "company_id": self.other_company.id}
        )  # fmt: skip
        with self.assertRaises(AccessError):
            self.resolve(document, choice="link", invoice_id=theirs.id)
        self.assert_state(document, "waiting", "foreign_enterprise")

    def test_who_is_no_accountant_decides_nothing(self):
        document = self.foreign()
        reader = new_test_user(
            self.env, "auditor", "base.group_user,account.group_account_readonly",
            company_id=self.company.id, company_ids=[(6, 0, self.company.ids)],
        )  # fmt: skip
        with self.assertRaises(AccessError):
            self.press(document, "action_resolve_invoice", user=reader)
        with self.assertRaises(AccessError):
            self.press(document, "_resolve_invoice", user=reader)

    def test_what_is_decided_already_is_not_decided_again(self):
        document = self.foreign()
        self.resolve(document, choice="here")
        with self.assertRaises(UserError):
            self.press(document, "_resolve_invoice")

    # --- Screens -------------------------------------------------------------------------------

    def test_document_and_bill_open_each_other(self):
        document = self.receive_bill()
        move = document.invoice_id
        opened = self.press(document, "action_open_invoice")
        self.assertEqual((opened["res_model"], opened["res_id"]), ("account.move", move.id))
        opened = self.press(move, "action_open_codabox_document")
        self.assertEqual((opened["res_model"], opened["res_id"]), ("codabox.document", document.id))

    def test_the_cards_of_purchase_and_sales_journals_fetch_and_count_what_is_to_do(self):
        index = self.deliver_bill(self.foreign().file_ids[0]._raw())
        journal = self.company._codabox_purchase_journal()
        data = journal._get_journal_dashboard_data_batched()[journal.id]
        self.assertEqual(data["codabox_invoices"], {"todo": 1})
        self.press(journal, "action_codabox_fetch")
        self.assertTrue(self.document(index))
        opened = self.press(journal, "action_codabox_invoice_todo")
        self.assertEqual(
            self.env["codabox.document"].sudo().search(opened["domain"]).mapped("kind"),
            ["purchase_invoice"] * 2,
        )
        sales = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", self.company.id)], limit=1
        )
        data = sales._get_journal_dashboard_data_batched()[sales.id]
        self.assertEqual(data["codabox_invoices"], {"todo": 0})

    def test_journals_of_a_company_without_codabox_have_no_button(self):
        journal = self.other_company._codabox_purchase_journal()
        data = journal._get_journal_dashboard_data_batched()[journal.id]
        self.assertNotIn("codabox_invoices", data)

    # --- Peppol --------------------------------------------------------------------------------

    def test_codabox_and_odoo_both_receiving_on_peppol_is_a_warning(self):
        feed = self.feed()
        self.assertFalse(feed.peppol_warning)
        mandates = self.env["codabox.mandate"].sudo().search(
            [("feed_id", "=", feed.id), ("service", "=", "purchase_invoice")]
        )  # fmt: skip
        self.assertEqual(mandates.mapped("state"), ["active"])
        self.assertIn("Do not register", self.company.codabox_peppol_warning)
        self.company.sudo().account_peppol_proxy_state = "receiver"
        self.env.invalidate_all()
        self.assertIn("Stop one of them", feed.peppol_warning)
        mandates.state = "archived"
        self.env.invalidate_all()
        self.assertFalse(feed.peppol_warning)
        self.assertFalse(self.company.codabox_peppol_warning)
