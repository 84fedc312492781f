"""Completeness of the statements of one account: what is missing between those at hand.

The balance chain decides first: each statement opens with the balance with which the one before
closes. Numbers name what is missing, and tell of a lost statement without effect on the balance,
but only where the bank is seen to count; see :mod:`.numbering`. Nothing depends on the order in
which the statements come::

    for gap in find_gaps(links):
        gap.first_day, gap.last_day, gap.amount, gap.numbers
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise, permutations
from typing import TYPE_CHECKING

from .numbering import NumberRange, Pair, learn_numbering, learn_paper_numbering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from .links import Link

# Unnumbered statements of one day are put in order by trying; more than this by following.
_TRIED = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """Something is missing between two statements.

    ``amount`` is what the missing statements move: 0 when only the numbers tell of them.
    ``numbers`` are those that are surely missing, empty where the bank's numbers mean nothing.
    The days are those of the closing balances that are missing, both included.
    """

    before: Link
    after: Link
    first_day: date
    last_day: date
    amount: Decimal
    numbers: tuple[NumberRange, ...]


def order_chain(links: Iterable[Link]) -> list[Link]:
    """Return the dated statements in the order of the bank, whatever order they come in."""
    dated = sorted((link for link in links if link.day > date.min), key=_by_number)
    days = [list(group) for _day, group in groupby(dated, key=lambda link: link.day)]
    chain: list[Link] = []
    for position, group in enumerate(days):
        following = {link.opening for link in days[position + 1]} if days[position + 1 :] else None
        chain += _order_day(group, chain[-1].closing if chain else None, following)
    return chain


def find_gaps(links: Iterable[Link]) -> list[Gap]:
    """Return what is missing between the statements of one account and currency.

    Never anything on a complete series, whatever the bank's way of numbering. A lost statement
    that does not change the balance of an account without meaningful numbers leaves no trace.
    """
    links = list(links)
    chain = order_chain(links)
    pairs = [Pair(*pair) for pair in pairwise(chain)]
    numbering = learn_numbering(pairs)
    undated = {(link.opening, link.closing) for link in links if link.day == date.min}
    # Paper numbers never tell that something is missing, they only give it a name.
    name, named = (numbering, pairs) if numbering.counts else learn_paper_numbering(pairs)
    several = any(pair.days == 0 for pair in pairs)
    return [
        Gap(
            pair.before,
            pair.after,
            *_missing_days(pair, several=several),
            pair.after.opening - pair.before.closing,
            name.missing(with_number),
        )
        for pair, with_number in zip(pairs, named, strict=True)
        if numbering.shows_missing(pair)
        or not (pair.fits or (pair.before.closing, pair.after.opening) in undated)
    ]


def find_conflict(links: Iterable[Link], new: Link) -> Link | None:
    """Return the statement of which ``new`` gives other content for the same period.

    Several statements of one day may carry the same number or none: those follow each other by
    their balances and are no conflict.
    """
    links = list(links)
    same = [link for link in links if _period(link) == _period(new)]
    counts = bool(same) and learn_numbering([Pair(*p) for p in pairwise(order_chain(links))]).counts
    for link in same:
        others = [other for other in same if other is not link]
        shares_end = link.opening == new.opening or link.closing == new.closing
        if link.opening == link.closing and counts and new.number:
            return link
        follows = _leads(link.closing, new.opening, others) or _leads(
            new.closing, link.opening, others
        )
        if not follows and (shares_end or (counts and new.number)):
            return link
    return None


def _by_number(link: Link) -> tuple[object, ...]:
    return link.day, link.opening_day, link.number, link.paper, link.opening, link.closing


def _by_paper(link: Link) -> tuple[object, ...]:
    return link.day, link.opening_day, link.paper, link.number, link.opening, link.closing


def _period(link: Link) -> tuple[object, ...]:
    return link.opening_date, link.closing_date, link.number, link.paper


def _order_day(
    group: list[Link], opening: Decimal | None, following: set[Decimal] | None
) -> Sequence[Link]:
    """Return the statements of one day in the order with the fewest breaks, by number at best."""
    if len(group) == 1:
        return group

    def breaks(order: Sequence[Link]) -> int:
        inside = sum(a.closing != b.opening for a, b in pairwise(order))
        at_start = opening is not None and order[0].opening != opening
        at_end = following is not None and order[-1].closing not in following
        return inside + at_start + at_end

    return min(_orders(group, opening), key=breaks)


def _orders(group: list[Link], opening: Decimal | None) -> Iterator[Sequence[Link]]:
    yield group
    yield sorted(group, key=_by_paper)
    if len({link.number for link in group if link.number}) == len(group):
        return  # each has a number of its own: the balances may only choose between counters
    if len(group) <= _TRIED:
        yield from permutations(group)
    else:
        yield _follow(group, opening)


def _follow(group: list[Link], opening: Decimal | None) -> list[Link]:
    """Return a day's statements by following the balances, from the opening one on."""
    rest, order = list(group), []
    while rest:
        index = next((i for i, link in enumerate(rest) if link.opening == opening), 0)
        order.append(rest.pop(index))
        opening = order[-1].closing
    return order


def _missing_days(pair: Pair, *, several: bool) -> tuple[date, date]:
    """Return the first and last day of which a closing balance may be missing.

    :param several: whether this bank makes several statements a day, so that the day of the
        earlier statement may miss one too.
    """
    first = pair.before.day + timedelta(days=0 if several else 1)
    last = pair.after.opening_day
    return (first, last) if first <= last else (pair.before.day, pair.after.day)


def _leads(balance: Decimal, goal: Decimal, links: Sequence[Link]) -> bool:
    """Return whether these statements lead from one balance to another, in whatever order."""
    reached, grown = {balance}, True
    while grown:
        found = {link.closing for link in links if link.opening in reached}
        grown = not found <= reached
        reached |= found
    return goal in reached
