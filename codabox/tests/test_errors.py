"""The tree of errors and what each promises."""

from __future__ import annotations

import ast
import json
import unittest
from pathlib import Path

from .. import errors
from ..errors import (
    CLIENT_CODES,
    ApiError,
    BadAnswer,
    CodaboxError,
    FormatError,
    NotRecognised,
    RateLimited,
    Rejected,
    TimedOut,
    TransportError,
)

PACKAGE = Path(errors.__file__).parent
MODULES = (
    "transport/transport", "transport/wire", "transport/refusals",
    "v2/client", "v2/answers", "v2/provisional", "v2/parsing", "v2/parsing_clients",
    "v2/json_reader", "v2/json_values",
    "mandates/ordering", "sending/once",
)  # fmt: skip


class ErrorsTest(unittest.TestCase):
    def test_every_error_is_a_codabox_error(self):
        for value in vars(errors).values():
            if isinstance(value, type) and issubclass(value, Exception):
                self.assertTrue(issubclass(value, CodaboxError))
        for inner, outer in (
            (TimedOut, TransportError), (BadAnswer, TransportError), (RateLimited, ApiError),
            (Rejected, ApiError), (NotRecognised, FormatError),
        ):  # fmt: skip
            self.assertTrue(issubclass(inner, outer))

    def test_the_code_stands_in_when_there_is_no_message(self):
        self.assertEqual(str(CodaboxError("network")), "network")
        self.assertEqual(CodaboxError("network", "No way.", host="x").details, {"host": "x"})

    def test_details_can_be_stored_as_json(self):
        limited = RateLimited("rate_limited", retry_after=3.0, status=429, detail="Wait.")
        broken = FormatError("bad_amount", "x", record=3, field="amount", found="1O")
        for error in (limited, broken, Rejected("rejected", status=400, fields={"a": ["b"]})):
            self.assertEqual(json.loads(json.dumps(error.details)), error.details)
        self.assertEqual((limited.retry_after, limited.detail), (3.0, "Wait."))

    def test_a_lost_answer_counts_as_maybe_done_unless_known_otherwise(self):
        self.assertTrue(TransportError("network").maybe_done)
        self.assertFalse(TransportError("network", maybe_done=False).maybe_done)

    def test_every_code_that_is_raised_is_listed_and_every_listed_code_is_raised(self):
        used = set()
        for name in MODULES:
            tree = ast.parse((PACKAGE / f"{name}.py").read_text())
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and node.value in CLIENT_CODES:
                    used.add(node.value)
                if isinstance(node, ast.Call) and _is_error(node.func):
                    code = _code(node)
                    if code is not None:
                        self.assertIn(code, CLIENT_CODES, f"{name}.py line {node.lineno}")
        self.assertEqual(used, set(CLIENT_CODES))


def _is_error(function):
    kind = getattr(errors, getattr(function, "id", ""), None)
    return isinstance(kind, type) and issubclass(kind, CodaboxError)


def _code(call):
    """Give the literal code of a constructor call, positional or by keyword."""
    values = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "code")]
    return next((value.value for value in values if isinstance(value, ast.Constant)), None)
