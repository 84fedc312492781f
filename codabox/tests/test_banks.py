"""Belgian numbers, and what is known of each bank."""

from __future__ import annotations

import unittest

from ..belgian import clean_iban, enterprise_number, iban_problem
from ..mandates.banks import (
    BANK_RULES,
    bank_name,
    bank_rule,
    bic_of,
    group_by_bank,
    read_list,
    wants_own_contract,
)

FAKE = "BE62974123456761"
FAKE_IDS = ("CDBXBE33", "CDBXBE34", "KREDBEBB")


def iban(bank_code, number=1):
    """Make a Belgian IBAN at a bank, with its check digits."""
    base = f"{bank_code}{number:07d}"
    bban = f"{base}{int(base) % 97 or 97:02d}"
    return f"BE{98 - int(bban + '111400') % 97:02d}{bban}"


class BelgianTest(unittest.TestCase):
    def test_account_numbers_are_judged(self):
        good = iban("409")
        for number, problem in (
            (good, ""),
            (f"{good[:4]} {good[4:8]} {good[8:12]} {good[12:]}".lower(), ""),
            ("", "missing"),
            ("  ", "missing"),
            (good[:-1] + str((int(good[-1]) + 1) % 10), "invalid"),
            (good[:-1], "invalid"),
            ("hello", "invalid"),
            ("NL91ABNA0417164300", "foreign"),
            ("NL91ABNA0417164301", "invalid"),
            ("FR1420041010050500013M02606", "foreign"),
        ):
            self.assertEqual(iban_problem(number), problem, number)

    def test_the_belgian_number_inside_has_check_digits_of_its_own(self):
        bban = "409000000199"
        number = f"BE{98 - int(bban + '111400') % 97:02d}{bban}"
        self.assertEqual(int(bban[:10]) % 97 == int(bban[10:]), False)
        self.assertEqual(iban_problem(number), "invalid")

    def test_spelling_does_not_matter(self):
        self.assertEqual(clean_iban(" be68 5390-0754.7034 "), "BE68539007547034")

    def test_enterprise_numbers_are_checked_and_written_as_codabox_does(self):
        for text, number in (
            ("BE0477472701", "BE0477472701"),
            ("0477.472.701", "BE0477472701"),
            ("be 477 472 701", "BE0477472701"),
            ("BE1007190194", "BE1007190194"),
            ("BE0477472702", ""),
            ("BE (0)477.472.701", "BE0477472701"),
            ("0477\t472\u2013701", "BE0477472701"),
            ("NL123456789B01", ""),
            ("0000000000", ""),
            ("", ""),
            (None, ""),
        ):
            self.assertEqual(enterprise_number(text), number, text)

    def test_check_digits_that_no_enterprise_number_has_are_refused(self):
        # python-stdnum takes them: all make the sum that it looks for.
        for text in ("0000009700", "0000009698", "0000009599", "2000000042"):
            self.assertEqual(enterprise_number(text), "", text)
        self.assertEqual(enterprise_number("0000009797"), "BE0000009797")


