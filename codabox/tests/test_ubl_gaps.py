"""What older Belgian software writes elsewhere, or otherwise, is read all the same.

The gaps between Belgian UBL and Odoo's own reader (``docs/reference/invoices.md`` 2.4).
"""

import unittest
from dataclasses import replace

from ..ubl import Party, booked_lines, parse_ubl, write_ubl
from ..ubl.builders import SUPPLIER, charge, invoice, line
from ..ubl.flavours import FLAVOURS
from ..ubl.signs import turned
from .ubl_case import changed, written


def lines_of(data):
    """Return quantity, amount and rate of each line that a file becomes, without charges."""
    return [
        (found.quantity, found.amount, found.taxes[0].percent if found.taxes else None)
        for found in booked_lines(parse_ubl(data), 2)
        if not found.charge
    ]


class TestGaps(unittest.TestCase):
    def test_1_a_withdrawn_address_becomes_the_enterprise_number(self):
        for flavour in ("ublbe1", "efff3"):
            data = written(flavour)
            if flavour == "efff3":
                endpoint = b'<cbc:EndpointID schemeID="BE:CBE">BE 0000.000.196</cbc:EndpointID>'
                data = data.replace(b"<cac:Party>", b"<cac:Party>" + endpoint, 1)
            found = parse_ubl(data).supplier
            self.assertEqual((found.scheme, found.endpoint), ("0208", "0000000196"))

    def test_2_a_credit_note_in_an_invoice_is_a_refund(self):
        data = written("efff1", credit=True)
        found = parse_ubl(data)
        self.assertEqual((found.is_credit, found.untaxed), (True, 100))
        self.assertEqual(lines_of(data), [(1, 100, 21)])

    def test_3_the_name_is_whatever_name_there_is(self):
        data = written("efff1", supplier=replace(SUPPLIER, contact="Jan Peeters"))
        self.assertEqual(parse_ubl(data).supplier.name, SUPPLIER.name)
        nameless = Party("", enterprise="0000000196", country="BE", contact="Jan Peeters")
        data = written("efff1", supplier=nameless)
        self.assertEqual(parse_ubl(data).supplier.name, "Jan Peeters")

    def test_3_a_vat_number_is_read_as_odoo_keeps_it(self):
        data = changed(
            written(), (b">BE0000000196</cbc:CompanyID>", b">be 0000.000.196</cbc:CompanyID>")
        )
        self.assertEqual(parse_ubl(data).supplier.vat, "BE0000000196")

    def test_4_the_payment_reference_is_read_where_it_stands(self):
        data = written("efff1")
        self.assertEqual(parse_ubl(data).payment_reference, "+++000/0000/00097+++")
        noted = changed(data, (b"InstructionID>", b"InstructionNote>"))
        self.assertEqual(parse_ubl(noted).payment_reference, "+++000/0000/00097+++")

    def test_4_a_belgian_reference_gets_its_signs_and_another_stays(self):
        for said, expected in (
            ("000000000097", "+++000/0000/00097+++"),
            ("***000/0000/00097***", "+++000/0000/00097+++"),
            ("Invoice 15000027", "Invoice 15000027"),
            ("RF18 5390 0754 7034", "RF18 5390 0754 7034"),
        ):
            found = parse_ubl(written(payment_reference=said))
            self.assertEqual(found.payment_reference, expected)

    def test_5_a_percentage_that_only_the_code_or_the_subtotal_gives_is_found(self):
        percent = b"<cbc:Percent>21</cbc:Percent>"
        for data in (
            changed(written("ublbe1"), (percent, b"")),
            changed(written("efff1"), (percent, b"")),
            written("ublbe1")[::-1].replace(percent[::-1], b"", 1)[::-1],
            changed(written("ublbe1"), (percent, b"<cbc:Percent/>")),
        ):
            self.assertEqual(lines_of(data), [(1, 100, 21)])

    def test_5_a_line_without_tax_gets_the_only_one_of_the_invoice(self):
        data = written()
        start, end = data.index(b"<cac:ClassifiedTaxCategory>"), data.index(b"</cac:Item>")
        self.assertEqual(lines_of(data[:start] + data[end:]), [(1, 100, 21)])

    def test_5_what_is_outside_vat_has_no_percentage(self):
        data = write_ubl(invoice("1", line("100", "not_subject")))
        self.assertEqual(lines_of(data), [(1, 100, None)])

    def test_6_a_file_that_does_not_say_what_it_is_is_read(self):
        version = b"<cbc:UBLVersionID>2.0</cbc:UBLVersionID>"
        for said in (b"", b"<cbc:UBLVersionID>1.0</cbc:UBLVersionID>"):
            unknown = changed(written("efff1"), (version, said))
            self.assertEqual(lines_of(unknown), [(1, 100, 21)])

    def test_7_the_number_of_the_document_stays_as_it_is(self):
        for number in ("V01/0015", "2026 - 007", "é€"):
            for credit in (False, True):
                data = write_ubl(invoice(number, line("1"), flavour="efff1", credit=credit))
                self.assertEqual(parse_ubl(data).number, number)

    def test_8_a_negative_credit_note_is_a_positive_refund(self):
        for flavour in FLAVOURS:
            found = invoice(
                "1", line("100", "21", quantity="2"), line("-10", "6"),
                flavour=flavour, credit=True, prepaid="4", rounding="0.02",
                charges=(charge("-5", "21"), charge("3", "6")),
            )  # fmt: skip
            data = write_ubl(turned(found))
            self.assertEqual(parse_ubl(data).untaxed, found.untaxed)
            self.assertEqual(lines_of(data), [(2, 200, 21), (-1, -10, 6)])

    def test_8_a_negative_price_turns_instead_of_the_quantity(self):
        data = changed(written(credit=True), (b">100", b">-100"), (b">121", b">-121"),
                       (b">21.00", b">-21.00"))  # fmt: skip
        found = parse_ubl(data)
        self.assertEqual((found.lines[0].quantity, found.lines[0].price), (1, 100))
        self.assertEqual(lines_of(data), [(1, 100, 21)])

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
        self.assertEqual(lines_of(data), [(1, 100, 21)])

    def test_values_in_another_form_are_read(self):
        data = changed(
            written(charges=(charge("-5", "21"),)),
            (b">false<", b"> 0 <"),
            (b">100<", b"> 100,00\n<"),
            (b">2026-01-15<", b"> 2026-01-15+01:00 <"),
            (b">EUR<", b"> eur <"),
            (b"</cbc:PriceAmount>", b"</cbc:PriceAmount><cbc:BaseQuantity/>"),
        )
        found = parse_ubl(data)
        self.assertEqual((found.charges[0].amount, found.currency), (-5, "EUR"))
        self.assertEqual(lines_of(data), [(1, 100, 21)])

    def test_a_charge_that_does_not_say_what_it_is_is_an_allowance(self):
        data = changed(
            written(charges=(charge("-5", "21"),)),
            (b"<cbc:ChargeIndicator>false</cbc:ChargeIndicator>", b""),
        )
        self.assertEqual(parse_ubl(data).charges[0].amount, -5)

    def test_an_unreadable_attachment_does_not_stop_the_invoice(self):
        found = parse_ubl(changed(written(), (b">JVBERi0", b">!!JVBERi0")))
        self.assertEqual(found.attachments, ())
        self.assertIn("bad_attachment", [notice.code for notice in found.notices])
