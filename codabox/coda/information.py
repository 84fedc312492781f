"""Reads the records 3.1, 3.2 and 3.3 behind a movement."""

from __future__ import annotations

from .communication import decode_information
from .layout import RECORDS, cutter
from .records import Information


class InformationReader:
    """Reads information records by the tables of one version."""

    def __init__(self, version: int) -> None:
        self._version = version
        layouts = RECORDS[version]
        self._cut_31 = cutter(layouts["31"], "structured", "communication")
        self._span_32 = layouts["32"]["communication"].span
        self._span_33 = layouts["33"]["communication"].span
        self._blank_32 = " " * layouts["32"]["communication"].size

    def read(self, groups: list[list[str]]) -> tuple[Information, ...]:
        """Return structured records one by one, and adjacent free ones as one text.

        Banks cut a long free text every 73 characters, often inside a word.

        :param groups: the lines ``[3.1, 3.2, 3.3]``, empty where there is none.
        """
        result: list[Information] = []
        free: list[str] = []
        for line, line_2, line_3 in groups:
            flag, text = self._cut_31(line)
            text_2, text_3 = line_2[self._span_32], line_3[self._span_33]
            if flag == "1" and not text[:3].isspace():
                _flush(free, result)
                # Columns count from the start: a record that is not there keeps its place.
                payload = text[3:] + (text_2 or (text_3 and self._blank_32)) + text_3
                fields = decode_information(text[:3], payload, self._version)
                result.append(Information(payload.strip(), text[:3], fields))
            else:
                free.append(text + text_2 + text_3)
        _flush(free, result)
        return tuple(result)


def _flush(free: list[str], result: list[Information]) -> None:
    """Move the free texts seen so far to the result, as one."""
    text = "".join(free).strip()
    free.clear()
    if text:
        result.append(Information(text))
