"""From the lines of a payroll to one total per account: what the books need, and no more.

A file may hold a line per employee. The totals show no employee: neither an amount of one (unless
he is the only one), nor a name in a label.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .records import Entry, Line

# How payroll words begin in Dutch, French, German and English. The same word in the labels of
# several codes says nothing of a person when it is one of these.
_PAYROLL_WORDS = (
    "aanvull", "abzug", "admin", "andere", "angestellt", "arbeider", "arbeiter", "arbeitg",
    "arbeitn", "assur", "autre", "avance", "avant", "bedien", "bedrijf", "beloning", "betaal",
    "bezold", "bijdrage", "bonus", "brut", "cadre", "charge", "cheque", "chèque", "congé",
    "contrib", "correct", "cotis", "dette", "direct", "dubbel", "eindejaar", "employ", "enkel",
    "extra", "gehalt", "groep", "group", "hosp", "kost", "lohn", "lonen", "loon", "maalt",
    "maand", "mois", "month", "net", "onss", "ouvr", "overig", "patron", "pécul", "pecul",
    "pension", "pensioen", "person", "portion", "préc", "prec", "premi", "prime", "prov", "repas",
    "regul", "régul", "remun", "rémun", "rsz", "salai", "salar", "schuld", "simple", "social",
    "sozial", "staff", "steuer", "tax", "toe", "travail", "vacan", "vakan", "verzek",
    "voor", "wage", "wedde", "week", "werk", "woon", "worker", "year", "zieke",
)  # fmt: skip
_SMALL = 2
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d{6,}")


@dataclass(frozen=True, slots=True)
class Total:
    """What one account of the secretariat gets for one payroll month.

    ``balance`` is debit minus credit, in euro; ``label`` is empty where it may name a person;
    ``count`` is the number of lines it stands for.
    """

    account: str
    period: str
    label: str
    balance: Decimal
    count: int


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
        labels = _impersonal_labels(entry.lines)
        groups: dict[tuple[str, str], list[Line]] = {}
        for line in entry.lines:
            groups.setdefault((line.account, line.period or entry.period), []).append(line)
        found = [
            Total(account, period, _common(lines, labels), _sum(lines), len(lines))
            for (account, period), lines in groups.items()
        ]
    return tuple(total for total in found if total.balance)


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.balance for line in lines), Decimal("0.00"))


def _common(lines: Iterable[Line], impersonal: set[str]) -> str:
    """Return the label that these lines have in common, ``""`` when it may name a person."""
    labels = {line.label for line in lines}
    return labels.pop() if len(labels) == 1 and labels <= impersonal else ""


def _impersonal_labels(lines: Iterable[Line]) -> set[str]:
    """Return the labels that name no person, as far as a file can tell.

    A name comes back with other accounts, alone or in part: "Net DOE JOHN", "Tax DOE JOHN". A long
    number may be the one of an employee.
    """
    per_account: dict[str, set[str]] = {}
    for line in lines:
        per_account.setdefault(line.account, set()).add(line.label)
    spread = Counter(
        word
        for labels in per_account.values()
        for word in {word for label in labels for word in _words(label)}
    )
    return {
        label
        for labels in per_account.values()
        for label in labels
        if not _NUMBER.search(label)
        and all(spread[w] == 1 or w.startswith(_PAYROLL_WORDS) for w in _words(label))
    }


def _words(label: str) -> set[str]:
    """Return the words of a label; one of short words only counts as a whole ("Jo Li")."""
    words = {word.lower() for word in _WORD.findall(label)}
    return {word for word in words if len(word) > _SMALL} or {label.lower()}
