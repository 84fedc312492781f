"""Tolerant of what only describes, strict on money: what is read, noted and refused."""

import base64
import unittest
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..errors import NotRecognised
from ..ubl import is_ubl, parse_ubl, write_ubl
from ..ubl.builders import CUSTOMER, SUPPLIER, charge, invoice, line, pdf
from ..ubl.flavours import FLAVOURS
from ..ubl.signs import turned
from .ubl_case import changed, wrappers, written


def good(*replacements):
    return changed(written(), *replacements)


def codes(data):
    return [notice.code for notice in parse_ubl(data).notices]


class TestRecognition(unittest.TestCase):
    def test_every_flavour_is_recognised_by_its_name(self):
        for flavour in FLAVOURS:
            data = written(flavour)
            self.assertTrue(is_ubl(data))
            self.assertEqual(parse_ubl(data).flavour, flavour)

    def test_another_flavour_is_read_and_noted(self):
        data = good((b"poacc:billing:3.0", b"something:else"), (b"poacc:billing:01:1.0", b"mine"))
        self.assertEqual(parse_ubl(data).flavour, "ubl")
        self.assertIn("unknown_flavour", codes(data))

    def test_prefixes_encodings_and_comments_change_nothing(self):
        data = good()
        expected = parse_ubl(data)
        text = data.decode().partition("?>")[2]
        prefixed = text.replace("cbc:", "b:").replace("xmlns:cbc", "xmlns:b")
        for same in (
            prefixed.encode(),
            f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16"),
            f'<?xml version="1.0" encoding="ISO-8859-1"?>{text}'.encode("latin-1"),
            data.replace(b"<cbc:ID>", b"<!-- <cbc:ID>x</cbc:ID> --><cbc:ID>"),
            b"\xef\xbb\xbf" + data,
        ):
            self.assertTrue(is_ubl(same))
            self.assertEqual(parse_ubl(same), expected)

    def test_what_is_no_invoice_is_named(self):
        namespace = b' xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"'
        for data, found in (
            (b"%PDF-1.7", "%PDF-1.7"),
            (b"", ""),
            (b"<html/>", "html"),
            (b"<Invoice/>", "Invoice"),
            (b"<Order%b/>" % namespace, "Order"),
            (b"<SocialDocument/>", "SocialDocument"),
            (b"<AttachedDocument/>", "AttachedDocument"),
            (b"<StandardBusinessDocument/>", "StandardBusinessDocument"),
        ):
            with self.subTest(found), self.assertRaises(NotRecognised) as caught:
                parse_ubl(data)
            self.assertEqual((caught.exception.code, caught.exception.found), ("not_ubl", found))
            self.assertFalse(is_ubl(data) and found not in ("AttachedDocument",))

    def test_wrappers_around_wrappers_end(self):
        data = good().partition(b"?>")[2]
        for _ in range(5):
            data = list(wrappers(data))[1]
        with self.assertRaises(NotRecognised):
            parse_ubl(data)


