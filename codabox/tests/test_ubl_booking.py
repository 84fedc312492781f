"""A line of a bill is worth its amount in the file, whatever its price and quantity make."""

import unittest
from dataclasses import replace
from decimal import Decimal

from ..ubl import booked_lines, parse_ubl, write_ubl
from ..ubl.builders import charge, invoice, line
from .ubl_case import changed
from .ubl_samples import case

try:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
except ImportError:  # Odoo runs these tests too, with what it has
    st = None

CASES = (
    "hours_and_litres_3_decimals",
    "eight_lines_by_weight",
    "payable_rounding_of_odoos_own_export",
    "price_zero_charges_and_allowance",
    "ten_lines_prices_of_4_decimals",
)


class LineCase(unittest.TestCase):
    def booked(self, data, digits=2):
        """Return, for each line of a file, what it is in the books and its charges."""
        lines = [found for found in booked_lines(parse_ubl(data), digits) if found.line]
        return [
            (found, [part.amount for part in lines if part.line is found.line and part.charge])
            for found in lines
            if not found.charge
        ]

    def assert_to_the_cent(self, data, digits=2):
        """Every line shows what makes it, and is worth its amount with its charges."""
        booked = self.booked(data, digits)
        for found, charges in booked:
            made = found.quantity * found.price * (1 - found.discount / 100)
            self.assertAlmostEqual(made, found.amount, 6)
            self.assertEqual(found.amount + sum(charges), found.line.amount)
            self.assertEqual(found.quantity, round(found.quantity, digits))
            self.assertEqual(found.discount, round(found.discount, 2))
        return booked


