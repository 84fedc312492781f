"""Bytes to lines of 128 characters, whatever the encoding and the line ends.

The standard fixes no encoding. Positions are characters, so decoding comes before cutting.
"""

from __future__ import annotations

import codecs
import re

from .layout import WIDTH
from .lines import ONE_BYTE, Lines, find_stride
from .records import Notice

# No bank prints control characters: only the line ends mean something, and PostgreSQL refuses a
# NUL. Ctrl-Z, the end-of-file mark of DOS, goes with them.
_CONTROLS_TO_BLANKS = bytes.maketrans(
    bytes(code for code in range(32) if code not in b"\r\n"), b" " * 30
)

_NO_CONTROLS = bytes(code for code in range(256) if code >= 32 or code in b"\r\n")

# Letters of cp850 at places where cp1252 has signs that do not stand beside a letter, or nothing.
_CP850_LETTERS = re.compile(
    rb"[A-Za-z][\x81\x82\x87\x88\x89\x8b\x8d\x8f\x90]"
    rb"|[\x81\x82\x87\x88\x89\x8b\x8d\x8f\x90][A-Za-z]"
    rb"|[a-z]\x8a|[A-Za-z]\x84[a-z]| \x85 "
)
_CP1252_LETTERS = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")

_HEADER = re.compile(rb"0{5}[0-9 ]{6}.{3}05", re.DOTALL)
_HEAD_SIZE = 65536


def is_coda(data: bytes) -> bool:
    """Return whether the first line is a header of CODA, of any version.

    The name of a file says nothing: banks use .cod, .CD2, .BC2, .txt, .008 and none at all.
    """
    return _HEADER.match(_plain(bytes(data[:_HEAD_SIZE])).lstrip()) is not None


def first_line(data: bytes) -> str:
    """Return the start of the first line that is not blank, for messages."""
    start = _plain(bytes(data[:_HEAD_SIZE])).lstrip()[:WIDTH]
    return start.decode("ascii", "replace").splitlines()[0] if start else ""


def find_encoding(data: bytes) -> str:
    """Return the name of the encoding seen in practice that explains these bytes best.

    UTF-8 counts only when it keeps the columns: otherwise the writer counted bytes.
    """
    if data.isascii():
        return "ascii"
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return "cp850" if _is_cp850(data) else "cp1252"
    return "utf-8" if _keeps_columns(text) else "cp1252"


def decode_text(data: bytes) -> str:
    """Decode what one of the encodings seen in practice explains best; never fails."""
    return data.decode(find_encoding(data), "replace")


def read_lines(data: bytes) -> Lines:
    """Decode a file and cut it into lines of 128 characters.

    Blank lines are left out, short ones padded, since some programs strip trailing blanks.
    A longer line is cut; a notice says so when something stood there.
    """
    data = _plain(bytes(data), keep_mark=True)
    encoding = find_encoding(data)
    stride = find_stride(data) if encoding in ONE_BYTE else 0
    if stride:
        return Lines(data, encoding, stride)
    return _repair(_split(data.decode(encoding, "replace")))


def _plain(data: bytes, *, keep_mark: bool = False) -> bytes:
    """Return the same text in an encoding that contains ASCII, without control characters."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = codecs.BOM_UTF8 + data.decode("utf-16", "replace").encode("utf-8", "replace")
    if not keep_mark:
        data = data.removeprefix(codecs.BOM_UTF8)
    # Nearly no file has any: then there is nothing to copy.
    return data.translate(_CONTROLS_TO_BLANKS) if data.translate(None, _NO_CONTROLS) else data


def _is_cp850(data: bytes) -> bool:
    """Return whether more letters make sense in the code page of DOS than in that of Windows."""
    return len(_CP850_LETTERS.findall(data)) > len(_CP1252_LETTERS.findall(data))


def _keeps_columns(text: str) -> bool:
    """Return whether lines with accents have 128 characters rather than 128 bytes."""
    lines = [line for line in _split(text) if not line.isascii()]
    if any(len(line) == WIDTH for line in lines):
        return True
    return not any(len(line.encode()) == WIDTH for line in lines)


def _split(text: str) -> list[str]:
    """Split at LF, CRLF and CR only: ``str.splitlines`` also knows signs that stand in texts."""
    if "\r" in text:
        if text.count("\r\n") == text.count("\r") == text.count("\n"):
            return _without_last(text.split("\r\n"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = text.strip()
    if "\n" not in whole and len(whole) > WIDTH:
        # No line ends at all: records follow each other without any separator.
        return [whole[at : at + WIDTH] for at in range(0, len(whole), WIDTH)]
    return _without_last(text.split("\n"))


def _without_last(lines: list[str]) -> list[str]:
    """Leave out the empty piece behind the last line end."""
    if not lines[-1]:
        lines.pop()
    return lines


def _repair(texts: list[str]) -> Lines:
    """Bring lines of any length to 128 characters; blank ones keep their number only."""
    result, numbers, notices = [], [], []
    for number, text in enumerate(texts, start=1):
        if not text or text.isspace():
            continue
        extra = text[WIDTH:].strip()
        if extra:
            notices.append(_too_long(number, len(text)))
        result.append(text[:WIDTH].ljust(WIDTH))
        numbers.append(number)
    return Lines.of_texts(result, numbers, notices)


def _too_long(number: int, length: int) -> Notice:
    message = f"Record {number} has {length} characters instead of {WIDTH}: the rest is ignored."
    return Notice(number, "long_line", message, str(WIDTH), str(length))