class TestValues(unittest.TestCase):
    def test_credit_notes_in_all_their_disguises_are_the_same_money(self):
        found = invoice(
            "C-1", line("100", "21", quantity="2"), credit=True, prepaid="1", rounding="0.01"
        )
        as_invoice = replace(found, root="Invoice")
        for said, notice in (
            (found, None),
            (turned(found), "negative_credit_note"),
            (as_invoice, None),
            (turned(as_invoice), "negative_credit_note"),
            (replace(turned(as_invoice), type_code="380"), "negative_invoice"),
        ):
            data = write_ubl(said)
            read = parse_ubl(data)
            self.assertTrue(read.is_credit)
            for field in (
                "total",
                "untaxed",
                "tax",
                "payable",
                "prepaid",
                "rounding",
                "lines",
                "taxes",
            ):
                self.assertEqual(getattr(read, field), getattr(found, field), field)
            self.assertEqual(list(codes(data)), [notice] if notice else [])

    def test_a_credit_note_with_the_code_of_an_invoice_is_one(self):
        data = write_ubl(replace(invoice("1", line("1"), credit=True), type_code="380"))
        self.assertTrue(parse_ubl(data).is_credit)
        self.assertEqual(codes(data), ["type_code_contradicts"])

    def test_amounts_in_every_usual_spelling(self):
        for text, expected in ((b"121", 121), (b"+121.0", 121), (b" 121,00\n", 121),
                               (b"121.0000", 121),
                               (b"121.005", Decimal("121.005"))):  # fmt: skip
            data = good(
                (
                    b'PayableAmount currencyID="EUR">121.00',
                    b'PayableAmount currencyID="EUR">' + text,
                )
            )
            self.assertEqual(parse_ubl(data).payable, expected)

    def test_the_enterprise_number_is_found_wherever_it_is(self):
        number = b">0000000196</cbc:"
        data = good((b"BE0000000196", b"BE0477472701"), (number + b"E", b">1</cbc:E"))
        self.assertEqual(parse_ubl(data).supplier.enterprise, "0000000196")
        only_vat = written(supplier=replace(SUPPLIER, enterprise="", endpoint="", scheme=""))
        self.assertEqual(parse_ubl(only_vat).supplier.enterprise, "0000000196")

    def test_numbers_that_differ_are_noted_and_the_legal_one_counts(self):
        data = written(supplier=replace(SUPPLIER, vat="BE0477472701"))
        self.assertEqual(parse_ubl(data).supplier.enterprise, "0000000196")
        self.assertEqual(codes(data), ["enterprise_numbers_differ"])

    def test_ten_foreign_digits_are_no_belgian_number(self):
        dutch = replace(
            SUPPLIER, country="NL", vat="NL000000019B01", scheme="0106", endpoint="0000000196"
        )
        found = parse_ubl(written(supplier=replace(dutch, enterprise="")))
        self.assertEqual((found.supplier.enterprise, found.supplier.vat), ("", dutch.vat))

    def test_vat_numbers_get_their_country_and_lose_their_signs(self):
        for said, country, expected in (
            (b"BE 0477.472.701", "BE", "BE0477472701"),
            (b"477.472.701", "BE", "BE0477472701"),
            (b"DE 123 456 789", "DE", "DE123456789"),
            (b"123456789", "DE", "DE123456789"),
            (b"123456789", "GR", "EL123456789"),
            (b"n/a", "BE", ""),
        ):
            party = replace(SUPPLIER, country=country, enterprise="", endpoint="", scheme="")
            data = changed(written(supplier=party), (b">BE0000000196<", b">" + said + b"<"))
            self.assertEqual(parse_ubl(data).supplier.vat, expected)

    def test_currency_dates_references_and_notes(self):
        found = invoice(
            "1", line("1"), currency="USD", due_date=None, order="PO1", buyer_reference="B",
            references=("A1", "A2"), delivery_date=date(2026, 1, 2), notes=("one", "two"),
            period=(date(2026, 1, 1), date(2026, 1, 31)),
            ibans=("BE54000000000097", "NL91ABNA0417164300"),
        )  # fmt: skip
        self.assertEqual(parse_ubl(write_ubl(found)), found)

    def test_the_tax_in_another_currency_is_not_counted(self):
        other = (
            b'<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">19.00</cbc:TaxAmount></cac:TaxTotal>'
        )
        found = invoice("1", line("100"), currency="USD")
        data = changed(
            write_ubl(found), (b"<cac:LegalMonetaryTotal>", other + b"<cac:LegalMonetaryTotal>")
        )
        self.assertEqual(parse_ubl(data), found)

    def test_a_line_gets_the_reason_that_peppol_gives_once(self):
        found = invoice("1", line("1", "exempt"), line("2", "21"))
        data = write_ubl(found)
        reason = b"<cbc:TaxExemptionReason>Vrijgesteld art. 44 WBTW</cbc:TaxExemptionReason>"
        start = data.index(b"<cac:InvoiceLine>")
        data = data[:start] + data[start:].replace(reason, b"")
        self.assertEqual(parse_ubl(data).lines, found.lines)

    def test_a_price_is_that_of_one_unit(self):
        data = good(
            (b"</cbc:PriceAmount>", b"</cbc:PriceAmount><cbc:BaseQuantity>4</cbc:BaseQuantity>")
        )
        self.assertEqual(parse_ubl(data).lines[0].price, 25)

    def test_charges_stand_beside_lines_and_inside_them(self):
        inside = line("100", "21", charges=(charge("-10", reason="Discount"), charge("2")))
        found = invoice("1", inside, charges=(charge("-2", "21"), charge("2", "cash_discount")),
                        flavour="ublbe1")  # fmt: skip
        read = parse_ubl(write_ubl(found))
        self.assertEqual((read.lines, read.charges), (found.lines, found.charges))
        self.assertEqual((read.lines[0].amount, read.untaxed), (92, 92))

    def test_one_pdf_is_the_printed_invoice(self):
        other = replace(pdf("terms.pdf"), is_invoice=False)
        self.assertEqual(
            [
                a.is_invoice
                for a in parse_ubl(written(attachments=(other, pdf("x.pdf")))).attachments
            ],
            [False, True],
        )
        data = good((b"CommercialInvoice", b"whatever"))
        self.assertTrue(parse_ubl(data).attachments[0].is_invoice)
        path = changed(written(), (b'filename="invoice.pdf"', b'filename="C:\\temp\\1.pdf"'))
        self.assertEqual(parse_ubl(path).attachments[0].name, "1.pdf")

    def test_both_parties_are_kept_apart(self):
        found = parse_ubl(written("bis3"))
        self.assertEqual((found.supplier, found.customer), (SUPPLIER, CUSTOMER))