class TestLines(LineCase):
    def bill(self, *lines, **values):
        return write_ubl(invoice("1", *lines, **values))

    def test_lines_that_once_came_to_another_total(self):
        for name in CASES:
            with self.subTest(name):
                self.assert_to_the_cent(case(name))

    def test_lines_of_more_than_two_decimals_keep_their_sum_in_cents(self):
        data = case("telecom_4_decimals_negative_promo")
        booked, lines = self.booked(data), parse_ubl(data).lines
        for (found, _charges), line_ in zip(booked, lines, strict=True):
            self.assertEqual(found.amount, round(found.amount, 2))
            self.assertLess(abs(found.amount - line_.amount), Decimal("0.01"))
        total = sum(found.amount for found in lines)
        self.assertEqual(sum(found.amount for found, _charges in booked), round(total, 2))

    def test_quantity_and_price_are_shown(self):
        ((shown, _charges),) = self.assert_to_the_cent(self.bill(line("80", quantity="2.125")))
        self.assertEqual(shown.quantity, Decimal("2.13"))
        self.assertAlmostEqual(shown.price, 170 / Decimal("2.13"), 9)

    def test_a_company_with_more_decimals_keeps_them(self):
        ((shown, _charges),) = self.assert_to_the_cent(self.bill(line("80", quantity="2.125")), 3)
        self.assertEqual((shown.quantity, shown.price), (Decimal("2.125"), 80))

    def test_a_quantity_of_which_nothing_would_be_left_is_one(self):
        ((shown, _charges),) = self.assert_to_the_cent(self.bill(line("2500", quantity="0.004")))
        self.assertEqual((shown.quantity, shown.price), (1, 10))

    def test_a_discount_stays_where_it_is_exact(self):
        data = self.bill(line("50", quantity="2", charges=[charge("-10")]))
        ((shown, _charges),) = self.assert_to_the_cent(data)
        self.assertEqual((shown.price, shown.discount), (50, 10))

    def test_a_rebate_on_the_price_is_a_discount(self):
        data = self.bill(replace(line("45", quantity="2"), gross=Decimal(50)))
        ((shown, _charges),) = self.assert_to_the_cent(data)
        self.assertEqual((shown.price, shown.discount), (50, 10))

    def test_a_discount_that_its_percentage_does_not_tell_is_in_the_price(self):
        data = self.bill(line("999.99", quantity="7", charges=[charge("-33.33")]))
        ((shown, _charges),) = self.assert_to_the_cent(data)
        self.assertEqual(shown.discount, 0)

    def test_charges_stay_lines_of_their_own(self):
        data = self.bill(
            line("1.2345", quantity="3", charges=[charge("2.50", reason="Bebat"), charge("-1")])
        )
        ((_shown, charges),) = self.assert_to_the_cent(data)
        self.assertEqual(charges, [Decimal("2.50")])

    def test_an_allowance_of_less_than_nothing_is_a_charge(self):
        data = self.bill(line("10", charges=[charge("2")]))
        data = changed(data, (b">true<", b">false<"), (b">2<", b">-2<"))
        self.assertEqual(parse_ubl(data).lines[0].charges[0].amount, 2)
        ((_shown, charges),) = self.assert_to_the_cent(data)
        self.assertEqual(charges, [2])

    def test_a_charge_of_nothing_is_no_line(self):
        data = self.bill(line("10", charges=[charge("0.00"), charge("-1")]))
        ((_shown, charges),) = self.assert_to_the_cent(data)
        self.assertEqual(charges, [])

    def test_a_charge_of_the_invoice_is_one_piece_at_its_amount(self):
        found = parse_ubl(self.bill(line("10"), charges=[charge("-5", "21", "Korting")]))
        first, _line = booked_lines(found, 2)
        self.assertEqual((first.label, first.quantity, first.price), ("Korting", 1, -5))
        self.assertEqual(first.taxes, found.charges[0].taxes)

    def test_a_price_for_more_than_one_piece(self):
        data = changed(
            self.bill(line("9.99", quantity="7")),
            (b"</cbc:PriceAmount>", b"</cbc:PriceAmount><cbc:BaseQuantity>3</cbc:BaseQuantity>"),
            (b">69.93<", b">23.31<"),
        )
        self.assert_to_the_cent(data)

    def test_a_line_without_tax_gets_the_only_one_of_the_invoice(self):
        for others, expected in (((), (21,)), ((line("2", "6"),), ())):
            found = invoice("1", line("1"), *others)
            first = replace(found.lines[0], taxes=())
            (booked, *_others) = booked_lines(replace(found, lines=(first, *found.lines[1:])), 2)
            self.assertEqual(tuple(tax.percent for tax in booked.taxes), expected)

    def test_an_amount_that_contradicts_price_and_quantity_wins(self):
        found = invoice("1", line("10", quantity="3"))
        data = write_ubl(replace(found, lines=(replace(found.lines[0], amount=Decimal("31.07")),)))
        self.assert_to_the_cent(data)

    def test_lines_without_price_or_quantity(self):
        for price, quantity, amount in (
            ("0", "0", "-200"), ("0", "1", "-200"), ("1", "0", "-200"), ("0", "0", "0"),
            ("0", "3", "0.10"),
        ):  # fmt: skip
            with self.subTest(price=price, quantity=quantity, amount=amount):
                found = invoice("1", line("500"), line(price, quantity=quantity))
                odd = replace(found.lines[1], amount=Decimal(amount))
                self.assert_to_the_cent(write_ubl(replace(found, lines=(found.lines[0], odd))))

    def test_a_credit_note_the_same(self):
        self.assert_to_the_cent(
            self.bill(line("1.2345", quantity="2.125"), line("3.333", quantity="-0.501"),
                      line("500"), credit=True)
        )  # fmt: skip


if st is not None:
    BOUNDED = settings(
        max_examples=150,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )

    def decimals(most):
        return st.builds(
            lambda number, places: Decimal(number).scaleb(-places),
            st.integers(-most, most),
            st.integers(0, 4),
        )

    LINES = st.builds(
        line,
        decimals(10**8),
        quantity=decimals(10**7),
        charges=st.lists(
            st.builds(charge, st.integers(-9999, 9999).map(lambda n: Decimal(n).scaleb(-2))),
            max_size=3,
        ),
    )

    class TestAnyLine(LineCase):
        @BOUNDED
        @given(st.lists(LINES, min_size=1, max_size=3), st.booleans())
        def test_quantity_times_price_is_the_amount_of_the_line(self, lines, credit):
            large = line(10**12 + 1)  # the sum is positive: the document stays what it is
            booked = self.booked(write_ubl(invoice("1", large, *lines, credit=credit)))
            for (found, charges), drawn in zip(booked[1:], lines, strict=True):
                made = found.quantity * found.price * (1 - found.discount / 100)
                self.assertAlmostEqual(made + sum(charges), drawn.amount, 6)
                added = [part.amount for part in drawn.charges if part.amount > 0]
                self.assertEqual(charges, added)
