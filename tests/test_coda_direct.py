"""Entries typed directly on the bank account are shown beside the statement, never changed."""

from odoo import Command
from odoo.tests import tagged

from .common import credit, date, debit
from .known_case import KnownCase


@tagged("-at_install", "post_install")
class TestCodaDirect(KnownCase):
    def entry(self, amount, day=15):
        """Type an entry of an amount on the bank account."""
        general = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.company.id)], limit=1
        )
        move = self.env["account.move"].create(
            {
                "journal_id": general.id,
                "date": date(2026, 1, day),
                "line_ids": [
                    Command.create(
                        {"account_id": self.journal.default_account_id.id, "balance": amount}
                    ),
                    Command.create({"account_id": self.income.id, "balance": -amount}),
                ],
            }
        )
        move.action_post()
        return move

    def opened(self, record):
        action = self.press(record, "action_open_direct_entries")
        return self.env["account.move"].search(action["domain"])

    def test_the_statement_is_booked_and_the_notice_names_the_entry(self):
        move = self.entry(-45.99, day=13)
        document = self.receive(self.day(15, debit("45.99"), opening="100"))
        self.assert_state(document, "imported")
        self.assertEqual(self.lines().mapped("amount"), [-45.99])
        self.assertTrue(document.typed_on_account)
        for fact in (move.name, "45.99", self.journal.default_account_id.code):
            self.assertIn(fact, document.notice)
        self.assertEqual(self.opened(document), move)
        self.assertEqual(self.opened(document.statement_ids), move)
        self.assertEqual(move.state, "posted")

    def test_the_notice_goes_when_the_entry_is_reversed_or_reset(self):
        self.entry(1.0, day=10)  # the ledger differs from the opening all the same
        for way in ("reverse", "draft"):
            with self.subTest(way), self.rolled_back():
                move = self.entry(10.0)
                document = self.receive(self.day(15, credit("10"), debit("10")))
                self.assertIn(move.name, document.notice)
                if way == "reverse":
                    move._reverse_moves([{"date": move.date}], cancel=True)
                else:
                    move.button_draft()
                self.env.invalidate_all()
                self.assertFalse(document.typed_on_account)
                self.assertNotIn("Typed directly", document.notice or "")

    def test_what_is_no_double(self):
        for name, amount, day in (
            ("other amount", 10.01, 15),
            ("other sign", -10, 15),
            ("far", 10, 9),
        ):
            with self.subTest(name), self.rolled_back():
                self.entry(amount, day)
                document = self.receive(self.day(15, credit("10")))
                self.assertFalse(document.typed_on_account)

    def test_two_equal_entries_and_one_movement_name_one(self):
        self.entry(10.0)
        self.entry(10.0)
        document = self.receive(self.day(15, credit("10")))
        self.assertEqual(len(self.opened(document)), 1)

    def test_they_are_shown_in_the_comparison_and_a_bank_line_is_no_such_entry(self):
        move = self.entry(20.0)
        self.typed(10.0)
        document = self.receive(self.day(15, credit("10"), credit("20")))
        wizard = self.compare(document)
        self.assertEqual(wizard.direct_item_ids.move_id, move)
        self.assertEqual(wizard.other_count, 1)
        self.press(wizard, "action_adopt_all")
        self.env.invalidate_all()
        self.assertEqual(self.opened(document), move)
        self.assertEqual(sorted(self.lines().mapped("amount")), [10.0, 20.0])
