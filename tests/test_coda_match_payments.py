"""Bank lines and the payments that a person registered before the bank told of them."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OTHER_IBAN, credit, debit, party
from .test_coda_match import DIGITS, OGM, MatchCase


@tagged("-at_install", "post_install")
class TestCodaMatchPayments(MatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outstanding = cls.env["account.account"].create(
            {
                "name": "Outstanding",
                "code": "580999",
                "account_type": "asset_current",
                "reconcile": True,
            }
        )
        cls.give_outstanding(cls.journal)
        cls.customer.bank_ids = [Command.create({"acc_number": OTHER_IBAN})]

    @classmethod
    def give_outstanding(cls, journal):
        methods = journal.inbound_payment_method_line_ids + journal.outbound_payment_method_line_ids
        methods.payment_account_id = cls.outstanding

    def register(self, invoice, **values):
        """Register the payment of an invoice, as its button does."""
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": self.journal.id, **values})
        )
        return wizard._create_payments()

    def pay(self, amount=121.0, **values):
        """Register a payment of no invoice."""
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": self.customer.id,
                "amount": amount,
                "journal_id": self.journal.id,
                "memo": OGM,
                **values,
            }
        )
        payment.action_post()
        return payment

    def assert_settled(self, line, payment):
        self.assertTrue(line.is_reconciled)
        self.assertFalse(self.items_on_suspense(line))
        self.assertEqual((payment.state, payment.is_matched), ("paid", True))
        self.assertIn(payment.move_id, line.codabox_matched_ids)
        items = (payment.move_id + line.move_id).line_ids
        outstanding = items.filtered(lambda item: item.account_id == self.outstanding)
        self.assertTrue(outstanding)
        self.assertTrue(all(outstanding.mapped("reconciled")))

    def test_the_payment_of_an_invoice_is_proposed_and_matched_by_its_reference(self):
        invoice = self.invoice()
        payment = self.register(invoice)
        line = self.book(credit("121", ogm=DIGITS))
        self.assertEqual(self.seen(line, "codabox_proposal_id").id, payment.move_id.id)
        self.do(line, "action_codabox_match")
        self.assert_settled(line, payment)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(line.partner_id, self.customer)

    def test_when_exact_the_night_matches_payments_in_and_out(self):
        self.journal.codabox_matching = "exact"
        for kind, pays in (("out_invoice", credit), ("in_invoice", debit)):
            with self.subTest(kind), self.rolled_back():
                payment = self.register(self.invoice(kind=kind))
                line = self.book(pays("121", ogm=DIGITS))
                self.assert_settled(line, payment)
                self.assert_books_agree(line.statement_id)

    def test_the_end_to_end_reference_names_a_payment_by_its_number(self):
        self.journal.codabox_matching = "exact"
        payment = self.pay(payment_type="outbound", memo="2026-88")
        line = self.book(debit("121", customer_reference=payment.name))
        self.assert_settled(line, payment)

    def test_the_number_of_a_supplier_counts_only_with_that_supplier(self):
        payment = self.pay(payment_type="outbound", memo="2026-88")
        known, unknown = self.book(
            debit("121", customer_reference="2026-88", counterparty=party("C", OTHER_IBAN)),
            debit("121", customer_reference="2026-88"),
        )
        self.assertEqual(known.codabox_proposal_id, payment.move_id)
        self.assertFalse(unknown.codabox_proposal_id)

    def test_an_invoice_and_a_payment_with_one_reference_are_not_exact(self):
        self.journal.codabox_matching = "exact"
        invoice, payment = self.invoice(), self.pay()
        line = self.book(credit("121", ogm=DIGITS))
        self.assert_open(line)
        self.assertFalse(line.codabox_proposal_id)
        self.assertFalse(payment.is_matched)
        action = self.do(line, "action_codabox_match")
        candidates = self.env["codabox.match"].sudo().browse(action["res_id"]).candidate_ids
        self.assertEqual(candidates.invoice_id, invoice + payment.move_id)
        self.assertEqual(set(candidates.mapped("reason")), {"named"})

    def test_another_amount_sign_bank_account_or_a_draft_is_not_exact(self):
        self.journal.codabox_matching = "exact"
        other = self.make_journal(self.company, "BE43068999999501")
        self.give_outstanding(other)
        for case, values in (
            ("amount", {"amount": 121.01}),
            ("sign", {"payment_type": "outbound"}),
            ("account", {"journal_id": other.id}),
            ("draft", {}),
        ):
            with self.subTest(case), self.rolled_back():
                payment = self.pay(**values)
                if case == "draft":
                    payment.action_draft()
                line = self.book(credit("121", ogm=DIGITS))
                self.assert_open(line)
                self.assertFalse(line.codabox_proposal_id)

    def test_a_payment_is_matched_once(self):
        self.journal.codabox_matching = "exact"
        payment = self.pay()
        first, second = self.book(credit("121", ogm=DIGITS), credit("121", ogm=DIGITS))
        self.assert_settled(first, payment)
        self.assert_open(second)
        with self.assertRaisesRegex(UserError, "it is not open"):
            second._codabox_match(payment.move_id)

    def test_a_person_chooses_among_payments_and_invoices(self):
        payment = self.pay(memo="Deposit")
        self.pay(memo="Other", amount=5, partner_id=self.partner_of("Other").id)
        line = self.book(credit("121", counterparty=party("C", OTHER_IBAN)))
        action = self.do(line, "action_codabox_match")
        candidate = self.env["codabox.match"].sudo().browse(action["res_id"]).candidate_ids
        self.assertEqual(candidate.invoice_id, payment.move_id)
        self.assertEqual(
            (candidate.reason, candidate.open_amount, candidate.result),
            ("both", 121.0, "Paid in full"),
        )
        self.do(candidate, "action_match")
        self.assert_settled(line, payment)

    def partner_of(self, name):
        return self.env["res.partner"].create({"name": name})

    def test_two_lines_settle_one_payment_in_parts(self):
        payment = self.pay(memo="Deposit")
        first, second = self.book(credit("100"), credit("21"))
        self.choose(first, payment.move_id)
        self.assertTrue(first.is_reconciled)
        self.assertFalse(payment.is_matched)
        self.choose(second, payment.move_id)
        self.assert_settled(second, payment)

    def test_undo_gives_the_line_and_the_payment_back_and_keeps_the_invoice_paid(self):
        invoice = self.invoice()
        payment = self.register(invoice)
        line = self.book(credit("121", ogm=DIGITS))
        self.do(line, "action_codabox_match")
        self.do(line, "action_codabox_undo_match")
        self.assert_open(line)
        self.assertFalse(payment.is_matched)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(line.codabox_proposal_id, payment.move_id)

    def test_without_an_account_of_its_own_a_payment_waits_where_odoo_puts_it(self):
        (
            self.journal.inbound_payment_method_line_ids
            + self.journal.outbound_payment_method_line_ids
        ).payment_account_id = False
        invoice = self.invoice()
        payment = self.register(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        line = self.book(credit("121", ogm=DIGITS))
        self.assertEqual(line.codabox_proposal_id, payment.move_id)
        self.do(line, "action_codabox_match")
        self.assertTrue(line.is_reconciled)
        self.assertTrue(payment.is_matched)
