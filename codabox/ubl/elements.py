"""Readers of the elements of a UBL tree, whatever their namespace: texts, amounts, days."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ..reading.xml_reading import local_name, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

ZERO = Decimal("0.00")
CENT = Decimal("0.01")

# Up to 15 digits before the point. A comma is read as one before two decimals at most: with three
# it may as well part the thousands.
_NUMBER = re.compile(
    r"([+-]?)(?=\.?[0-9])([0-9]{0,15})(?:\.([0-9]{0,20})|,([0-9]{1,2}))?", re.ASCII
)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)


def children(element: _Element | None, name: str) -> Iterator[_Element]:
    """Return the children of this name."""
    return iter(()) if element is None else element.iterchildren(f"{{*}}{name}")


def child(element: _Element | None, *path: str) -> _Element | None:
    """Return the first element at the end of a path of names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text(element: _Element | None, *path: str) -> str:
    """Return the text at the end of a path, without blanks around it, ``""`` without one."""
    found = child(element, *path)
    return "" if found is None else (found.text or "").strip()


def required(element: _Element, name: str) -> _Element:
    """Return the one child of this name.

    :raise FormatError: ``missing_element``, or ``repeated_element``: nobody knows which one counts.
    """
    found = list(children(element, name))
    if not found:
        refuse("missing_element", element.sourceline, name, f"a {name}", "")
    if len(found) > 1:
        refuse("repeated_element", found[1].sourceline, name, f"one {name}", str(len(found)))
    return found[0]


def number(element: _Element, *, code: str = "bad_amount") -> Decimal:
    """Return an element's text as a number with at least two decimals.

    :raise FormatError: ``code``, for anything but a plain decimal number.
    """
    name = local_name(element)
    if len(element):
        refuse(code, element.sourceline, name, "a number", local_name(element[0]))
    found = read_number((element.text or "").strip())
    if found is None:
        refuse(code, element.sourceline, name, "a number", (element.text or "").strip())
    return found


def optional_number(
    element: _Element | None, *path: str, code: str = "bad_amount"
) -> Decimal | None:
    """Return the number at the end of a path, ``None`` when nothing stands there.

    :raise FormatError: as :func:`number`; ``repeated_element`` when it stands there twice.
    """
    parent = child(element, *path[:-1])
    if parent is None or child(parent, path[-1]) is None:
        return None
    found = required(parent, path[-1])
    return number(found, code=code) if len(found) or (found.text or "").strip() else None


def read_number(written: str) -> Decimal | None:
    """Return a number as UBL or a careless Belgian writes it, ``None`` when it is none."""
    match = _NUMBER.fullmatch(written)
    if match is None:
        return None
    sign, whole, decimals, cents = match.groups()
    return Decimal(f"{sign}{whole or 0}.{(decimals or cents or '').ljust(2, '0')}") or ZERO


def read_day(written: str) -> date | None:
    """Return a day, ``None`` when it is none. A time zone, which XML allows, changes nothing."""
    match = _DAY.fullmatch(written)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
