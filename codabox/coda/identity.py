"""Which statement a statement is, on two levels.

Its *figures* (account, days, balances, numbers, amounts) find the ones that may be the same; the
bank's own references and texts decide. Figures alone are not enough: an account that is swept to
zero gives two statements of one day with equal ones. Texts are compared without accents, signs and
capitals, which programs between the bank and us are free with.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from .values import is_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .records import Movement, Statement


def figures_key(statement: Statement) -> str:
    """Return the key of what a statement says in figures, the same in every file that brings it.

    Numbers alone are not enough: they restart each year, and some banks repeat them.
    """
    parts = [
        statement.account.number,
        statement.account.currency,
        statement.opening.date,
        statement.opening.amount,
        statement.closing.date,
        statement.closing.amount,
        statement.paper_number,
        statement.number,
        statement.separate_application,
    ]
    parts += [
        part
        for movement in statement.movements
        for part in (movement.sequence, movement.amount, movement.entry_date)
    ]
    return _digest(parts)


def content_key(statement: Statement) -> str:
    """Return the key of all that a statement says of its movements, whichever file brings it.

    What the bank says beside them is no part of it: messages, the day and program of the file.
    """
    parts = [figures_key(statement)]
    parts += (part for movement in statement.movements for part in _said(movement))
    return _digest(parts)


def are_two(one: Statement, other: Statement) -> bool:
    """Return whether two statements of equal figures are two, by what the bank says of them.

    Sure only where it gives them no number that would make them one, and each movement has both
    another reference of the bank and another text: one of both alone may have been corrected.
    """
    return (
        not _is_numbered(one)
        and have_other_references(one, other)
        and all(_differ(_words(a), _words(b)) for a, b in _pairs(one, other))
    )


def have_other_references(one: Statement, other: Statement) -> bool:
    """Return whether the bank gave each movement a reference, and no two the same one."""
    references = [[_plain(m.bank_reference) for m in s.movements] for s in (one, other)]
    return (
        bool(one.movements)
        and all(map(all, references))
        and set(references[0]).isdisjoint(references[1])
    )


def count_parts(statement: Statement) -> int:
    """Return how many movements and details a statement has."""
    return sum(1 for movement in statement.movements for _part in _parts(movement))


def _is_numbered(statement: Statement) -> bool:
    paper = statement.paper_number
    return bool(statement.number or (paper.strip("0 ") if is_digits(paper) else paper))


def _pairs(one: Statement, other: Statement) -> Iterable[tuple[Movement, Movement]]:
    return zip(one.movements, other.movements, strict=True)


def _differ(text: str, other: str) -> bool:
    """Return whether two texts say something else, not one of both only more."""
    return bool(text and other) and text not in other and other not in text


def _words(movement: Movement) -> str:
    return _plain(movement.communication) or _plain(movement.customer_reference)


def _parts(movement: Movement) -> Iterator[Movement]:
    yield movement
    for detail in movement.details:
        yield from _parts(detail)


def _said(movement: Movement) -> Iterator[object]:
    for part in _parts(movement):
        yield part.amount
        yield part.value_date
        yield part.code
        for text in (
            part.bank_reference,
            part.customer_reference,
            part.communication,
            part.counterparty.account,
            part.counterparty.name,
            part.return_reason,
            *(information.text for information in part.information),
        ):
            yield _plain(text)


def _plain(text: str) -> str:
    """Return the letters and digits of a text, without accents and capitals."""
    if text.isascii():
        return "".join(filter(str.isalnum, text)).lower()
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text))).casefold()


def _digest(parts: Iterable[object]) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()
