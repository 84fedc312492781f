"""Whose account a payment came from: learned on *Match* when it is sure, and taken back with it."""

from odoo import Command
from odoo.tests import tagged

from .common import OTHER_IBAN, UNKNOWN_IBAN, credit, debit, party
from .test_coda_match import DIGITS, MatchCase

PAYER = "JANSSENS GARAGE BVBA"


@tagged("-at_install", "post_install")
class TestCodaMatchLearn(MatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.name = "Garage Janssens"
        cls.twin = cls.env["res.partner"].create({"name": "Garage Janssens"})

    def paid(
        self,
        name=PAYER,
        account=OTHER_IBAN,
        number=15,
        amount="121",
        pay=credit,
        opening="0",
        **values,
    ):
        """Book a payment of an invoice of that amount, match it, and return its line."""
        kind = "out_invoice" if pay is credit else "in_invoice"
        invoice = self.invoice(float(amount), kind=kind, **values)
        line = self.book(
            pay(amount, ogm=DIGITS, counterparty=party(name, account)), number=number, opening=opening
        )  # fmt: skip
        if line.codabox_proposal_id:
            self.do(line, "action_codabox_match", user=self.accountant)
        else:
            self.choose(line, invoice, user=self.accountant)
        self.assert_paid(line, invoice)
        return line

    def learned(self, number=OTHER_IBAN):
        accounts = self.env["res.partner.bank"]
        return accounts.search([("sanitized_acc_number", "=", number)])

    def test_the_account_of_a_payer_of_that_name_is_learned_and_not_trusted(self):
        line = self.paid()
        account = self.learned()
        self.assertEqual(account.partner_id, self.customer)
        self.assertEqual(account.codabox_learned_line_id, line)
        self.assertFalse(account.allow_out_payment)
        self.assertTrue(account.codabox_is_new)

    def test_the_next_payment_from_it_is_of_this_partner(self):
        self.paid()
        line = self.book(
            credit("5", counterparty=party(PAYER, OTHER_IBAN)), number=16, opening="121"
        )
        self.assertEqual(line.partner_id, self.customer)

    def test_undoing_the_match_takes_it_back(self):
        line = self.paid()
        self.do(line, "action_codabox_undo_match", user=self.accountant)
        self.assertFalse(self.learned())

    def test_undoing_one_of_two_matches_keeps_it(self):
        first = self.paid()
        second = self.paid(number=16, amount="50", opening="121")
        self.do(first, "action_codabox_undo_match", user=self.accountant)
        self.assertEqual(self.learned().codabox_learned_line_id, second)
        self.do(second, "action_codabox_undo_match", user=self.accountant)
        self.assertFalse(self.learned())

    def test_what_a_person_trusts_is_not_taken_back(self):
        line = self.paid()
        self.learned().allow_out_payment = True
        self.do(line, "action_codabox_undo_match", user=self.accountant)
        self.assertEqual(self.learned().partner_id, self.customer)

    def test_nothing_is_learned_of_another_name_or_of_none(self):
        for name in ("Els Peeters", "Garage Janssens en zonen", "BVBA", ""):
            with self.subTest(name), self.rolled_back():
                self.paid(name=name)
                self.assertFalse(self.learned())

    def test_nothing_is_learned_of_money_out(self):
        self.paid(pay=debit)
        self.assertFalse(self.learned())

    def test_nothing_is_learned_of_an_account_of_somebody_else_archived_or_not(self):
        none = self.env["res.partner"]
        for active in (True, False):
            with self.subTest(active=active), self.rolled_back():
                self.twin.bank_ids = [Command.create({"acc_number": OTHER_IBAN, "active": active})]
                self.paid(partner_id=self.customer.id)
                self.assertEqual(self.learned().partner_id, self.twin if active else none)

    def test_nothing_is_learned_of_an_account_that_paid_for_somebody_else_in_any_company(self):
        for journal in (self.journal, self.make_journal(self.other_company, UNKNOWN_IBAN)):
            with self.subTest(journal.company_id.name), self.rolled_back():
                self.env["account.bank.statement.line"].with_company(journal.company_id).create(
                    {
                        "journal_id": journal.id,
                        "amount": 5,
                        "payment_ref": "Earlier",
                        "partner_id": self.twin.id,
                        "account_number": OTHER_IBAN,
                    }
                )
                self.paid()
                self.assertFalse(self.learned())

    def test_what_pays_for_a_second_partner_too_is_taken_back(self):
        line = self.book(credit("171", counterparty=party(PAYER, OTHER_IBAN)))
        mine, other = self.invoice(121), self.invoice(50, partner_id=self.twin.id)
        self.choose(line, mine, user=self.accountant)
        self.assertTrue(self.learned())
        self.choose(line, other, user=self.accountant)
        self.assertFalse(self.learned())

    def test_what_is_learned_goes_with_the_bank_line(self):
        line = self.paid()
        line.statement_id = False
        line.unlink()
        self.assertFalse(self.learned())

    def test_what_was_taken_back_is_learned_again(self):
        line = self.paid()
        account = self.learned()
        self.do(line, "action_codabox_undo_match", user=self.accountant)
        self.do(line, "action_codabox_match", user=self.accountant)
        self.assertEqual(self.learned(), account)
        self.assertEqual(account.codabox_learned_line_id, line)

    def test_what_a_person_archived_is_not_learned_again(self):
        line = self.paid()
        self.learned().active = False
        self.do(line, "action_codabox_undo_match", user=self.accountant)
        self.do(line, "action_codabox_match", user=self.accountant)
        self.assertFalse(self.learned())
