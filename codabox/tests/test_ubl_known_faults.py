"""Small inputs that once went wrong, each for a kind of fault."""

from __future__ import annotations

import unittest
from dataclasses import replace

from ..ubl import parse_ubl, write_ubl
from ..ubl.builders import invoice, line, pdf
from .ubl_samples import case

OGM = "+++090/9337/55493+++"


def shown(data):
    return [attachment.name for attachment in parse_ubl(data).attachments if attachment.is_invoice]


def two_pdfs(number, *names):
    files = tuple(replace(pdf(name), is_invoice=False) for name in names)
    return write_ubl(invoice(number, line("1"), attachments=files))


class ShownPdfTest(unittest.TestCase):
    def test_the_pdf_that_bears_the_number_is_the_invoice(self):
        self.assertEqual(shown(case("two_pdfs_terms_first")), ["P1.pdf"])
        self.assertEqual(shown(two_pdfs("F 7/1", "terms.pdf", "f-7_01.PDF")), ["f-7_01.PDF"])

    def test_without_such_a_name_it_is_the_first(self):
        self.assertEqual(shown(two_pdfs("12", "a.pdf", "b12.pdf")), ["a.pdf"])


class ReferenceInNoteTest(unittest.TestCase):
    def reference(self, *notes, **values):
        values = {"payment_reference": "", **values}
        return parse_ubl(write_ubl(invoice("1", line("1"), notes=notes, **values)))

    def test_a_belgian_reference_that_stands_in_a_note_only(self):
        found = parse_ubl(case("reference_only_in_note"))
        self.assertEqual(found.payment_reference, OGM)
        places = [dict(n.facts) for n in found.notices if n.code == "reference_in_other_place"]
        self.assertEqual(places, [{"place": "Note"}])

    def test_of_two_nobody_knows_which(self):
        found = self.reference(f"Pay with {OGM}", "or +++000/0000/00097+++")
        self.assertEqual(found.payment_reference, "")

    def test_the_same_twice_is_one(self):
        self.assertEqual(self.reference(f"{OGM} {OGM}", f"{OGM}").payment_reference, OGM)

    def test_one_that_fails_its_check_or_has_no_signs_is_none(self):
        for text in ("+++090/9337/55494+++", "090933755493", "INV/2026/00001", "12/34/56"):
            self.assertEqual(self.reference(text).payment_reference, "")

    def test_what_stands_where_it_belongs_counts_first(self):
        found = self.reference(f"Not {OGM}", payment_reference="+++000/0000/00097+++")
        self.assertEqual(found.payment_reference, "+++000/0000/00097+++")


class PaidByTest(unittest.TestCase):
    def paid_by(self, *codes):
        data = write_ubl(invoice("1", line("1"), ibans=("BE54000000000097", "BE68539007547034")))
        for code in codes:
            data = data.replace(b"MeansCode>30<", b"MeansCode>" + code.encode() + b"<", 1)
        return parse_ubl(data).paid_by

    def test_direct_debit_card_and_cash_are_not_to_be_transferred(self):
        self.assertEqual(parse_ubl(case("direct_debit_59")).paid_by, "direct_debit")
        for code, expected in (
            ("49", "direct_debit"),
            ("48", "card"),
            ("54", "card"),
            ("10", "cash"),
        ):
            self.assertEqual(self.paid_by(code, code), expected)

    def test_the_mandate_and_the_creditor_of_a_direct_debit(self):
        found = invoice("1", line("1"), paid_by="direct_debit", mandate="MND-7 A")
        data = write_ubl(found)
        self.assertEqual(parse_ubl(data), found)
        number = b'<cac:PartyIdentification><cbc:ID schemeID="%s">BE12ZZZ0403170701</cbc:ID>'
        party = b"<cac:AccountingSupplierParty>\n    <cac:Party>"
        self.assertIn(party, data)
        for scheme, creditor in ((b"SEPA", "BE12ZZZ0403170701"), (b"0208", "")):
            named = party + number % scheme + b"</cac:PartyIdentification>"
            self.assertEqual(parse_ubl(data.replace(party, named)).creditor, creditor)

    def test_whoever_asks_for_a_transfer_too_is_to_be_paid(self):
        for codes in ((), ("58", "58"), ("59",), ("59", "48"), ("97", "97")):
            self.assertEqual(self.paid_by(*codes), "")
