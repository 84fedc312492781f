"""The control totals of the standard, as notices: nothing here stops a file from being read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from .layout import TRAILER, cut
from .records import Movement, Notice, Statement
from .values import is_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .accounts import AccountField

_ZERO = Decimal(0)
# A bank may date a movement after the balance, to the end of the month at most.
_DAYS_AHEAD = 31


class Totals:
    """Debits and credits of some movements, both positive.

    ``literal_debit`` and ``literal_credit`` add every movement with detail number 0000, as the
    letter of the standard has it: they differ from the roots when the details pass 9,999 or, in
    a separate application, stand alone.
    """

    __slots__ = ("credit", "debit", "literal_credit", "literal_debit")

    def __init__(self, movements: Sequence[Movement]) -> None:
        self.debit, self.credit = _debit_and_credit(movements)
        self.literal_debit, self.literal_credit = self.debit, self.credit
        if any(movement.details or movement.detail for movement in movements):
            literal = [item for item in _everything(movements) if item.detail == 0]
            self.literal_debit, self.literal_credit = _debit_and_credit(literal)


def _debit_and_credit(movements: Iterable[Movement]) -> tuple[Decimal, Decimal]:
    debit = credit = _ZERO
    for movement in movements:
        amount = movement.amount
        if amount < _ZERO:
            debit -= amount
        else:
            credit += amount
    return debit, credit


def _everything(movements: Sequence[Movement]) -> Iterator[Movement]:
    for movement in movements:
        yield movement
        yield from _everything(movement.details)


def announced(digits: str, computed: Decimal) -> Decimal:
    """Return a total of the trailer, or what we computed when it cannot be read."""
    return Decimal(int(digits)).scaleb(-3) if is_digits(digits) else computed


def check_trailer(record: int, line: str, count: int, totals: Totals) -> Iterator[Notice]:
    """Compare record count and totals of record 9 with the records before it."""
    parts = cut(TRAILER, line)
    if parts["count"] != f"{count:06d}"[-6:]:
        yield _differs(record, "record_count", "number of records", parts["count"], count)
    for name, computed in (
        ("debit", (totals.debit, totals.literal_debit)),
        ("credit", (totals.credit, totals.literal_credit)),
    ):
        digits = parts[name]
        if not is_digits(digits) or Decimal(int(digits)).scaleb(-3) not in computed:
            shown = f"{digits[:12]}.{digits[12:]}"
            yield _differs(record, f"{name}_total", f"{name} total", shown, computed[0])


def check_statement(record: int, statement: Statement, totals: Totals) -> Iterator[Notice]:
    """Compare old balance plus movements with the new balance, and details with their roots.

    A separate application repeats movements of the main file: its balances are zero.
    """
    total = statement.opening.amount + totals.credit - totals.debit
    if total != statement.closing.amount and not statement.is_separate_application:
        yield _differs(record, "new_balance", "new balance", statement.closing.amount, total)
    for movement in statement.movements:
        if movement.details and not movement.details_sum_up:
            details = sum(detail.amount for detail in movement.details)
            message = (
                f"Record {movement.record}: the details make {details}, "
                f"the movement that they explain is {movement.amount}."
            )
            yield Notice(movement.record, "detail_sum", message, str(movement.amount), str(details))


def check_days(statement: Statement) -> Iterator[Notice]:
    """Note the movements of a day that the period of their statement does not explain."""
    first, last = statement.opening.date, statement.closing.date
    if last is None:
        return
    start = date(min(first or last, last).year, 1, 1)
    end = last + timedelta(days=_DAYS_AHEAD)
    days = {movement.entry_date for movement in statement.movements}
    far = {day for day in days if day and not start <= day <= end}
    for movement in statement.movements if far else ():
        day = movement.entry_date
        if day in far:
            message = f"Record {movement.record}: entry date {day} in a statement of {last}."
            yield Notice(movement.record, "far_entry_date", message, f"{last}", f"{day}")


def check_last(record: int, line: str) -> Iterator[Notice]:
    """Note that the last trailer of a file announces another statement."""
    if cut(TRAILER, line)["multiple"] == "1":
        message = f"Record {record}: another statement is announced and none follows."
        yield Notice(record, "announced_statement", message, "2", "1")


def check_account(record: int, opening: AccountField, closing: AccountField) -> Iterator[Notice]:
    """Compare the accounts of records 1 and 8; a blank one says nothing."""
    before, after = (f"{field.number} {field.currency}" for field in (opening, closing))
    if closing.number and before != after:
        message = f"Record {record}: the new balance is of account {after}, the old of {before}."
        yield Notice(record, "account_changed", message, before, after)


def check_chain(statements: Sequence[tuple[int, Statement]]) -> Iterator[Notice]:
    """Compare each old balance with the last new balance of the same account in the file.

    :param statements: each with the line of its old balance.
    """
    last: dict[tuple[str, str], Decimal] = {}
    for record, statement in statements:
        if statement.is_separate_application:
            continue
        key = (statement.account.number, statement.account.currency)
        opening = statement.opening.amount
        before = last.get(key, opening)
        if before != opening:
            message = (
                f"Record {record}: the old balance of account {key[0]} is {opening}, "
                f"the new balance before it was {before}."
            )
            yield Notice(record, "balance_chain", message, str(before), str(opening))
        last[key] = statement.closing.amount


def unreadable(record: int, field: str, expected: str, found: str) -> Notice:
    """Say that a field that is no money holds something else than digits."""
    message = f"Record {record}, field {field}: expected {expected}, found {found!r}."
    return Notice(record, "bad_number", message, expected, found)


def orphan(record: int, found: str, expected: str) -> Notice:
    """Say that a continuation record has nothing to continue and is left out."""
    message = f"Record {record}: a record {found} without record {expected} before it is ignored."
    return Notice(record, "orphan_record", message, expected, found)


def repeated(record: int, kind: str) -> Notice:
    """Say that a movement already has a record of this kind; only the first one counts."""
    message = f"Record {record}: a second record {kind} for the same movement is ignored."
    return Notice(record, "repeated_record", message)


def mismatch(record: int, expected: str, line: str) -> Notice:
    """Say that a continuation record carries the numbers of another movement."""
    found = line[2:10]
    message = (
        f"Record {record}: numbered {found} behind a record numbered {expected}; "
        "it is taken for the record before it."
    )
    return Notice(record, "sequence_mismatch", message, expected, found)


def without_root(record: int, detail: int) -> Notice:
    """Say that a detail comes without the movement that it explains; it counts as money."""
    message = f"Record {record}: detail {detail} comes without the movement that it explains."
    return Notice(record, "orphan_detail", message, "0000", f"{detail:04d}")


def _differs(record: int, code: str, what: str, announced_as: object, computed: object) -> Notice:
    message = f"Record {record}: {what} {announced_as}, computed {computed}."
    return Notice(record, code, message, str(computed), str(announced_as))
