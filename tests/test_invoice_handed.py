"""Every invoice that once went wrong and was handed to us, with what it must become."""

from odoo.tests import tagged

from ..codabox.tests.sample_files import OURS
from ..codabox.tests.ubl_samples import case
from .invoice_common import InvoiceCase, date

NOTHING = set()
# name -> untaxed, VAT, total, open questions, and further fields of the draft.
BILLS = {
    "comes_by_codabox_first_then_by_mail": (100.0, 21.0, 121.0, NOTHING, {}),
    "direct_debit_59": (100.0, 21.0, 121.0, NOTHING, {"codabox_paid_by": "direct_debit"}),
    "eight_lines_by_weight": (1287.22, 211.81, 1499.03, NOTHING, {}),
    "fully_prepaid": (
        100.0, 21.0, 121.0, NOTHING, {"codabox_paid_by": "prepaid", "codabox_prepaid": 121.0},
    ),
    "hours_and_litres_3_decimals": (236.17, 49.60, 285.77, NOTHING, {}),
    "number_12_of_2025": (100.0, 21.0, 121.0, NOTHING, {"invoice_date": date(2025, 3, 2)}),
    "number_12_of_2026": (250.0, 52.5, 302.5, NOTHING, {}),
    "payable_rounding_of_odoos_own_export": (93.37, 0.18, 93.55, NOTHING, {}),
    "price_zero_charges_and_allowance": (25.25, 5.30, 30.55, NOTHING, {}),
    "reference_only_in_note": (
        100.0, 21.0, 121.0, NOTHING, {"payment_reference": "+++090/9337/55493+++"},
    ),
    "telecom_4_decimals_negative_promo": (73.51, 15.44, 88.95, NOTHING, {}),
    "ten_lines_prices_of_4_decimals": (272.14, 56.68, 328.82, NOTHING, {}),
    "two_pdfs_terms_first": (100.0, 21.0, 121.0, NOTHING, {}),
    "us_supplier_without_number": (100.0, 0.0, 100.0, {"outside_eu"}, {}),
    "us_supplier_without_number_next_month": (120.0, 0.0, 120.0, {"outside_eu"}, {}),
    "usd_with_eur_vat_total": (400.0, 84.0, 484.0, NOTHING, {}),
    "vat_group_member_a": (100.0, 21.0, 121.0, NOTHING, {}),
    "vat_group_member_b": (100.0, 21.0, 121.0, NOTHING, {}),
}  # fmt: skip


@tagged("-at_install", "post_install")
class TestInvoiceHanded(InvoiceCase):
    """What happens with two of them one after the other is told by the tests of its kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        dollar = cls.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids = [(5, 0, 0), (0, 0, {"name": "2020-01-01", "rate": 1.15})]
        cls.cloud = cls.env["res.partner"].create({"name": "Cloud", "is_company": True})

    def receive(self, name):
        """Receive a case; of a supplier without number a person says who it is."""
        document = self.receive_bill(case(name), files=("xml",))
        if document.reason_code == "partner_incomplete":
            self.resolve(document, choice="partner", partner_id=self.cloud.id)
        self.assert_state(document, "imported")
        return document.invoice_id

    def test_each_becomes_what_was_handed_with_it(self):
        for name, (untaxed, tax, total, flags, values) in BILLS.items():
            with self.subTest(name), self.rolled_back():
                move = self.receive(name)
                found = (move.amount_untaxed, move.amount_tax, move.amount_total)
                for amount, expected in zip(found, (untaxed, tax, total), strict=True):
                    self.assertAlmostEqual(amount, expected, 2)
                self.assertEqual(self.flags(move), flags)
                self.assertEqual({field: move[field] for field in values}, values)

    def test_none_is_left_out(self):
        there = {path.stem for path in (OURS / "invoices/cases").glob("*.xml")}
        self.assertEqual(set(BILLS), there)
