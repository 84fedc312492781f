"""Match, Match all exact and Undo match, as people press them."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OTHER_IBAN, UNKNOWN_IBAN, credit, debit, party
from .test_coda_match import DIGITS, MatchCase


@tagged("-at_install", "post_install")
class TestCodaMatchButtons(MatchCase):
    # --- Match ------------------------------------------------------------------------------

    def test_match_pays_what_is_proposed_and_a_second_press_is_harmless(self):
        invoice = self.invoice()
        line = self.book(credit("121", ogm=DIGITS))
        for _press in range(2):
            self.assertIsNone(self.do(line, "action_codabox_match"))
            self.assert_paid(line, invoice)
            self.assertEqual(len(line.move_id.line_ids), 2)

    def test_without_a_proposal_the_likeliest_invoices_are_offered_first(self):
        self.customer.bank_ids = [Command.create({"acc_number": OTHER_IBAN})]
        other = self.env["res.partner"].create({"name": "Other"})
        same_partner = self.invoice(amount=80, payment_reference="A")
        same_amount = self.invoice(payment_reference="B", partner_id=other.id)
        both = self.invoice(payment_reference="C")
        named = self.invoice(amount=100, partner_id=other.id)
        self.invoice(amount=99, payment_reference="D", partner_id=other.id)
        self.invoice(kind="in_invoice")
        self.invoice(company=self.other_company)
        line = self.book(credit("121", ogm=DIGITS, counterparty=party("P", OTHER_IBAN)))
        action = self.do(line, "action_codabox_match")
        wizard = self.env["codabox.match"].sudo().browse(action["res_id"])
        self.assertEqual(
            wizard.candidate_ids.mapped(lambda c: (c.invoice_id, c.reason)),
            [
                (named, "named"),
                (both, "both"),
                (same_amount, "amount"),
                (same_partner, "partner"),
            ],
        )
        results = wizard.candidate_ids.mapped("result")
        self.assertIn("21.00", results[0])
        self.assertIn("stays to match", results[0])
        self.assertEqual(results[1], "Paid in full")
        for _press in range(2):
            self.do(wizard.candidate_ids[2], "action_match")
            self.assert_paid(line, same_amount)

    def test_a_smaller_amount_pays_a_part(self):
        invoice = self.invoice()
        line = self.book(credit("100", ogm=DIGITS))
        self.choose(line, invoice)
        self.assertTrue(line.is_reconciled)
        self.assertEqual((invoice.payment_state, invoice.amount_residual), ("partial", 21.0))

    def test_what_a_larger_amount_has_too_much_stays_open_and_pays_the_next_one(self):
        first, second = self.invoice(), self.invoice(amount=79)
        line = self.book(credit("200", ogm=DIGITS))
        self.choose(line, first)
        self.assertFalse(line.is_reconciled)
        self.assertEqual(self.items_on_suspense(line).amount_currency, -79.0)
        self.assertEqual(line.codabox_left_amount, 79.0)
        self.assertEqual(first.payment_state, "paid")
        self.assertEqual(line.codabox_proposal_id, second, "the rest is exactly the other one")
        self.do(line, "action_codabox_match")
        self.assert_paid(line, first, second)
        self.assert_books_agree(line.statement_id)

    def test_euros_pay_an_invoice_in_dollars_at_the_rate_of_the_day(self):
        bill = self.dollar_bill()
        self.env["res.currency.rate"].create(
            {
                "currency_id": bill.currency_id.id,
                "name": "2026-01-10",
                "rate": 1.25,
                "company_id": self.company.id,
            }
        )
        line = self.book(debit("80"))
        self.choose(line, bill)
        self.assert_paid(line, bill)

    def test_an_invoice_in_terms_is_paid_at_once_or_term_by_term(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "Two halves",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": days})
                    for days in (0, 30)
                ],
            }
        )
        for amounts in (("121",), ("60.50", "60.50")):
            with self.subTest(amounts), self.rolled_back():
                invoice = self.invoice(invoice_payment_term_id=terms.id)
                lines = self.book(*(credit(amount, ogm=DIGITS) for amount in amounts))
                for line in lines:
                    if line.codabox_proposal_id:
                        self.do(line, "action_codabox_match")
                    else:
                        self.choose(line, invoice)
                self.assertEqual((invoice.payment_state, invoice.amount_residual), ("paid", 0.0))

    # --- Match all exact --------------------------------------------------------------------

    def test_match_all_takes_what_the_list_is_about_and_says_how_many(self):
        invoice = self.invoice()
        other_journal = self.make_journal(self.company, UNKNOWN_IBAN)
        elsewhere = self.invoice(amount=7, payment_reference="ELSEWHERE")
        document = self.receive(
            self.day(15, credit("7", customer_reference="ELSEWHERE"), account=UNKNOWN_IBAN)
        )
        self.assert_state(document, "imported")
        exact, unknown = self.book(credit("121", ogm=DIGITS), credit("5"))
        context = self.journal.action_codabox_transactions()["context"]
        with self.as_user(self.accountant) as env:
            lines = env["account.bank.statement.line"].with_context(**context)
            action = lines.action_codabox_match_all()
            dialog = env["codabox.match.all"].browse(action["res_id"])
            self.assertEqual(dialog.line_ids.ids, exact.ids)
            self.assertFalse(exact.is_reconciled, "it says before what it will do")
            told = dialog.action_match()
        self.env.invalidate_all()
        self.assertEqual(told["params"]["message"], "Bank lines matched: 1.")
        self.assert_paid(exact, invoice)
        self.assert_open(unknown)
        self.assertFalse(self.lines(other_journal).is_reconciled)
        self.assertEqual(elsewhere.payment_state, "not_paid")

    def match_all(self, lines, user=None):
        action = self.press(lines, "action_codabox_match_all", user=user)
        dialog = self.env["codabox.match.all"].sudo().browse(action["res_id"])
        return dialog, lambda: self.do(dialog, "action_match", user=user)

    def test_all_that_was_matched_at_once_is_undone_as_one(self):
        first, second = self.invoice(payment_reference="A1-1000"), self.invoice(amount=7)
        lines = self.book(credit("121", customer_reference="A1-1000"), credit("7", ogm=DIGITS))
        _dialog, match = self.match_all(lines)
        match()
        batch = lines.codabox_batch_id
        self.assertEqual((batch.company_id, batch.user_id), (self.company, self.accountant))
        self.assertEqual(batch.with_user(self.accountant).line_count, 2)
        self.do(lines[0], "action_codabox_undo_match")
        self.assertEqual(batch.line_ids, lines[1], "what is undone alone leaves")
        self.do(lines[0], "action_codabox_match")
        self.do(batch, "action_undo")
        self.assert_open(lines[1])
        self.assertEqual((first.payment_state, second.payment_state), ("paid", "not_paid"))
        self.assertFalse(batch.line_ids)

    def test_what_changed_since_it_was_shown_is_left_alone(self):
        self.invoice(payment_reference="A1-1000")
        self.invoice(amount=7)
        lines = self.book(credit("121", customer_reference="A1-1000"), credit("7", ogm=DIGITS))
        _dialog, match = self.match_all(lines)
        self.invoice(payment_reference="A1-1000")
        match()
        self.assert_open(lines[0])
        self.assertTrue(lines[1].is_reconciled)

    def test_an_invoice_of_the_partner_and_amount_is_probable_and_never_matched_by_itself(self):
        self.journal.codabox_matching = "exact"
        self.customer.bank_ids = [Command.create({"acc_number": OTHER_IBAN})]
        invoice = self.invoice(payment_reference="A1-1000")
        self.invoice(amount=50, payment_reference="A1-1001")
        self.invoice(kind="in_invoice", payment_reference="A1-1002")
        payer = {"counterparty": party("C", OTHER_IBAN)}
        plain, named, unknown = self.book(
            credit("121", **payer),
            credit("121", communication="A1-1001", **payer),
            credit("121"),
        )
        self.assertEqual(self.seen(plain, "codabox_likely_id").id, invoice.id)
        self.assertFalse(plain.codabox_proposal_ids or plain.is_reconciled)
        self.assertFalse(named.codabox_likely_id, "it names another one")
        self.assertFalse(unknown.codabox_likely_id)
        self.invoice(payment_reference="A1-1003")
        self.env.invalidate_all()
        self.assertFalse(plain.codabox_likely_id, "two would do")

    def test_one_line_that_cannot_be_matched_is_told_and_does_not_stop_the_others(self):
        invoice, bill = self.invoice(), self.dollar_bill()
        self.company.currency_exchange_journal_id = False
        exact, refused = self.book(credit("121", ogm=DIGITS), self.dollars())
        told = self.do(exact + refused, "action_codabox_match")["params"]
        self.assertTrue(told["message"].startswith("Bank lines matched: 1."))
        self.assertEqual(told["type"], "warning")
        self.assert_paid(exact, invoice)
        self.assert_open(refused)
        _dialog, match = self.match_all(refused)
        with self.assertRaises(UserError):
            match()
        self.assertEqual(bill.payment_state, "not_paid")

    def test_the_filter_finds_the_lines_with_a_proposal(self):
        self.invoice()
        exact, unknown = self.book(credit("121", ogm=DIGITS), credit("5"))
        model = self.env["account.bank.statement.line"].with_user(self.accountant)
        found = model.search([("codabox_proposal_id", "!=", False)])
        self.assertEqual(found.ids, exact.ids)
        found = model.search(
            [("codabox_proposal_id", "=", False), ("journal_id", "=", self.journal.id)]
        )
        self.assertEqual(found.ids, unknown.ids)

    def test_a_line_that_odoo_made_is_matched_by_the_reference_in_its_text(self):
        invoice = self.invoice()
        line = self.typed(121)
        self.do(line, "action_codabox_match")
        self.assert_paid(line, invoice)

    # --- Undo -------------------------------------------------------------------------------

    def test_undo_gives_the_line_and_the_invoice_back_as_they_were(self):
        self.customer.bank_ids = [Command.create({"acc_number": OTHER_IBAN})]
        invoice = self.invoice(payment_reference="REF")
        for known in (True, False):
            with self.subTest(partner_known=known), self.rolled_back():
                values = {"counterparty": party("C", OTHER_IBAN)} if known else {}
                line = self.book(credit("121", customer_reference="REF", **values))
                before = line.partner_id
                self.assertEqual(bool(before), known)
                items = self.entry(line)
                self.do(line, "action_codabox_match")
                self.assert_paid(line, invoice)
                self.assertEqual(line.partner_id, self.customer)
                for _press in range(2):
                    self.do(line, "action_codabox_undo_match")
                    self.assert_open(line)
                    self.assertEqual(self.entry(line), items)
                    self.assertEqual(line.partner_id, before)
                    self.assertEqual(invoice.payment_state, "not_paid")
                    self.assertEqual(line.codabox_proposal_id, invoice)
                self.do(line, "action_codabox_match")
                self.assert_paid(line, invoice)

    def entry(self, line):
        return [
            (item.account_id, item.balance, item.amount_currency, item.partner_id, item.name)
            for item in line.move_id.line_ids.sorted("balance")
        ]

    def test_undo_of_a_part_gives_the_whole_line_back(self):
        invoice = self.invoice()
        line = self.book(credit("200", ogm=DIGITS))
        self.assertFalse(line.codabox_can_undo)
        items = self.entry(line)
        self.choose(line, invoice)
        self.assertTrue(line.codabox_can_undo)
        self.do(line, "action_codabox_undo_match")
        self.assertEqual(self.entry(line), items)
        self.assertEqual(invoice.payment_state, "not_paid")
