"""What version 1 of the standard has in other columns."""

import unittest
from decimal import Decimal

from ..coda import Counterparty
from .coda_lines import (
    ACCOUNT,
    OTHER_ACCOUNT,
    codes,
    movement_line,
    only_movement,
    only_statement,
    parse_lines,
    put,
    second,
    statement_lines,
)


class TestVersion1(unittest.TestCase):
    """Written by hand after a file of KBC of 2007."""

    def setUp(self):
        lines = statement_lines(
            [
                movement_line(1, 0, "121", text="101009093375538".ljust(53), flag="1"),
                second(p64="CUSTREF", p90="USD000000000130000"),
                "2300010000068999999501".ljust(47)
                + f"{'ACME NV':26}{'KERKSTRAAT 1':26}{'1000 BRUSSEL':26}".ljust(81),
            ],
            roots="121",
        )
        lines = put(put(lines, 1, 61, f"{'000000000000':11}"[:11]), 1, 128, "1")
        lines = put(put(lines, 2, 2, " "), 2, 6, "539007547034 EUR0BE".ljust(37))
        lines = put(lines, len(lines) - 1, 5, "539007547034 EUR0BE".ljust(37))
        self.lines = put(lines, 3, 11, "REFBANK000001EXTREF01")

    def test_the_blank_structure_is_a_belgian_number(self):
        found = only_statement(self.lines)
        self.assertEqual((found.account.number, found.account.structure), (ACCOUNT, ""))
        self.assertEqual((found.version, found.bic), (1, ""))

    def test_record_2_1_has_two_references(self):
        found = only_movement(self.lines)
        self.assertEqual(found.bank_reference, "REFBANK000001")
        self.assertEqual(found.other_reference, "EXTREF01")
        self.assertEqual(found.reference, "+++009/0933/75538+++")

    def test_record_2_2_has_the_original_amount_and_no_return(self):
        found = only_movement(self.lines)
        self.assertEqual(found.customer_reference, "CUSTREF")
        self.assertEqual(found.original_currency, "USD")
        self.assertEqual(found.original_amount, Decimal("130"))
        self.assertEqual((found.return_type, found.purpose), ("", ""))

    def test_record_2_3_has_an_address_and_no_communication(self):
        found = only_movement(self.lines)
        expected = Counterparty(
            OTHER_ACCOUNT, "ACME NV", "", address="KERKSTRAAT 1", locality="1000 BRUSSEL"
        )
        self.assertEqual(found.counterparty, expected)
        self.assertEqual(found.communication, "009093375538")

    def test_it_has_no_notices(self):
        self.assertEqual(codes(parse_lines(self.lines)), [])
