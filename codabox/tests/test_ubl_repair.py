"""The gaps between Belgian UBL and Odoo's importer (soda-and-documents.md 2.4), one test each."""

import unittest
from dataclasses import replace
from decimal import Decimal

from ..errors import FormatError, NotRecognised
from ..ubl import Party, Tax, parse_ubl, repair_ubl, write_ubl
from ..ubl.builders import SUPPLIER, charge, invoice, line, pdf
from ..ubl.flavours import FLAVOURS
from ..ubl.layout import MAX_ODOO_TEXT, ODOO_SCHEMES
from ..ubl.signs import turned
from .odoo_view import OdooView


def changed(data, *replacements):
    for old, new in replacements:
        assert old in data, old
        data = data.replace(old, new)
    return data


def written(flavour="bis3", **values):
    return write_ubl(invoice("2026-1", line("100", "21"), flavour=flavour, **values))


class TestGaps(unittest.TestCase):
    def test_1_a_withdrawn_address_becomes_the_enterprise_number(self):
        for flavour in ("ublbe1", "efff3"):
            data = written(flavour)
            if flavour == "efff3":
                endpoint = b'<cbc:EndpointID schemeID="BE:CBE">BE 0000.000.196</cbc:EndpointID>'
                data = data.replace(b"<cac:Party>", b"<cac:Party>" + endpoint, 1)
            self.assertNotIn(OdooView(data).supplier["peppol_eas"], ODOO_SCHEMES)
            seen = OdooView(repair_ubl(data)).supplier
            self.assertEqual((seen["peppol_eas"], seen["peppol_endpoint"]), ("0208", "0000000196"))

    def test_1_an_address_that_odoo_would_refuse_is_dropped(self):
        for scheme, endpoint in (
            ("XX:YY", "0477472701"),
            ("9956", "0477472702"),
            ("0208", "BE0477472702"),
            ("0009", "73282932000075"),
            ("0088", "a b/c"),
            ("", "0477472701"),
        ):
            data = changed(
                written(),
                (
                    b'schemeID="0208">0000000196</cbc:E',
                    f'schemeID="{scheme}">{endpoint}</cbc:E'.encode(),
                ),
            )
            seen = OdooView(repair_ubl(data)).supplier
            self.assertEqual((seen["peppol_eas"], seen["peppol_endpoint"]), (None, None), scheme)

    def test_1_the_schemes_of_a_later_odoo_can_be_given(self):
        data = changed(
            written(), (b'schemeID="0208">0000000196</cbc:E', b'schemeID="7777">1</cbc:E')
        )
        self.assertEqual(OdooView(repair_ubl(data, {"7777"})).supplier["peppol_eas"], "7777")
        self.assertIsNone(OdooView(repair_ubl(data, {"0208"})).supplier["peppol_eas"])

    def test_2_a_credit_note_in_an_invoice_is_a_refund(self):
        data = written("efff1", credit=True)
        self.assertEqual(OdooView(data).move_type, "invoice")
        seen = OdooView(repair_ubl(data))
        self.assertEqual(seen.move_type, "refund")
        self.assertEqual(seen.untaxed, 100)
        self.assertEqual(seen.lines, [(1, 100, 21)])

    def test_3_the_legal_name_is_filled_from_whatever_name_there_is(self):
        data = written("efff1", supplier=replace(SUPPLIER, contact="Jan Peeters"))
        self.assertEqual(OdooView(data).supplier["name"], "Jan Peeters")
        self.assertEqual(OdooView(repair_ubl(data)).supplier["name"], SUPPLIER.name)
        nameless = Party("", enterprise="0000000196", country="BE", contact="Jan Peeters")
        data = written("efff1", supplier=nameless)
        self.assertEqual(OdooView(repair_ubl(data)).supplier["name"], "Jan Peeters")

    def test_3_the_number_of_the_kbo_identifies_who_has_no_vat_number(self):
        data = written("efff1", supplier=replace(SUPPLIER, vat=""))
        self.assertIsNone(OdooView(data).supplier["vat"])
        self.assertEqual(OdooView(repair_ubl(data)).supplier["vat"], "0000000196")

    def test_3_a_vat_number_is_written_as_odoo_searches_it(self):
        data = changed(
            written(), (b">BE0000000196</cbc:CompanyID>", b">be 0000.000.196</cbc:CompanyID>")
        )
        self.assertEqual(OdooView(repair_ubl(data)).supplier["vat"], "BE0000000196")

    def test_4_the_payment_reference_comes_to_where_odoo_reads_it(self):
        data = written("efff1")
        self.assertIsNone(OdooView(data).payment_reference)
        self.assertEqual(OdooView(repair_ubl(data)).payment_reference, "+++000/0000/00097+++")
        noted = changed(data, (b"InstructionID>", b"InstructionNote>"))
        self.assertEqual(OdooView(repair_ubl(noted)).payment_reference, "+++000/0000/00097+++")

    def test_4_a_belgian_reference_gets_its_signs_and_another_stays(self):
        for said, expected in (
            ("000000000097", "+++000/0000/00097+++"),
            ("***000/0000/00097***", "+++000/0000/00097+++"),
            ("Invoice 15000027", "Invoice 15000027"),
            ("RF18 5390 0754 7034", "RF18 5390 0754 7034"),
        ):
            data = written(payment_reference=said)
            self.assertEqual(OdooView(repair_ubl(data)).payment_reference, expected)

    def test_5_the_belgian_codes_stay_where_they_are(self):
        for flavour in ("efff1", "efff3", "ublbe1", "ublbe3"):
            for case in ("cocontractor", "eu_goods", "eu_services", "small_company"):
                found = invoice("1", line("100", case), flavour=flavour)
                repaired = parse_ubl(repair_ubl(write_ubl(found)))
                self.assertEqual(repaired.lines[0].taxes, found.lines[0].taxes)
                self.assertEqual(repaired.taxes, found.taxes)

    def test_5_a_percentage_that_only_the_code_or_the_subtotal_gives_is_written(self):
        percent = b"<cbc:Percent>21</cbc:Percent>"
        for data in (
            changed(written("ublbe1"), (percent, b"")),
            changed(written("efff1"), (percent, b"")),
            written("ublbe1")[::-1].replace(percent[::-1], b"", 1)[::-1],
            changed(written("ublbe1"), (percent, b"<cbc:Percent/>")),
        ):
            self.assertEqual(OdooView(repair_ubl(data)).lines, [(1, 100, 21)])

    def test_5_a_line_without_tax_gets_the_only_one_of_the_invoice(self):
        data = written()
        start, end = data.index(b"<cac:ClassifiedTaxCategory>"), data.index(b"</cac:Item>")
        data = data[:start] + data[end:]
        self.assertEqual(OdooView(data).lines, [(1, 100, None)])
        self.assertEqual(OdooView(repair_ubl(data)).lines, [(1, 100, 21)])

    def test_5_what_is_outside_vat_gets_no_percentage(self):
        data = write_ubl(invoice("1", line("100", "not_subject")))
        self.assertEqual(OdooView(repair_ubl(data)).lines, [(1, 100, None)])

    def test_6_a_file_that_does_not_say_what_it_is_is_recognised(self):
        data = written("efff1")
        version = b"<cbc:UBLVersionID>2.0</cbc:UBLVersionID>"
        for said in (b"", b"<cbc:UBLVersionID>1.0</cbc:UBLVersionID>",
                     b"<cbc:UBLVersionID> 2.1\n</cbc:UBLVersionID>"):  # fmt: skip
            unknown = changed(data, (version, said))
            self.assertIsNone(OdooView(unknown).decoder)
            self.assertEqual(OdooView(repair_ubl(unknown)).decoder, "ubl_21")

    def test_7_the_number_of_the_document_stays_as_it_is(self):
        for number in ("V01/0015", "2026 - 007", "é€"):
            for credit in (False, True):
                data = write_ubl(invoice(number, line("1"), flavour="efff1", credit=credit))
                self.assertEqual(OdooView(repair_ubl(data)).value("./cbc:ID"), number)

    def test_8_a_negative_credit_note_is_a_positive_refund(self):
        for flavour in FLAVOURS:
            found = invoice(
                "1", line("100", "21", quantity="2"), line("-10", "6"), flavour=flavour, credit=True,
                charges=(charge("-5", "21"), charge("3", "6")), prepaid="4", rounding="0.02",
            )  # fmt: skip
            seen = OdooView(repair_ubl(write_ubl(turned(found))))
            self.assertEqual(seen.move_type, "refund")
            self.assertEqual(seen.untaxed, found.untaxed)
            self.assertEqual(seen.lines, [(2, 200, 21), (-1, -10, 6)])

    def test_8_a_negative_price_turns_instead_of_the_quantity(self):
        data = changed(written(credit=True), (b">100", b">-100"), (b">121", b">-121"),
                       (b">21.00", b">-21.00"))  # fmt: skip
        found = parse_ubl(data)
        self.assertEqual((found.lines[0].quantity, found.lines[0].price), (1, 100))
        self.assertEqual(OdooView(repair_ubl(data)).lines, [(1, 100, 21)])

    def test_8_a_credit_note_with_only_its_amounts_negative(self):
        data = changed(
            written(credit=True),
            (b'Amount currencyID="EUR">', b'Amount currencyID="EUR">-'),
            (b'PriceAmount currencyID="EUR">-', b'PriceAmount currencyID="EUR">'),
        )
        found = parse_ubl(data)
        self.assertEqual(
            (found.lines[0].quantity, found.lines[0].price, found.total), (1, 100, 121)
        )
        self.assertEqual(OdooView(repair_ubl(data)).lines, [(1, 100, 21)])


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

    def test_an_unreadable_attachment_does_not_stop_the_invoice(self):
        data = changed(written(), (b">JVBERi0", b">!!JVBERi0"))
        self.assertEqual(OdooView(data).attachments[0][0], "invoice.pdf")
        self.assertEqual(OdooView(repair_ubl(data)).attachments, [])
        found = parse_ubl(data)
        self.assertEqual(found.attachments, ())
        self.assertIn("bad_attachment", [notice.code for notice in found.notices])

    def test_a_pdf_is_called_one_and_gets_its_padding(self):
        data = changed(written(attachments=(pdf(content=b"%PDF-1.4\n12"),)),
                       (b"application/pdf", b"application/octet-stream"), (b"=<", b"<"))  # fmt: skip
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
        data = changed(write_ubl(found),
                       (b"<cbc:DocumentCurrencyCode>USD</cbc:DocumentCurrencyCode>", b""))  # fmt: skip
        self.assertEqual(parse_ubl(data).currency, "USD")
        self.assertEqual(OdooView(repair_ubl(data)).value("./cbc:DocumentCurrencyCode"), "USD")

    def test_a_line_in_doubt_is_left_without_tax(self):
        found = invoice(
            "1", replace(line("1"), taxes=()), line("2", "21"), line("3", Tax("S", "", Decimal(6)))
        )
        seen = OdooView(repair_ubl(write_ubl(found)))
        self.assertEqual([percent for _q, _a, percent in seen.lines], [None, 21, 6])


def wrappers(body):
    """Return the same invoice in each of the wrappers that are known."""
    import base64

    ubl = b"urn:oasis:names:specification:ubl:schema:xsd:"
    attached = (
        b'<AttachedDocument xmlns="' + ubl + b'AttachedDocument-2" xmlns:cac="' + ubl
        + b'CommonAggregateComponents-2" xmlns:cbc="' + ubl + b'CommonBasicComponents-2">'
        b"<cac:Attachment>%b</cac:Attachment></AttachedDocument>"
    )  # fmt: skip
    binary = b'<cbc:EmbeddedDocumentBinaryObject mimeCode="text/xml">%b</cbc:EmbeddedDocumentBinaryObject>'
    description = b"<cac:ExternalReference><cbc:Description><![CDATA[%b]]></cbc:Description></cac:ExternalReference>"
    envelope = (
        b'<StandardBusinessDocument xmlns="http://www.unece.org/cefact/namespaces/'
        b'StandardBusinessDocumentHeader"><StandardBusinessDocumentHeader/>%b</StandardBusinessDocument>'
    )
    yield envelope % body
    yield attached % (binary % base64.b64encode(body))
    yield attached % (description % (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + body))
    yield envelope % (attached % (binary % base64.b64encode(body)))
