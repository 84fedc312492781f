"""Faults of pycoda 1.1.0 and febelfin-coda 0.5.0, each with the file that shows it: not ours.

Measured in 2026 on published files; every test names what the other library does.
"""

import ast
import unittest
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from .. import coda as package
from ..coda import parse_coda, write_coda
from ..coda.builders import (
    credit,
    debit,
    free_information,
    party,
    statement,
    structured_information,
)
from .coda_lines import (
    ACCOUNT,
    codes,
    good_lines,
    good_statement,
    movement_line,
    only_statement,
    parse_lines,
    put,
    statement_lines,
)


def first(**values):
    data = write_coda([statement(account=ACCOUNT, movements=[credit("1", **values)])])
    return parse_coda(data).statements[0].movements[0]


class TestPycoda(unittest.TestCase):
    def test_only_an_ogm_is_shown_as_one(self):
        """It gave +++100/9201/10BE6+++ for a direct debit and +++RF1/8539/00754+++ for an RF."""
        debit_ = {"type": "127", "settlement_date": date(2019, 9, 10), "creditor_id": "BE69ZZZ"}
        card = {"type": "113", "pan_masked": "6703420000000000", "terminal_name": "FOZAVENTEM"}
        for structured in (debit_, card, {"type": "103", "number": "000006644701"}):
            self.assertEqual(first(structured=structured).reference, "")
        reference = {"type": "100", "iso11649_reference": "RF18539007547034"}
        self.assertEqual(first(structured=reference).reference, "RF18539007547034")

    def test_texts_are_joined_without_a_blank_and_without_squeezing(self):
        """It gave "records h een" and +++091/ 7368/89225+++, which match nothing."""
        text = "x" * 40 + "  two  +++091/7368/89225+++ and so on " + "y" * 50 + "  end"
        found = first(communication=text)
        self.assertEqual(found.communication, text)
        self.assertEqual(found.reference, "+++091/7368/89225+++")

    def test_an_unknown_date_is_none(self):
        """It lost the whole file: ValueError. So does febelfin-coda."""
        lines = put(put(good_lines(), 3, 48, "000000"), 5, 116, "000000")
        credit_, debit_ = only_statement(lines).movements
        self.assertEqual((credit_.value_date, debit_.entry_date), (None, None))

    def test_nested_details_count_once(self):
        """It gave 150 instead of 90. febelfin-coda: AttributeError."""
        nested = credit("50", code="70150000", details=[credit("50", code="90150000")])
        root = credit("90", code="20150000", details=[nested, credit("40", code="60150000")])
        found = parse_coda(write_coda([statement(account=ACCOUNT, movements=[root])]))
        (movement,) = found.statements[0].movements
        self.assertEqual(movement.amount, Decimal("90"))
        self.assertEqual(sum(leaf.amount for leaf in movement.leaves()), Decimal("90"))

    def test_details_of_type_0_count_once(self):
        """It gave -150 instead of -75. febelfin-coda: AssertionError."""
        rows = [movement_line(1, 0, "-75", "1"), movement_line(1, 1, "-75", "0")]
        coda = parse_lines(statement_lines(rows, roots="-75"))
        self.assertEqual(sum(m.amount for m in coda.statements[0].movements), Decimal("-75"))
        self.assertEqual(codes(coda), [])

    def test_details_that_do_not_sum_never_pass_for_their_root(self):
        """It gave -50 instead of -90."""
        rows = [movement_line(1, 0, "-90", "1"), movement_line(1, 1, "-50", "5")]
        (root,) = only_statement(statement_lines(rows, roots="-90")).movements
        self.assertEqual(root.amount, Decimal("-90"))
        self.assertFalse(root.details_sum_up)

    def test_a_file_of_carriage_returns_or_without_line_ends_is_not_empty(self):
        """It gave 0 movements without any error."""
        for end in ("\r", ""):
            found = parse_coda(end.join(good_lines()).encode()).statements[0]
            self.assertEqual(len(found.movements), 2)

    def test_wrong_totals_are_said(self):
        """It read wrong balances, counts and totals in silence."""
        lines = put(put(good_lines(), 7, 43, "9"), 8, 17, "999999")
        self.assertEqual(codes(parse_lines(lines)), ["new_balance", "record_count"])

    def test_one_odd_byte_kills_nothing(self):
        """It raised UnicodeDecodeError. So does febelfin-coda."""
        for byte in (b"\x81", b"\x90"):
            data = write_coda([good_statement()]).replace(b"INVOICE", b"INVO" + byte + b"CE")
            self.assertEqual(len(parse_coda(data).statements[0].movements), 2)

    def test_the_last_15_characters_of_a_3_2_record_are_kept(self):
        """It cut at position 100 instead of 115."""
        text = "A" * 73 + "B" * 90 + "C" * 15
        self.assertEqual(first(information=[free_information(text)]).information[0].text, text)

    def test_name_and_address_are_apart_and_without_their_type(self):
        """It gave 001PARTNER 2MOLENSTRAAT."""
        sent = structured_information("001", name="PARTNER 2", street="MOLENSTRAAT")
        (item,) = first(information=[sent]).information
        self.assertEqual((item.fields["name"], item.fields["street"]), ("PARTNER 2", "MOLENSTRAAT"))
        self.assertNotIn("001", item.text)

    def test_fields_that_it_drops_are_read(self):
        values = {
            "return_type": "2",
            "return_reason": "AC04",
            "purpose": "SALA",
            "category_purpose": "SUPP",
        }
        found = first(**values)
        self.assertEqual({name: getattr(found, name) for name in values}, values)
        day = parse_coda(write_coda([good_statement(duplicate=True, bank_id="")])).statements[0]
        self.assertEqual((day.duplicate, day.bank_id, day.bic), (True, "", "KREDBEBB"))
        self.assertEqual(day.enterprise_number, "0123456749")

    def test_amounts_are_exact(self):
        """It gave floats."""
        found = first(communication="x").amount
        self.assertIsInstance(found, Decimal)


