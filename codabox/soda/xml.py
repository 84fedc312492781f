"""From bytes to an XML tree, without ever following what the bytes ask for.

No DTD is accepted at all, so there are no entities to expand and nothing to fetch. What could make
a parser work hard is looked at in the raw bytes, before it starts: a bomb costs milliseconds.
"""

from __future__ import annotations

import re

from lxml import etree

from ..errors import FormatError, NotRecognised
from .layout import ENCODINGS, MAX_BYTES, MAX_TAGS, ROOT

_NOT_SODA = "not_soda"
_DECLARATION = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_FOUND = 40


def read_tree(data: bytes) -> etree._Element:
    """Return the root element of a SODA file.

    :raise NotRecognised: when this is no XML, or XML of something else.
    :raise FormatError: ``too_large``, ``forbidden_dtd``, ``bad_encoding`` or ``bad_xml``.
    """
    _check_bytes(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _bad_xml(error) from None
    except ValueError as error:  # an encoding that lxml does not know
        msg = "bad_encoding"
        raise FormatError(msg, str(error), field="XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _forbidden_dtd()
    if local_name(root) != ROOT:
        raise _not_soda(local_name(root))
    return root


def is_soda(data: bytes) -> bool:
    """Return whether the content looks like SODA; ``parse_soda`` says whether it is."""
    start = data[:4000].replace(b"\0", b"")
    return b"<" in start[:10] and ROOT.encode() in start


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return etree.QName(element).localname


def _check_bytes(data: bytes) -> None:
    """Refuse what is no XML, and what would be costly or dangerous to parse."""
    if len(data) > MAX_BYTES or data.count(b"<") > MAX_TAGS:
        message = f"The file is larger than {MAX_BYTES} bytes or {MAX_TAGS} tags."
        expected = f"{MAX_BYTES} bytes"
        msg = "too_large"
        raise FormatError(msg, message, expected=expected, found=f"{len(data)} bytes")
    text = data.replace(b"\0", b"")  # UTF-16 looks like ASCII now, whatever its byte order
    for mark in _MARKS:
        text = text.removeprefix(mark)
    if not text.lstrip()[:1] == b"<":
        raise _not_soda(text[:_FOUND].decode("ascii", "replace"))
    declared = _DECLARATION.match(text)
    encoding = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if encoding not in ENCODINGS:
        message = f"The encoding {encoding!r} is not used for SODA."
        msg = "bad_encoding"
        raise FormatError(
            msg, message, record=1, field="encoding", expected="UTF-8", found=encoding
        )
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _forbidden_dtd()


def _not_soda(found: str) -> NotRecognised:
    found = found[:_FOUND]
    message = f"This is not a SODA file: expected {ROOT}, found {found!r}."
    return NotRecognised(_NOT_SODA, message, record=1, field="root", expected=ROOT, found=found)


def _forbidden_dtd() -> FormatError:
    message = "The file declares a document type, which SODA does not have: it is not read."
    return FormatError(
        "forbidden_dtd", message, record=1, field="DOCTYPE", expected="no DOCTYPE", found="DOCTYPE"
    )


def _bad_xml(error: etree.XMLSyntaxError) -> FormatError:
    """Return what is wrong with the XML, without any text of the file but names of tags."""
    found = re.sub(r", line \d+, column \d+.*", "", error.msg or "unreadable", flags=re.DOTALL)
    message = f"Line {error.lineno}: the XML is broken: {found}."
    return FormatError(
        "bad_xml", message, record=error.lineno, field="XML", expected="XML", found=found[:200]
    )
