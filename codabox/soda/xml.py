"""Recognises SODA and gives its tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..reading.xml_reading import Standard, local_name, read_xml
from .layout import MAX_BYTES, MAX_TAGS, ROOT

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_DECLARATION_SIZE = 200
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SODA: Final = Standard("SODA", "not_soda", ROOT, MAX_BYTES, MAX_TAGS)


def read_tree(data: bytes) -> _Element:
    """Return the root element of a SODA file.

    :raise NotRecognised: when this is no XML, or XML of something else.
    :raise FormatError: ``too_large``, ``forbidden_dtd``, ``bad_encoding`` or ``bad_xml``.
    """
    root = read_xml(in_utf8(data), _SODA)
    if local_name(root) != ROOT:
        raise _SODA.not_recognised(local_name(root))
    return root


def in_utf8(data: bytes) -> bytes:
    """Return a file that says UTF-8 and is in the encoding of Windows in UTF-8, any other as it is.

    Only letters with accents differ: codes and amounts are the same bytes in both.
    """
    declared = _ENCODING.search(data[:_DECLARATION_SIZE])
    says_utf8 = not declared or declared[1].lower() in (b"utf-8", b"utf8")
    if not says_utf8 or len(data) > MAX_BYTES or b"\0" in data or data.startswith(_WIDE_MARKS):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252").encode("utf-8")
        except UnicodeDecodeError:
            return data
    return data


def is_soda(data: bytes) -> bool:
    """Return whether the content looks like SODA; ``parse_soda`` says whether it is."""
    start = data[:4000].replace(b"\0", b"")
    return b"<" in start[:10] and ROOT.encode() in start
