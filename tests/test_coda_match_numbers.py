"""Customers write the number of the invoice in the text, each in a way of its own."""

from odoo import Command
from odoo.tests import tagged

from .common import OTHER_IBAN, credit, date, debit, party
from .test_coda_match import MatchCase


@tagged("-at_install", "post_install")
class TestCodaMatchNumbers(MatchCase):
    def numbered(self, name, **values):
        year = int(name.split("/")[1])
        own = {"name": name, "payment_reference": name, "invoice_date": date(year, 1, 2)}
        return self.invoice(**{**own, **values})

    def proposed(self, *movements):
        return [line.codabox_proposal_id for line in self.book(*movements)]

    def test_the_number_in_the_text_names_the_invoice(self):
        self.journal.codabox_matching = "exact"
        invoice = self.numbered("INV/2026/00001")
        line = self.book(credit("121", communication="Uw factuur inv 2026 00001"))
        self.assert_paid(line, invoice)
        self.assertEqual(line.partner_id, self.customer)

    def test_the_number_in_the_end_to_end_reference_names_the_invoice_too(self):
        invoice = self.numbered("INV/2026/00001")
        self.assertEqual(
            self.proposed(credit("121", customer_reference="INV2026/00001")), [invoice]
        )

    def test_another_amount_the_amount_alone_or_a_credit_note_beside_it_is_not_exact(self):
        self.numbered("INV/2026/00001")
        self.numbered("RINV/2026/00001", kind="out_refund", amount=21)
        proposals = self.proposed(
            credit("120.99", communication="INV/2026/00001"),
            credit("121", communication="THANKS"),
            credit("121", communication="1"),
            credit("121", communication="INV/2026/00001 RINV/2026/00001"),
            debit("121", communication="INV/2026/00001"),
            credit("21", communication="RINV/2026/00001"),
        )
        self.assertFalse(any(proposals))

    def test_the_number_of_another_company_is_not_looked_at(self):
        self.numbered("INV/2026/00001", company=self.other_company)
        self.assertEqual(
            [bool(p) for p in self.proposed(credit("121", communication="INV/2026/00001"))],
            [False],
        )

    def test_the_number_of_a_supplier_in_the_text_counts_only_with_that_supplier(self):
        self.customer.bank_ids = [Command.create({"acc_number": OTHER_IBAN})]
        bill = self.invoice(kind="in_invoice", payment_reference=False, ref="F-2026/0088")
        supplier = party("C", OTHER_IBAN)
        known, unknown = self.proposed(
            debit("121", communication="uw factuur f2026 0088", counterparty=supplier),
            debit("121", communication="uw factuur f2026 0088"),
        )
        self.assertEqual(known, bill)
        self.assertFalse(unknown)

    def test_several_numbers_pay_all_when_their_open_amounts_add_up(self):
        self.journal.codabox_matching = "exact"
        first = self.numbered("INV/2026/00001")
        second, third = (self.numbered(f"INV/2026/0000{n}", amount=n) for n in (2, 3))
        less, exact = self.book(
            credit("122.99", communication="INV/2026/00001 + INV/2026/00002"),
            credit("123", communication="inv 2026 1, inv 2026 2"),
        )
        self.assert_open(less)
        self.assert_paid(exact, first, second)
        self.assertEqual(third.payment_state, "not_paid")
        self.do(exact, "action_codabox_undo_match")
        self.assert_open(exact)
        self.assertEqual(exact.codabox_proposal_ids, first + second)
        self.do(exact, "action_codabox_match")
        self.assert_paid(exact, first, second)

    def test_several_bills_of_a_supplier_are_paid_at_once(self):
        self.journal.codabox_matching = "exact"
        self.customer.bank_ids = [Command.create({"acc_number": OTHER_IBAN})]
        bills = [
            self.invoice(kind="in_invoice", payment_reference=False, ref=f"920045{n}", amount=n)
            for n in (6, 7)
        ]
        line = self.book(
            debit("13", communication="9200456 9200457", counterparty=party("C", OTHER_IBAN))
        )
        self.assert_paid(line, *bills)

    def test_numbers_of_several_customers_or_one_number_of_two_are_not_added_up(self):
        other = self.env["res.partner"].create({"name": "Other"})
        self.numbered("INV/2026/00001")
        self.numbered("INV/2026/00002", partner_id=other.id)
        self.numbered("SHOP/2026/00001", payment_reference="SAME-2026-77")
        self.numbered("SHOP/2026/00002", payment_reference="SAME/2026/77")
        proposals = self.proposed(
            credit("242", communication="INV/2026/00001 INV/2026/00002"),
            credit("242", communication="SAME 2026 77"),
        )
        self.assertFalse(any(proposals))

    def test_a_person_is_offered_the_named_invoice_first_when_the_amount_differs(self):
        invoice = self.numbered("INV/2026/00001")
        self.numbered("INV/2026/00002", amount=100)
        line = self.book(credit("100", communication="inv 2026 00001"))
        action = self.do(line, "action_codabox_match")
        candidates = self.env["codabox.match"].sudo().browse(action["res_id"]).candidate_ids
        self.assertEqual(candidates[0].invoice_id, invoice)
        self.assertEqual(candidates[0].reason, "named")
