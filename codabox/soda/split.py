"""One file per employer, so that nobody reads the payroll of another one."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from ..reading.xml_reading import local_name
from .xml import read_tree

if TYPE_CHECKING:
    from lxml.etree import _Element


def split_soda(data: bytes, position: int) -> bytes:
    """Return the file with the entry at this position only, everything else as it came.

    A file of one entry is returned byte for byte.

    :param data: a file that ``parse_soda`` reads.
    :param position: of the entry among those of the file, from 0.
    :raise FormatError: when ``parse_soda`` would.
    """
    root = read_tree(data)
    entries = _entries(root)
    if len(entries) == 1:
        return data
    copy = deepcopy(root)
    for number, element in enumerate(_entries(copy)):
        if number != position:
            copy.remove(element)
    return etree.tostring(copy, encoding="UTF-8", xml_declaration=True)


def _entries(root: _Element) -> list[_Element]:
    return [element for element in root if local_name(element) == "Social"]
