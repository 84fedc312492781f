"""From the lines of one movement to a ``Movement``: its money at once, its texts when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..reading.references import find_reference
from .communication import decode_movement, structured_reference
from .continuations import ContinuationReader
from .information import InformationReader
from .layout import RECORDS, WIDTH, cut, cutter
from .records import Movement, Unread
from .values import DAYS, DECIMALS, EXACT, NUMBERS, read_amount, read_day, read_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .lines import Lines
    from .records import Information

_RETURN_TYPES = "12345"
_DIRECT_DEBIT = "127"
# Information records use types below 100 for themselves.
_FIRST_MOVEMENT_TYPE = "100"
_BLANK_22 = " " * 53
_SIGNS = (b"0", b"1")
_DEBIT = b"1"
_scale = EXACT.scaleb
_KIND = RECORDS[2]["21"]["code"].first - 1

# Setting the fields of a frozen dataclass costs more than all the rest of reading a movement: a
# twin with the same slots is filled first and then becomes the frozen one.
_Unfrozen: Any = type("_Unfrozen", (Unread,), {"__slots__": Movement.__slots__})

# The texts of a movement, in the order in which they are read: those of the 2.1 record that are
# only trimmed, then the others.
_PLAIN_TEXTS = ("code", "bank_reference", "other_reference", "paper_number", "globalisation")
_TEXTS = (
    *_PLAIN_TEXTS,
    *("customer_reference", "communication", "structured", "counterparty", "information"),
    *("reference", "return_type", "return_reason", "category_purpose", "purpose"),
    *("original_currency", "original_amount"),
)
# A frozen dataclass lets itself be changed only so; no text is read any more after the last one.
_SET_TEXTS = [getattr(Movement, name).__set__ for name in (*_TEXTS, "reader")]

# What a 2.1 record says beside texts: the same columns in both versions, all of them digits.
_cut_money = cutter(
    RECORDS[2]["21"], "sequence", "detail", "sign", "amount", "value_date", "entry_date"
)


class MovementReader:
    """Reads the movements of one statement; the version decides which tables count."""

    def __init__(self, version: int, own_account: str, lines: Lines) -> None:
        layouts = RECORDS[version]
        self._own = own_account
        self._lines = lines
        self._columns = lines.columns
        self._cut_texts = cutter(
            layouts["21"],
            *_PLAIN_TEXTS,
            "structured",
            "communication",
        )
        continuations = ContinuationReader(version)
        self._second, self._third = continuations.second, continuations.third
        self._information = InformationReader(version).read

    def read(self, record: int, place: int) -> Any:  # noqa: ANN401
        """Return the movement of the 2.1 record at a place, to be given to :meth:`freeze`.

        :raise FormatError: when an amount, a sign or a date cannot be read.
        """
        sequence, detail, sign, digits, value, entry = _cut_money(
            self._columns[place : place + WIDTH]
        )
        if not digits.isdigit() or sign not in _SIGNS:
            self._refuse(record, place)
        movement = _Unfrozen()
        movement.reader = self
        movement.record = record
        movement.amount = _scale(-int(digits) if sign == _DEBIT else int(digits), -DECIMALS)
        try:
            movement.sequence = NUMBERS[sequence]
            movement.detail = NUMBERS[detail]
            movement.value_date = DAYS[value]
            movement.entry_date = DAYS[entry]
        except ValueError:
            self._refuse(record, place)
        return movement

    def freeze(self, movement: Any, details: tuple[Movement, ...] = ()) -> Movement:  # noqa: ANN401
        """Return a movement of :meth:`read` with its details; it does not change any more."""
        movement.details = details
        movement.__class__ = Movement
        return movement  # type: ignore[no-any-return]

    def kind(self, record: int) -> str:
        """Return the type digit of a movement: what it is to those around it."""
        return self._lines.text(self._lines.place(record))[_KIND]

    def _refuse(self, record: int, place: int) -> None:
        """Find the number, date or amount that could not be read, and say which."""
        parts = cut(RECORDS[2]["21"], self._lines.text(place))
        read_amount(parts["sign"], parts["amount"], record, "amount")
        for name in ("sequence", "detail"):
            read_number(parts[name], record, name)
        for name in ("value_date", "entry_date"):
            read_day(parts[name], record, name)

    def read_texts(self, movement: Movement) -> None:
        """Set the fields of a movement that are texts, from its records in the file."""
        place = self._lines.place(movement.record)
        *plain, flag, text = self._cut_texts(self._lines.text(place))
        line_2, line_3, groups = self._continuations(place)
        text_2, customer_reference, tail = self._second(line_2)
        bic, return_type, reason, *rest = tail
        party, text_3 = self._third(line_3, bic)
        communication, structured = _communication(flag, text, text_2, text_3)
        if structured is not None and not return_type:
            return_type, reason = _returned_debit(structured, reason)
        information = self._information(groups) if groups else ()
        accounts = (self._own, party.account)
        reference = payment_reference(communication, structured, information, accounts)
        values = (
            *map(str.strip, plain),
            *(customer_reference, communication, structured, party, information, reference),
            *(return_type, reason, *rest),
            None,
        )
        for set_text, value in zip(_SET_TEXTS, values, strict=True):
            set_text(movement, value)

    def _continuations(self, place: int) -> tuple[str, str, list[list[str]]]:
        """Return the first 2.2 and 2.3 lines behind a 2.1, and each ``[3.1, 3.2, 3.3]``.

        Empty texts stand for lines that are not there. Free text may stand in between; the next
        movement or the new balance ends them.
        """
        columns, lines = self._columns, self._lines
        second = third = ""
        groups: list[list[str]] = []
        for at in range(place + lines.stride, len(columns), lines.stride):
            kind = columns[at : at + 2]
            if kind == b"22":
                second = second or lines.text(at)
            elif kind == b"23":
                third = third or lines.text(at)
            elif kind == b"31":
                groups.append([lines.text(at), "", ""])
            elif kind[:1] == b"3":
                _add(groups, kind, lines.text(at))
            elif kind[:1] != b"4":
                break
        return second, third, groups


def _add(groups: list[list[str]], kind: bytes, line: str) -> None:
    """Hang a 3.2 or 3.3 line on the last 3.1, the first of each."""
    if groups:
        at = 1 if kind == b"32" else 2
        groups[-1][at] = groups[-1][at] or line


def payment_reference(
    communication: str,
    structured: Mapping[str, object] | None,
    information: tuple[Information, ...],
    accounts: tuple[str, ...],
) -> str:
    """Return the payment reference, searched from the surest place to the least sure.

    :param accounts: numbers at both ends; an old Belgian number looks like an OGM.
    """
    if structured is not None:
        found = structured_reference(structured, accounts)
    else:
        found = find_reference(communication, accounts)
    for item in information:
        if found:
            break
        if item.type is None:
            found = find_reference(item.text, accounts)
        elif item.type >= _FIRST_MOVEMENT_TYPE:
            found = structured_reference({"type": item.type, **item.fields}, accounts)
    return found


def _communication(
    flag: str, text: str, text_2: str, text_3: str
) -> tuple[str, dict[str, object] | None]:
    """Return the text of a movement, and its decoded parts when it is structured."""
    if flag != "1" or text[:3].isspace():
        return (text + text_2 + text_3).strip(), None
    # Columns count from the start: a record that is not there keeps its place.
    payload = text[3:] + (text_2 or (text_3 and _BLANK_22)) + text_3
    return payload.strip(), decode_movement(text[:3], payload)


def _returned_debit(structured: Mapping[str, object], reason: str) -> tuple[str, str]:
    """Return type and reason of a refused direct debit that only its communication tells."""
    kind = structured["type"] == _DIRECT_DEBIT and str(structured["r_type"])
    if not kind or kind not in _RETURN_TYPES:
        return "", reason
    return kind, reason or str(structured["reason"])
