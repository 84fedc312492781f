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
            "009.0933.75538",
            "009 0933 75538",
            "009-0933-75538",
            "009 - 0933 - 75538",
            "009*0933*75538",
            "***009*0933*75538***",
            "INVOICE 12, 009.0933.75538.",
            "INVOICE 12: 009 0933 75538 THANKS",
            "INVOICE 12 009.0933.75538",
            "+++0090 9337 5538+++",
            "*** 0090.933755.38 ***",
        )

    def test_groups_of_something_longer_are_none(self):
        self.check(
            "",
            "1 009 0933 75538",
            "009 0933 75538 1",
            "12.009.0933.75538",
            "009-0933-75538-2026",
            "A009 0933 75538",
            "009 0933 75538B",
            "009 0933-75538",
            "+49 009 0933 75538",
        )

    def test_a_telephone_number_and_the_rest_of_an_iban_are_none(self):
        self.assertTrue(is_valid_ogm("539007547034"))
        self.check(
            "",
            "BE68539007547034",
            "BE68 539007547034",
            "be68 5390 0754 7034",
            "BE68 539 0075 47034",
            "+539007547034",
            "tel. +539 0075 47034",
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


class TestFalseReferences(unittest.TestCase):
    """Other numbers of whom the check digits happen to fit are no reference."""

    ROUNDS = 1000

    def setUp(self):
        self.random = random.Random("OGM")

    def digits(self, count):
        return "".join(self.random.choices("0123456789", k=count))

    def ogm(self):
        number = self.digits(10)
        return f"{number}{int(number) % 97 or 97:02}"

    def grouped(self, text, *sizes, sign=" "):
        parts = []
        for size in sizes:
            parts.append(text[:size])
            text = text[size:]
        return sign.join(filter(None, [*parts, text]))

    def others(self):
        """Yield numbers that hold an OGM, or groups like it, and are something else."""
        ogm, sign = self.ogm(), self.random.choice(" .-")
        iban = bban_to_iban(ogm)
        if iban:
            yield from (iban, self.grouped(iban, 4, 4, 4, 4), f"{iban[:4]} {iban[4:]}")
            yield self.grouped(iban, 4, 3, 4, 5)
        card = self.digits(4) + ogm
        yield from (card, self.grouped(card, 4, 4, 4, 4, sign=sign))
        yield f"{card[:6]}******{card[12:]}"
        yield from (f"+{ogm}", f"+32 {self.grouped(ogm, 3, 4, 5)}", f"00{ogm}")
        yield self.grouped(ogm + self.digits(2), 3, 4, 5, 2, sign=sign)
        yield self.grouped(self.digits(2) + ogm, 2, 3, 4, 5, sign=sign)
        yield f"{self.digits(2)}.{self.digits(2)}.{self.digits(4)} {self.digits(5)}"
        yield from (f"{ogm}{self.random.choice('0aZ')}x", f"N{ogm}")

    def test_no_reference_is_seen_in_other_numbers(self):
        for _round in range(self.ROUNDS):
            for text in self.others():
                self.assertEqual(find_reference(f"PAID {text} THANKS"), "", text)

    def test_each_right_one_is_seen_and_each_wrong_one_is_not(self):
        for _round in range(self.ROUNDS):
            ogm, sign = self.ogm(), self.random.choice((" ", ".", "-", "/", "*", " / "))
            text = self.grouped(ogm, 3, 4, 5, sign=sign)
            self.assertEqual(
                find_reference(f"INV {text} X"), f"+++{ogm[:3]}/{ogm[3:7]}/{ogm[7:]}+++"
            )
            wrong = ogm[:-2] + f"{(int(ogm[-2:]) + 1) % 100:02}"
            self.assertEqual(find_reference(self.grouped(wrong, 3, 4, 5, sign=sign)), "")


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
