"""From the bytes of a file to the tree of one invoice: wrappers off, embedded files aside.

A printed invoice of ten megabytes is one text of the XML, longer than a careful XML parser takes.
The long ones are therefore cut out of the bytes first; the XML around them stays small.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..reading.xml_reading import Standard, local_name, read_xml
from .elements import child, text
from .layout import (
    ATTACHED,
    CREDIT_NOTE,
    ENVELOPE,
    INVOICE,
    MAX_BYTES,
    MAX_TAGS,
    MAX_WRAPPERS,
    NAMESPACES,
    UBL,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_UBL: Final = Standard("UBL", "not_ubl", "Invoice or CreditNote", MAX_BYTES, MAX_TAGS)
_ROOT = re.compile(
    rb"<(?:[\w.-]{1,40}:)?(?:%b|%b|%b|%b)[\s>]"
    % tuple(name.encode() for name in (INVOICE, CREDIT_NOTE, ATTACHED, ENVELOPE))
)

BINARY: Final = "EmbeddedDocumentBinaryObject"
_LONG = re.compile(rb"(<(?:[\w.-]+:)?%b\b[^<>]*>)([A-Za-z0-9+/=\s]{4096,})(?=<)" % BINARY.encode())
# No base64; a file in which it stands already is read as it is.
_MARK: Final = b"@codabox:"
_CUT = re.compile(_MARK + rb"([0-9]{1,6})@")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Source:
    """The root of an invoice; ``long_texts`` are the base64 texts that were cut out of it."""

    root: _Element
    long_texts: tuple[bytes, ...]

    def base64(self, element: _Element) -> bytes:
        """Return the base64 text of an embedded file."""
        written = (element.text or "").strip().encode("utf-8")
        cut = _CUT.fullmatch(written)
        return self._long_text(cut) if cut else written

    def _long_text(self, cut: re.Match[bytes]) -> bytes:
        number = int(cut[1])
        return self.long_texts[number] if number < len(self.long_texts) else cut[0]


def is_ubl(data: bytes) -> bool:
    """Return whether the content looks like a UBL document; ``parse_ubl`` says whether it is."""
    start = data[:8000].replace(b"\0", b"")
    return b"<" in start[:10] and UBL.encode() in start and bool(_ROOT.search(start))


def read_source(data: bytes) -> Source:
    """Return the invoice or credit note inside a file.

    :raise NotRecognised: ``not_ubl``, when there is none.
    :raise FormatError: as :func:`codabox.reading.xml_reading.read_xml`.
    """
    for _ in range(MAX_WRAPPERS):
        long_texts: list[bytes] = []
        root = read_xml(_without_long_texts(data, long_texts), _UBL)
        if local_name(root) == ENVELOPE:
            root = _content(root)
        source = Source(root, tuple(long_texts))
        if local_name(root) != ATTACHED:
            break
        data = _attached(source)
    name = local_name(root)
    if name not in NAMESPACES or not (root.tag[1:].startswith(UBL)):
        raise _UBL.not_recognised(name)
    return source


def decode(written: bytes) -> bytes | None:
    """Return the content of a base64 text, ``None`` when it is none.

    Blanks and missing padding are forgiven: every e-mail program does.
    """
    compact = b"".join(written.split()).rstrip(b"=")
    if not _BASE64.fullmatch(compact):
        return None
    try:
        return binascii.a2b_base64(compact + b"=" * (-len(compact) % 4))
    except ValueError:  # one letter too many
        return None


def _without_long_texts(data: bytes, long_texts: list[bytes]) -> bytes:
    if len(data) > MAX_BYTES or _MARK in data:
        return data

    def cut(match: re.Match[bytes]) -> bytes:
        long_texts.append(match[2])
        lines = b"\n" * match[2].count(b"\n")  # the lines below keep their numbers
        return match[1] + _MARK + b"%d@" % (len(long_texts) - 1) + lines

    return _LONG.sub(cut, data)


def _content(envelope: _Element) -> _Element:
    """Return what stands beside the header of a Peppol envelope."""
    for element in envelope:
        if local_name(element) in (INVOICE, CREDIT_NOTE, ATTACHED):
            return element
    raise _UBL.not_recognised(ENVELOPE)


def _attached(source: Source) -> bytes:
    """Return the document in an attached document: embedded, or written out as a text."""
    attachment = child(source.root, "Attachment")
    binary = child(attachment, BINARY)
    if binary is not None and (found := decode(source.base64(binary))):
        return found
    description = text(attachment, "ExternalReference", "Description")
    if not description:
        raise _UBL.not_recognised(ATTACHED)
    return _DECLARATION.sub("", description, count=1).encode("utf-8")
