"""Statements of a closed period: held whole and told, or booked on the first open day and told."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CodaboxCase, credit, date, debit


@tagged("-at_install", "post_install")
class TestCodaClosedPeriods(CodaboxCase):
    mapped = True

    def lock(self, day, kind="fiscalyear_lock_date"):
        self.company.sudo()[kind] = day

    def dates(self):
        return [str(line.date) for line in self.lines()]

    def test_the_reason_names_the_lock_and_the_first_open_day(self):
        for kind, name, code in (
            ("fiscalyear_lock_date", "Global Lock Date", "closed_period"),
            ("hard_lock_date", "Hard Lock Date", "closed_for_good"),
        ):
            with self.subTest(kind), self.rolled_back():
                self.lock(date(2026, 1, 20), kind)
                document = self.receive(self.day(15, credit("1")))
                self.assert_state(document, "waiting", code)
                self.assertTrue(document.can_book_open_day)
                for text in ("01/15/2026", name, "01/20/2026", "01/21/2026"):
                    self.assertIn(text, document.reason)

    def test_locks_that_do_not_touch_bank_lines_hold_nothing(self):
        for kind in ("tax_lock_date", "sale_lock_date", "purchase_lock_date"):
            self.lock(date(2026, 1, 31), kind)
        self.assert_state(self.receive(self.day(15, credit("1"))), "imported")
        self.assertEqual(self.dates(), ["2026-01-15"])

    def test_one_movement_in_the_closed_period_holds_the_whole_statement(self):
        self.lock(date(2026, 1, 14))
        document = self.receive(
            self.day(15, credit("1", entry_date=date(2026, 1, 14)), credit("2"), credit("4"))
        )
        self.assert_state(document, "waiting", "closed_period")
        self.assertFalse(self.lines())

    def early(self, day):
        """Return a statement of 15 January, opening on the 14th, with a movement of another day."""
        return self.day(15, credit("1", entry_date=day), credit("2"))

    def test_a_movement_that_would_change_its_book_year_waits(self):
        document = self.receive(self.early(date(2025, 12, 31)))
        self.assert_state(document, "waiting", "moved_day")
        for text in ("12/31/2025", "01/14/2026"):
            self.assertIn(text, document.reason)
        self.assertTrue(document.can_book_open_day)
        self.press(document, "action_book_open_day")
        self.assert_state(document, "imported")
        self.assertEqual(self.dates(), ["2026-01-14", "2026-01-15"])
        line = self.lines()[0]
        self.assertEqual(line.transaction_details["entry_date"], "2025-12-31")

    def test_so_does_one_that_would_leave_its_closed_period(self):
        self.lock(date(2026, 1, 10))
        document = self.receive(self.early(date(2026, 1, 10)))
        self.assert_state(document, "waiting", "moved_day")

    def test_within_its_year_it_is_booked_when_the_statement_begins(self):
        self.assert_state(self.receive(self.early(date(2026, 1, 2))), "imported")
        self.assertEqual(self.dates(), ["2026-01-14", "2026-01-15"])

    def test_a_detail_in_the_closed_period_holds_the_statement_too(self):
        self.lock(date(2026, 1, 14))
        batch = credit(
            "3",
            code="20150000",
            globalisation="1",
            details=[
                credit("1", code="60150000", entry_date=date(2026, 1, 14)),
                credit("2", code="60150000"),
            ],
        )
        self.assert_state(self.receive(self.day(15, batch)), "waiting", "closed_period")

    def test_on_the_first_open_day_only_the_closed_movements_move_and_each_tells_its_date(self):
        self.lock(date(2026, 1, 14))
        document = self.receive(
            self.day(
                15,
                credit("1", communication="Old", entry_date=date(2026, 1, 14)),
                debit("2", communication="Also old", entry_date=date(2026, 1, 14)),
                credit("4", communication="New", entry_date=date(2026, 1, 16)),
            )
        )
        self.press(document, "action_book_open_day")
        self.assert_state(document, "imported")
        self.assertEqual(self.dates(), ["2026-01-15", "2026-01-15", "2026-01-16"])
        self.assertEqual(self.lines().mapped("amount"), [1.0, -2.0, 4.0])
        self.assert_books_agree(document.statement_ids.bank_statement_id)
        moved, _second, kept = self.lines()
        self.assertEqual(moved.transaction_details["closed_period_date"], "2026-01-14")
        self.assertEqual(moved.transaction_details["entry_date"], "2026-01-14")
        self.assertIn("01/14/2026", moved.narration)
        self.assertNotIn("closed_period_date", kept.transaction_details)
        self.assertFalse(kept.narration)
        told = document.message_ids.filtered(lambda m: "the first open day (2)" in (m.body or ""))
        self.assertEqual(len(told), 1)
        for text in ("plain_accountant", "01/14/2026", "01/15/2026"):
            self.assertIn(text, told.body)

    def test_statements_booked_on_one_open_day_keep_their_order_and_running_balances(self):
        self.lock(date(2026, 1, 20))
        days = [
            self.day(number, credit("1"), credit("2"), opening=str(3 * number - 45))
            for number in (15, 16, 17)
        ]
        documents = self.env["codabox.document"]
        for day in (days[2], days[0], days[1]):
            documents |= self.receive(day)
        self.assert_state(self.receive(self.day(21, credit("5"), opening="9")), "imported")
        for document in documents:
            self.press(document, "action_book_open_day")
        self.assertEqual(set(self.dates()), {"2026-01-21"})
        self.assertEqual(self.lines().mapped("running_balance"), [1, 3, 4, 6, 7, 9, 14])
        for bank_statement in self.lines().statement_id:
            self.assert_books_agree(bank_statement)

    def test_the_choice_is_per_document(self):
        self.lock(date(2026, 1, 20))
        first = self.receive(self.day(15, credit("1")))
        self.press(first, "action_book_open_day")
        second = self.receive(self.day(16, credit("2"), opening="1"))
        self.assert_state(second, "waiting", "closed_period")

    def test_an_opened_period_is_booked_on_its_own_dates(self):
        self.lock(date(2026, 1, 20))
        document = self.receive(self.day(15, credit("1")))
        self.lock(False)
        self.press(document, "action_retry")
        self.assertEqual(self.dates(), ["2026-01-15"])

    def test_after_undo_the_choice_is_asked_again(self):
        self.lock(date(2026, 1, 20))
        document = self.receive(self.day(15, credit("1")))
        self.press(document, "action_book_open_day")
        self.press(document, "action_undo")
        self.press(document, "action_retry")
        self.assert_state(document, "waiting", "closed_period")

    def test_only_a_document_of_a_closed_period_can_be_booked_so(self):
        document = self.receive(self.day(15, credit("1")))
        with self.assertRaises(UserError):
            self.press(document, "action_book_open_day")
