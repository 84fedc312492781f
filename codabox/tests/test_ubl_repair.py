"""What a repair does beside the gaps, and what it leaves alone."""

import unittest
from dataclasses import replace
from decimal import Decimal

from ..errors import FormatError, NotRecognised
from ..ubl import Tax, parse_ubl, repair_ubl, write_ubl
from ..ubl.builders import charge, invoice, line, pdf
from ..ubl.flavours import FLAVOURS
from ..ubl.layout import MAX_ODOO_TEXT
from .odoo_view import OdooView
from .ubl_case import changed, wrappers, written


class TestRepair(unittest.TestCase):
    def test_a_file_that_needs_nothing_stays_byte_for_byte(self):
        for credit in (False, True):
            for flavour in ("bis3", "ublbe3"):
                data = written(flavour, credit=credit)
                self.assertIs(repair_ubl(data), data)

    def test_a_repaired_file_needs_nothing_more(self):
        for flavour in FLAVOURS:
            for credit in (False, True):
                repaired = repair_ubl(written(flavour, credit=credit))
                self.assertIs(repair_ubl(repaired), repaired)

    def test_what_does_not_need_repair_is_said_as_before(self):
        for flavour in FLAVOURS:
            found = invoice(
                "1", line("9.99", "6", quantity="3"), line("5", "exempt"), flavour=flavour
            )
            repaired = parse_ubl(repair_ubl(write_ubl(found)))
            self.assertEqual(repaired, replace(found, flavour=repaired.flavour))

    def test_values_that_odoo_would_fail_on_are_written_as_it_takes_them(self):
        data = changed(
            written(charges=(charge("-5", "21"),)),
            (b">false<", b"> 0 <"),
            (b">100<", b"> 100,00\n<"),
            (b"<cbc:DueDate>2026-02-14<", b"<cbc:DueDate>14/02/2026<"),
            (b">2026-01-15<", b"> 2026-01-15+01:00 <"),
            (b">EUR<", b"> eur <"),
            (b"</cbc:PriceAmount>", b"</cbc:PriceAmount><cbc:BaseQuantity/>"),
        )
        seen = OdooView(repair_ubl(data))
        self.assertEqual(seen.value("./cac:AllowanceCharge/cbc:ChargeIndicator"), "false")
        self.assertEqual(seen.value(".//cbc:PriceAmount"), "100.00")
        self.assertEqual(seen.value("./cbc:IssueDate"), "2026-01-15")
        self.assertIsNone(seen.value("./cbc:DueDate"))
        self.assertEqual(seen.value("./cbc:DocumentCurrencyCode"), "EUR")
        self.assertEqual(seen.tree.xpath("//*[local-name()='BaseQuantity']"), [])

    def test_a_charge_that_does_not_say_what_it_is_is_an_allowance(self):
        data = changed(
            written(charges=(charge("-5", "21"),)),
            (b"<cbc:ChargeIndicator>false</cbc:ChargeIndicator>", b""),
        )
        self.assertEqual(parse_ubl(data).charges[0].amount, -5)
        seen = OdooView(repair_ubl(data))
        self.assertEqual(seen.value("./cac:AllowanceCharge/cbc:ChargeIndicator"), "false")

    def test_an_allowance_is_its_amount_and_not_its_base(self):
        data = written(charges=(charge("-5", "21"),))
        for base, percent, kept in (
            (b"100", b"", False),
            (b"100", b"0.05", False),
            (b"100", b"5%", False),
            (b"100", b"5", True),
            (b"100", b"5.0", True),
            (b"99.99", b"5.0", False),
            (b"200", b"2.5", False),
        ):
            found = changed(
                data,
                (
                    b"</cbc:Amount>",
                    b"</cbc:Amount><cbc:BaseAmount>%b</cbc:BaseAmount><cbc:MultiplierFactorNumeric>"
                    b"%b</cbc:MultiplierFactorNumeric>" % (base, percent),
                ),
            )
            seen = OdooView(repair_ubl(found)).value("./cac:AllowanceCharge/cbc:BaseAmount")
            self.assertEqual(seen is not None, kept, percent)

    def test_an_unreadable_attachment_does_not_stop_the_invoice(self):
        data = changed(written(), (b">JVBERi0", b">!!JVBERi0"))
        self.assertEqual(OdooView(data).attachments[0][0], "invoice.pdf")
        self.assertEqual(OdooView(repair_ubl(data)).attachments, [])
        found = parse_ubl(data)
        self.assertEqual(found.attachments, ())
        self.assertIn("bad_attachment", [notice.code for notice in found.notices])

    def test_a_pdf_is_called_one_and_gets_its_padding(self):
        data = changed(written(attachments=(pdf(content=b"%PDF-1.4\n12"),)),
                       (b"application/pdf", b"application/octet-stream"),
                       (b"=<", b"<"))  # fmt: skip
        (_name, binary) = OdooView(repair_ubl(data)).attachments[0]
        self.assertEqual(binary.get("mimeCode"), "application/pdf")
        self.assertEqual(len(binary.text) % 4, 0)

    def test_what_is_too_long_for_odoo_is_left_out_and_kept_in_the_values(self):
        content = b"%PDF" + bytes(MAX_ODOO_TEXT * 3 // 4)
        data = written(attachments=(pdf("big.pdf", content), pdf("small.pdf")))
        found = parse_ubl(data)
        self.assertEqual([len(a.content) for a in found.attachments][:1], [len(content)])
        self.assertEqual(
            [name for name, _ in OdooView(repair_ubl(data)).attachments], ["small.pdf"]
        )

    def test_a_wrapper_is_taken_off(self):
        inner = written()
        body = inner.partition(b"?>")[2]
        for wrapped in wrappers(body):
            self.assertEqual(parse_ubl(wrapped), parse_ubl(inner))
            self.assertEqual(parse_ubl(repair_ubl(wrapped)), parse_ubl(inner))
            self.assertEqual(OdooView(repair_ubl(wrapped)).move_type, "invoice")

    def test_what_cannot_be_read_is_refused_as_by_the_reader(self):
        for data, error in (
            (b"%PDF", NotRecognised),
            (changed(written(), (b">121", b">x")), FormatError),
        ):
            with self.assertRaises(error):
                repair_ubl(data)

    def test_an_invoice_in_another_currency_says_so(self):
        found = invoice("1", line("100", "zero"), currency="USD")
        name = b"DocumentCurrencyCode"
        data = changed(write_ubl(found), (b"<cbc:%b>USD</cbc:%b>" % (name, name), b""))
        self.assertEqual(parse_ubl(data).currency, "USD")
        self.assertEqual(OdooView(repair_ubl(data)).value("./cbc:DocumentCurrencyCode"), "USD")

    def test_a_line_in_doubt_is_left_without_tax(self):
        found = invoice(
            "1", replace(line("1"), taxes=()), line("2", "21"), line("3", Tax("S", "", Decimal(6)))
        )
        seen = OdooView(repair_ubl(write_ubl(found)))
        self.assertEqual([percent for _q, _a, percent in seen.lines], [None, 21, 6])