class TestFebelfinCoda(unittest.TestCase):
    def test_a_blank_bank_is_read(self):
        """It raised ValueError: int('')."""
        self.assertEqual(only_statement(put(good_lines(), 1, 12, "   ")).bank_id, "")

    def test_no_check_is_an_assert(self):
        """Its checks vanish under python -O, and raise AssertionError without text otherwise."""
        for path in Path(package.__file__).parent.glob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            asserts = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]
            self.assertEqual(asserts, [], path.name)

    def test_a_separate_application_starts_with_a_detail(self):
        """It raised IndexError."""
        rows = [movement_line(1, 1, "20", "6")]
        found = only_statement(statement_lines(rows, header=[(84, "01500")]))
        self.assertEqual(len(found.movements), 1)

    def test_information_belongs_to_its_movement_and_not_to_a_bank_reference(self):
        """It gave each of 375 payments the names of all 375 payers. So did pycoda with OCA."""
        payments = [
            credit("1", bank_reference="SAME", information=[structured_information("001", name=n)])
            for n in ("ANNA", "BORIS")
        ]
        found = parse_coda(write_coda([statement(account=ACCOUNT, movements=payments)]))
        names = [
            [item.fields["name"] for item in movement.information]
            for movement in found.statements[0].movements
        ]
        self.assertEqual(names, [["ANNA"], ["BORIS"]])

    def test_a_debit_in_information_006_is_negative(self):
        """It read the sign one position too late."""
        item = structured_information("006", amount=Decimal("-1.5"), currency="EUR")
        (found,) = first(information=[item]).information
        self.assertEqual(found.fields["amount"], Decimal("-1.5"))

    def test_communications_106_to_126_are_decoded(self):
        """It gave None."""
        found = first(structured={"type": "106", "percent": Decimal("21")})
        self.assertEqual(found.structured["percent"], Decimal("21"))

    def test_an_unknown_communication_keeps_every_character(self):
        """It lost a digit of type 999."""
        found = first(structured={"type": "999", "text": "123456789"})
        self.assertEqual(found.communication, "123456789")

    def test_utf_8_with_accents_keeps_the_columns(self):
        """It shifted every column behind an accent. So did pycoda."""
        lines = statement_lines([movement_line(1, 0, "1", text="CAFÉ ÉLÈVE")], roots="1")
        found = parse_coda("\n".join(lines).encode())
        self.assertEqual(found.statements[0].movements[0].communication, "CAFÉ ÉLÈVE")
        self.assertEqual(found.notices, ())

    def test_an_empty_statement_is_a_statement(self):
        """Older versions raised."""
        found = parse_coda(write_coda([statement(account=ACCOUNT, opening="5")])).statements[0]
        self.assertEqual((found.movements, found.closing.amount), ((), Decimal("5")))


class TestOthers(unittest.TestCase):
    def test_several_information_texts_are_all_kept(self):
        """php-coda-parser kept the last one only."""
        items = [structured_information("001", name="A"), free_information("B" * 600)]
        self.assertEqual(len(first(information=items).information), 2)

    def test_a_total_with_one_detail_keeps_its_root(self):
        """php-coda-parser merged both into one transaction."""
        root = debit("9", code="10107000", details=[debit("9", code="50107000")])
        found = parse_coda(write_coda([statement(account=ACCOUNT, movements=[root])]))
        self.assertEqual(len(found.statements[0].movements[0].details), 1)

    def test_every_statement_of_a_file_counts_with_its_own_account(self):
        """The OCA module of 18.0 booked all of them on the first account."""
        other = "BE43068999999501"
        days = [statement(account=number) for number in (ACCOUNT, other)]
        found = parse_coda(write_coda(days)).statements
        self.assertEqual([day.account.number for day in found], [ACCOUNT, other])

    def test_record_8_has_no_structure_digit(self):
        """php-coda-parser read one there: the account lost its first character."""
        account = replace(good_statement().account, raw="539007547034", structure="0")
        found = parse_coda(write_coda([replace(good_statement(), account=account)]))
        self.assertEqual(found.notices, ())

    def test_the_payer_is_read_beside_a_long_name(self):
        found = first(counterparty=party("N" * 35, "NL34KRED0633083542", "KREDNL2XXXX"))
        self.assertEqual(found.counterparty.name, "N" * 35)
