"""The first statement of an account: until the opening entry comes nothing is wrong."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OTHER_IBAN, UNKNOWN_IBAN, credit, date, party
from .test_coda_ledger import LedgerCase


@tagged("-at_install", "post_install")
class TestCodaOpening(LedgerCase):
    def first(self):
        return self.receive(self.day(15, credit("10"), opening="1000"))

    def opening_entry(self, day, amount=1000, *, bank=True):
        """Post the opening entry of the company, with or without this bank account."""
        equity = self.env["account.account"].search(
            [("account_type", "=", "equity"), ("company_ids", "in", self.company.ids)], limit=1
        )
        other = self.journal.default_account_id if bank else self.income_account()
        move = self.env["account.move"].create(
            {
                "date": day,
                "line_ids": [
                    Command.create({"account_id": other.id, "balance": amount}),
                    Command.create({"account_id": equity.id, "balance": -amount}),
                ],
            }
        )
        move.action_post()
        return move

    def draft(self, document):
        action = self.press(document, "action_draft_opening", user=self.accountant)
        self.env.invalidate_all()
        return self.env["account.move"].browse(action["res_id"])

    # --- The card -----------------------------------------------------------------------------

    def test_until_the_opening_entry_the_card_says_so_and_not_that_they_differ(self):
        self.first()
        card = self.card()
        self.assertTrue(card["waits"])
        self.assertRegex(
            card["text"], r"^Opening balance .*1,000\.00.* comes with the opening entry$"
        )

    def test_with_an_opening_entry_without_this_account_they_differ(self):
        self.opening_entry(date(2026, 1, 1), bank=False)
        document = self.first()
        self.assertNotIn("waits", self.card())
        self.assertIn("differs", self.card()["text"])
        self.assertFalse(document.can_draft_opening)

    def test_with_another_opening_item_they_differ(self):
        self.entry(900, date(2026, 1, 1))
        document = self.first()
        self.assertRegex(self.card()["text"], r"differs by .*100\.00")
        self.assertFalse(document.can_draft_opening)

    def test_a_difference_later_on_is_no_opening_balance(self):
        self.first()
        self.receive(self.day(16, credit("1"), opening="1010"))
        self.entry(5, date(2026, 1, 16))
        self.assertNotIn("waits", self.card())

    def test_show_ends_on_the_explanation(self):
        document = self.first()
        action = self.press(self.journal, "action_codabox_show_difference")
        self.assertEqual(action["res_model"], "codabox.statement")
        self.assertEqual(action["res_id"], document.statement_ids.id)
        shown = document.statement_ids.with_context(**action["context"])
        self.assertIn("opening entry", shown.notice)
        self.assertTrue(shown.can_draft_opening)

    # --- The draft ----------------------------------------------------------------------------

    def test_a_draft_stands_for_the_opening_balance_against_the_suspense_account(self):
        document = self.first()
        move = self.draft(document)
        self.assertEqual(move.state, "draft")
        self.assertEqual(
            {line.account_id: line.balance for line in move.line_ids},
            {self.journal.default_account_id: 1000, self.journal.suspense_account_id: -1000},
        )
        self.assertFalse(document.can_draft_opening)
        move.action_post()
        self.assertTrue(self.card()["agrees"])
        self.env.invalidate_all()
        self.assertFalse(document.notice)

    def test_a_second_draft_is_not_made(self):
        document = self.first()
        move = self.draft(document)
        again = self.press(document.statement_ids, "action_draft_opening", user=self.accountant)
        self.assertEqual(again["res_id"], move.id)

    def test_no_draft_is_made_beside_an_opening_entry(self):
        document = self.first()
        statement = document.statement_ids
        self.opening_entry(date(2026, 1, 1), bank=False)
        with self.assertRaisesRegex(UserError, "opening entry"):
            self.press(statement, "action_draft_opening", user=self.accountant)

    def test_an_opening_entry_that_comes_later_is_warned_about(self):
        document = self.first()
        move = self.draft(document)
        self.opening_entry(date(2026, 1, 1))
        self.env.invalidate_all()
        for text in (self.card()["text"], document.notice):
            self.assertIn("not needed any more", text)
        move.action_post()
        self.env.invalidate_all()
        for text in (self.card()["text"], document.notice):
            self.assertIn("in the books twice", text)

    def test_an_account_of_before_that_is_overdrawn(self):
        document = self.receive(self.day(15, credit("10"), opening="-50"))
        move = self.draft(document)
        bank = move.line_ids.filtered(
            lambda line: line.account_id == self.journal.default_account_id
        )
        self.assertEqual(bank.balance, -50)

    # --- Movements and the card ---------------------------------------------------------------

    def waiting(self):
        return self.receive(
            self.day(
                15,
                credit("10", communication="Rent of May", counterparty=party("Els", OTHER_IBAN)),
                account=UNKNOWN_IBAN,
            )
        )

    def test_the_movements_of_a_statement_that_waits_are_readable(self):
        document = self.waiting().with_user(self.accountant)
        self.assert_state(document, "waiting", "unknown_account")
        for text in ("01/15/2026", "Els", "Rent of May", "10.00"):
            self.assertIn(text, document.waiting_movements)
        self.assertFalse(self.first().waiting_movements)

    def test_movements_that_are_closed_to_a_user_are_not_shown_to_him(self):
        document = self.waiting()
        document.sudo().write({"is_closed": True, "has_wages": True})
        self.env.invalidate_all()
        self.assertFalse(document.with_user(self.accountant).waiting_movements)

    def test_what_is_to_do_is_counted_with_the_journal_of_its_account(self):
        other = self.make_journal(self.company, OTHER_IBAN)
        self.opening_entry(date(2026, 1, 1))
        self.company.fiscalyear_lock_date = date(2026, 1, 31)
        self.receive(self.day(15, credit("10"), account=OTHER_IBAN))
        journals = (self.journal + other).with_user(self.accountant)
        data = journals._get_journal_dashboard_data_batched()
        self.assertEqual([data[j.id]["codabox"]["todo"] for j in journals], [0, 1])
        action = self.press(other, "action_codabox_todo", user=self.accountant)
        found = self.env["codabox.document"].search(action["domain"])
        self.assertEqual(len(found), 1)

    def test_what_nobody_knows_the_account_of_is_counted_once(self):
        self.make_journal(self.company, OTHER_IBAN)
        self.waiting()
        banks = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)]
        )
        data = banks.with_user(self.accountant)._get_journal_dashboard_data_batched()
        self.assertEqual(sum(data[j.id]["codabox"]["todo"] for j in banks), 1)
