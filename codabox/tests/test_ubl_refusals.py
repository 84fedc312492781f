"""What could be money read wrong, or no invoice at all, is refused and says where."""

import unittest

from ..errors import FormatError
from ..ubl import parse_ubl
from .ubl_case import changed, written


def good(*replacements):
    return changed(written(), *replacements)


class TestRefusals(unittest.TestCase):
    def assert_refused(self, data, code, field):
        with self.assertRaises(FormatError) as caught:
            parse_ubl(data)
        error = caught.exception
        self.assertEqual((error.code, error.field), (code, field))
        self.assertIsInstance(error.record, int)
        self.assertIn(f"Line {error.record}", str(error))

    def test_money_that_could_be_read_wrong_or_missed_is_refused(self):
        eur, payable = b'Amount currencyID="EUR">', b"<cbc:PayableAmount"
        for text in (
            b"1O0",
            b"1.234,56",
            b"1,234",
            b"1e3",
            b"--1",
            b"NaN",
            b"",
            b"1 000",
            b"9" * 16,
        ):
            with self.subTest(text):
                self.assert_refused(
                    good((b"LineExtension" + eur + b"100.00</cbc:LineExtensionAmount>\n    <",
                          b"LineExtension" + eur + text + b"</cbc:LineExtensionAmount>\n    <")),
                    "bad_amount", "LineExtensionAmount",
                )  # fmt: skip
        for old, new, code, field in (
            (b">1</cbc:InvoicedQ", b">one</cbc:InvoicedQ", "bad_quantity", "InvoicedQuantity"),
            (b"<cbc:Percent>21", b"<cbc:Percent>21%", "bad_percent", "Percent"),
            (payable, b"<cbc:PayableAmount/>" + payable, "repeated_element", "PayableAmount"),
            (b"Payable" + eur, b"Payable" + eur + b"<b/>", "bad_amount", "PayableAmount"),
            (b"Payable" + eur, b'PayableAmount currencyID="USD">', "bad_currency", "PayableAmount"),
            (b"CurrencyCode>EUR", b"CurrencyCode>Euro", "bad_currency", "DocumentCurrencyCode"),
            (b"LegalMonetaryTotal", b"Nothing", "missing_element", "LegalMonetaryTotal"),
        ):  # fmt: skip
            with self.subTest(field):
                self.assert_refused(good((old, new)), code, field)

    def test_an_invoice_without_number_or_day_is_refused(self):
        for old, new, code, field in (
            (b"<cbc:ID>2026-1</cbc:ID>", b"", "missing_element", "ID"),
            (b"<cbc:ID>2026-1</cbc:ID>", b"<cbc:ID> </cbc:ID>", "missing_element", "ID"),
            (b"<cbc:IssueDate>2026-01-15</cbc:IssueDate>", b"", "missing_element", "IssueDate"),
            (b"<cbc:IssueDate>2026-01-15", b"<cbc:IssueDate>15/01/2026", "bad_date", "IssueDate"),
            (b"<cbc:IssueDate>2026-01-15", b"<cbc:IssueDate>2026-13-15", "bad_date", "IssueDate"),
        ):
            self.assert_refused(good((old, new)), code, field)
