"""Only the invoice that is meant leaves."""

import unittest
from base64 import b64encode

from ..const import MAX_INVOICE_BYTES
from ..sending.sales_file import check_sales_invoice
from .invoice_case import ubl

SELLER = "1007190194"


def invoice(number="INV/2026/00001", **values):
    return ubl(number, seller=f"BE{SELLER}", **values)


def check(content, **changes):
    expected = {
        "seller": SELLER,
        "number": "INV/2026/00001",
        "is_credit_note": False,
        "total": "121.00",
        "currency": "EUR",
    }
    return check_sales_invoice(content, **(expected | changes))


class TestSalesFile(unittest.TestCase):
    def test_the_right_file_may_leave(self):
        self.assertEqual(check(invoice()), [])
        credit = invoice(root="CreditNote", code="381")
        self.assertEqual(check(credit, is_credit_note=True), [])

    def test_each_difference_is_named(self):
        for change, what in (
            ({"number": "INV/2026/00002"}, "number"),
            ({"currency": "USD"}, "currency"),
            ({"total": "121.01"}, "total"),
            ({"is_credit_note": True}, "kind"),
        ):
            with self.subTest(what):
                ((code, facts),) = check(invoice(), **change)
                self.assertEqual((code, facts["what"]), ("send_file_differs", what))

    def test_the_rounding_of_a_total_that_is_paid_in_cash_belongs_to_it(self):
        payable = b'<cbc:PayableAmount currencyID="EUR">121.00'
        for rounding, total in (("-0.02", "120.98"), ("0.02", "121.02")):
            element = f'<cbc:PayableRoundingAmount currencyID="EUR">{rounding}'.encode()
            content = invoice().replace(
                payable, element + b"</cbc:PayableRoundingAmount>" + payable
            )
            self.assertEqual(check(content, total=total), [])
            self.assertEqual(check(content)[0][1]["found"], total)

    def test_another_seller_does_not_pass(self):
        for seller in ("0403170701", ""):
            with self.subTest(seller):
                self.assertEqual(check(invoice(), seller=seller)[0][0], "send_wrong_seller")

    def test_a_number_with_dots_is_the_same_number(self):
        content = invoice().replace(SELLER.encode(), b"1007.190.194")
        self.assertEqual(check(content), [])

    def test_without_pdf_it_does_not_leave(self):
        for file in (None, b"", b"<html>no PDF</html>"):
            with self.subTest(file):
                self.assertEqual(check(invoice(file=file)), [("send_no_pdf", {})])

    def test_a_customer_without_name_is_told(self):
        content = invoice().replace(b"RegistrationName", b"Nickname")
        self.assertEqual(check(content), [("send_no_customer", {})])

    def test_what_is_no_ubl_does_not_leave(self):
        for content in (b"", b"%PDF-1.4", b"<html/>", invoice().replace(b"Invoice-2", b"X-2")):
            with self.subTest(content[:10]):
                self.assertEqual(check(content), [("send_not_ubl", {})])

    def test_too_large_is_said_before_anything_is_read(self):
        content = b"x" * (MAX_INVOICE_BYTES + 1)
        self.assertEqual(check(content), [("send_too_large", {"limit": "15 MB"})])

    def test_a_pdf_of_more_than_ten_megabytes_is_read(self):
        large = b"%PDF-" + bytes(8 * 1024 * 1024)
        self.assertGreater(len(b64encode(large)), 10_000_000)
        self.assertEqual(check(invoice(file=large)), [])