class BanksTest(unittest.TestCase):
    def test_the_bank_of_an_account_comes_from_its_bank_code(self):
        for code, bic in (
            ("409", "KREDBEBB"), ("193", "CREGBEBB"), ("001", "GEBABEBB"), ("068", "GKCCBEBB"),
            ("310", "BBRUBEBB"), ("132", "BNAGBEBB"), ("523", "TRIOBEBB"), ("750", "AXABBE22"),
        ):  # fmt: skip
            self.assertEqual(bic_of(iban(code)), bic)
        self.assertEqual(bic_of("NL91ABNA0417164300"), "")
        self.assertEqual(bic_of("BE12"), "")

    def test_a_bank_that_was_taken_over_is_its_new_owner_in_an_old_list_too(self):
        old = ['000-000 bic="BPOTBEB1" bank="bpost bank"', '102-102 bank="Centre"', "103-103"]
        self.assertEqual(read_list(old), {"000": ("GEBABEBB", "bpost bank")})
        self.assertEqual(bic_of(iban("000")), "GEBABEBB")

    def test_banks_of_the_sandbox_count_only_where_codabox_lists_them(self):
        self.assertEqual(bic_of(FAKE, FAKE_IDS), "CDBXBE33")
        self.assertEqual(bic_of(FAKE, ("KREDBEBB",)), bic_of(FAKE))
        self.assertNotEqual(bic_of(FAKE), "CDBXBE33")

    def test_every_rule_is_found_by_an_account_of_its_bank(self):
        seen = {bic_of(iban(f"{code:03d}")) for code in range(1000)}
        for rule in BANK_RULES:
            self.assertIn(rule.bic, seen, rule.name)
            self.assertIs(bank_rule(f"{rule.bic}XXX"), rule)
        self.assertIsNone(bank_rule("DEUTDEFF"))
        self.assertIsNone(bank_rule(None))

    def test_a_bank_is_called_as_people_do_else_as_it_is_listed(self):
        for bic, name in (
            ("GKCCBEBB", "Belfius"), ("gkccbebbxxx", "Belfius"), ("DEUTBEBE", "Deutsche Bank AG"),
            ("KEYTBEBB", "Keytrade Bank"), ("LOCYBEBB", "Lombard Odier"),
            ("DEUT", "Deutsche Bank AG"), ("ZZZZBEBB", ""), ("", ""), (None, ""),
        ):  # fmt: skip
            self.assertEqual(bank_name(bic), name, bic)

    def test_every_listed_bank_has_a_name(self):
        for code in range(1000):
            if bic := bic_of(iban(f"{code:03d}")):
                self.assertTrue(bank_name(bic), bic)

    def test_how_each_bank_signs(self):
        """The table of API 7.2, latest version."""
        methods = {}
        for rule in BANK_RULES:
            methods.setdefault((rule.method, rule.signing), set()).add(rule.name)
        self.assertEqual(
            methods,
            {
                ("codabox_sign", "online"): {
                    "Argenta", "Beobank", "CPH", "Europabank", "ING", "Triodos", "vdk bank",
                },
                ("twikey", "online"): {
                    "Bank Van Breda", "Belfius", "BNP Paribas Fortis", "Crelan",
                },
                ("app", "app"): {"KBC", "CBC"},
                ("paper", "paper"): {"Nagelmackers"},
            },
        )  # fmt: skip

    def test_what_a_client_must_know_of_his_bank(self):
        def names(test):
            return {rule.name for rule in BANK_RULES if test(rule)}

        self.assertEqual(names(lambda rule: rule.activate_in_app), {"KBC", "CBC"})
        self.assertEqual(names(lambda rule: not rule.has_pdf), {"Belfius"})
        fee = names(lambda rule: rule.fee_after_archiving)
        self.assertEqual(fee, {"Belfius", "BNP Paribas Fortis"})
        days = {rule.name: rule.again_from_day for rule in BANK_RULES if rule.again_from_day}
        self.assertEqual(days, {"ING": 10, "Belfius": 13, "BNP Paribas Fortis": 20})

    def test_accounts_are_grouped_one_mandate_per_bank(self):
        one, two, other = iban("409", 1), iban("410", 2), iban("310", 3)
        groups = group_by_bank([one, other, two, f"{one[:4]} {one[4:]}"])
        self.assertEqual(groups, {"KREDBEBB": (one, two), "BBRUBEBB": (other,)})
        self.assertEqual(list(groups), ["KREDBEBB", "BBRUBEBB"])

    def test_one_secretariat_wants_a_contract_of_its_own(self):
        self.assertTrue(wants_own_contract("securex"))
        self.assertTrue(wants_own_contract("Securex vzw"))
        self.assertFalse(wants_own_contract("group_s"))
