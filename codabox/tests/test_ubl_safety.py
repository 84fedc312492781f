"""Files that want to be more than a file are refused at once; size costs in line."""

import unittest
from unittest.mock import patch

from lxml import etree

from ..errors import FormatError
from ..ubl import booked_lines, parse_ubl, write_ubl
from ..ubl.builders import invoice, line, pdf
from ..ubl.layout import MAX_BYTES
from .test_soda_safety import laughs
from .ubl_case import changed, wrappers, written
from .work import counted_calls, no_explosion

ROOT = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'


class TestSafety(unittest.TestCase):
    def assert_refused(self, data, *codes):
        with no_explosion(), self.assertRaises(FormatError) as caught:
            parse_ubl(data)
        self.assertIn(caught.exception.code, codes)
        self.assertNotIn("root:", str(caught.exception))

    def with_prolog(self, prolog, use="&a9;"):
        body = changed(written(), (b"Article", use.encode())).partition(b"?>")[2]
        return f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'.encode() + body

    def test_a_billion_laughs_in_any_disguise(self):
        bomb = self.with_prolog(laughs())
        self.assert_refused(bomb, "forbidden_dtd")
        text = bomb.decode().replace("UTF-8", "UTF-16")
        self.assert_refused(text.encode("utf-16"), "forbidden_dtd")
        self.assert_refused(bomb.decode().encode("cp037"), "not_ubl")

    def test_a_bomb_inside_a_wrapper(self):
        bomb = self.with_prolog(laughs())
        self.assert_refused(list(wrappers(bomb))[1], "forbidden_dtd")

    def test_files_and_hosts_are_not_read(self):
        for target in ("file:///etc/passwd", "http://127.0.0.1:9/x"):
            for prolog in (
                f'<!DOCTYPE x [<!ENTITY a9 SYSTEM "{target}">]>',
                f'<!DOCTYPE x SYSTEM "{target}">',
                f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{target}"> %p;]>',
            ):
                self.assert_refused(self.with_prolog(prolog), "forbidden_dtd")

    def test_an_inclusion_is_text_that_nobody_reads(self):
        include = (
            b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
        )
        data = changed(written(), (b"<cbc:IssueDate>", include + b"<cbc:IssueDate>"))
        self.assertEqual(parse_ubl(data), parse_ubl(written()))

    def test_depth_size_and_number_are_bounded(self):
        deep = b"<x>" * 10_000 + b"</x>" * 10_000
        self.assert_refused(
            changed(written(), (b"<cbc:IssueDate>", deep + b"<cbc:IssueDate>")), "bad_xml"
        )
        self.assert_refused(written() + b" " * MAX_BYTES, "too_large")
        self.assert_refused(ROOT + b"<a/>" * 2_000_000, "too_large")
        self.assert_refused(ROOT + b"9" * 11_000_000 + b"</Invoice>", "bad_xml")

    def test_the_mark_of_what_is_cut_out_cannot_be_forged(self):
        long = pdf(content=b"%PDF" + bytes(9_000))
        for forged in (
            b"@codabox:0@",
            b"&#64;codabox:0@",
            b"&#64;codabox:99@",
            b"&#64;codabox:-1@",
        ):
            data = changed(written(attachments=(long,)), (b"Article", forged))
            found = parse_ubl(data)
            self.assertEqual(found.lines[0].label, forged.replace(b"&#64;", b"@").decode())
            self.assertEqual(found.attachments, (long,))

    def test_of_fifteen_megabytes_with_a_pdf_the_pdf_is_no_work_for_the_parser(self):
        content = b"%PDF" + bytes(range(256)) * 43_000
        data = write_ubl(invoice("1", line("100"), attachments=(pdf(content=content),)))
        self.assertGreater(len(data), 14_500_000)
        with patch("lxml.etree.fromstring", wraps=etree.fromstring) as parser, no_explosion():
            found = parse_ubl(data)
        self.assertTrue(parser.called)
        for call in parser.call_args_list:
            self.assertLess(len(call.args[0]), 100_000)
        self.assertEqual(found.attachments[0].content, content)

    def test_ten_times_the_lines_take_ten_times_the_work(self):
        def work(count):
            data = write_ubl(invoice("1", *[line("1", "21")] * count, flavour="ublbe1"))
            with counted_calls() as calls:
                booked_lines(parse_ubl(data), 2)
            return calls[0]

        self.assertLess(work(3_000), 11 * work(300))
