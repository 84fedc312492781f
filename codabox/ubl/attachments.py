"""Reads the files inside an invoice, each decoded once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .elements import child, children, text
from .layout import PDF, PDF_MARK, PRINTED
from .numbers import normal_number
from .records import Attachment
from .source import BINARY, decode

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .notes import Notes
    from .source import Source


def read_attachments(source: Source, notes: Notes) -> tuple[Attachment, ...]:
    """Return the embedded files; at most one PDF is the printed invoice itself.

    The one that bears the number of the invoice, else the one that is said to be it.
    """
    found, printed = [], []
    number = normal_number(text(source.root, "ID"))
    for reference in children(source.root, "AdditionalDocumentReference"):
        binary = child(reference, "Attachment", BINARY)
        if binary is None:
            continue
        content = decode(source.base64(binary))
        if not content:
            notes.add(binary, "bad_attachment", "An embedded file cannot be read.")
            continue
        if mime_type(binary, content) == PDF:
            bears = _bears(number, reference, binary)
            printed.append((not bears, not _is_printed(reference), len(found)))
        found.append(Attachment(_name(reference, binary), mime_type(binary, content), content))
    if printed:
        position = min(printed)[-1]
        found[position] = replace(found[position], is_invoice=True)
    return tuple(found)


def mime_type(binary: _Element, content: bytes) -> str:
    """Return the kind of an embedded file; a PDF is one whatever its sender calls it."""
    if content[:1024].lstrip().startswith(PDF_MARK):
        return PDF
    return binary.get("mimeCode", "").strip().lower()


def _name(reference: _Element, binary: _Element) -> str:
    """Return a file name; some senders write the path on their own computer."""
    written = binary.get("filename", "").strip() or text(reference, "ID")
    return written.replace("\\", "/").rpartition("/")[2]


def _bears(number: str, reference: _Element, binary: _Element) -> bool:
    """Return whether a file is named after the number of the invoice."""
    stem = _name(reference, binary).rpartition(".")[0]
    return bool(number) and number in (normal_number(stem), normal_number(text(reference, "ID")))


def _is_printed(reference: _Element) -> bool:
    kinds = (text(reference, "DocumentType"), text(reference, "DocumentDescription"))
    return any(kind.lower().replace(" ", "") in PRINTED for kind in kinds)
