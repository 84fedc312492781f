"""Numbers of invoices inside a text, as people type them.

A number is the same whatever its case, its signs between the groups and its leading zeros:
``INV/2026/00001``, ``inv 2026 00001`` and ``INV2026/1``. The groups themselves have to be there, so
that ``INV/2026/00011`` never is ``INV/2026/0001``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Key = tuple[str, ...]

_GROUP = re.compile(r"[^\W\d_]+|[0-9]+")
# What may stand between two groups of one number; a line break never.
_GAP = re.compile(r" {0,2}| ?[-/_.#\\] ?")
_GLUE = "-/_.\\"
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_AMOUNT_END = re.compile(r"[.,][0-9]{2}(?![0-9])")
# After a number "-00004" and "t/m 4" name all between, ", 00004" and "en 00004" one more.
_UP_TO = re.compile(r" ?(?:([-\u2013])|T/M|TEM|TOT(?: EN MET)?|À|A|AU|BIS|TO) ?([0-9]+)(?![\w/.-])")
_AND = re.compile(r" ?(?:[,;+&]|EN|ET|UND|AND) ?([0-9]+)(?![\w/.-])")
_LONGEST_RANGE = 100
_MOST_GROUPS = 8
# Shorter ones stand in texts for other reasons: "A12", "1234".
_LEAST = 4
_LEAST_DIGITS = 6
# Groups of telephone numbers, cards and accounts are shorter than a number that stands alone.
_LONG = 5
_PREFIX = 4
# Short words that may stand before a number; any other one may be its prefix.
_WORD = re.compile("FACT|FAC|FAK|INV|NR|NRS|NO|NUM|REF|RE|VOOR|POUR|VAN|DE|DU|LA|LE|ET|EN|UND|AND")
_DATES = {8: ("%Y%m%d", "%d%m%Y"), 6: ("%Y%m", "%m%Y", "%y%m%d", "%d%m%y")}


class _Token(NamedTuple):
    text: str
    start: int
    end: int


class InvoiceNumbers:
    """An index of numbers, asked once for each text: its cost does not grow with the numbers."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._names: defaultdict[Key, set[str]] = defaultdict(set)
        self._without_year: defaultdict[Key, set[str]] = defaultdict(set)
        self._ends: dict[str, str] = {}
        for number in set(numbers):
            self._add(number)
        self._longest = max(map(len, (*self._names, *self._without_year)), default=0)

    def _add(self, number: str) -> None:
        groups = _GROUP.findall(number.upper())
        if not 0 < len(groups) <= _MOST_GROUPS:
            return
        self._ends[number] = groups[-1]
        for written in (groups, _GROUP.findall("".join(groups))):
            if _says_enough(written):
                self._names[_key(written)].add(number)
        short = _leave_year_out(groups)
        if short and _says_enough(short):
            self._without_year[_key(short)].add(number)

    def named_in(self, text: str) -> set[str]:
        """Return the numbers that a text names, as they were given.

        Several that are written the same are all returned. Without its year a number is named only
        when no other one is meant by the same. Of a range, both ends have to be known.
        """
        text = text.upper()
        tokens = [_Token(m.group(), *m.span()) for m in _GROUP.finditer(text)]
        found: set[str] = set()
        at = 0
        while at < len(tokens):
            names, size = self._at(text, tokens, at)
            found |= names
            at += size
        return found

    def _at(self, text: str, tokens: list[_Token], at: int) -> tuple[set[str], int]:
        """Return what the longest number from here names, and how many groups it takes."""
        for size in range(min(self._longest, _reach(text, tokens, at)), 0, -1):
            groups = [token.text for token in tokens[at : at + size]]
            names = self._named_by(_key(groups))
            if names:
                padded = all(groups[-1] == self._ends[name] for name in names)
                more, end = self._more(text, groups, tokens[at + size - 1].end)
                size_of_all = size + sum(t.start < end for t in tokens[at + size :])
                if _stands_alone(text, tokens, at, size_of_all, padded=padded):
                    return names | more, size_of_all
        return set(), 1

    def _more(self, text: str, groups: list[str], end: int) -> tuple[set[str], int]:
        """Return what is named after a number by its end alone, and where that stops."""
        found: set[str] = set()
        while groups[-1].isdigit():
            names, stop = self._next(text, groups, end)
            if not names:
                break
            found, end = found | names, stop
        return found, end

    def _next(self, text: str, groups: list[str], end: int) -> tuple[set[str], int]:
        """Return what one more end of a number names, alone or as the last of a range."""
        width, first = len(groups[-1]), int(groups[-1])
        match = _UP_TO.match(text, end)
        if match and (len(match[2]) == width or not match[1]) and len(match[2]) <= width:
            last = int(match[2])
            is_range = first < last < first + _LONGEST_RANGE and self._sibling(groups, last)
            names = [self._sibling(groups, n) for n in range(first + 1, last + 1) if is_range]
            if names:
                return set().union(*names), match.end()
        match = _AND.match(text, end)
        if match and len(match[1]) == width:
            return self._sibling(groups, int(match[1])), match.end()
        return set(), end

    def _sibling(self, groups: list[str], number: int) -> set[str]:
        """Return what the same groups with another last one name."""
        return self._named_by(_key([*groups[:-1], str(number).zfill(len(groups[-1]))]))

    def _named_by(self, key: Key) -> set[str]:
        if key in self._names:
            return self._names[key] | self._without_year.get(key, set())
        short = self._without_year.get(key, set())
        return short if len(short) == 1 else set()


