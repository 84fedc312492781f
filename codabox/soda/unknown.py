"""Finds what the layout does not know, and refuses it where money would be missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..reading.xml_reading import local_name, refuse
from .layout import AMOUNTS, LAYOUT, LINES, MAX_PATH, MAX_UNKNOWN
from .records import Notice

if TYPE_CHECKING:
    from lxml.etree import _Element

_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


class Unknown:
    """The paths of one file that are not read, in the order in which they first stand."""

    def __init__(self, notices: list[Notice]) -> None:
        self.paths: dict[str, None] = {}
        self._notices = notices
        self._amounts: set[str] = set()

    def collect(self, root: _Element) -> None:
        """Walk through the tree; the known part first.

        :raise FormatError: ``unexpected_element`` for a line in a place that is not read,
            ``bad_currency`` for amounts in anything but euro.
        """
        name = local_name(root)
        pending = [(root, name, name)]
        while pending:
            element, name, path = pending.pop()
            self._attributes(element, path)
            known = LAYOUT.get(name, ())
            for child in reversed(element):
                child_name = local_name(child)
                child_path = f"{path}/{child_name}"
                if child_name in known:
                    pending.append((child, child_name, child_path))
                else:
                    self._unknown(child, child_path)

    def _attributes(self, element: _Element, path: str) -> None:
        for name, value in element.items():
            if not name.startswith(_INSTANCE):
                local = name.rpartition("}")[2]
                self._add(f"{path}/@{local}")
                _check_currency(element, local, value)

    def _unknown(self, top: _Element, top_path: str) -> None:
        """Note an unknown element and all below it."""
        pending = [(top, top_path)]
        while pending:
            element, path = pending.pop()
            name = local_name(element)
            self._add(path)
            self._attributes(element, path)
            _check_currency(element, name, (element.text or "").strip())
            if name in LINES:
                refuse("unexpected_element", element.sourceline, name, "a known place", path)
            if name in AMOUNTS and path not in self._amounts and len(self._amounts) < MAX_UNKNOWN:
                self._amounts.add(path)
                message = f"An amount that is not read stands in {path[-MAX_PATH:]}."
                self._notices.append(Notice(element.sourceline, "unknown_amount", message))
            # A path that is reported short need not grow on.
            pending += [
                (child, f"{path}/{local_name(child)}"[:MAX_PATH]) for child in element[::-1]
            ]

    def _add(self, path: str) -> None:
        if len(self.paths) < MAX_UNKNOWN:
            self.paths.setdefault(path[:MAX_PATH])


def _check_currency(element: _Element, name: str, value: str) -> None:
    """Refuse an amount that says it is not in euro; SODA as it is known has no currency."""
    if name.lower().startswith("currency") and value.strip().upper() not in ("", "EUR"):
        refuse("bad_currency", element.sourceline, name, "EUR", value)
