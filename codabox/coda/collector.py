"""Collects the records 2.x and 3.x of a statement: continuation by position, groups by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import checks
from .tree import LAST_DETAIL, is_rooted, nest, starts_group

if TYPE_CHECKING:
    from .lines import Lines
    from .movements import MovementReader
    from .records import Movement

_ONCE_FOR_INFORMATION = {b"32", b"33"}


class MovementCollector:
    """The movements of one statement, built group by group.

    :param reader: makes movements of records.
    :param lines: the file; what does not fit is added to its notices.
    :param separate: whether the statement is a separate application.
    """

    def __init__(self, reader: MovementReader, lines: Lines, *, separate: bool) -> None:
        self.movements: list[Movement] = []
        self.handlers = {
            b"21": self._on_movement,
            b"22": self._on_continuation,
            b"23": self._on_continuation,
            b"31": self._on_information,
            b"32": self._on_information_continuation,
            b"33": self._on_information_continuation,
        }
        self._reader = reader
        self._columns = lines.columns
        self._notices = lines.notices
        self._text = lines.text
        self._separate = separate
        # The movements of the group so far.
        self._group: list[Any] = []
        self._sequence = self._last_detail = -1
        # Sequence and detail numbers of the movement and of the information to be continued,
        # and where these stand.
        self._numbers = self._information_numbers = b""
        self._place = self._information_place = 0
        # Which records that may come once for each of them have come.
        self._seen: set[bytes] = set()

    def flush(self) -> None:
        """Build the movements of the group that just ended."""
        group, reader = self._group, self._reader
        if len(group) == 1 and not self._separate and group[0].detail == 0:
            self.movements.append(reader.freeze(group.pop()))
        elif group:
            drafts = [(movement, reader.kind(movement.record)) for movement in group]
            self.movements += self._build_group(drafts)
            group.clear()

    def _build_group(self, drafts: list[tuple[Any, str]]) -> list[Movement]:
        """Return the top-level movements of one group, with their details inside."""
        freeze = self._reader.freeze
        first, kind = drafts[0]
        rooted = is_rooted(first.detail, kind, separate=self._separate)
        movements = [
            freeze(movement, tuple(map(freeze, children)))
            for movement, children in nest(drafts[1:] if rooted else drafts)
        ]
        if rooted:
            return [freeze(first, tuple(movements))]
        if not self._separate:
            self._notices.append(checks.without_root(first.record, first.detail))
        return movements

    def _on_movement(self, record: int, place: int) -> None:
        movement = self._reader.read(record, place)
        sequence, detail = movement.sequence, movement.detail
        if sequence != self._sequence or self._starts_group(record, detail):
            self.flush()
        self._group.append(movement)
        self._sequence = sequence
        self._last_detail = detail
        self._numbers = self._columns[place + 2 : place + 10]
        self._place = place
        self._information_numbers = b""
        self._seen.clear()

    def _starts_group(self, record: int, detail: int) -> bool:
        after_last = self._last_detail == LAST_DETAIL
        return starts_group(detail, self._reader.kind(record), after_last=after_last)

    def _on_information(self, record: int, place: int) -> None:
        if not self._numbers:
            self._notices.append(checks.orphan(record, "31", "21"))
            return
        self._information_numbers = numbers = self._columns[place + 2 : place + 10]
        self._information_place = place
        self._seen -= _ONCE_FOR_INFORMATION
        # Information takes detail numbers too, so it may be what passes 9999.
        self._last_detail = LAST_DETAIL if numbers.endswith(b"9999") else -1

    def _on_continuation(self, record: int, place: int) -> None:
        self._check(record, place, self._numbers, "21")

    def _on_information_continuation(self, record: int, place: int) -> None:
        self._check(record, place, self._information_numbers, "31")

    def _check(self, record: int, place: int, numbers: bytes, kind: str) -> None:
        """Check that a record continues the one before: by position, and also by its numbers.

        :param numbers: of the last record that it may continue; empty when there is none.
        :param kind: the record id of that one.
        """
        columns, seen = self._columns, self._seen
        record_id = columns[place : place + 2]
        same = columns[place + 2 : place + 10] == numbers
        if same and record_id not in seen:
            seen.add(record_id)
        elif not numbers:
            self._notices.append(checks.orphan(record, record_id.decode(), kind))
        else:
            if not same:
                before = self._text(self._place if kind == "21" else self._information_place)
                self._notices.append(checks.mismatch(record, before[2:10], self._text(place)))
            if record_id in seen:
                self._notices.append(checks.repeated(record, record_id.decode()))
            seen.add(record_id)
