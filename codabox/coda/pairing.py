"""The same movements known from elsewhere: typed by hand, or imported another way.

Nothing that comes from elsewhere carries the bank's identity of a movement, so two records are
taken for one when their amounts are equal and

* their days are equal, or
* their days are at most :data:`NEAR_DAYS` apart and something else agrees: the account of the
  counterparty, the payment reference, the partner or the words.

Two accounts, or two payment references, that differ are two payments whatever the day. Each
record is paired once: of two equal payments of which one is known, one is new::

    for movement, typed in pair_payments(movements, typed_lines):
        movement.ref, typed.ref
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from datetime import date
    from decimal import Decimal

# Days between what a person types and what the bank books: a payment order given on Maundy
# Thursday is booked on the Tuesday after Easter.
NEAR_DAYS = 5
# Part of the words of the shorter text that must stand in the other one.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Payment:
    """What is known of one payment. ``ref`` is the caller's own; what is not known stays empty.

    ``days`` are all the days that it may go by (entry, value); ``account`` and ``reference``
    are in one form each.
    """

    ref: Hashable
    amount: Decimal
    days: frozenset[date]
    account: str = ""
    reference: str = ""
    partner: Hashable = None
    words: frozenset[str] = frozenset()


def words_of(*texts: str) -> frozenset[str]:
    """Return the words of three letters or digits and more, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return frozenset(word for word in kept.split() if len(word) > 2)


def pair_payments(
    new: Iterable[Payment], known: Iterable[Payment], *, near_is_enough: bool = False
) -> list[tuple[Payment, Payment]]:
    """Return the pairs of new and known that are the same payment, in the order of ``new``.

    The pairs that agree best are made first; of equals, the nearest day and then the order in
    which they are given decide, so that the same question has always the same answer.

    :param near_is_enough: whether payments some days apart need nothing that agrees.
    """
    new, known = list(new), list(known)
    pairs = _pair_identical(new, known)
    taken = set(pairs.values())
    by_amount = defaultdict(list)
    for place, entry in enumerate(known):
        if place not in taken:
            by_amount[entry.amount].append(place)
    offers = []
    for place, entry in enumerate(new):
        for other in by_amount[entry.amount] if place not in pairs else ():
            likeness = _likeness(entry, known[other])
            distance = _distance(entry, known[other])
            if likeness is None or distance > NEAR_DAYS:
                continue
            if distance == 0 or near_is_enough or likeness >= ALIKE:
                offers.append((-likeness, distance, place, other))
    for *_rank, place, other in sorted(offers):
        if place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)
    return [(new[place], known[pairs[place]]) for place in sorted(pairs)]


def _pair_identical(new: list[Payment], known: list[Payment]) -> dict[int, int]:
    """Pair what agrees in everything, in linear time: the same file through another importer."""
    waiting = defaultdict(list)
    for place, entry in reversed(list(enumerate(known))):
        for day in entry.days:
            waiting[_fingerprint(entry, day)].append(place)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for place, entry in enumerate(new):
        for day in sorted(entry.days):
            others = waiting[_fingerprint(entry, day)]
            while others and others[-1] in taken:
                others.pop()
            if others and (entry.words or entry.account):
                pairs[place] = others.pop()
                taken.add(pairs[place])
                break
    return pairs


def _fingerprint(entry: Payment, day: date) -> tuple[object, ...]:
    return entry.amount, day, entry.account, entry.reference, entry.words


def _distance(one: Payment, other: Payment) -> int:
    """Return the days between two payments, those that are nearest."""
    return min((abs((a - b).days) for a in one.days for b in other.days), default=NEAR_DAYS + 1)


def _likeness(one: Payment, other: Payment) -> float | None:
    """Return how much two payments agree: 0 when nothing speaks, ``None`` when they contradict."""
    score = 0.0
    if one.account and other.account:
        if not _same_account(one.account, other.account):
            return None
        score += 2
    if one.reference and other.reference:
        if one.reference != other.reference:
            return None
        score += 2
    if one.partner and one.partner == other.partner:
        score += 1
    shorter = min(len(one.words), len(other.words))
    return score + (len(one.words & other.words) / shorter if shorter else 0.0)


def _same_account(one: str, other: str) -> bool:
    """Return whether two account numbers are one: an IBAN holds the national number at its end."""
    shorter, longer = sorted((one, other), key=len)
    return longer == shorter or (len(shorter) > 7 and longer.endswith(shorter))
