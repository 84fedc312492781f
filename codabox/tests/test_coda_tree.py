"""Roots are money, details explain it: never both, never neither."""

import unittest
from decimal import Decimal

from .coda_lines import codes, movement_line, parse_lines, statement_lines


def tree(movements):
    """Give amounts as nested tuples."""
    return [
        (f"{movement.amount:.0f}", tree(movement.details))
        if movement.details
        else f"{movement.amount:.0f}"
        for movement in movements
    ]


class TestTree(unittest.TestCase):
    def read(self, *rows, roots, header=()):
        lines = statement_lines([movement_line(*row) for row in rows], roots=roots, header=header)
        return parse_lines(lines)

    def check(self, expected, *rows, roots, header=()):
        coda = self.read(*rows, roots=roots, header=header)
        self.assertEqual(tree(coda.statements[0].movements), expected)
        self.assertEqual(codes(coda), [])
        return coda.statements[0]

    def test_simple_movements_are_roots(self):
        self.check(["1", "2"], (1, 0, "1"), (2, 0, "2"), roots="3")

    def test_a_total_holds_its_details(self):
        rows = (1, 0, "-9", "1"), (1, 1, "-5", "5"), (1, 2, "-4", "5")
        found = self.check([("-9", ["-5", "-4"])], *rows, roots="-9")
        self.assertTrue(found.movements[0].details_sum_up)

    def test_a_total_with_one_detail_is_one_root(self):
        self.check([("-9", ["-9"])], (1, 0, "-9", "1"), (1, 1, "-9", "5"), roots="-9")

    def test_a_total_without_details_is_a_movement(self):
        self.check(["-9", "-2"], (1, 0, "-9", "1"), (2, 0, "-2", "2"), roots="-11")

    def test_details_of_type_0_are_details(self):
        rows = (1, 0, "-75", "1"), (1, 2, "-25", "0"), (1, 3, "-20", "0"), (1, 4, "-30", "0")
        self.check([("-75", ["-25", "-20", "-30"])], *rows, roots="-75")

    def test_type_9_hangs_under_the_last_type_7(self):
        rows = (
            (1, 0, "90", "2"),
            (1, 1, "50", "7"),
            (1, 2, "20", "9"),
            (1, 3, "30", "9"),
            (1, 4, "30", "6"),
            (1, 5, "10", "7"),
            (1, 6, "10", "9"),
        )
        nested = [("90", [("50", ["20", "30"]), "30", ("10", ["10"])])]
        found = self.check(nested, *rows, roots="90")
        root = found.movements[0]
        self.assertTrue(root.details_sum_up)
        leaves = [leaf.amount for leaf in root.leaves()]
        self.assertEqual(leaves, [Decimal(n) for n in (20, 30, 30, 10)])

    def test_type_9_without_type_7_hangs_under_the_root(self):
        rows = (1, 0, "9", "2"), (1, 1, "9", "9")
        self.check([("9", ["9"])], *rows, roots="9")

    def test_nested_details_that_do_not_sum_are_found_at_any_level(self):
        rows = (1, 0, "90", "2"), (1, 1, "90", "7"), (1, 2, "20", "9")
        coda = self.read(*rows, roots="90")
        self.assertEqual(codes(coda), ["detail_sum"])
        self.assertFalse(coda.statements[0].movements[0].details_sum_up)

    def test_two_movements_with_the_same_sequence_are_two_roots(self):
        self.check(["1", "5"], (1, 0, "1"), (1, 0, "5"), roots="6")

    def test_sequence_numbers_go_on_after_9999(self):
        self.check(["1", "1", "1"], (9999, 0, "1"), (0, 0, "1"), (1, 0, "1"), roots="3")

    def test_the_ten_thousandth_detail_is_no_new_root(self):
        rows = [(1, 0, "-10001", "1")]
        rows += [(1, number % 10000, "-1", "5") for number in range(1, 10002)]
        found = self.read(*rows, roots="-10001")
        (root,) = found.statements[0].movements
        self.assertEqual(len(root.details), 10001)
        self.assertTrue(root.details_sum_up)
        self.assertEqual(codes(found), [])

    def test_the_ten_thousandth_detail_of_type_0_is_no_new_root_either(self):
        rows = (1, 0, "-3", "1"), (1, 9998, "-1"), (1, 9999, "-1"), (1, 0, "-1"), (2, 0, "-1")
        self.check([("-3", ["-1", "-1", "-1"]), "-1"], *rows, roots="-4")

    def test_information_records_take_detail_numbers_across_the_wrap(self):
        rows = [movement_line(1, 0, "-3", "1"), movement_line(1, 9998, "-2", "0")]
        rows.append(f"3100019999{'REF':21}00150000{'0'}TEXT".ljust(128))
        rows.append(movement_line(1, 0, "-1", "0"))
        coda = parse_lines(statement_lines(rows, roots="-3"))
        self.assertEqual(tree(coda.statements[0].movements), [("-3", ["-2", "-1"])])

    def test_totals_by_the_letter_of_the_standard_are_accepted_at_the_wrap(self):
        rows = [(1, 0, "-2", "1"), (1, 9999, "-1", "5"), (1, 0, "-1", "5")]
        lines = statement_lines([movement_line(*row) for row in rows], roots="-2")
        lines[-1] = lines[-1].replace("000000000002000", "000000000003000")
        self.assertEqual(codes(parse_lines(lines)), [])


class TestSeparateApplication(unittest.TestCase):
    def test_details_without_their_roots_are_top_level(self):
        rows = (1, 1, "20", "6"), (1, 2, "50", "7"), (1, 3, "50", "9"), (2, 0, "5", "6")
        lines = statement_lines([movement_line(*row) for row in rows], header=[(84, "01500")])
        coda = parse_lines(lines)
        self.assertTrue(coda.statements[0].is_separate_application)
        self.assertEqual(tree(coda.statements[0].movements), ["20", ("50", ["50"]), "5"])
        self.assertNotIn("orphan_detail", codes(coda))
        self.assertNotIn("new_balance", codes(coda))

    def test_totals_of_either_reading_are_accepted(self):
        rows = [movement_line(1, 1, "20", "6"), movement_line(2, 0, "5", "6")]
        for total in ("000000000025000", "000000000005000"):
            lines = statement_lines(rows, header=[(84, "01500")])
            lines[-1] = lines[-1][:37] + total + lines[-1][52:]
            self.assertEqual(codes(parse_lines(lines)), [])
