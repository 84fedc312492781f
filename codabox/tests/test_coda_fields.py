"""One test per family of fields: what stands in which columns comes out under which name."""

import unittest
from decimal import Decimal

from ..coda import Balance, Counterparty, parse_coda, write_coda
from ..coda.builders import statement
from .coda_lines import (
    ACCOUNT,
    OTHER_ACCOUNT,
    codes,
    day,
    good_lines,
    movement_line,
    only_movement,
    only_statement,
    parse_lines,
    put,
    second,
    statement_lines,
    to_lines,
)


def lines_with(*movements, roots="1"):
    return statement_lines(list(movements), roots=roots)


def third(**places):
    return "23" + second(**places)[2:]


class TestHeader(unittest.TestCase):
    def setUp(self):
        self.lines = good_lines()

    def header(self, first, text):
        return only_statement(put(self.lines, 1, first, text))

    def test_who_and_when(self):
        found = only_statement(self.lines)
        self.assertEqual(found.version, 2)
        self.assertEqual(found.created, day("2026-01-15"))
        self.assertEqual(found.bank_id, "725")
        self.assertEqual(found.addressee, "TEST COMPANY BV")
        self.assertEqual(found.bic, "KREDBEBB")
        self.assertEqual(found.record, 1)

    def test_references(self):
        self.assertEqual(self.header(25, "FILEREF001").file_reference, "FILEREF001")
        self.assertEqual(
            self.header(89, "TRANSACTIONREF16").transaction_reference, "TRANSACTIONREF16"
        )
        self.assertEqual(self.header(105, "RELATEDREF").related_reference, "RELATEDREF")

    def test_the_enterprise_number_loses_its_leading_zero(self):
        self.assertEqual(self.header(72, "00477472701").enterprise_number, "0477472701")
        self.assertEqual(self.header(72, "00000000000").enterprise_number, "")
        self.assertEqual(self.header(72, "           ").enterprise_number, "")

    def test_a_bank_of_zeros_is_none(self):
        self.assertEqual(self.header(12, "000").bank_id, "")

    def test_the_duplicate_flag(self):
        self.assertFalse(only_statement(self.lines).duplicate)
        self.assertTrue(self.header(17, "D").duplicate)

    def test_a_separate_application_needs_a_family(self):
        for code, separate in (("00000", False), ("     ", False), ("00001", False)):
            self.assertEqual(self.header(84, code).is_separate_application, separate)
        self.assertTrue(self.header(84, "01500").is_separate_application)
        self.assertTrue(self.header(84, "05035").is_separate_application)


class TestBalances(unittest.TestCase):
    def setUp(self):
        self.lines = good_lines(opening="-1000.125")

    def test_amounts_are_signed_decimals_with_three_places(self):
        found = only_statement(self.lines)
        self.assertEqual(found.opening, Balance(day("2026-01-14"), Decimal("-1000.125")))
        self.assertEqual(found.closing, Balance(day("2026-01-15"), Decimal("-925.115")))

    def test_an_amount_larger_than_a_float_can_hold_is_exact(self):
        lines = statement_lines([], opening="999999999999.999")
        self.assertEqual(only_statement(lines).opening.amount, Decimal("999999999999.999"))

    def test_zero_has_no_sign(self):
        found = only_statement(put(statement_lines([]), 2, 43, "1"))
        self.assertFalse(found.opening.amount.is_signed())

    def test_holder_description_and_numbers(self):
        found = only_statement(good_lines(number=47, paper_number="031"))
        self.assertEqual(found.account.holder, "TEST COMPANY BV")
        self.assertEqual(found.account.description, "CURRENT ACCOUNT")
        self.assertEqual((found.number, found.paper_number), (47, "031"))

    def test_the_paper_number_is_the_one_of_the_new_balance(self):
        found = only_statement(put(self.lines, 7, 2, "008"))
        self.assertEqual((found.paper_number, found.opening_paper_number), ("008", "001"))
        found = only_statement(put(self.lines, 7, 2, "000"))
        self.assertEqual(found.paper_number, "001")

    def test_a_blank_number_is_zero(self):
        self.assertEqual(only_statement(put(self.lines, 2, 126, "   ")).number, 0)

    def test_totals_are_those_of_the_trailer(self):
        found = only_statement(put(self.lines, 8, 23, "000000000001500"))
        self.assertEqual(found.debit_total, Decimal("1.5"))
        self.assertEqual(found.credit_total, Decimal("121"))

    def test_an_empty_statement_may_leave_the_new_balance_out(self):
        lines = to_lines(write_coda([statement(account=ACCOUNT, opening="500")]))
        for kept in (lines, [*lines[:2], put(lines, 4, 17, "000001")[3]]):
            coda = parse_lines(kept)
            self.assertEqual(coda.statements[0].closing.amount, Decimal("500"))
            self.assertEqual(codes(coda), [])


