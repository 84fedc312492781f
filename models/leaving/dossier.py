"""The dossier of a client as one zip: its files in folders, and a spreadsheet that lists them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

# What is packed already only takes time to pack again.
_PACKED = ("pdf", "zip", "png", "jpg")
_WIDTH = 24


@dataclass(frozen=True)
class Kept:
    """One file of a dossier.

    :param folder: in which it goes, by its kind.
    :param day: of its document, ``None`` when it bears none.
    :param name: with its extension.
    :param key: what no other file of this folder has.
    :param row: what the index says of it.
    :param read: gives its bytes, when it is written.
    """

    folder: str
    day: date | None
    name: str
    key: int
    row: tuple[str, ...]
    read: Callable[[], bytes]

    @property
    def path(self) -> str:
        """Return where it stands in the zip: a name that every file system takes, and its own."""
        stem, _dot, extension = self.name.rpartition(".")
        day = self.day.isoformat() if self.day else "0000"
        return f"{safe(self.folder)}/{day[:4]}/{day} {safe(stem)[:80]} ({self.key}).{extension}"


def pack(files: Iterable[Kept], sheets: dict[str, list[tuple[str, ...]]], index: str) -> bytes:
    """Return a zip with these files, and a spreadsheet of these sheets beside them.

    :param sheets: title -> rows, the headings first; what each file is comes under the first.
    :param index: the name of the spreadsheet, without extension.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        first = next(iter(sheets.values()))
        for file in files:
            packed = file.name.rpartition(".")[2].lower() in _PACKED
            archive.writestr(file.path, file.read(), zipfile.ZIP_STORED if packed else None)
            first.append((*file.row, file.path))
        archive.writestr(f"{safe(index)}.xlsx", _spreadsheet(sheets))
    return buffer.getvalue()


def safe(name: str) -> str:
    """Return a name that every file system takes."""
    return re.sub(r"[^\w .&()-]", "-", name).strip(" .") or "-"


def _spreadsheet(sheets: dict[str, list[tuple[str, ...]]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    bold = book.add_format({"bold": True})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(safe(title)[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(map(len, rows)), _WIDTH)
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                # Never a formula or a number: names begin with =, and a number loses its zeros.
                sheet.write_string(place, column, text, None if place else bold)
    book.close()
    return buffer.getvalue()
