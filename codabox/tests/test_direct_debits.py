"""What a bank collects is what a bill says: creditor, mandate, number."""

from __future__ import annotations

import unittest

from ..reading.direct_debits import normal_creditor, same_debit, says_another_number

CREDITOR = "BE68ZZZ0403170701"


class DirectDebitsTest(unittest.TestCase):
    def test_blanks_signs_case_and_the_business_code_do_not_make_another_creditor(self):
        for written in ("BE68ZZZ0403170701", "be68 zzz 0403 170 701", "BE68A010403170701"):
            self.assertEqual(normal_creditor(written), "BE680403170701", written)
        self.assertNotEqual(normal_creditor("BE69ZZZ0403170701"), "BE680403170701")

    def test_both_have_to_agree_and_who_is_silent_agrees_on_the_mandate_alone(self):
        ours = (CREDITOR, "MND-7")
        for other, expected in (
            ((CREDITOR, "mnd-7 "), "both"),
            (("", "MND-7"), "mandate"),
            (("BE12ZZZ0403999999", "MND-7"), ""),
            ((CREDITOR, "MND-8"), ""),
            ((CREDITOR, "MND7"), ""),
            ((CREDITOR, ""), ""),
        ):
            self.assertEqual(same_debit(ours, other), expected, other)
            self.assertEqual(same_debit(other, ours), expected, other)
        self.assertEqual(same_debit((CREDITOR, ""), (CREDITOR, "")), "")

    def test_another_number_of_the_same_form_is_told_from_the_same_one_and_from_none(self):
        for text in ("factuur F-2026/0089", "f2026 0089", "F-2026/0088 EN F-2026/0089"):
            self.assertTrue(says_another_number(text, "F-2026/0088"), text)
        for text in ("", "JANUARI", "f2026-0088", "KLANT 12345", "AF-2026/0089", "F-2026/00891"):
            self.assertFalse(says_another_number(text, "F-2026/0088"), text)
        self.assertTrue(says_another_number("920046", "920045"))
        self.assertFalse(says_another_number("12", "11"), "too short to be a number")
        self.assertFalse(says_another_number("anything 1234", ""))
