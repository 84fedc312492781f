"""From the lines of a payroll to one total per account: what the books need, and no more.

A file may hold a line per employee. The totals show no employee: neither an amount of one (unless
he is the only one), nor a name in a label.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from .payroll_words import has_long_number, names_nobody

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .records import Entry, Line


@dataclass(frozen=True, slots=True)
class Total:
    """What one account of the secretariat gets for one payroll month.

    ``balance`` is debit minus credit, in euro; ``label`` is empty where it may name a person, and
    ``hidden`` is what it would be, where all lines say the same and a person may say that it names
    nobody; ``count`` is the number of lines it stands for.
    """

    account: str
    period: str
    label: str
    balance: Decimal
    count: int
    hidden: str = ""


def entry_totals(entry: Entry, *, per_line: bool = False) -> tuple[Total, ...]:
    """Return the totals of an entry in the order of the file, without those that come to zero.

    :param per_line: one total for each line of the file, labels as received.
    """
    if per_line:
        found = [
            Total(line.account, line.period or entry.period, line.label, line.balance, 1)
            for line in entry.lines
        ]
    else:
        groups: dict[tuple[str, str], list[Line]] = {}
        for line in entry.lines:
            groups.setdefault((line.account, line.period or entry.period), []).append(line)
        found = [_total(account, period, lines) for (account, period), lines in groups.items()]
    return tuple(total for total in found if total.balance)


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.balance for line in lines), Decimal("0.00"))


def _total(account: str, period: str, lines: list[Line]) -> Total:
    """Return the total of the lines of one account and month."""
    labels = {line.label for line in lines}
    label = labels.pop()
    if labels:
        label = ""  # of several, each may be an employee
    shown = label if names_nobody(label) else ""
    hidden = "" if shown or has_long_number(label) else label
    return Total(account, period, shown, _sum(lines), len(lines), hidden)
