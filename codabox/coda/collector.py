"""Collects the lines 2.x and 3.x of a statement: continuation by position, groups by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import checks
from .movements import Draft, MovementReader
from .tree import build_group, is_rooted, starts_group

if TYPE_CHECKING:
    from .records import Movement, Notice

_NUMBERS = slice(2, 10)


class MovementCollector:
    """The movements of one statement, built group by group so that few lines are held.

    :param reader: makes movements of lines.
    :param separate: whether the statement is a separate application.
    :param notices: what does not fit is added here.
    """

    def __init__(self, reader: MovementReader, *, separate: bool, notices: list[Notice]) -> None:
        self.movements: list[Movement] = []
        self.count = 0
        self.handlers = {
            "21": self._on_21,
            "22": self._on_22,
            "23": self._on_23,
            "31": self._on_31,
            "32": self._on_32,
            "33": self._on_33,
        }
        self._reader = reader
        self._separate = separate
        self._notices = notices
        self._group: list[Draft] = []
        self._draft: Draft | None = None
        self._sequence = self._last_detail = ""
        self._numbers = self._information_numbers = ""

    def flush(self) -> None:
        """Build the movements of the group that just ended."""
        group = self._group
        if not group:
            return
        self._group = []
        if len(group) == 1 and group[0].detail == "0000" and not self._separate:
            self.movements.append(self._reader.read(group[0]))
            return
        rooted = is_rooted(group, separate=self._separate)
        movements = build_group(group, self._reader, rooted=rooted)
        if not rooted and not self._separate:
            self._notices.append(checks.without_root(group[0].record, movements[0].detail))
        self.movements += movements

    def _on_21(self, record: int, line: str) -> None:
        self.count += 1
        self._draft = draft = Draft(record, line)
        sequence = line[2:6]
        if sequence != self._sequence or starts_group(draft, self._last_detail):
            self.flush()
        self._group.append(draft)
        self._sequence = sequence
        self._last_detail = draft.detail
        self._numbers = line[_NUMBERS]
        self._information_numbers = ""

    def _on_22(self, record: int, line: str) -> None:
        draft = self._draft
        if draft is not None and line[_NUMBERS] == self._numbers and not draft.line_2:
            self.count += 1
            draft.line_2 = line
        elif self._continues(record, line, self._numbers, "21") and draft is not None:
            draft.line_2 = self._only(record, draft.line_2, line)

    def _on_23(self, record: int, line: str) -> None:
        draft = self._draft
        if draft is not None and line[_NUMBERS] == self._numbers and not draft.line_3:
            self.count += 1
            draft.line_3 = line
        elif self._continues(record, line, self._numbers, "21") and draft is not None:
            draft.line_3 = self._only(record, draft.line_3, line)

    def _on_31(self, record: int, line: str) -> None:
        self.count += 1
        if self._draft is None:
            self._notices.append(checks.orphan(record, "31", "21"))
            return
        if not self._draft.information:
            self._draft.information = []
        self._draft.information.append([line, "", ""])
        self._information_numbers = line[_NUMBERS]
        # Information takes detail numbers too, so it may be what passes 9999.
        self._last_detail = line[6:10]

    def _on_32(self, record: int, line: str) -> None:
        self._continue_information(record, line, 1)

    def _on_33(self, record: int, line: str) -> None:
        self._continue_information(record, line, 2)

    def _continue_information(self, record: int, line: str, place: int) -> None:
        if self._continues(record, line, self._information_numbers, "31") and self._draft:
            lines = self._draft.information[-1]
            lines[place] = self._only(record, lines[place], line)

    def _continues(self, record: int, line: str, numbers: str, kind: str) -> bool:
        """Return whether there is something to continue: the last record, by position."""
        self.count += 1
        if line[_NUMBERS] == numbers:
            return True
        if not numbers:
            self._notices.append(checks.orphan(record, line[:2], kind))
            return False
        self._notices.append(checks.mismatch(record, numbers, line))
        return True

    def _only(self, record: int, before: str, line: str) -> str:
        """Return the first of two lines of the same kind."""
        if before:
            self._notices.append(checks.repeated(record, line[:2]))
        return before or line
