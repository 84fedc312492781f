"""The same purchase invoice, however it came before, is never booked twice."""

from odoo.tests import tagged

from ..codabox import Channel
from .invoice_common import InvoiceCase, date


@tagged("-at_install", "post_install")
class TestInvoiceKnown(InvoiceCase):
    def assert_known(self, document, move):
        self.assert_state(document, "duplicate", "known_invoice")
        self.assertEqual(document.invoice_id, move)
        self.assertIn(move.display_name, document.reason)

    # --- The same ------------------------------------------------------------------------------

    def test_a_typed_bill_is_found_draft_or_posted_however_its_number_is_written(self):
        for ref, post in (("F2026-001", False), ("f 2026/1", True)):
            with self.subTest(ref=ref, post=post), self.rolled_back():
                typed = self.type_bill(self.make_supplier(), ref)
                if post:
                    typed.action_post()
                self.assert_known(self.receive_bill(), typed)
                self.assertEqual(self.bills(), typed)

    def test_a_bill_that_came_by_mail_or_peppol_is_found(self):
        attachment = self.env["ir.attachment"].create({"name": "bill.xml", "raw": self.bill()})
        journal = self.company._codabox_purchase_journal()
        mailed = journal._create_document_from_attachment(attachment.ids)
        self.assertEqual((mailed.ref, mailed.amount_total), ("F2026-001", 121.0))
        self.assert_known(self.receive_bill(), mailed)

    def test_the_same_invoice_in_two_files_of_one_night_is_one_bill(self):
        first = self.deliver_bill(self.bill(flavour="bis3"))
        second = self.deliver_bill(self.bill(flavour="ublbe3"))
        self.night()
        self.assert_state(self.document(first), "imported")
        self.assert_known(self.document(second), self.document(first).invoice_id)
        self.assertEqual(self.document(second).duplicate_of_id, self.document(first))

    def test_the_same_file_again_is_a_duplicate_of_the_document(self):
        first = self.receive_bill()
        again = self.sandbox.find(self.sandbox.redeliver(first.remote_index), Channel.REDELIVERY)
        self.night()
        document = self.document(again[1].feed_index, channel="redelivery")
        self.assert_state(document, "duplicate", "same_statement")
        self.assertEqual(len(self.bills()), 1)

    def test_two_records_of_one_supplier_hide_nothing(self):
        self.make_supplier()
        twin = self.make_supplier(company_id=self.company.id)
        typed = self.type_bill(twin)
        self.assert_known(self.receive_bill(), typed)

    def test_a_bill_in_a_branch_is_found(self):
        branch = self.env["res.company"].create({"name": "Filiaal", "parent_id": self.company.id})
        self.env.cr.precommit.run()  # a branch gets the chart of its company at the commit
        self.env.user.company_ids |= branch
        typed = self.type_bill(self.make_supplier(), company=branch)
        self.assertEqual(typed.company_id, branch)
        document = self.receive_bill()
        self.assert_state(document, "duplicate", "known_invoice")
        self.assertEqual(document.invoice_id, typed)

    def test_cents_of_another_rounding_make_no_other_invoice(self):
        typed = self.type_bill(self.make_supplier(), amount=121.01)
        self.assert_known(self.receive_bill(), typed)

    def test_files_go_on_a_known_bill_only_when_it_has_none(self):
        typed = self.type_bill(self.make_supplier())
        self.receive_bill()
        files = self.attached(typed)
        self.assertEqual(typed.message_main_attachment_id.mimetype, "application/pdf")
        self.receive_bill(self.bill(flavour="ublbe3"))
        self.assertEqual(self.attached(typed), files)

    # --- Another -------------------------------------------------------------------------------

    def test_a_credit_note_of_the_same_number_is_another_document(self):
        self.receive_bill()
        document = self.receive_bill(self.bill(credit=True))
        self.assert_state(document, "imported")
        self.assertEqual(document.invoice_id.move_type, "in_refund")

    def test_a_cancelled_bill_does_not_count(self):
        typed = self.type_bill(self.make_supplier())
        typed.button_cancel()
        self.assert_state(self.receive_bill(), "imported")

    def test_another_supplier_may_use_the_same_number(self):
        other = self.make_supplier(name="Other", company_registry="0403170701")
        self.type_bill(other)
        self.assert_state(self.receive_bill(), "imported")

    # --- Perhaps -------------------------------------------------------------------------------

    def test_the_same_number_with_another_date_or_total_waits_for_a_person(self):
        for values in ({"invoice_date": date(2025, 1, 15)}, {"amount": 130.0}):
            with self.subTest(values=values), self.rolled_back():
                typed = self.type_bill(self.make_supplier(), **values)
                document = self.receive_bill()
                self.assert_state(document, "waiting", "invoice_conflict")
                self.assertIn(typed.display_name, document.reason)
                self.assertEqual(self.bills(), typed)

    def test_the_same_day_and_total_without_a_number_waits_for_a_person(self):
        typed = self.type_bill(self.make_supplier(), ref=False)
        document = self.receive_bill()
        self.assert_state(document, "waiting", "invoice_conflict")
        self.assertEqual(self.bills(), typed)

    def test_a_draft_of_nobody_yet_with_number_day_and_total_waits_for_a_person(self):
        self.type_bill(self.env["res.partner"])
        self.assert_state(self.receive_bill(), "waiting", "invoice_conflict")

    def test_a_person_compares_them_and_says_that_it_is_the_same(self):
        typed = self.type_bill(self.make_supplier(), amount=130.0)
        document = self.receive_bill()
        with self.as_user(self.accountant) as env:
            opened = env[document._name].browse(document.id).action_resolve_invoice()
            wizard = env[opened["res_model"]].with_context(**opened["context"]).create({})
            self.assertRecordValues(
                wizard,
                [
                    {
                        "number": "F2026-001",
                        "date": date(2026, 1, 15),
                        "total": 121.0,
                        "invoice_id": typed.id,
                        "invoice_ref": "F2026-001",
                        "invoice_date": date(2026, 1, 15),
                        "invoice_total": 130.0,
                        "choice": False,
                    }
                ],
            )
            wizard.choice = "link"
            wizard.action_apply()
        self.env.invalidate_all()
        self.assert_state(document, "duplicate", "invoice_linked")
        self.assertEqual(document.invoice_id, typed)
        self.assertEqual(self.bills(), typed)

    def test_a_person_keeps_both(self):
        typed = self.type_bill(self.make_supplier(), amount=130.0)
        document = self.receive_bill()
        self.resolve(document, choice="both")
        self.assert_state(document, "imported")
        self.assertEqual(self.bills(), typed | document.invoice_id)

    def test_what_was_taken_for_the_same_can_be_booked_after_all(self):
        typed = self.type_bill(self.make_supplier())
        document = self.receive_bill()
        self.resolve(document)
        self.assert_state(document, "imported")
        self.assertEqual(self.bills(), typed | document.invoice_id)

    # --- Cost ----------------------------------------------------------------------------------

    def test_the_search_costs_the_same_among_many_bills(self):
        document = self.receive_bill()
        supplier, parsed = document.invoice_id.partner_id, document._parse_invoice()
        counts = []
        for amount in (1, 20):
            for number in range(amount):
                self.type_bill(supplier, f"F2026-{amount}{number}")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(document._known_invoices(parsed, supplier), document.invoice_id)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
