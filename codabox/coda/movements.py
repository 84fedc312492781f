"""From the lines of one movement to a ``Movement``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .communication import decode_movement, structured_reference
from .continuations import ContinuationReader
from .information import InformationReader
from .layout import RECORDS, cut, cutter
from .records import Movement
from .references import find_reference
from .values import DAYS, NUMBERS, read_amount, read_day, read_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .records import Information

_RETURN_TYPES = "12345"
_DIRECT_DEBIT = "127"
# Information records use types below 100 for themselves.
_FIRST_MOVEMENT_TYPE = "100"
_BLANK_22 = " " * 53

# Setting 24 fields of a frozen dataclass costs more than all the rest of reading a movement: a
# twin with the same slots is filled first and then becomes the frozen one.
_Unfrozen: Any = type("_Unfrozen", (), {"__slots__": Movement.__slots__})


# Shared by the many movements that have none: never changed.
_NO_INFORMATION: list[list[str]] = []


class Draft:
    """The lines that belong to one 2.1 record, and what the grouping needs to know of it.

    ``information`` is a list of ``[3.1, 3.2, 3.3]`` lines, empty where there is none.
    """

    __slots__ = ("detail", "information", "kind", "line", "line_2", "line_3", "record")

    def __init__(self, record: int, line: str) -> None:
        self.record = record
        self.line = line
        self.line_2 = self.line_3 = ""
        self.information: list[list[str]] = _NO_INFORMATION
        self.detail = line[6:10]
        self.kind = line[53]


class MovementReader:
    """Reads the movements of one statement; the version decides which tables count."""

    def __init__(self, version: int, own_account: str) -> None:
        layouts = RECORDS[version]
        self._own = own_account
        self._cut_21 = cutter(
            layouts["21"],
            "sequence",
            "detail",
            "bank_reference",
            "other_reference",
            "sign",
            "amount",
            "value_date",
            "code",
            "structured",
            "communication",
            "entry_date",
            "paper_number",
            "globalisation",
        )
        continuations = ContinuationReader(version)
        self._second, self._third = continuations.second, continuations.third
        self._information = InformationReader(version).read

    def read(self, draft: Draft, details: tuple[Movement, ...] = ()) -> Movement:
        """Return the movement of these lines.

        :raise FormatError: when an amount, a sign or a date cannot be read.
        """
        sequence, detail, bank, other, sign, digits, value, code, flag, text, entry, paper, last = (
            self._cut_21(draft.line)
        )
        movement = _Unfrozen()
        movement.record = draft.record
        movement.amount = read_amount(sign, digits, draft.record, "amount")
        try:
            movement.sequence = NUMBERS[sequence]
            movement.detail = NUMBERS[detail]
            movement.value_date = DAYS[value]
            movement.entry_date = DAYS[entry]
        except ValueError:
            self._refuse(draft)
        movement.code = code.strip()
        movement.bank_reference = bank.strip()
        movement.other_reference = other.strip()
        movement.paper_number = paper.strip()
        movement.globalisation = last.strip()
        movement.details = details
        self._continue(movement, draft, flag, text)
        movement.__class__ = Movement
        return movement  # type: ignore[no-any-return]

    def _refuse(self, draft: Draft) -> None:
        """Find the number or date that could not be read, and say which."""
        parts = cut(RECORDS[2]["21"], draft.line)
        for name in ("sequence", "detail"):
            read_number(parts[name], draft.record, name)
        for name in ("value_date", "entry_date"):
            read_day(parts[name], draft.record, name)

    def _continue(self, movement: Any, draft: Draft, flag: str, text: str) -> None:  # noqa: ANN401
        """Fill what depends on the records behind the 2.1."""
        text_2, reference, tail = self._second(draft.line_2)
        (bic, return_type, reason, category, purpose, currency, original) = tail
        party, text_3 = self._third(draft.line_3, bic)
        communication, structured = _communication(flag, text, text_2, text_3)
        if structured is not None and not return_type:
            return_type, reason = _returned_debit(structured, reason)
        information = self._information(draft.information) if draft.information else ()
        movement.customer_reference = reference
        movement.communication = communication
        movement.structured = structured
        movement.counterparty = party
        movement.information = information
        movement.reference = payment_reference(
            communication, structured, information, (self._own, party.account)
        )
        movement.return_type = return_type
        movement.return_reason = reason
        movement.category_purpose = category
        movement.purpose = purpose
        movement.original_currency = currency
        movement.original_amount = original


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
