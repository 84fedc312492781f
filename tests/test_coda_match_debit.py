"""A direct debit finds its bill by creditor and mandate, and never another one."""

from odoo.tests import tagged

from .common import OTHER_IBAN, credit, date, debit, party
from .test_coda_match import MatchCase

CREDITOR = "NL68ZZZ403170700000"


def sepa(creditor=CREDITOR, mandate="MND-7", words=""):
    """Return the structured communication of a direct debit."""
    return {
        "type": "127",
        "settlement_date": date(2026, 1, 15),
        "dd_type": "1",
        "scheme": "1",
        "paid_or_reason": "0",
        "creditor_id": creditor,
        "mandate": mandate,
        "communication": words,
    }


@tagged("-at_install", "post_install")
class TestCodaMatchDebit(MatchCase):
    def bill(self, amount=121.0, ref="F-2026/0088", creditor=CREDITOR, mandate="MND-7", **values):
        own = {"kind": "in_invoice", "payment_reference": False, "ref": ref}
        bill = self.invoice(amount, **{**own, **values})
        bill.sudo().write(
            {"codabox_debit_creditor": creditor, "codabox_debit_mandate": mandate}
            | ({"codabox_paid_by": "direct_debit"} if bill.is_purchase_document() else {})
        )
        return bill

    def collected(self, amount="121", **said):
        return self.book(debit(amount, structured=sepa(**said)))

    def assert_probable(self, line, bill):
        self.assertFalse(line.codabox_proposal_ids)
        self.assertEqual((line.codabox_likely_id, line.codabox_why), (bill, "mandate"))

    def assert_nothing(self, line):
        found = line.codabox_proposal_ids | line.codabox_likely_id
        self.assertFalse(found)

    def test_the_one_open_bill_of_creditor_mandate_and_amount_is_exact(self):
        self.journal.codabox_matching = "exact"
        bill = self.bill(mandate="mnd-7", creditor="NL68 A01 403170700000")
        line = self.collected()
        self.assert_paid(line, bill)
        self.assertEqual(line.partner_id, self.customer)

    def test_the_accountant_sees_it_with_its_reason(self):
        bill = self.bill()
        line = self.collected(words="JANUARI")
        self.assertEqual(self.seen(line, "codabox_proposal_ids").ids, bill.ids)
        self.assertEqual(self.seen(line, "codabox_why"), "mandate")
        self.do(line, "action_codabox_match")
        self.assert_paid(line, bill)

    def test_a_collection_of_ours_finds_the_invoice_of_its_customer(self):
        invoice = self.bill(kind="out_invoice", payment_reference="A1-1000", ref=False)
        line = self.book(credit("121", structured=sepa()))
        self.assertEqual((line.codabox_proposal_ids, line.codabox_why), (invoice, "mandate"))

    def test_another_creditor_mandate_amount_direction_or_company_is_not_exact(self):
        self.bill()
        for said in ({"creditor": "BE12ZZZ0403999999"}, {"mandate": "MND-8"}, {"amount": "120.99"}):
            with self.subTest(said), self.rolled_back():
                self.assert_nothing(self.collected(**said))
        with self.rolled_back():
            self.assert_nothing(self.book(credit("121", structured=sepa())))
        self.bill(amount=77, company=self.other_company, mandate="MND-9")
        self.assert_nothing(self.collected("77", mandate="MND-9"))

    def test_a_side_that_does_not_say_its_creditor_makes_it_probable(self):
        bill = self.bill(creditor=False)
        self.assert_probable(self.collected(), bill)

    def test_two_open_bills_of_a_mandate_make_it_probable_by_the_amount_and_never_by_guess(self):
        bill, other = self.bill(), self.bill(amount=50, ref="F-2026/0089")
        with self.rolled_back():
            self.assert_probable(self.collected(), bill)
        other.button_draft()
        other.invoice_line_ids.price_unit = 121
        with self.rolled_back():
            self.assert_probable(self.collected(), bill)
        other.action_post()
        self.assert_nothing(self.collected())

    def test_the_number_in_its_words_tells_the_bills_of_a_mandate_apart(self):
        bill, other = self.bill(), self.bill(ref="F-2026/0089")
        line = self.collected(words="FACTUUR F-2026/0089")
        self.assertEqual((line.codabox_proposal_ids, line.codabox_why), (other, "number"))
        self.assertEqual(bill.payment_state, "not_paid")

    def test_words_that_name_another_bill_are_stronger_than_the_mandate(self):
        self.bill()
        with self.rolled_back():
            self.assert_nothing(self.collected(words="FACTUUR F-2026/0099"))
        self.invoice(payment_reference="SHOP-2026-77")
        line = self.collected(words="SHOP-2026-77")
        self.assertFalse(line.codabox_proposal_ids)

    def test_what_was_collected_before_the_bill_is_of_another_bill(self):
        bill = self.bill(invoice_date=date(2026, 1, 31))
        self.assert_probable(self.collected(), bill)

    def test_of_two_collections_of_the_amount_neither_is_exact(self):
        bill = self.bill()
        lines = self.book(debit("121", structured=sepa()), debit("121", structured=sepa()))
        for line in lines:
            self.assert_probable(line, bill)

    def test_the_dialog_offers_all_bills_of_the_mandate_with_their_reason(self):
        bill = self.bill(amount=90)
        line = self.collected()
        action = self.do(line, "action_codabox_match")
        candidates = self.env["codabox.match"].sudo().browse(action["res_id"]).candidate_ids
        self.assertEqual([(c.invoice_id, c.reason) for c in candidates], [(bill, "mandate")])

    def test_a_bill_paid_by_card_is_found_as_any_that_a_line_names(self):
        self.customer.bank_ids.create({"acc_number": OTHER_IBAN, "partner_id": self.customer.id})
        bill = self.bill(mandate=False, creditor=False)
        bill.codabox_paid_by = "card"
        line = self.book(
            debit("121", communication="F-2026/0088", counterparty=party("C", OTHER_IBAN))
        )
        self.assertEqual((line.codabox_proposal_ids, line.codabox_why), (bill, "number"))

    def test_the_part_that_a_named_bill_says_is_paid_in_advance_or_left_is_probable(self):
        self.customer.bank_ids.create({"acc_number": OTHER_IBAN, "partner_id": self.customer.id})
        bill = self.bill(mandate=False, creditor=False)
        bill.sudo().codabox_prepaid = 21
        lines = self.book(
            *(
                debit(amount, communication="F-2026/0088", counterparty=party("C", OTHER_IBAN))
                for amount in ("21", "100", "99")
            )
        )
        self.assertEqual(lines.mapped("codabox_why"), ["part", "part", False])
        self.assertEqual([line.codabox_likely_id for line in lines[:2]], [bill, bill])
        self.assertFalse(lines.codabox_proposal_ids)
