"""Control totals: each one that fails gives its notice and stops nothing."""

import unittest

from ..coda import parse_coda, write_coda
from ..coda.builders import credit, statement
from .coda_lines import (
    ACCOUNT,
    OTHER_ACCOUNT,
    codes,
    drop,
    good_lines,
    good_statement,
    movement_line,
    parse_lines,
    put,
    statement_lines,
)


class TestNotices(unittest.TestCase):
    def setUp(self):
        self.lines = good_lines()

    def notice(self, lines):
        coda = parse_lines(lines)
        (notice,) = coda.notices
        self.assertEqual(len(coda.statements[0].movements), 2)
        return notice

    def test_a_wrong_record_count(self):
        notice = self.notice(put(self.lines, 8, 17, "000009"))
        self.assertEqual((notice.code, notice.record), ("record_count", 8))
        self.assertEqual((notice.expected, notice.found), ("6", "000009"))

    def test_wrong_totals(self):
        for first, code, figure in ((23, "debit_total", "45.990"), (38, "credit_total", "121.000")):
            notice = self.notice(put(self.lines, 8, first, "000000000000001"))
            self.assertEqual((notice.code, notice.record), (code, 8))
            self.assertEqual(notice.expected, figure)
            self.assertIn(figure, notice.message)

    def test_totals_that_are_no_numbers(self):
        for first, code in ((17, "record_count"), (23, "debit_total"), (38, "credit_total")):
            notice = self.notice(put(self.lines, 8, first, "XXXX"))
            self.assertEqual(notice.code, code)

    def test_a_wrong_new_balance(self):
        notice = self.notice(put(self.lines, 7, 43, "000000000000001"))
        self.assertEqual((notice.code, notice.record), ("new_balance", 7))
        self.assertEqual((notice.expected, notice.found), ("1075.010", "0.001"))

    def test_a_new_balance_of_another_account(self):
        notice = self.notice(put(self.lines, 7, 5, OTHER_ACCOUNT))
        self.assertEqual((notice.code, notice.record), ("account_changed", 7))

    def test_a_new_balance_in_another_currency(self):
        self.assertEqual(self.notice(put(self.lines, 7, 39, "USD")).code, "account_changed")

    def test_a_blank_account_beside_the_new_balance_says_nothing(self):
        self.assertEqual(codes(parse_lines(put(self.lines, 7, 5, " " * 37))), [])

    def test_details_that_do_not_sum_to_their_root(self):
        rows = [movement_line(1, 0, "-90", "1"), movement_line(1, 1, "-50", "5")]
        coda = parse_lines(statement_lines(rows, roots="-90"))
        (notice,) = coda.notices
        self.assertEqual((notice.code, notice.record), ("detail_sum", 3))
        self.assertEqual((notice.expected, notice.found), ("-90.000", "-50.000"))

    def test_a_detail_without_root(self):
        coda = parse_lines(statement_lines([movement_line(1, 1, "5", "5")], roots="5"))
        self.assertIn("orphan_detail", codes(coda))
        self.assertEqual(len(coda.statements[0].movements), 1)

    def test_continuations_with_nothing_to_continue(self):
        coda = parse_lines(drop(self.lines, 3))
        self.assertIn("orphan_record", codes(coda))
        orphan = ["32" + self.lines[5][2:]]
        coda = parse_lines([*self.lines[:5], *orphan, *self.lines[5:]])
        self.assertEqual(codes(coda)[0], "orphan_record")

    def test_a_continuation_with_the_number_of_another_movement_is_taken_by_position(self):
        coda = parse_lines(put(self.lines, 4, 7, "0007"))
        self.assertEqual(codes(coda), ["sequence_mismatch"])
        self.assertEqual(coda.statements[0].movements[0].counterparty.name, "ACME NV")

    def test_a_second_continuation_is_ignored_and_said(self):
        again = put(self.lines, 4, 48, "SOMEBODY ELSE")[3]
        coda = parse_lines([*self.lines[:4], again, *self.lines[4:]])
        self.assertEqual(codes(coda), ["repeated_record", "record_count"])
        self.assertEqual(coda.statements[0].movements[0].counterparty.name, "ACME NV")

    def test_a_sequence_number_of_the_statement_that_is_none(self):
        coda = parse_lines(put(self.lines, 2, 126, "0X1"))
        self.assertEqual(codes(coda), ["bad_number"])
        self.assertEqual(coda.statements[0].number, 0)


class TestChain(unittest.TestCase):
    def codes(self, *statements):
        return codes(parse_coda(write_coda(statements)))

    def day(self, opening, account=ACCOUNT, **values):
        movements = [credit("10")]
        return statement(account=account, opening=opening, movements=movements, **values)

    def test_balances_that_follow_each_other_are_fine(self):
        self.assertEqual(self.codes(self.day("0"), self.day("10", number=2)), [])

    def test_a_gap_between_two_days_is_said(self):
        data = write_coda([self.day("0"), self.day("11", number=2)])
        (notice,) = parse_coda(data).notices
        self.assertEqual((notice.code, notice.record), ("balance_chain", 7))
        self.assertEqual((notice.expected, notice.found), ("10.000", "11.000"))

    def test_each_account_has_its_own_chain(self):
        other = self.day("500", OTHER_ACCOUNT)
        self.assertEqual(self.codes(self.day("0"), other, self.day("10", number=2)), [])

    def test_each_currency_has_its_own_chain(self):
        dollars = self.day("500", currency="USD")
        self.assertEqual(self.codes(self.day("0"), dollars, self.day("10")), [])

    def test_a_separate_application_is_no_part_of_the_chain(self):
        separate = statement(account=ACCOUNT, separate_application="01500", opening="0")
        self.assertEqual(self.codes(self.day("0"), separate, self.day("10")), [])

    def test_notices_come_in_the_order_of_the_file(self):
        first = put(good_lines(), 8, 17, "000000")
        lines = [*first, *put(good_lines(number=2), 8, 17, "000000")]
        records = [notice.record for notice in parse_lines(lines).notices]
        self.assertEqual(records, [8, 10, 16])

    def test_a_right_file_has_none(self):
        self.assertEqual(self.codes(good_statement()), [])
