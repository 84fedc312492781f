"""References in free text, account numbers and BICs: check digits decide."""

import random
import unittest

from stdnum.be import ogm_vcs

from ..coda.accounts import (
    bban_to_iban,
    is_valid_bban,
    read_bic,
    read_counterparty,
)
from ..reading.references import find_reference, is_valid_ogm, is_valid_rf


class TestFind(unittest.TestCase):
    def check(self, expected, *texts):
        for text in texts:
            with self.subTest(text):
                self.assertEqual(find_reference(text), expected)

    def test_the_ways_people_write_an_ogm(self):
        self.check(
            "+++009/0933/75538+++",
            "+++009/0933/75538+++",
            "***009/0933/75538***",
            "Fact. 12: 009/0933/75538",
            "+++ 009 / 0933 / 75538 +++",
            "009093375538",
            "009093375538        009093375538",
            "ref:009093375538.",
            "+++009093375538+++",
        )

    def test_no_ogm_is_seen_inside_something_longer(self):
        self.check(
            "",
            "0009093375538",
            "0090933755380",
            "A009093375538",
            "009093375538B",
            "1/009/0933/75538/2",
            "009/0933/755381",
            "000000000000",
            "",
            "invoice 12",
        )

    def test_remainder_zero_counts_as_97(self):
        self.assertTrue(is_valid_ogm("000000009797"))
        self.assertFalse(is_valid_ogm("000000009700"))

    def test_digits_that_are_not_ascii_are_none(self):
        self.assertFalse(is_valid_ogm("00000000979²"))
        self.assertEqual(find_reference("٠٠٠٠٠٠٠٠٩٧٩٧"), "")

    def test_the_ways_people_write_a_creditor_reference(self):
        self.check(
            "RF18539007547034",
            "RF18539007547034",
            "RF18 5390 0754 7034",
            "INV RF18 5390 0754 7034 THANK YOU",
            "INV RF18 5390 0754 7034 FOR JANUARY",
            "(RF18539007547034)",
        )
        self.check("", "RF19539007547034", "XRF18539007547034", "RF18", "RF", "SURF1234")

    def test_the_first_valid_one_counts(self):
        self.check("+++000/0000/00505+++", "123456789012 000000000505 000000000101")

    def test_the_written_form_wins_from_bare_digits(self):
        self.check("+++009/0933/75538+++", "000000000505 +++009/0933/75538+++")

    def test_an_account_at_one_of_the_ends_is_no_reference(self):
        self.assertTrue(is_valid_ogm("539007547034"))
        self.assertEqual(find_reference("acc 539007547034", ("539007547034",)), "")

    def test_our_quick_check_of_an_ogm_says_what_python_stdnum_says(self):
        chance = random.Random(11)
        numbers = [f"{chance.randrange(10**10):010}" for _ in range(400)]
        for number in ("0" * 10, "0000000097", "9999999999", *numbers):
            right = int(number) % 97 or 97
            for check in (right, right % 97, (right + 1) % 100, chance.randrange(100)):
                digits = f"{number}{check:02}"
                self.assertEqual(is_valid_ogm(digits), ogm_vcs.is_valid(digits), digits)

    def test_the_longest_creditor_reference_has_25_characters(self):
        self.assertFalse(is_valid_rf("RF18" + "5" * 22))


class TestAccounts(unittest.TestCase):
    def test_the_belgian_number_of_the_standard(self):
        self.assertEqual(bban_to_iban("539007547034"), "BE68539007547034")
        self.assertTrue(is_valid_bban("539007547034"))
        self.assertFalse(is_valid_bban("539007547035"))
        self.assertFalse(is_valid_bban("000000000000"))
        self.assertFalse(is_valid_bban("53900754703"))

    def test_remainder_zero_counts_as_97_here_too(self):
        self.assertTrue(is_valid_bban("000000009797"))

    def test_a_bic_is_eight_or_eleven_characters(self):
        self.assertEqual(read_bic("GKCCBEBB   "), "GKCCBEBB")
        self.assertEqual(read_bic("GKCCBEBBXXX"), "GKCCBEBBXXX")
        for wrong in ("00000000000", "GKCC", "", "gkccbebb"):
            self.assertEqual(read_bic(wrong), "")

    def test_a_short_field_of_version_1(self):
        self.assertEqual(read_counterparty("539007547034"), ("BE68539007547034", ""))
        self.assertEqual(read_counterparty(" " * 12), ("", ""))
        self.assertEqual(read_counterparty("0" * 12), ("", ""))
