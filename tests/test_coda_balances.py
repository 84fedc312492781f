"""Balances: within a day, over days, whatever the order in which statements arrive."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from odoo.tests import tagged

from .common import IBAN, NUMBER, CodaboxCase, credit, date, debit, statement


@tagged("-at_install", "post_install")
class TestCodaBalances(CodaboxCase):
    mapped = True

    def part(self, number, opening, *amounts, **values):
        """Return one of several statements of the fifteenth."""
        movements = [credit(a) if Decimal(a) > 0 else debit(a.lstrip("-")) for a in amounts]
        return statement(
            **{
                "account": IBAN,
                "enterprise_number": NUMBER,
                "number": number,
                "opening": opening,
                "movements": movements,
                "day": date(2026, 1, 15),
                "opening_day": date(2026, 1, 14 if number == 1 else 15),
                **values,
            }
        )

    def assert_chain(self, *balances):
        """The running balances of the journal are these, and every statement is right."""
        lines = self.lines()
        for bank_statement in lines.statement_id:
            self.assert_books_agree(bank_statement)
        self.assertEqual(lines.mapped("running_balance"), list(balances))

    def test_the_running_balance_follows_the_movements_within_a_day(self):
        self.receive(self.part(1, "100", "50", "-20", "-40", "5"))
        self.assert_chain(150.0, 130.0, 90.0, 95.0)

    def test_two_statements_a_day_are_right_in_either_order(self):
        parts = [self.part(1, "0", "10", "20"), self.part(2, "30", "-5", "15", "-1", "1")]
        for order in permutations(parts):
            with self.subTest(first=order[0].number), self.rolled_back():
                for part in order:
                    self.assert_state(self.receive(part), "imported")
                self.assert_chain(10.0, 30.0, 25.0, 40.0, 39.0, 40.0)

    def test_three_statements_a_day_are_right_in_every_order(self):
        parts = [
            self.part(1, "0", "10"),
            self.part(2, "10", "1", "2", "3"),
            self.part(3, "16", "-6", "-1"),
        ]
        for order in permutations(parts):
            with self.subTest(order=[part.number for part in order]), self.rolled_back():
                for part in order:
                    self.assert_state(self.receive(part), "imported")
                self.assert_chain(10.0, 11.0, 13.0, 16.0, 10.0, 9.0)

    def test_unnumbered_statements_of_a_day_follow_their_balances(self):
        parts = [
            self.part(0, "0", "10", "5", opening_day=date(2026, 1, 14), paper_number="000"),
            self.part(0, "15", "-3", "1", paper_number="000"),
        ]
        for order in permutations(parts):
            with self.subTest(first=str(order[0].opening.amount)), self.rolled_back():
                for part in order:
                    self.assert_state(self.receive(part), "imported")
                self.assert_chain(10.0, 15.0, 12.0, 13.0)

    def test_two_statements_of_a_day_in_one_file_are_right(self):
        self.receive(self.part(1, "0", "10", "20"), self.part(2, "30", "-5", "15"))
        self.assert_chain(10.0, 30.0, 25.0, 40.0)

    def test_a_day_that_comes_late_takes_its_place(self):
        self.receive(self.day(16, credit("1"), credit("2"), opening="30"))
        self.receive(self.day(15, credit("10"), credit("20")))
        self.assert_chain(10.0, 30.0, 31.0, 33.0)

    def test_a_line_dated_on_the_closing_day_of_the_statement_before_stays_in_its_own(self):
        self.receive(self.day(15, credit("10"), credit("20")))
        self.receive(
            self.day(16, credit("1", entry_date=date(2026, 1, 15)), credit("2"), opening="30")
        )
        self.assert_chain(10.0, 30.0, 31.0, 33.0)

    def test_a_missing_day_is_shown_by_odoo_on_the_statement_behind_the_gap(self):
        self.receive(self.day(15, credit("10")))
        document = self.receive(self.day(17, credit("1"), opening="99"))
        self.assert_state(document, "imported")
        self.assertFalse(document.statement_ids.bank_statement_id.is_valid)

    # --- What does not add up ------------------------------------------------------------------

    def wrong(self):
        right = self.day(15, credit("121"), opening="1000")
        return replace(right, closing=replace(right.closing, amount=Decimal("1100")))

    def test_a_statement_that_does_not_add_up_waits_and_names_the_figures(self):
        document = self.receive(self.wrong())
        self.assert_state(document, "waiting", "balance_mismatch")
        for figure in ("1,000.00", "121.00", "1,121.00", "1,100.00"):
            self.assertIn(figure, document.reason)
        self.assertFalse(self.lines())
        self.assertEqual(document.statement_ids.warnings[0]["code"], "new_balance")

    def test_retry_alone_does_not_book_what_does_not_add_up(self):
        document = self.receive(self.wrong())
        self.press(document, "action_retry")
        self.assert_state(document, "waiting", "balance_mismatch")

    def test_book_anyway_books_what_does_not_add_up_and_odoo_shows_it(self):
        document = self.receive(self.wrong())
        self.press(document, "action_accept_mismatch")
        self.assert_state(document, "imported")
        bank_statement = document.statement_ids.bank_statement_id
        self.assertEqual(bank_statement.balance_end_real, 1100.0)
        self.assertEqual(bank_statement.line_ids.amount, 121.0)
        self.assertFalse(bank_statement.is_complete)

    def test_only_what_does_not_add_up_can_be_booked_anyway(self):
        document = self.receive(self.day(15, credit("10"), account="BE71096123456769"))
        self.assertFalse(document.can_accept_mismatch)
        with self.assertRaisesRegex(Exception, "cannot be done"):
            self.press(document, "action_accept_mismatch")
