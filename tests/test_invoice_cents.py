"""A bill is worth what its file says, to the cent, whatever its prices and quantities make."""

import random
from decimal import Decimal

from odoo.tests import tagged

from ..codabox import Party, booked_lines, parse_ubl
from ..codabox.tests.ubl_samples import case
from .bill_case import BillCase, charge, line, zero

CASES = (
    "hours_and_litres_3_decimals",
    "eight_lines_by_weight",
    "payable_rounding_of_odoos_own_export",
    "price_zero_charges_and_allowance",
    "telecom_4_decimals_negative_promo",
    "ten_lines_prices_of_4_decimals",
)
METHODS = ("round_globally", "round_per_line")


class CentsCase(BillCase):
    def book_case(self, name):
        """Return the draft of a file, and what the file says."""
        return self.make_draft(case(name)), parse_ubl(case(name))

    def assert_file(self, move, parsed):
        """The bill has the totals of its file, and nothing is to be decided."""
        self.assertEqual(self.flags(move), [])
        rounding = parsed.rounding
        expected = (parsed.untaxed + rounding, parsed.tax, parsed.total + rounding)
        found = (move.amount_untaxed, move.amount_tax, move.amount_total)
        self.assertEqual([f"{amount:.2f}" for amount in found], [f"{a:.2f}" for a in expected])

    def assert_lines(self, move, parsed):
        """Each line is worth its amount in the file, and shows a quantity and a price for it."""
        expected = booked_lines(parsed, 2)
        lines = move.invoice_line_ids.sorted("id")[: len(expected)]
        for made, found in zip(lines, expected, strict=True):
            self.assertAlmostEqual(made.price_subtotal, float(found.amount), 2)
            self.assertFalse(made.tax_ids.filtered("price_include"))
            shown = made.quantity * made.price_unit * (1 - made.discount / 100)
            self.assertAlmostEqual(shown, float(found.amount), 2)


@tagged("post_install", "-at_install")
class TestInvoiceCents(CentsCase):
    def test_bills_that_once_came_to_another_total_with_both_ways_to_round(self):
        for method in METHODS:
            self.company.tax_calculation_rounding_method = method
            for name in CASES:
                with self.subTest(name, method=method), self.rolled_back():
                    self.assert_file(*self.book_case(name))

    def test_lines_by_weight_and_by_hour_are_worth_their_amount(self):
        for name in ("eight_lines_by_weight", "hours_and_litres_3_decimals"):
            self.assert_lines(*self.book_case(name))

    def test_any_bill_with_odd_prices_quantities_and_discounts(self):
        draw = random.Random(20260302)
        for number in range(20):
            method = METHODS[number % 2]
            self.company.tax_calculation_rounding_method = method
            with self.subTest(number=number, method=method):
                move = self.import_bill(
                    *(self.any_line(draw) for _ in range(draw.randint(1, 12))),
                    number=f"R{number}",
                )
                self.assert_file(move, self.parsed)
                self.assert_lines(move, self.parsed)

    def any_line(self, draw):
        price = Decimal(draw.randint(1, 3_000_000)).scaleb(-4)
        quantity = Decimal(draw.randint(1, 20_000)).scaleb(-draw.choice((0, 3)))
        parts = [charge("", f"-{draw.randint(1, 99)}e-2", "")] if draw.random() < 0.3 else []
        return line("A", price, draw.choice(("21", "21", "6")), quantity=quantity, charges=parts)

    def make_draft(self, data):
        self.parsed = parse_ubl(data)
        return super().make_draft(data)

    def test_a_credit_note_the_same(self):
        move = self.import_bill(
            line("A", "1.2345", quantity="2.125"), line("B", "3.3333", quantity="7"), credit=True
        )
        self.assert_file(move, self.parsed)


@tagged("post_install", "-at_install")
class TestInvoiceCentsIncluded(CentsCase):
    """A shop, whose prices include tax: those of a file never do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.account_price_include = "tax_included"

    def test_the_vat_of_the_file_is_booked_as_such(self):
        move = self.import_bill(line("A", "100"))
        self.assertEqual((move.amount_untaxed, move.amount_total), (100.0, 121.0))
        self.assertEqual(self.boxes(move), {"59": "21.00", "81": "100.00"})
        self.assertEqual(self.flags(move), [])

    def test_charges_and_allowances_too(self):
        move = self.import_bill(
            line("A", "100", charges=[charge("Bebat", "2.50", ""), charge("Promo", "-10", "")]),
            charges=[charge("Korting", "-5"), charge("Transport", "12.34")],
        )
        self.assertEqual((move.amount_untaxed, self.flags(move)), (99.84, []))

    def test_every_case_with_both_ways_to_round(self):
        for method in METHODS:
            self.company.tax_calculation_rounding_method = method
            for name in CASES:
                with self.subTest(name, method=method), self.rolled_back():
                    self.assert_file(*self.book_case(name))

    def test_vat_that_the_buyer_owes_is_in_no_price(self):
        stahl = Party("Stahl GmbH", vat="DE811907980", country="DE")
        move = self.import_bill(line("Staal", "100", zero("K", "46/GO")), supplier=stahl)
        self.assertEqual((move.amount_untaxed, move.amount_total), (100.0, 100.0))
        self.assertEqual(self.flags(move), [])
        self.assertEqual(self.boxes(move)["86"], "100.00")
