"""Recognises SODA and gives its tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..reading.xml_reading import Standard, local_name, read_xml
from .layout import MAX_BYTES, MAX_TAGS, ROOT

if TYPE_CHECKING:
    from lxml.etree import _Element

_SODA: Final = Standard("SODA", "not_soda", ROOT, MAX_BYTES, MAX_TAGS)


def read_tree(data: bytes) -> _Element:
    """Return the root element of a SODA file.

    :raise NotRecognised: when this is no XML, or XML of something else.
    :raise FormatError: ``too_large``, ``forbidden_dtd``, ``bad_encoding`` or ``bad_xml``.
    """
    root = read_xml(data, _SODA)
    if local_name(root) != ROOT:
        raise _SODA.not_recognised(local_name(root))
    return root


def is_soda(data: bytes) -> bool:
    """Return whether the content looks like SODA; ``parse_soda`` says whether it is."""
    start = data[:4000].replace(b"\0", b"")
    return b"<" in start[:10] and ROOT.encode() in start
