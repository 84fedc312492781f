"""Who is on the other side of a movement, and what the amount was before."""

import unittest
from dataclasses import replace
from decimal import Decimal

from ..coda import (
    account_number,
    customer_reference,
    direct_debit,
    enterprise_numbers,
    full_name,
    original_amount,
)
from ..coda.builders import credit, debit, free_information, party, structured_information

SHORT = "VERENIGING VAN MEDE-EIGENAARS RESID"
LONG = "VERENIGING VAN MEDE-EIGENAARS RESIDENTIE DE OUDE KERK TE GENT"


class TestParties(unittest.TestCase):
    def test_the_name_goes_on_where_record_23_ends(self):
        movement = credit(
            "1",
            counterparty=party(SHORT),
            information=[structured_information("001", name=LONG, street="KERKSTRAAT 1")],
        )
        self.assertEqual(full_name(movement), LONG)

    def test_the_name_of_somebody_else_does_not_replace_it(self):
        movement = credit(
            "1",
            counterparty=party(SHORT),
            information=[structured_information("001", name="SYNDIC BVBA")],
        )
        self.assertEqual(full_name(movement), SHORT)

    def test_information_names_a_counterparty_without_name(self):
        information = [free_information("X"), structured_information("001", name="ACME NV")]
        self.assertEqual(full_name(credit("1", information=information)), "ACME NV")
        self.assertEqual(full_name(credit("1")), "")

    def test_accounts_are_clean_and_card_or_ledger_numbers_are_none(self):
        for number, bic, expected in (
            ("BE43068999999501", "", "BE43068999999501"),
            ("fr76-3000.6000 0112345678901 89", "", "FR7630006000011234567890189"),
            ("420333239565", "", ""),
            ("420333239565", "GKCCBEBB", ""),
            ("420333239565", "CHASUS33", "420333239565"),
            ("670300XXXXXX1234", "", ""),
            ("123456789", "", "123456789"),
            ("", "", ""),
        ):
            with self.subTest(number, bic=bic):
                movement = credit("1", counterparty=party("X", number, bic))
                self.assertEqual(account_number(movement), expected)

    def test_an_enterprise_number_is_read_in_any_spelling_when_its_check_digits_agree(self):
        for text, expected in (
            ("0477472701", ("0477472701",)),
            ("BE0477472701", ("0477472701",)),
            ("BE 0477.472.701", ("0477472701",)),
            ("KBO-BCE 0477.472.701", ("0477472701",)),
            ("0477472702", ()),
            ("04774727010", ()),
            ("X0477472701", ()),
        ):
            with self.subTest(text):
                information = [structured_information("001", name="ACME", id=text)]
                self.assertEqual(enterprise_numbers(credit("1", information=information)), expected)

    def test_an_enterprise_number_in_free_text_is_of_anybody(self):
        movement = credit(
            "1",
            communication="BE0477472701",
            information=[free_information("BE0477472701")],
        )
        self.assertEqual(enterprise_numbers(movement), ())

    def test_a_belgian_creditor_identifier_holds_its_enterprise_number(self):
        movement = debit(
            "1", structured={"type": "127", "creditor_id": "BE69ZZZ0477472701", "mandate": "M 1"}
        )
        self.assertEqual(direct_debit(movement), ("BE69ZZZ0477472701", "M 1"))
        self.assertEqual(enterprise_numbers(movement), ("0477472701",))
        self.assertEqual(direct_debit(credit("1", communication="127")), ("", ""))

    def test_no_reference_is_no_reference(self):
        for text, expected in (("NOT PROVIDED", ""), ("NOTPROVIDED", ""), ("E2E-7", "E2E-7")):
            movement = credit("1", customer_reference=text)
            self.assertEqual(customer_reference(movement), expected)


class TestOriginalAmount(unittest.TestCase):
    CONVERSION = {
        "gross_account_currency": Decimal("90.000"),
        "gross_original_currency": Decimal("100.000"),
        "currency": "USD",
        "rate": Decimal("1.11"),
    }
    USD = ("USD", Decimal("100.000"), Decimal("90.000"), Decimal("1.11"))

    def test_of_the_movement_itself(self):
        movement = credit("90", structured={"type": "105", **self.CONVERSION})
        self.assertEqual(original_amount(movement), self.USD)

    def test_of_a_card_payment_abroad(self):
        structured = {"type": "113", "original_amount": Decimal("30"), "currency": "GBP"}
        found = original_amount(debit("35", structured=structured))
        self.assertEqual((found.currency, found.amount), ("GBP", Decimal(30)))
        self.assertIsNone(found.account_amount)

    def test_of_an_information_record(self):
        information = [structured_information("105", **self.CONVERSION)]
        self.assertEqual(original_amount(credit("90", information=information)), self.USD)

    def test_of_the_one_part_that_was_converted(self):
        part = credit("90", code="84150000", structured={"type": "105", **self.CONVERSION})
        root = credit("88", code="34150000", details=[part, debit("2", code="84137013")])
        self.assertEqual(original_amount(root), self.USD)

    def test_two_converted_parts_tell_nothing_of_their_sum(self):
        part = credit("90", code="84150000", structured={"type": "105", **self.CONVERSION})
        root = credit("180", code="34150000", details=[part, part])
        self.assertIsNone(original_amount(root))

    def test_a_total_of_payments_is_no_conversion(self):
        part = credit("90", code="64150000", structured={"type": "105", **self.CONVERSION})
        self.assertIsNone(original_amount(credit("90", code="24150000", details=[part])))

    def test_of_version_1(self):
        movement = replace(
            credit("90"), original_currency="USD", original_amount=Decimal("100.000")
        )
        self.assertEqual(original_amount(movement)[:2], self.USD[:2])

    def test_none_without_currency(self):
        structured = {"type": "105", **self.CONVERSION, "currency": ""}
        self.assertIsNone(original_amount(credit("90", structured=structured)))
        self.assertIsNone(original_amount(credit("90")))
