import io
import json
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from ..ubl.__main__ import main
from ..ubl.builders import BLANK_PDF
from .ubl_case import changed, written


class TestCommand(unittest.TestCase):
    def run_on(self, data):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file.xml"
            if data is not None:
                path.write_bytes(data)
            out, err = io.StringIO(), io.StringIO()
            with redirect_stdout(out), redirect_stderr(err):
                status = main(["--json", str(path)])
        return status, out.getvalue(), err.getvalue()

    def test_a_good_file_is_printed_as_one_object(self):
        status, out, err = self.run_on(written("efff1", credit=True))
        self.assertEqual((status, err), (0, ""))
        found = json.loads(out)
        self.assertEqual(
            {name: found[name] for name in ("number", "is_credit", "root", "type_code", "flavour",
                                            "issue_date", "due_date", "currency", "untaxed", "tax",
                                            "total", "payable", "prepaid", "rounding", "ibans",
                                            "payment_reference", "period", "charges")},
            {
                "number": "2026-1", "is_credit": True, "root": "Invoice", "type_code": "381",
                "flavour": "efff1", "issue_date": "2026-01-15", "due_date": "2026-02-14",
                "currency": "EUR", "untaxed": "100.00", "tax": "21.00", "total": "121.00",
                "payable": "121.00", "prepaid": "0.00", "rounding": "0.00",
                "ibans": ["BE54000000000097"], "payment_reference": "+++000/0000/00097+++",
                "period": None, "charges": [],
            },
        )  # fmt: skip
        tax = {
            "category": "S", "code": "03", "percent": "21.00", "base": "100.00", "amount": "21.00",
            "reason": "", "meaning": "rate",
        }  # fmt: skip
        self.assertEqual(found["taxes"], [tax])
        self.assertEqual(
            found["lines"],
            [{"number": "1", "label": "Article", "quantity": "1.00", "price": "100.00",
              "amount": "100.00", "taxes": [tax], "unit": "C62", "charges": [], "gross": None,
              "item": "", "code": "", "barcode": "", "period": None}],
        )  # fmt: skip
        (attachment,) = found["attachments"]
        self.assertEqual(attachment["size"], len(BLANK_PDF))
        self.assertNotIn("content", attachment)
        self.assertEqual(found["supplier"]["enterprise"], "0000000196")
        self.assertEqual(
            [warning["code"] for warning in found["warnings"]],
            ["name_from_trade_name", "name_from_trade_name", "reference_in_other_place"],
        )

    def test_what_does_not_add_up_is_a_warning_with_its_figures(self):
        old, new = b'PayableAmount currencyID="EUR">121', b'PayableAmount currencyID="EUR">120'
        _status, out, _err = self.run_on(changed(written(), (old, new)))
        (warning,) = json.loads(out)["warnings"]
        self.assertEqual(warning["code"], "payable_differs")
        self.assertEqual(warning["facts"], {"found": "121.00", "expected": "120.00"})

    def test_broken_and_foreign_files_are_one_error_that_says_where(self):
        for data, code, record in (
            (changed(written(), (b"<cbc:IssueDate>2026", b"<cbc:IssueDate>MMXX")), "bad_date", 6),
            (written()[:-20], "bad_xml", None),
            (b"<SocialDocument/>", "not_ubl", 1),
            (b"%PDF-1.7", "not_ubl", 1),
            (None, "unreadable_file", None),
        ):
            with self.subTest(code):
                status, out, err = self.run_on(data)
                self.assertEqual((status, out), (1, ""))
                error = json.loads(err)
                self.assertEqual(
                    list(error), ["error", "record", "field", "expected", "found", "message"]
                )
                self.assertEqual(error["error"], code)
                if record:
                    self.assertEqual(error["record"], record)
