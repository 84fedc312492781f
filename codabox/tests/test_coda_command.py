"""The command line: JSON on standard output, or one JSON error and status 1."""

import io
import json
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from decimal import Decimal
from pathlib import Path

from ..coda.__main__ import main
from ..reading.plain import amount_text, plain
from .coda_lines import drop, good_lines, put, to_bytes


class TestCommand(unittest.TestCase):
    def run_on(self, data):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file.cod"
            if data is not None:
                path.write_bytes(data)
            out, err = io.StringIO(), io.StringIO()
            with redirect_stdout(out), redirect_stderr(err):
                status = main(["--json", str(path)])
        return status, out.getvalue(), err.getvalue()

    def test_a_good_file_is_printed_as_one_object(self):
        status, out, err = self.run_on(to_bytes(good_lines(free_text="BYE")))
        self.assertEqual((status, err), (0, ""))
        content = json.loads(out)
        self.assertEqual(list(content), ["statements", "warnings"])
        (found,) = content["statements"]
        credit, debit = found.pop("movements")
        self.assertEqual(
            found,
            {
                "account": "BE68539007547034",
                "currency": "EUR",
                "holder": "TEST COMPANY BV",
                "opening": {"date": "2026-01-14", "amount": "1000.00"},
                "closing": {"date": "2026-01-15", "amount": "1075.01"},
                "number": 1,
                "paper_number": "001",
                "duplicate": False,
                "free_text": "BYE",
            },
        )
        self.assertEqual(
            credit,
            {
                "amount": "121.00",
                "entry_date": "2026-01-15",
                "value_date": "2026-01-15",
                "code": "00150000",
                "reference": "+++009/0933/75538+++",
                "communication": "009093375538",
                "structured": {"type": "101", "ogm": "009093375538"},
                "counterparty": {"account": "BE43068999999501", "name": "ACME NV", "bic": ""},
                "bank_reference": "",
                "customer_reference": "",
                "information": [],
                "details": [],
            },
        )
        self.assertEqual((debit["amount"], debit["information"]), ("-45.99", ["HI"]))
        self.assertEqual((debit["reference"], debit["structured"]), (None, None))

    def test_what_does_not_add_up_is_a_warning(self):
        status, out, _ = self.run_on(to_bytes(put(good_lines(), 8, 17, "000001")))
        self.assertEqual(status, 0)
        (warning,) = json.loads(out)["warnings"]
        self.assertEqual((warning["record"], warning["code"]), (8, "record_count"))
        self.assertIn("000001", warning["message"])

    def test_a_broken_file_is_one_error_that_says_where(self):
        status, out, err = self.run_on(to_bytes(put(good_lines(), 3, 33, "A")))
        self.assertEqual((status, out), (1, ""))
        error = json.loads(err)
        self.assertIn("Record 3", error.pop("message"))
        self.assertEqual(
            error,
            {
                "error": "bad_amount",
                "record": 3,
                "field": "amount",
                "expected": "15 digits",
                "found": "A00000000121000",
            },
        )

    def test_other_content_a_cut_file_and_no_file_are_errors(self):
        for data, code in (
            (b"%PDF-1.7", "not_coda"),
            (b"", "not_coda"),
            (to_bytes(drop(good_lines(), 8)), "truncated"),
            (None, "unreadable_file"),
        ):
            with self.subTest(code):
                status, out, err = self.run_on(data)
                self.assertEqual((status, out), (1, ""))
                self.assertEqual(json.loads(err)["error"], code)

    def test_lines_of_information_become_a_list(self):
        self.assertEqual(plain({"lines": ("A", Decimal("1"))}), {"lines": ["A", "1.00"]})

    def test_amounts_have_their_shortest_exact_form_with_two_decimals(self):
        for amount, text in (
            ("12.500", "12.50"),
            ("-12.500", "-12.50"),
            ("0.125", "0.125"),
            ("0.000", "0.00"),
            ("1E+3", "1000.00"),
            ("-0.001", "-0.001"),
            ("999999999999.999", "999999999999.999"),
        ):
            self.assertEqual(amount_text(Decimal(amount)), text)
