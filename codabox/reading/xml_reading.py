"""From bytes to an XML tree, without ever following what the bytes ask for.

No DTD is accepted at all, so there are no entities to expand and nothing to fetch. What could make
a parser work hard is looked at in the raw bytes, before it starts: a bomb costs milliseconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NoReturn

from lxml import etree

from ..errors import FormatError, NotRecognised

# The encodings a Belgian sender may use. Others, such as UTF-7, only hide things from a reader.
ENCODINGS: Final = (
    "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii",
    "iso-8859-1", "iso-8859-15", "latin1", "windows-1252", "cp1252",
)  # fmt: skip

_DECLARATION = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_FOUND = 40


@dataclass(frozen=True, slots=True)
class Standard:
    """What a format allows: its name, the code for what is none, its root, and its limits."""

    name: str
    code: str
    root: str
    max_bytes: int
    max_tags: int

    def not_recognised(self, found: str) -> NotRecognised:
        """Return the error for content that is something else."""
        found = found[:_FOUND]
        message = f"This is not a {self.name} file: expected {self.root}, found {found!r}."
        return NotRecognised(
            self.code, message, record=1, field="root", expected=self.root, found=found
        )


def read_xml(data: bytes, standard: Standard) -> etree._Element:
    """Return the root element of a file, whatever its name.

    :raise NotRecognised: when this is no XML.
    :raise FormatError: ``too_large``, ``forbidden_dtd``, ``bad_encoding`` or ``bad_xml``.
    """
    _check_bytes(data, standard)
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
        raise _forbidden_dtd(standard)
    return root


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def refuse(code: str, record: int | None, field: str, expected: str, found: str) -> NoReturn:
    """Raise the error that says where a file cannot be booked from."""
    found = found[:_FOUND]
    message = f"Line {record}, element {field}: expected {expected}, found {found!r}."
    raise FormatError(code, message, record=record, field=field, expected=expected, found=found)


def _check_bytes(data: bytes, standard: Standard) -> None:
    """Refuse what is no XML, and what would be costly or dangerous to parse."""
    if len(data) > standard.max_bytes or data.count(b"<") > standard.max_tags:
        message = f"The file is larger than {standard.max_bytes} bytes or {standard.max_tags} tags."
        expected = f"{standard.max_bytes} bytes"
        msg = "too_large"
        raise FormatError(msg, message, expected=expected, found=f"{len(data)} bytes")
    text = data.replace(b"\0", b"")  # UTF-16 looks like ASCII now, whatever its byte order
    for mark in _MARKS:
        text = text.removeprefix(mark)
    if not text.lstrip()[:1] == b"<":
        raise standard.not_recognised(text[:_FOUND].decode("ascii", "replace"))
    declared = _DECLARATION.match(text)
    encoding = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if encoding not in ENCODINGS:
        message = f"The encoding {encoding!r} is not used for {standard.name}."
        msg = "bad_encoding"
        raise FormatError(
            msg, message, record=1, field="encoding", expected="UTF-8", found=encoding
        )
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _forbidden_dtd(standard)


def _forbidden_dtd(standard: Standard) -> FormatError:
    message = (
        f"The file declares a document type, which {standard.name} does not have: it is not read."
    )
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
