"""Any bill is worth what its file says, to the cent: 300 that nobody chose, made by Odoo itself."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from odoo.tests import tagged

from ..codabox import booked_lines, parse_ubl, write_ubl
from ..codabox.ubl import builders
from .bill_case import PEETERS, charge, line
from .invoice_common import CUSTOMER
from .test_invoice_cents import METHODS, CentsCase

try:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st
except ImportError:  # where the development tools are not
    st = None

CENT = Decimal("0.01")

if st is not None:

    def bounded(count):
        return settings(
            max_examples=count,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a bill of four lines can be read as it is
        )

    def decimals(low, high, places):
        return st.builds(
            lambda number, shown: Decimal(number).scaleb(-shown),
            st.integers(low, high),
            st.sampled_from(places),
        )

    CASES = st.sampled_from(("21", "21", "21", "6", "12", "zero"))
    # An allowance, a charge as for recycling, or both.
    PARTS = st.lists(
        st.builds(charge, st.just(""), decimals(-999, 999, [2]), st.just("")), max_size=2
    )
    LINES = st.builds(
        lambda price, case, quantity, charges: line("A", price, case, quantity=quantity, charges=charges),
        decimals(1, 3_000_000, [2, 3, 4]),
        CASES,
        decimals(1, 20_000, [0, 3, 4]).flatmap(lambda n: st.sampled_from((n, n, n, -n))),
        PARTS,
    )  # fmt: skip
    CHARGES = st.lists(decimals(-2_000, 2_000, [2]).filter(bool), max_size=2)
    # How the supplier rounds VAT: once for each rate, as the law has it, or line by line.
    BILLS = st.tuples(
        st.lists(LINES, min_size=1, max_size=3), CHARGES, st.booleans(), st.booleans()
    )  # fmt: skip


def vat_by_line(found):
    """Return an invoice whose VAT is the sum of that of its lines and charges, rounded each."""
    sums = defaultdict(Decimal)
    for part in (*found.lines, *found.charges):
        for tax in part.taxes:
            sums[tax.percent] += round(part.amount * (tax.percent or 0) / 100, 2)
    taxes = tuple(replace(tax, amount=sums[tax.percent]) for tax in found.taxes)
    tax = sum((tax.amount for tax in taxes), Decimal())
    total = found.untaxed + tax
    return replace(found, taxes=taxes, tax=tax, total=total, payable=total)


class AnyBillCase(CentsCase):
    def draft(self, drawn):
        """Return the draft of a drawn bill, and what its file says."""
        lines, charges, credit, by_line = drawn
        found = builders.invoice(
            f"N{next(self.numbers)}",
            self.first_line(lines, charges),
            *lines,
            charges=[
                charge("Korting" if amount < 0 else "Transport", amount) for amount in charges
            ],
            credit=credit,
            flavour="ublbe1",
            supplier=PEETERS,
            customer=CUSTOMER,
            attachments=(),
            ibans=(),
        )
        data = write_ubl(vat_by_line(found) if by_line else found)
        return self.make_draft(data), parse_ubl(data)

    def first_line(self, lines, charges):
        """Return a line that makes the sum positive: less than nothing would be the other kind."""
        others = sum((found.amount for found in lines), sum(charges, Decimal()))
        return line("First", max(-others, Decimal()) + Decimal("123.45"))

    def assert_taxes(self, move, parsed):
        """The VAT of each rate is that of the file."""
        expected, made = defaultdict(Decimal), defaultdict(Decimal)
        for tax in parsed.taxes:
            expected[float(tax.percent)] += tax.amount
        for item in move.line_ids.filtered("tax_line_id"):
            amount = Decimal(f"{move.direction_sign * item.amount_currency:.2f}")
            made[item.tax_line_id.amount] += amount
        for rate, amount in expected.items():
            self.assertEqual(made[rate], amount, f"VAT at {rate:g}%")

    def assert_drawn(self, drawn, method):
        """A drawn bill has totals, taxes and lines of its file, and nothing is to be decided."""
        self.company.tax_calculation_rounding_method = method
        move, parsed = self.draft(drawn)
        self.assert_file(move, parsed)
        self.assert_taxes(move, parsed)
        self.assert_worth(move, parsed)

    def assert_worth(self, move, parsed):
        """Each line is worth its amount in the file."""
        expected = booked_lines(parsed, 2)
        lines = move.invoice_line_ids.sorted("id")[: len(expected)]
        for made, found in zip(lines, expected, strict=True):
            self.assertAlmostEqual(made.price_subtotal, float(found.amount), 2)


if st is not None:

    @tagged("post_install", "-at_install")
    class TestInvoiceAnyBill(AnyBillCase):
        @bounded(200)
        @given(BILLS, st.sampled_from(METHODS))
        def test_a_drawn_bill_is_worth_its_file(self, drawn, method):
            self.assert_drawn(drawn, method)

    @tagged("post_install", "-at_install")
    class TestInvoiceAnyBillIncluded(AnyBillCase):
        """A shop, whose prices include tax."""

        @classmethod
        def setUpClass(cls):
            super().setUpClass()
            cls.company.account_price_include = "tax_included"

        @bounded(100)
        @given(BILLS, st.sampled_from(METHODS))
        def test_a_drawn_bill_is_worth_its_file(self, drawn, method):
            self.assert_drawn(drawn, method)