def _key(groups: list[str]) -> Key:
    """Return groups without leading zeros; of digits alone zeros count: ``2026/01`` is a month."""
    if all(group.isdigit() for group in groups):
        return tuple(groups)
    return tuple(group.lstrip("0") or "0" if group.isdigit() else group for group in groups)


def _says_enough(groups: list[str]) -> bool:
    """Return whether these groups can name an invoice by themselves."""
    digits = [group for group in groups if group.isdigit()]
    if len(digits) == len(groups):
        return sum(map(len, groups)) >= _LEAST_DIGITS and not _is_date(groups)
    counted = [group for group in digits if not _YEAR.fullmatch(group)]
    return bool(counted) and sum(map(len, _key(groups))) >= _LEAST


def _is_date(groups: list[str]) -> bool:
    """Return whether digits are a day or a month, in one piece or in groups."""
    if [len(group) for group in groups] == [4, 4]:
        return False
    digits = "".join(groups)
    return any(_parses(digits, form) for form in _DATES.get(len(digits), ()))


def _parses(digits: str, form: str) -> bool:
    try:
        day = datetime.strptime(digits, form)  # noqa: DTZ007 - only whether it is one
    except ValueError:
        return False
    return 1990 <= day.year < 2060


def _leave_year_out(groups: list[str]) -> list[str]:
    """Return the groups without their one year, when letters and a number are left."""
    years = [at for at, group in enumerate(groups[:-1]) if _YEAR.fullmatch(group)]
    if len(years) != 1:
        return []
    left = groups[: years[0]] + groups[years[0] + 1 :]
    return [] if all(group.isdigit() for group in left) else left


def _reach(text: str, tokens: list[_Token], at: int) -> int:
    """Return how many groups from here may belong to one number."""
    size = 1
    while at + size < len(tokens) and size < _MOST_GROUPS and _gap(text, tokens, at + size - 1):
        size += 1
    return size


def _gap(text: str, tokens: list[_Token], at: int) -> bool:
    """Return whether only a gap stands between a group and the next."""
    return bool(_GAP.fullmatch(text, tokens[at].end, tokens[at + 1].start))


def _stands_alone(text: str, tokens: list[_Token], at: int, size: int, *, padded: bool) -> bool:
    """Return whether these groups are no part of a longer number or word."""
    first, last = tokens[at], tokens[at + size - 1]
    before, after = text[: first.start][-2:], text[last.end :][:2]
    only_digits = all(token.text.isdigit() for token in tokens[at : at + size])
    glue_before = _GLUE if only_digits else _GLUE.replace(".", "")
    if before[-1:].isalnum() or (before[-1:] in glue_before and before[:-1].isalnum()):
        return False
    if after[:1].isalnum() or (after[:1] in _GLUE and after[1:].isalnum()):
        return False
    if only_digits and _has_prefix(text, tokens, at):
        return False
    if only_digits and size == 1:
        return not any(len(near) < _LONG for near in _near_digits(text, tokens, at, at))
    if " " not in text[first.start : last.end]:
        return True
    near = _near_digits(text, tokens, at if only_digits else None, at + size - 1)
    return (padded and not only_digits) or not any(near)


def _has_prefix(text: str, tokens: list[_Token], at: int) -> bool:
    """Return whether the short word before digits may belong to them: ``BILL 2026/00001``."""
    if not at or not _gap(text, tokens, at - 1):
        return False
    word = tokens[at - 1].text
    return not word.isdigit() and len(word) <= _PREFIX and not _WORD.fullmatch(word)


def _near_digits(text: str, tokens: list[_Token], first: int | None, last: int) -> Iterator[str]:
    """Yield the digits right before and after; those of an amount with cents are none."""
    if first and _gap(text, tokens, first - 1) and tokens[first - 1].text.isdigit():
        yield tokens[first - 1].text
    if last + 1 < len(tokens) and _gap(text, tokens, last):
        following = tokens[last + 1]
        if following.text.isdigit() and not _AMOUNT_END.match(text, following.end):
            yield following.text
