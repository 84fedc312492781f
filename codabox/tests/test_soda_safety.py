"""Files that want to be more than a file: each is refused at once."""

import unittest

from ..errors import FormatError
from ..soda import parse_soda
from ..soda.layout import MAX_BYTES, MAX_UNKNOWN
from .test_soda_parser import good
from .work import no_explosion


def laughs():
    """Return entities of entities, ten to the ninth."""
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )  # fmt: skip
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'


class TestSafety(unittest.TestCase):
    def assert_refused(self, data, *codes):
        with no_explosion(), self.assertRaises(FormatError) as caught:
            parse_soda(data)
        self.assertIn(caught.exception.code, codes)
        self.assertNotIn("root:", str(caught.exception))

    def with_prolog(self, prolog, use="&a9;"):
        body = good((b"Gross pay", use.encode())).partition(b"?>")[2]
        return f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'.encode() + body

    def test_a_billion_laughs_in_any_disguise(self):
        bomb = self.with_prolog(laughs())
        self.assert_refused(bomb, "forbidden_dtd")
        text = bomb.decode().replace("UTF-8", "UTF-16")
        self.assert_refused(text.encode("utf-16"), "forbidden_dtd")
        self.assert_refused(text.encode("utf-16-be"), "forbidden_dtd")
        hidden = bomb.decode().replace("UTF-8", "UTF-7").encode("utf-7")
        self.assert_refused(hidden.replace(b"+ADw-", b"<", 1), "bad_encoding", "not_soda")
        self.assert_refused(bomb.decode().encode("cp037"), "not_soda")

    def test_a_quadratic_bomb(self):
        prolog = f'<!DOCTYPE x [<!ENTITY a "{"x" * 100_000}">]>'
        self.assert_refused(self.with_prolog(prolog, "&a;" * 10_000), "forbidden_dtd")

    def test_files_and_hosts_are_not_read(self):
        for target in ("file:///etc/passwd", "http://127.0.0.1:9/x"):
            for prolog in (
                f'<!DOCTYPE x [<!ENTITY a9 SYSTEM "{target}">]>',
                f'<!DOCTYPE x SYSTEM "{target}">',
                f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{target}"> %p;]>',
            ):
                with self.subTest(prolog):
                    self.assert_refused(self.with_prolog(prolog), "forbidden_dtd")

    def test_an_inclusion_is_an_unknown_element(self):
        include = (
            b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text"'
            b' href="file:///etc/passwd"/><Label>'
        )
        found = parse_soda(good((b"<Label>", include)))
        self.assertTrue(found.unknown_elements[0].endswith("/include"))
        self.assertEqual(found.entries[0].lines[0].label, "Gross pay")

    def test_depth_size_and_number_are_bounded(self):
        deep = b"<x>" * 10_000 + b"</x>" * 10_000
        self.assert_refused(good((b"<SeqNumber>", deep + b"<SeqNumber>")), "bad_xml")
        self.assert_refused(good() + b" " * MAX_BYTES, "too_large")
        self.assert_refused(b"<SocialDocument>" + b"<a/>" * 2_000_000, "too_large")
        long = b"<SocialDocument>" + b"9" * 11_000_000 + b"</SocialDocument>"
        self.assert_refused(long, "bad_xml", "missing_element")

    def test_what_is_reported_of_the_unknown_is_bounded(self):
        many = b"".join(b"<%b/>" % (b"x%d" % n * 50) for n in range(5_000))
        found = parse_soda(good((b"<SeqNumber>", many + b"<SeqNumber>")))
        self.assertEqual(len(found.unknown_elements), MAX_UNKNOWN)
        self.assertLessEqual(max(map(len, found.unknown_elements)), 200)

    def test_an_encoding_nobody_uses_is_refused(self):
        self.assert_refused(good((b"UTF-8", b"UTF-7")), "bad_encoding")
        self.assert_refused(good((b"UTF-8", b"x-unknown")), "bad_encoding")
