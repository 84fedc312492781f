"""How a statement is called: by the number that the bank prints on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .values import is_digits

if TYPE_CHECKING:
    from .records import Statement

# Banks that count anew under each paper number and print both, whatever they are: Crelan.
_PERIOD_AND_DAY = ("NICABEBB",)


def statement_name(statement: Statement) -> str:
    """Return ``2026/041``, or the date where the bank does not number its statements.

    The number is the one on paper, as the customer has it; where the coded one is another it
    stands behind it, ``2026/084-001``: banks that count anew under each paper number (a week, a
    month) would otherwise give many statements one name. Names are for people: what a statement
    is the same as never depends on them.
    """
    closing = statement.closing.date
    numbers = dict.fromkeys(filter(None, (_number(statement.paper_number), statement.number)))
    if not closing or not numbers:
        return str(closing or statement.account.number)
    shown = [f"{number:03}" for number in numbers]
    if statement.bic[:8] in _PERIOD_AND_DAY and statement.number and len(shown) == 1:
        shown *= 2 if _number(statement.paper_number) else 1
    return f"{closing.year}/{'-'.join(shown)}"


def _number(text: str) -> int:
    """Return a paper number as a number, 0 when it is none."""
    return int(text) if is_digits(text) else 0
