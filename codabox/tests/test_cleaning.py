"""What comes from outside fits in a database, and nothing of it gets lost in silence."""

import json
import math
import unittest

from ..cleaning import COLUMN_MAX, MAX_DEPTH, clean_json, clean_text, fits_column, read_json

try:
    from hypothesis import given, settings
    from hypothesis import strategies as st
except ImportError:  # Odoo runs these tests too, with what it has
    st = None


def assert_fit(test, value, depth=0):
    """PostgreSQL holds this value as jsonb, and Odoo copies it."""
    test.assertLessEqual(depth, MAX_DEPTH)
    if isinstance(value, str):
        value.encode()
        test.assertNotIn("\0", value)
    elif isinstance(value, float):
        test.assertTrue(math.isfinite(value))
    elif isinstance(value, int):
        test.assertLess(abs(value), 2**63)
    elif isinstance(value, dict):
        for key, item in value.items():
            assert_fit(test, key, depth)
            assert_fit(test, item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            assert_fit(test, item, depth + 1)
    else:
        test.assertIsNone(value)


class TestCleaning(unittest.TestCase):
    def test_characters_that_no_database_holds_are_replaced(self):
        self.assertEqual(clean_text("F\x001 \ud800 é"), "F\ufffd1 \ufffd é")
        self.assertEqual(clean_text("long", 2), "lo")

    def test_an_ordinary_answer_is_read_as_it_is(self):
        answer = {"id": 7, "texts": ["é", "", None], "yes": True, "amount": -1.5, "in": {"a": []}}
        self.assertEqual(read_json(json.dumps(answer).encode()), answer)

    def test_numbers_that_no_column_holds_become_the_text_they_were_written_as(self):
        for written in ("1e400", "-1e999", "NaN", "Infinity", "-Infinity", "9" * 19, "9" * 5000):
            self.assertEqual(read_json(f'{{"n": {written}}}'.encode()), {"n": written})
        self.assertEqual(clean_json([10**30, math.nan, 10**5000])[:2], [str(10**30), "nan"])

    def test_nesting_ends_somewhere(self):
        nested = read_json(b'{"a": ' + b"[" * 900 + b"]" * 900 + b"}")
        assert_fit(self, nested)

    def test_what_is_no_json_is_refused(self):
        for content in (b"", b"<html>", b"\xff", b'{"a": '):
            with self.assertRaises(ValueError):
                read_json(content)
        with self.assertRaises(RecursionError):
            read_json(b"[" * 100_000)

    def test_a_key_is_cleaned_as_a_text_is(self):
        self.assertEqual(read_json(b'{"a\\u0000": "\\ud800"}'), {"a\ufffd": "\ufffd"})

    def test_whole_numbers_of_32_bits_fit_in_a_column(self):
        for number in (0, 20260001, COLUMN_MAX, -COLUMN_MAX - 1):
            self.assertTrue(fits_column(number), number)
        for number in (COLUMN_MAX + 1, 10**30, True, "7", 1.0, None):
            self.assertFalse(fits_column(number), number)


if st:
    SCALARS = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(st.characters(codec=None, exclude_categories=()))
    )
    VALUES = st.recursive(
        SCALARS,
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=30,
    )

    class TestCleaningProperties(unittest.TestCase):
        @settings(max_examples=200, deadline=None, derandomize=True)
        @given(VALUES)
        def test_whatever_json_can_say_comes_out_fit_to_be_kept(self, value):
            assert_fit(self, clean_json(value))
            assert_fit(self, read_json(json.dumps(value).encode()))

        @settings(max_examples=200, deadline=None, derandomize=True)
        @given(VALUES)
        def test_what_is_clean_stays_as_it_is(self, value):
            clean = clean_json(value)
            self.assertEqual(clean_json(clean), clean)
