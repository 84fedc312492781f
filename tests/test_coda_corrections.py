"""The same period with other content waits, and a person chooses."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import CodaboxCase, credit


@tagged("-at_install", "post_install")
class TestCodaCorrections(CodaboxCase):
    mapped = True

    def setUp(self):
        super().setUp()
        self.receive(self.day(14, credit("100", communication="Start")))
        self.old = self.receive(self.day(15, credit("10", communication="Old"), opening="100"))
        self.new = self.receive(self.day(15, credit("25", communication="New"), opening="100"))

    def amounts(self):
        return self.lines().mapped("amount")

    def test_other_content_for_the_same_period_waits_and_names_both(self):
        self.assert_state(self.new, "waiting", "corrected_statement")
        for fact in (self.old.name, "110.00", "125.00", "01/15/2026"):
            self.assertIn(fact, self.new.reason)
        self.assertEqual(self.amounts(), [100.0, 10.0])
        self.assertFalse(self.env["codabox.gap"].search([]), "the choice is no gap")
        self.press(self.new, "action_retry")
        self.assert_state(self.new, "waiting", "corrected_statement")

    def test_both_are_shown_side_by_side(self):
        action = self.press(self.new, "action_compare_correction")
        shown = self.env["codabox.statement"].search(action["domain"])
        self.assertEqual(shown, self.old.statement_ids | self.new.statement_ids)

    def test_keeping_the_old_one_books_nothing(self):
        self.press(self.new, "action_keep_original")
        self.assert_state(self.new, "stored", "correction_refused")
        self.assertIn(self.accountant.name, self.new.reason)
        self.assertEqual(self.amounts(), [100.0, 10.0])
        again = self.receive(self.day(15, credit("25", communication="New"), opening="100"))
        self.assertEqual(again.state, "duplicate")
        self.receive(self.day(16, credit("1"), opening="110"))
        self.assertFalse(self.env["codabox.gap"].search([]))

    def test_replacing_takes_the_old_one_out_and_books_the_new_one(self):
        self.press(self.new, "action_replace_original")
        self.assert_state(self.new, "imported")
        self.assert_state(self.old, "stored", "correction_replaced")
        self.assertIn(self.new.name, self.old.reason)
        self.assertEqual(self.amounts(), [100.0, 25.0])
        for bank_statement in self.lines().statement_id:
            self.assert_books_agree(bank_statement)
        self.receive(self.day(16, credit("1"), opening="125"))
        self.assertFalse(self.env["codabox.gap"].search([]))

    def test_an_old_one_that_is_matched_is_not_replaced(self):
        line = self.old.statement_ids.bank_statement_id.line_ids
        income = self.income_account()
        line.move_id.button_draft()
        line.move_id.line_ids.filtered(
            lambda item: item.account_id == self.journal.suspense_account_id
        ).account_id = income
        line.move_id.action_post()
        self.assertTrue(line.is_reconciled)
        with self.assertRaisesRegex(UserError, "is matched"):
            self.press(self.new, "action_replace_original")
        self.assertEqual(self.amounts(), [100.0, 10.0])
        self.assert_state(self.new, "waiting", "corrected_statement")

    def test_an_old_one_in_a_closed_period_is_not_replaced(self):
        # Odoo closes no period with unmatched lines; a matched one would be refused for that.
        with patch.object(self.registry["res.company"], "_validate_locks"):
            self.company.fiscalyear_lock_date = "2026-01-31"
        with self.assertRaisesRegex(UserError, "closed until"):
            self.press(self.new, "action_replace_original")
        self.assertEqual(self.amounts(), [100.0, 10.0])

    def test_a_new_one_that_cannot_be_booked_leaves_the_old_one(self):
        self.journal.suspense_account_id = False
        with self.assertRaisesRegex(UserError, "suspense account"):
            self.press(self.new, "action_replace_original")
        self.assertEqual(self.amounts(), [100.0, 10.0])

    def test_of_a_file_with_several_statements_only_the_corrected_one_waits(self):
        document = self.receive(
            self.day(15, credit("30", communication="Third"), opening="100"),
            self.day(16, credit("1"), opening="110"),
        )
        self.assertEqual(
            document.statement_ids.sorted("position").mapped("state"), ["waiting", "imported"]
        )

    def test_who_keeps_no_books_chooses_nothing(self):
        auditor = new_test_user(
            self.env,
            "auditor",
            "base.group_user,account.group_account_readonly",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        for method in ("action_keep_original", "action_replace_original"):
            with self.assertRaises(AccessError):
                self.press(self.new, method, user=auditor)

    def test_nothing_is_chosen_where_nothing_waits(self):
        with self.assertRaisesRegex(UserError, "nothing to choose"):
            self.press(self.old, "action_keep_original")
