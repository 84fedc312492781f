"""Which numbers of a bank's statements mean something, learned from the statements themselves.

Banks number in five ways: from 001 each year, from 001 under each paper number (Crelan: a paper
number for a week or month, days counted under it), the same number for ever (KBC: 001), not at
all (000), or by the calendar. Only what counts one by one can say which statement is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .links import Link

# One in so many neighbours may skip a number before the numbers are no counter any more.
_NEXT_PER_SKIP = 3
# So often a counter must have gone on by one over a pause to be no calendar.
_PROOFS = 3

# A paper number stands for a month at most.
_PAPER_DAYS = 31

NEXT, RESTART, SKIP, STUCK = "next", "restart", "skip", "stuck"
_JANUARY = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements that follow each other among those at hand."""

    before: Link
    after: Link

    @property
    def fits(self) -> bool:
        """Whether the later one opens with the balance with which the earlier one closes."""
        return self.before.closing == self.after.opening

    @property
    def days(self) -> int:
        """The days between both closing balances."""
        return (self.after.day - self.before.day).days

    @property
    def is_new_year(self) -> bool:
        """Whether a year begins in between."""
        return self.before.day.year != self.after.day.year

    @property
    def step(self) -> int | None:
        """By how much the number goes up; ``None`` when one of both has no number."""
        numbers = self.before.number, self.after.number
        return numbers[1] - numbers[0] if all(numbers) else None

    @property
    def same_paper(self) -> bool:
        """Whether both carry the same paper number."""
        return self.before.paper == self.after.paper

    def kind(self) -> str | None:
        """Return how the number goes on; ``None`` when there is none."""
        step = self.step
        if step is None:
            return None
        if step == 1:
            return NEXT
        stands = step == 0 and self.fits and self.after.number != 1
        if (self.is_new_year and not self._goes_on(step)) or (
            step <= 0 and not self.same_paper and not stands
        ):
            return RESTART
        if step > 1:
            return SKIP
        first_of_year = self.after.number == 1 or self.after.day.month == _JANUARY
        return RESTART if step < 0 and first_of_year else STUCK

    def _goes_on(self, step: int) -> bool:
        """Return whether a paper number (a week, a month) counts on over New Year."""
        return step > 0 and self.same_paper and self.after.paper > 0 and self.days <= _PAPER_DAYS


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers of missing statements of one year.

    ``paper`` is 0 unless the bank counts anew under each paper number. ``last`` is ``None`` when
    nobody can know how far the bank counted.
    """

    year: int
    first: int
    last: int | None
    paper: int = 0

    def __str__(self) -> str:
        prefix = f"{self.paper:03}/" if self.paper else ""
        if self.last is None:
            return f"{prefix}{self.first:03}-…"
        if self.last == self.first:
            return f"{prefix}{self.first:03}"
        return f"{prefix}{self.first:03}-{self.last:03}"


@dataclass(frozen=True, slots=True)
class Numbering:
    """What the numbers of one account mean.

    ``counts``: they go up one by one. ``is_proven``: so surely that a skipped number alone says
    that a statement is missing, though the balances agree. ``by_paper``: they begin anew under
    each paper number. ``spans_papers``: they go on over a new paper number.
    """

    counts: bool = False
    is_proven: bool = False
    by_paper: bool = False
    spans_papers: bool = False

    def shows_missing(self, pair: Pair) -> bool:
        """Return whether the numbers alone say that something is missing between two."""
        if not self.is_proven:
            return False
        if pair.kind() == RESTART:
            return pair.is_new_year and pair.after.number > 1
        return pair.kind() == SKIP and self._is_one_count(pair)

    def missing(self, pair: Pair) -> tuple[NumberRange, ...]:
        """Return the numbers that are surely missing between two statements."""
        before, after = pair.before, pair.after
        kind = pair.kind() if self.counts else None
        if kind == SKIP and self._is_one_count(pair):
            return (self._range(after, before.number + 1, after.number - 1),)
        if kind == RESTART and after.number > 1:
            return (self._range(after, 1, after.number - 1),)
        if kind == RESTART and not pair.fits:
            return (self._range(before, before.number + 1, None),)
        return ()

    def _is_one_count(self, pair: Pair) -> bool:
        return (
            pair.same_paper
            or self.spans_papers
            or pair.after.paper - pair.before.paper == pair.step
        )

    def _range(self, link: Link, first: int, last: int | None) -> NumberRange:
        return NumberRange(link.day.year, first, last, link.paper if self.by_paper else 0)


def learn_numbering(pairs: Sequence[Pair]) -> Numbering:
    """Return what the numbers mean, seen from neighbours; what fits by balance teaches."""
    kinds = [(pair, pair.kind()) for pair in pairs]
    taught = [(pair, kind) for pair, kind in kinds if pair.fits]
    nexts = [pair for pair, kind in taught if kind == NEXT]
    odd = sum(kind == SKIP or (kind == RESTART and p.after.number != 1) for p, kind in taught)
    if any(kind == STUCK for _pair, kind in kinds) or _is_calendar(pairs):
        return Numbering()
    if not nexts and (odd or not any(kind == SKIP for _pair, kind in kinds)):
        return Numbering()
    if odd * _NEXT_PER_SKIP > len(nexts):
        return Numbering()
    return Numbering(
        counts=True,
        is_proven=sum(pair.days != 1 for pair in nexts) >= _PROOFS,
        by_paper=any(
            kind == RESTART and not pair.same_paper and not pair.is_new_year for pair, kind in kinds
        ),
        spans_papers=any(not pair.same_paper for pair in nexts),
    )


def learn_paper_numbering(pairs: Iterable[Pair]) -> tuple[Numbering, list[Pair]]:
    """Return the same of the paper numbers, and the pairs as they carry them.

    They name statements only where the bank's own number is always the same and they are seen to
    count: a paper number may well stand for a week of statements.
    """
    pairs = list(pairs)
    papers = [Pair(_by_paper(pair.before), _by_paper(pair.after)) for pair in pairs]
    nexts = sum(pair.fits and pair.kind() == NEXT for pair in papers)
    if any(pair.step for pair in pairs) or nexts < _PROOFS:
        return Numbering(), papers
    return learn_numbering(papers), papers


def _by_paper(link: Link) -> Link:
    return replace(link, number=link.paper, paper=0)


def _is_calendar(pairs: Sequence[Pair]) -> bool:
    """Return whether the number is a day of the year, month or week: it skips days without one."""
    steps = [pair for pair in pairs if pair.kind() in (NEXT, SKIP)]
    return all(pair.step == pair.days for pair in steps) and any(
        pair.fits and pair.kind() == SKIP for pair in steps
    )
