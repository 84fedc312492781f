"""Beside OCA's account_reconcile_oca: it gets our partners and proposals, and ours steps back."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OTHER_IBAN, credit, debit, party
from .test_coda_match import DIGITS
from .test_rules import RulesCase


@tagged("-standard", "-at_install", "post_install", "codabox_oca")
class TestBesideOca(RulesCase):
    def offered(self, line):
        """Return the items that OCA's screen has on a line besides the bank's."""
        data = line.with_user(self.accountant).reconcile_data_info["data"]
        ids = [i for row in data for i in row.get("counterpart_line_ids") or []]
        return self.env["account.move.line"].browse(ids)

    def test_its_screen_shows_our_partner_and_proposal_and_finishes_it(self):
        invoice = self.invoice()
        line = self.book(credit("121", ogm=DIGITS, counterparty=party("CUSTOMER", OTHER_IBAN)))
        self.assertEqual(line.codabox_proposal_ids, invoice)
        self.assertEqual(self.offered(line).move_id, invoice)
        self.assertTrue(line.with_user(self.accountant).can_reconcile)
        self.do(line, "reconcile_bank_line")
        self.assertTrue(line.is_reconciled)
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assert_books_agree(line.statement_id)

    def test_what_is_matched_here_is_finished_there_and_undone_here(self):
        invoice = self.invoice()
        line = self.book(credit("121", ogm=DIGITS))
        self.do(line, "action_codabox_match")
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertTrue(line.is_reconciled)
        self.do(line, "action_codabox_undo_match")
        self.assert_open(line)

    def test_what_nobody_proposes_is_open_there(self):
        line = self.book(debit("5.25", code="08013000"))
        self.assertFalse(self.offered(line))
        self.assertFalse(line.is_reconciled)

    def test_book_on_an_account_steps_back_and_rules_go_on(self):
        rule = self.rule(code="80")
        self.switch_on(rule)
        charge, other = self.recent(debit("5", code="08013000"), debit("7"))
        self.assertEqual(self.counterparts(charge), [("657200", 5.0)])
        self.assertFalse(self.seen(other, "codabox_can_book"))
        with self.assertRaisesRegex(UserError, "Reconcile"):
            self.do(other, "action_codabox_book")
