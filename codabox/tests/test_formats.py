"""Which formats are asked for, and which bytes cannot be such a file."""

from __future__ import annotations

import codecs
import unittest

from ..coda import write_coda
from ..coda.builders import credit, statement
from ..formats import allowed_formats, formats_to_ask, is_of_format

PAGE = b"<!DOCTYPE html>\n<html><body>Sign in</body></html>" * 9


class AllowedFormatsTest(unittest.TestCase):
    def test_formats_that_are_not_told_are_unknown(self):
        for allowed in (None, {}, {"soda": ["xml"]}, {"coda": []}, {"coda": None}, {"coda": [" "]}):
            with self.subTest(allowed=allowed):
                self.assertIsNone(allowed_formats(allowed, "coda"))
                self.assertEqual(formats_to_ask(allowed, "coda"), ("cod", "pdf", "xml"))
                self.assertEqual(formats_to_ask(allowed, "brand_new"), ("cod", "pdf", "xml"))

    def test_formats_that_are_told_are_taken_whatever_their_letters(self):
        self.assertEqual(allowed_formats({"CODA": ["COD", "pdf", "PDF"]}, "coda"), ("cod", "pdf"))
        self.assertEqual(allowed_formats({"coda": ["pdf"]}, "Coda"), ("pdf",))
        self.assertEqual(formats_to_ask({"news": ["Camt"]}, "news"), ("Camt",))


class FirstBytesTest(unittest.TestCase):
    def test_what_is_something_else_is_refused(self):
        for format, content in (
            ("pdf", PAGE), ("pdf", b"%PD"), ("pdf", b'{"detail": "busy"}'),
            ("xml", PAGE), ("xml", b"%PDF-1.4"), ("xml", b"   "), ("xml", b"busy"),
            ("xml", b"<?xml version='1.0'?><!-- x --><HTML lang='en'><body/></HTML>"),
            ("xml", codecs.BOM_UTF16_LE + "<html/>".encode("utf-16-le")),
            ("xml", b"<\0"), ("xml", b"<a>"), ("xml", b"<?xml version='1.0'?><a><b"),
            ("cod", b"\0" * 1280),
            ("cod", PAGE), ("cod", b"000"), ("cod", b" " * 500), ("cod", b'{"a": 1}' + b" " * 200),
            ("cod", b"%PDF-1.4" + b"x" * 200), ("cod", b"PK\x03\x04" + b"x" * 200),
            ("jpg", PAGE),
        ):  # fmt: skip
            with self.subTest(format=format, content=content[:20]):
                self.assertFalse(is_of_format(content, format))

    def test_what_is_only_odd_passes(self):
        text = b"Dear client, from today on your statements are elsewhere. " * 3
        for format, content in (
            ("pdf", b"%PDF"), ("pdf", b"\r\n\0junk%PDF-1.7"),
            ("xml", b"<a/>"), ("xml", codecs.BOM_UTF8 + b"\n <a/>"),
            ("xml", b"<a/>\r\n\x1a"), ("xml", b"<a></b>"),
            ("xml", codecs.BOM_UTF16_BE + "<?xml?><a/>".encode("utf-16-be")),
            ("xml", "<Factuur/>".encode("utf-16-le")), ("xml", b"<htmlish/>"),
            ("cod", text), ("jpg", b"\xff\xd8"), ("html", PAGE),
        ):  # fmt: skip
            with self.subTest(format=format, content=content[:20]):
                self.assertTrue(is_of_format(content, format))

    def test_a_coda_passes_however_it_is_written(self):
        content = write_coda([statement(account="BE68539007547034", movements=(credit("10"),))])
        text = content.decode("latin-1")
        for variant in (
            content,
            content[:127] + b"1" + content[128:],
            codecs.BOM_UTF8 + content,
            b"\r\n\n" + content,
            content.replace(b"\r\n", b""),
            codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
            text.encode("utf-16-be"),
            text.encode("cp500"),
        ):
            with self.subTest(start=variant[:8]):
                self.assertTrue(is_of_format(variant, "cod"))


if __name__ == "__main__":
    unittest.main()
