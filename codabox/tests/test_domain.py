"""The values are plain: frozen, comparable, and quiet about secrets and bytes."""

from __future__ import annotations

import dataclasses
import unittest

from .. import domain
from ..domain import Credentials, Download, FeedEntry

CLASSES = [item for item in vars(domain).values() if dataclasses.is_dataclass(item)]


class DomainTest(unittest.TestCase):
    def test_no_value_can_be_changed(self):
        entry = FeedEntry("i", "coda", {})
        with self.assertRaises(dataclasses.FrozenInstanceError):
            entry.feed_index = "j"
        self.assertTrue(CLASSES)
        for kind in CLASSES:
            self.assertTrue(kind.__dataclass_params__.frozen, kind)
            self.assertFalse(hasattr(kind, "__dict__") and "__slots__" not in vars(kind), kind)

    def test_equal_content_is_equal(self):
        self.assertEqual(Credentials("u", "p"), Credentials("u", "p"))

    def test_secrets_and_bytes_are_not_shown(self):
        self.assertEqual(repr(Credentials("user", "pass")), "Credentials()")
        self.assertNotIn("secret", repr(Download(b"secret", "text/plain")))
        for kind in CLASSES:
            for field in dataclasses.fields(kind):
                if field.name in ("raw", "content", "username", "password"):
                    self.assertFalse(field.repr, f"{kind.__name__}.{field.name}")
