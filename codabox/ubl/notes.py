"""Collects what did not stop a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .records import Notice

if TYPE_CHECKING:
    from lxml.etree import _Element


class Notes(list[Notice]):
    """The notices of one file, in the order in which they were made."""

    def add(self, element: _Element, code: str, message: str, **facts: object) -> None:
        """Note something about an element; ``facts`` are the figures behind it."""
        texts = tuple((name, str(fact)) for name, fact in facts.items())
        self.append(Notice(element.sourceline or 1, code, message, texts))