class TestAccounts(unittest.TestCase):
    def account(self, structure, text):
        lines = put(put(good_lines(), 2, 2, structure), 2, 6, text.ljust(37))
        return only_statement(put(lines, 7, 5, text.ljust(37))).account

    def test_a_belgian_iban(self):
        found = self.account("2", f"{ACCOUNT:31}EXTUSD")
        self.assertEqual((found.number, found.currency), (ACCOUNT, "USD"))
        self.assertEqual((found.extension, found.structure), ("EXT", "2"))

    def test_a_belgian_number_becomes_an_iban(self):
        for structure in ("0", " "):
            found = self.account(structure, "539007547034 EUR0BE   EXTENSION")
            self.assertEqual((found.number, found.raw), (ACCOUNT, "539007547034"))
            self.assertEqual((found.currency, found.extension), ("EUR", "EXTENSION"))
            self.assertEqual(found.structure, structure.strip())

    def test_a_foreign_number_stays_as_it_is(self):
        found = self.account("1", f"{'123456789':34}CHF")
        self.assertEqual((found.number, found.currency), ("123456789", "CHF"))

    def test_a_foreign_iban_may_have_blanks(self):
        found = self.account("3", f"{'FR76 3000 6000 0112 3456 7890 189':34}EUR")
        self.assertEqual(found.number, "FR7630006000011234567890189")
        self.assertEqual(found.raw, "FR76 3000 6000 0112 3456 7890 189")

    def test_without_currency_it_is_euro(self):
        self.assertEqual(self.account("2", ACCOUNT).currency, "EUR")


class TestMovement(unittest.TestCase):
    def test_the_fields_of_record_2_1(self):
        line = movement_line(7, 0, "-12.345", kind="3", code="5370060", text="TEXT")
        line = put([line], 1, 11, "BANKREFERENCE00000021")[0]
        line = put([line], 1, 48, "130126")[0]
        line = put(put([line], 1, 122, "031"), 1, 125, "1")[0]
        found = only_movement(lines_with(line, roots="-12.345"))
        self.assertEqual((found.sequence, found.detail, found.record), (7, 0, 3))
        self.assertEqual(found.amount, Decimal("-12.345"))
        self.assertEqual(found.bank_reference, "BANKREFERENCE00000021")
        self.assertEqual(found.value_date, day("2026-01-13"))
        self.assertEqual(found.entry_date, day("2026-01-15"))
        self.assertEqual(found.code, "35370060")
        self.assertEqual((found.paper_number, found.globalisation), ("031", "1"))
        self.assertEqual((found.communication, found.structured), ("TEXT", None))

    def test_the_fields_of_record_2_2(self):
        line = second(p64="E2E-1", p99="GKCCBEBBXXX", p113="2AC04", p118="SUPPSALA")
        found = only_movement(lines_with(movement_line(1, 0, "1"), line))
        self.assertEqual(found.customer_reference, "E2E-1")
        self.assertEqual(found.counterparty.bic, "GKCCBEBBXXX")
        self.assertEqual((found.return_type, found.return_reason), ("2", "AC04"))
        self.assertEqual((found.category_purpose, found.purpose), ("SUPP", "SALA"))

    def test_a_reference_of_the_bank_in_the_blank_columns_is_no_return(self):
        line = second(p110="00843246306A1648")
        found = only_movement(lines_with(movement_line(1, 0, "1"), line))
        self.assertEqual((found.return_type, found.return_reason), ("", ""))
        self.assertEqual((found.category_purpose, found.purpose), ("", ""))

    def test_a_return_type_of_zero_is_none(self):
        found = only_movement(lines_with(movement_line(1, 0, "1"), second(p113="0")))
        self.assertEqual(found.return_type, "")

    def test_not_provided_is_no_reference(self):
        for text in ("NOTPROVIDED", "NOT PROVIDED", "NotProvided"):
            found = only_movement(lines_with(movement_line(1, 0, "1"), second(p64=text)))
            self.assertEqual(found.customer_reference, "")

    def test_the_fields_of_record_2_3(self):
        line = third(p11=f"{OTHER_ACCOUNT:34}USD", p48="ACME NV", p83="AND MORE")
        found = only_movement(lines_with(movement_line(1, 0, "1", text="TEXT"), line))
        expected = Counterparty(OTHER_ACCOUNT, "ACME NV", "", "USD")
        self.assertEqual(found.counterparty, expected)
        self.assertEqual(found.communication, "TEXT" + " " * 49 + "AND MORE")

    def test_the_forms_of_a_counterparty_account(self):
        forms = (
            ("068999999501", OTHER_ACCOUNT, ""),
            ("068999999501 EUR", OTHER_ACCOUNT, "EUR"),
            ("000000000000", "", ""),
            ("", "", ""),
            ("NL34KRED0633083542", "NL34KRED0633083542", ""),
            ("FR76 3000 6000 0112 3456 7890 189 EUR", "FR7630006000011234567890189", "EUR"),
            ("420333239565", "420333239565", ""),
            ("03056891", "03056891", ""),
            ("00000000000000278004000106589380301", "00000000000000278004000106589380301", ""),
        )
        for text, number, currency in forms:
            with self.subTest(text):
                found = only_movement(lines_with(movement_line(1, 0, "1"), third(p11=text)))
                party = found.counterparty
                self.assertEqual((party.account, party.currency), (number, currency))

    def test_text_that_crosses_records_is_joined_raw(self):
        texts = ["A" * 52 + " ", " B" + "C" * 51, "D" * 43]
        line_2, line_3 = second(p11=texts[1]), third(p83=texts[2])
        found = only_movement(lines_with(movement_line(1, 0, "1", text=texts[0]), line_2, line_3))
        self.assertEqual(found.communication, "".join(texts))


