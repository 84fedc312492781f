"""The records of a file by their place in it, so that nothing is copied before it is asked for.

A file of thousands of movements is read for its money first: dates, amounts and numbers are ASCII
and stand at fixed columns, whatever the encoding of the texts between them.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from .layout import WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .records import Notice

# One byte is one column in these.
ONE_BYTE = ("ascii", "cp850", "cp1252")
_LINE_ENDS = (b"\r\n", b"\n", b"\r")
_NO_LINE_ENDS = bytes(code for code in range(256) if code not in b"\r\n")
_FIRST_DIGITS = b"0123489"


class Lines:
    """Records of 128 characters at equal distances.

    ``columns`` holds each character in one byte, those that are not ASCII as anything else;
    a record starts every ``stride`` bytes. ``numbers`` are the 1-based places of the records in
    the file, where blank lines count too.

    :param columns: the file, or as many bytes.
    :param encoding: one of ``ONE_BYTE``: how to read texts from the columns.
    :param stride: length of a record with its line end.
    """

    __slots__ = ("_encoding", "_texts", "columns", "notices", "numbers", "stride")

    def __init__(self, columns: bytes, encoding: str, stride: int) -> None:
        self.columns = columns
        self.stride = stride
        self.numbers: Sequence[int] = range(1, len(self.places) + 1)
        self.notices: list[Notice] = []
        self._encoding = encoding
        self._texts: list[str] | None = None

    @classmethod
    def of_texts(cls, texts: list[str], numbers: list[int], notices: list[Notice]) -> Lines:
        """Return records whose texts had to be brought to 128 characters first."""
        lines = cls("".join(texts).encode("ascii", "replace"), "ascii", WIDTH)
        lines.numbers, lines.notices, lines._texts = numbers, notices, texts
        return lines

    @property
    def places(self) -> range:
        """Where each record starts in the columns."""
        return range(0, len(self.columns), self.stride)

    def place(self, number: int) -> int:
        """Return where the record with this line number starts."""
        if self._texts is None:
            return (number - 1) * self.stride
        return bisect_left(self.numbers, number) * self.stride

    def count(self, first: int, last: int) -> int:
        """Return how many records there are from one line number up to another, left out."""
        return (self.place(last) - self.place(first)) // self.stride

    def text(self, place: int) -> str:
        """Return the 128 characters of the record at a place."""
        if self._texts is not None:
            return self._texts[place // self.stride]
        return self.columns[place : place + WIDTH].decode(self._encoding, "replace")


def find_stride(data: bytes) -> int:
    """Return the distance of the records when each has 128 bytes and all end alike, else 0.

    The last one may lack its line end. A line that starts with no record id makes it 0 too.
    """
    end = next((end for end in _LINE_ENDS if data.startswith(end, WIDTH)), b"")
    stride = WIDTH + len(end)
    count, rest = divmod(len(data), stride)
    regular = (
        rest in (0, WIDTH)
        # The signs of line ends stand in their own columns, and nowhere else.
        and data.translate(None, _NO_LINE_ENDS) == end * count
        and all(
            data[column::stride] == end[at : at + 1] * count
            for at, column in enumerate(range(WIDTH, stride))
        )
        and not data[::stride].translate(None, _FIRST_DIGITS)
    )
    return stride if regular else 0
