"""Whether what collects and what is collected say the same: creditor, mandate and number."""

from __future__ import annotations

import re

# Country, check digits, a business code that the creditor chooses himself, and his number.
_CREDITOR = re.compile(r"([A-Z]{2}[0-9]{2})[0-9A-Z]{3}([0-9A-Z]+)")
_GROUP = re.compile(r"[^\W\d_]+|[0-9]+")
_LEAST = 4


def normal_creditor(number: str) -> str:
    """Return a creditor identifier without its signs and its business code, which may change."""
    bare = re.sub(r"[\W_]", "", number.upper())
    parts = _CREDITOR.fullmatch(bare)
    return "".join(parts.groups()) if parts else bare


def normal_mandate(reference: str) -> str:
    """Return the reference of a mandate without blanks, in capitals; its zeros and signs count."""
    return "".join(reference.upper().split())


def same_debit(one: tuple[str, str], other: tuple[str, str]) -> str:
    """Return what two pairs of creditor and mandate agree on.

    ``both``; ``mandate`` where one side does not say its creditor; ``""`` where they are not the
    same, or no mandate is said.
    """
    (creditor, mandate), (theirs, reference) = one, other
    if not normal_mandate(mandate) or normal_mandate(mandate) != normal_mandate(reference):
        return ""
    if not creditor or not theirs:
        return "mandate"
    return "both" if normal_creditor(creditor) == normal_creditor(theirs) else ""


def says_another_number(text: str, number: str) -> bool:
    """Return whether a text has a number that is written as this one, and is another.

    The same letters, and as many digits in each group: ``F-2026/0089`` beside ``F2026 0088``.
    """
    groups = _GROUP.findall(number.upper())
    digits = sum(len(group) for group in groups if group.isdigit())
    if digits < _LEAST:
        return False
    form = r"[\W_]{0,2}".join(
        f"([0-9]{{{len(group)}}})" if group.isdigit() else re.escape(group) for group in groups
    )
    ours = tuple(group for group in groups if group.isdigit())
    found = re.finditer(rf"(?<![0-9A-Z]){form}(?![0-9A-Z])", text.upper())
    return any(match.groups() != ours for match in found)