class TestInformation(unittest.TestCase):
    def information(self, *lines):
        found = only_movement(lines_with(movement_line(1, 0, "1"), *lines))
        return [(item.type, item.text) for item in found.information]

    def first(self, text, flag="0", detail=1):
        return f"310001{detail:04d}{'REF':21}00150000{flag}{text:73}".ljust(128)

    def more(self, kind, text, detail=1):
        return f"{kind}0001{detail:04d}{text}".ljust(128)

    def test_a_free_text_takes_three_records(self):
        texts = "A" * 73, "B" * 105, "C" * 90
        lines = self.first(texts[0]), self.more("32", texts[1]), self.more("33", texts[2])
        self.assertEqual(self.information(*lines), [(None, "".join(texts))])

    def test_adjacent_free_texts_are_one_joined_raw(self):
        lines = self.first("word" * 18 + "w"), self.first(" ord and more", detail=2)
        self.assertEqual(self.information(*lines), [(None, "word" * 18 + "w ord and more")])

    def test_structured_ones_stand_apart(self):
        lines = (
            self.first("FREE"),
            self.first("001ACME", "1", 2),
            self.first("008OTHER", "1", 3),
            self.first("AGAIN", detail=4),
        )
        expected = [(None, "FREE"), ("001", "ACME"), ("008", "OTHER"), (None, "AGAIN")]
        self.assertEqual(self.information(*lines), expected)

    def test_a_missing_3_2_keeps_its_columns_in_a_structured_one(self):
        lines = self.first("001" + "A" * 70, "1"), self.more("33", "TAX ID".rjust(6))
        ((_, text),) = self.information(*lines)
        self.assertEqual(text, "A" * 70 + " " * 105 + "TAX ID")

    def test_an_empty_text_is_no_information(self):
        self.assertEqual(self.information(self.first("")), [])


class TestFreeText(unittest.TestCase):
    def test_records_4_are_joined_raw(self):
        text = "A" * 79 + " " + " B" + "C" * 100
        coda = parse_coda(write_coda([statement(account=ACCOUNT, free_text=text)]))
        self.assertEqual(coda.statements[0].free_text, text)
        self.assertEqual(coda.notices, ())
