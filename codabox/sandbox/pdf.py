"""PDFs of the sandbox: A4 pages with lines of text."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT_SIZE = 10  # points
LINE_HEIGHT = 14  # points
LEFT, TOP = 50, 790  # points from the lower left corner of an A4 page


def pdf(lines: Sequence[str]) -> bytes:
    """Write a one-page PDF with the given lines of text; the same lines give the same file.

    :param lines: characters outside cp1252 become question marks.
    :return: the file.
    """
    file = BytesIO()
    canvas = Canvas(file, A4, pageCompression=0, invariant=1)
    text = canvas.beginText(LEFT, TOP)
    text.setFont("Helvetica", FONT_SIZE, LINE_HEIGHT)
    for line in lines:
        text.textLine(line.encode("cp1252", "replace").decode("cp1252"))
    canvas.drawText(text)
    canvas.save()
    return file.getvalue()
