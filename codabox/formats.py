"""Which files a document may have, and whether bytes can be such a file at all.

Both lean to the side on which nothing is lost: formats that CodaBox does not tell are asked for,
and only bytes that certainly are something else are refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from . import const

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Of a model that nobody knows and for which CodaBox tells no formats.
_ANY: Final = ("cod", "pdf", "xml")
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HTML: Final = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_RECORD: Final = 128  # characters of the first record of a CODA, which none goes without
_SNIFFED: Final = 1024  # bytes; readers look for "%PDF" this far
_SMALLEST: Final = len(b"<a/>")
_CONTROLS: Final = bytes(range(32))


def allowed_formats(
    allowed: Mapping[str, Iterable[str]] | None, model: str
) -> tuple[str, ...] | None:
    """Give the formats that CodaBox allows of a model, whatever its letters.

    :param allowed: document model -> formats, as CodaBox tells.
    :param model: document model of an entry.
    :return: ``None`` when CodaBox tells none: they are unknown then, which is not "no files".
    """
    found = [
        _plain(name)
        for key, names in (allowed or {}).items()
        if key.strip().lower() == model.strip().lower()
        for name in names or ()
        if name.strip()
    ]
    return tuple(dict.fromkeys(found)) or None


def formats_to_ask(allowed: Mapping[str, Iterable[str]] | None, model: str) -> tuple[str, ...]:
    """Give the formats to ask for; where CodaBox tells none, all that this software knows."""
    known = const.KNOWN_FORMATS.get(model.strip().lower(), _ANY)
    return allowed_formats(allowed, model) or known


def is_of_format(content: bytes, format: str) -> bool:
    """Say whether bytes may be a file of a format, by how they begin; XML also by how it ends.

    A file that is only odd passes: the one who reads it says what is wrong with it.
    """
    text = _beginning(content)
    if format == "pdf":
        return b"%PDF" in content[:_SNIFFED]
    if format == "xml":
        return text.startswith("<") and not _HTML.match(text) and _is_whole_xml(content)
    if format == "cod":
        other = text.startswith(("<", "{", "[", "%PDF", "PK\x03\x04", "\x1f\x8b"))
        return len(content.translate(None, _CONTROLS).strip()) >= _RECORD and not other
    return format in ("html", "htm") or not _HTML.match(text)


def _is_whole_xml(content: bytes) -> bool:
    """Say whether bytes end as every XML does: one that broke off on its way must come again."""
    end = content[-_SNIFFED:].rstrip(b" \t\r\n\x1a\0")
    return end.endswith(b">") and len(content) >= _SMALLEST


def _plain(name: str) -> str:
    """Write a format that this software knows in its own letters; another one stays as it is."""
    lower = name.strip().lower()
    return lower if lower in _ANY else name.strip()


def _beginning(content: bytes) -> str:
    """Give the first characters without byte order mark and blanks."""
    head, encoding = content[:_SNIFFED], "latin-1"
    for mark, name in _BOMS:
        if head.startswith(mark):
            head, encoding = head[len(mark) :], name
    if head.startswith((b"<\x00", b"\x00<")):
        encoding = "utf-16-le" if head.startswith(b"<") else "utf-16-be"
    return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n\x1a")
