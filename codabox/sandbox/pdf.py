"""A tiny PDF writer: one A4 page with lines of text, enough for every viewer to open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT_SIZE = 10  # points
LINE_HEIGHT = 14  # points
LEFT, TOP = 50, 790  # points from the lower left corner of an A4 page


def pdf(lines: Sequence[str]) -> bytes:
    """Write a one-page PDF (1.4, Helvetica, cp1252) with the given lines of text.

    :param lines: characters outside cp1252 become question marks.
    :return: the file.
    """
    text = b"".join(b"(%s) '\n" % _escaped(line) for line in lines)
    content = b"BT /F1 %d Tf %d TL %d %d Td\n%sET" % (FONT_SIZE, LINE_HEIGHT, LEFT, TOP, text)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    file = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(file)
    size = len(objects) + 1
    # Each entry of the table is exactly 20 bytes, as PDF 1.4 section 3.4.3 asks.
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    file += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, entries)
    file += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(file)


def _escaped(line: str) -> bytes:
    for character in "\\()":
        line = line.replace(character, f"\\{character}")
    return line.encode("cp1252", "replace")
