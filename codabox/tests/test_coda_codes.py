"""Transaction codes: every known one has a label, and an unknown one is no error."""

import unittest

from ..coda import describe_code, explain_code
from ..coda.code_categories import CATEGORIES
from ..coda.code_operations import FAMILIES, OPERATIONS


class TestCodes(unittest.TestCase):
    def test_the_parts_of_a_code(self):
        parts = explain_code("80537011")
        self.assertEqual(parts.type, "part of an amount with breakdown")
        self.assertEqual(parts.family, "direct debit")
        self.assertEqual(parts.operation, "costs")
        self.assertEqual(parts.category, "VAT")

    def test_labels(self):
        for code, label in (
            ("00150000", "credit transfer: transfer received"),
            ("00250000", "instant credit transfer: transfer received"),
            ("80537011", "direct debit: costs (VAT)"),
            ("00149000", "credit transfer: cancellation or correction"),
            ("00145000", "credit transfer: operation defined by the bank"),
            ("00150700", "credit transfer: transfer received (category defined by the bank)"),
            ("00188000", "credit transfer"),
            ("07700000", "07700000"),
            ("", ""),
            ("ABCDEFGH", "ABCDEFGH"),
        ):
            with self.subTest(code):
                self.assertEqual(describe_code(code), label)

    def test_every_family_has_operations_and_every_name_is_said(self):
        self.assertEqual(set(FAMILIES), set(OPERATIONS))
        self.assertEqual(sum(map(len, OPERATIONS.values())), 239)
        # 112 in the tables, less the range of the banks.
        self.assertEqual(len(CATEGORIES), 111)
        names = [*FAMILIES.values(), *CATEGORIES.values()]
        names += [name for operations in OPERATIONS.values() for name in operations.values()]
        self.assertTrue(all(name.strip() == name != "" for name in names))