class TestNotices(unittest.TestCase):
    def test_what_does_not_add_up_is_told_with_its_figures(self):
        amount = b'Amount currencyID="EUR">'
        for code, change, figures in (
            (
                "lines_differ",
                (b"TaxExclusive" + amount + b"100", b"TaxExclusive" + amount + b"99"),
                ("100.00", "99.00"),
            ),
            (
                "total_differs",
                (b"TaxInclusive" + amount + b"121", b"TaxInclusive" + amount + b"122"),
                ("121.00", "122.00"),
            ),
            (
                "payable_differs",
                (b"Payable" + amount + b"121", b"Payable" + amount + b"120"),
                ("121.00", "120.00"),
            ),
        ):
            notices = {notice.code: notice for notice in parse_ubl(good(change)).notices}
            self.assertEqual(tuple(dict(notices[code].facts).values()), figures)
        total = b'<cac:TaxTotal>\n    <cbc:TaxAmount currencyID="EUR">'
        self.assertIn("taxes_differ", codes(good((total + b"21.00", total + b"20.00"))))

    def test_a_total_that_is_not_given_follows_from_the_others(self):
        for name in ("TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount"):
            text = f'<cbc:{name} currencyID="EUR">'.encode()
            value = b"100.00" if name == "TaxExclusiveAmount" else b"121.00"
            data = good((text + value + f"</cbc:{name}>".encode(), b""))
            found = parse_ubl(data)
            self.assertEqual(
                (found.untaxed, found.tax, found.total, found.payable), (100, 21, 121, 121)
            )
            self.assertEqual(codes(data), ["total_derived"])

    def test_what_only_describes_may_be_wrong_or_missing(self):
        for data, code in (
            (good((b"<cbc:DueDate>2026-02-14", b"<cbc:DueDate>2026-02-30")), "bad_date"),
            (written(supplier=replace(SUPPLIER, name="")), "no_name"),
            (write_ubl(replace(invoice("1"), attachments=())), "no_lines"),
            (
                good((b"<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", b"")),
                "no_currency",
            ),
            (good((b'EndpointID schemeID="0208"', b"EndpointID")), "endpoint_without_scheme"),
            (good((b"AccountingCustomerParty", b"Nobody")), "no_party"),
        ):
            with self.subTest(code):
                self.assertIn(code, codes(data))

    def test_a_notice_says_where(self):
        data = good((b"<cbc:DueDate>2026-02-14", b"<cbc:DueDate>soon"))
        (notice,) = parse_ubl(data).notices
        self.assertIn(b"DueDate", data.splitlines()[notice.record - 1])

    def test_long_embedded_files_do_not_move_the_lines(self):
        text = base64.encodebytes(bytes(20_000)).strip()
        data = good(
            (b">JVBERi0", b">" + text + b"JVBERi0"), (b"<cac:InvoiceLine>", b"<cac:InvoiceLine>")
        )
        (found,) = parse_ubl(data).lines
        self.assertIn(b"<cac:InvoiceLine>", data.splitlines()[found.record - 1])
