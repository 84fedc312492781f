import io
import json
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from ..soda.__main__ import main
from .test_soda_parser import good


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
        status, out, err = self.run_on(good((b"<Version>", b"<New>1</New><Version>")))
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(
            json.loads(out),
            {
                "source": "TESTSOC",
                "version": "1.2",
                "entries": [
                    {
                        "sequence": "1",
                        "generated": "2026-02-03",
                        "enterprise": "BE0477472701",
                        "label": "TEST COMPANY BV",
                        "period": "202601",
                        "lines": [
                            {
                                "period": "202601",
                                "account": "620200",
                                "label": "Gross pay",
                                "debit": "100.00",
                                "credit": "0.00",
                            },
                            {
                                "period": "202601",
                                "account": "455000",
                                "label": "Net pay",
                                "debit": "0.00",
                                "credit": "100.00",
                            },
                        ],
                        "total_debit": "100.00",
                        "total_credit": "100.00",
                    }
                ],
                "unknown_elements": ["SocialDocument/New"],
                "warnings": [],
            },
        )

    def test_what_does_not_add_up_is_a_warning(self):
        _status, out, _err = self.run_on(good((b"100.00", b"99.99")))
        (warning,) = json.loads(out)["warnings"]
        self.assertEqual((warning["record"], warning["code"]), (5, "unbalanced"))

    def test_broken_and_foreign_files_are_one_error_that_says_where(self):
        for data, code, record in (
            (good((b"100.00", b"1O0.00")), "bad_amount", 20),
            (good()[:-100], "bad_xml", 33),
            (b"<Invoice/>", "not_soda", 1),
            (b"%PDF-1.7", "not_soda", 1),
            (b"", "not_soda", 1),
            (None, "unreadable_file", None),
        ):
            with self.subTest(code):
                status, out, err = self.run_on(data)
                self.assertEqual((status, out), (1, ""))
                error = json.loads(err)
                self.assertEqual(
                    list(error), ["error", "record", "field", "expected", "found", "message"]
                )
                self.assertEqual((error["error"], error["record"]), (code, record))
