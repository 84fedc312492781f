"""A line of a bill is worth its amount in the file, whatever its price and quantity make."""

import unittest
from dataclasses import replace
from decimal import Decimal

from ..ubl import parse_ubl, repair_ubl, write_ubl
from ..ubl.builders import charge, invoice, line
from .odoo_view import OdooView
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
    def assert_to_the_cent(self, data, **options):
        """Every line that Odoo makes, with its charges, adds up to the amount in the file."""
        repaired = repair_ubl(data, **options)
        booked, lines = OdooView(repaired).booked, parse_ubl(data).lines
        for (_quantity, _price, _discount, net, charges), found in zip(booked, lines, strict=True):
            self.assertAlmostEqual(net + sum(charges), float(found.amount), 6)
        self.assertIs(repair_ubl(repaired, **options), repaired)
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
        repaired = repair_ubl(data)
        booked, lines = OdooView(repaired).booked, parse_ubl(data).lines
        for (*_shown, net, _charges), found in zip(booked, lines, strict=True):
            self.assertAlmostEqual(net, round(net, 2), 9)
            self.assertLess(abs(net - float(found.amount)), 0.01)
        total = sum(found.amount for found in lines)
        self.assertAlmostEqual(sum(shown[3] for shown in booked), round(float(total), 2), 9)
        self.assertIs(repair_ubl(repaired), repaired)

    def test_quantity_and_price_are_shown(self):
        (shown,) = self.assert_to_the_cent(self.bill(line("80", quantity="2.125")))
        self.assertEqual(shown[0], 2.13)
        self.assertAlmostEqual(shown[1], 170 / 2.13)

    def test_a_company_with_more_decimals_keeps_them(self):
        data = self.bill(line("80", quantity="2.125"))
        self.assertIs(repair_ubl(data, digits=3), data)

    def test_a_quantity_of_which_nothing_would_be_left_is_one(self):
        (shown,) = self.assert_to_the_cent(self.bill(line("2500", quantity="0.004")))
        self.assertEqual(shown[:2], (1.0, 10.0))

    def test_a_discount_stays_where_it_is_exact(self):
        data = self.bill(line("50", quantity="2", charges=[charge("-10")]))
        self.assertIs(repair_ubl(data), data)
        ((_quantity, price, discount, *_rest),) = self.assert_to_the_cent(data)
        self.assertEqual((price, discount), (50, 10))

    def test_a_discount_that_its_percentage_does_not_tell_is_in_the_price(self):
        data = self.bill(line("999.99", quantity="7", charges=[charge("-33.33")]))
        ((_quantity, _price, discount, *_rest),) = self.assert_to_the_cent(data)
        self.assertEqual(discount, 0)

    def test_charges_stay_lines_of_their_own(self):
        data = self.bill(
            line("1.2345", quantity="3", charges=[charge("2.50", reason="Bebat"), charge("-1")])
        )
        ((*_rest, charges),) = self.assert_to_the_cent(data)
        self.assertEqual(charges, [2.5])

    def test_an_allowance_of_less_than_nothing_is_a_charge(self):
        data = self.bill(line("10", charges=[charge("2")]))
        data = changed(data, (b">true<", b">false<"), (b">2<", b">-2<"))
        self.assertEqual(parse_ubl(data).lines[0].charges[0].amount, 2)
        ((*_rest, charges),) = self.assert_to_the_cent(data)
        self.assertEqual(charges, [2])

    def test_a_charge_of_nothing_is_no_line(self):
        data = self.bill(line("10", charges=[charge("0.00"), charge("-1")]))
        ((*_rest, charges),) = self.assert_to_the_cent(data)
        self.assertEqual(charges, [])

    def test_a_price_for_more_than_one_piece(self):
        data = changed(
            self.bill(line("9.99", quantity="7")),
            (b"</cbc:PriceAmount>", b"</cbc:PriceAmount><cbc:BaseQuantity>3</cbc:BaseQuantity>"),
            (b">69.93<", b">23.31<"),
        )
        self.assert_to_the_cent(data)

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
            booked = OdooView(
                repair_ubl(write_ubl(invoice("1", large, *lines, credit=credit)))
            ).booked
            for (*_shown, net, charges), found in zip(booked[1:], lines, strict=True):
                self.assertAlmostEqual(net + sum(charges), float(found.amount), 3)
                self.assertEqual(
                    [part for part in charges if part],
                    [float(part.amount) for part in found.charges if part.amount > 0],
                )
