"""Each gap between Belgian UBL and Odoo is closed (``docs/reference/invoices.md`` 2.4)."""

import unittest
from dataclasses import replace

from ..ubl import Party, parse_ubl, repair_ubl, write_ubl
from ..ubl.builders import SUPPLIER, charge, invoice, line
from ..ubl.flavours import FLAVOURS
from ..ubl.layout import ODOO_SCHEMES
from ..ubl.signs import turned
from .odoo_view import OdooView
from .ubl_case import changed, written


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
                "1", line("100", "21", quantity="2"), line("-10", "6"),
                flavour=flavour, credit=True, prepaid="4", rounding="0.02",
                charges=(charge("-5", "21"), charge("3", "6")),
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
