"""Globalisations: which movements are money (roots) and which only explain others (details).

The detail number decides, not the type digit: KBC sends details of type 0. Neither do the
globalisation codes, which are not reliable in practice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

LAST_DETAIL = 9999
_DETAIL_KINDS = "56789"

# A movement that still needs its details, and its type digit.
Draft = tuple[Any, str]


def is_rooted(detail: int, kind: str, *, separate: bool) -> bool:
    """Return whether the first movement of a group is the root of the others.

    In a separate application details come without the movement that they explain.

    :param detail: its detail number.
    :param kind: its type digit.
    """
    return detail == 0 and not (separate and kind in _DETAIL_KINDS)


def starts_group(detail: int, kind: str, *, after_last: bool) -> bool:
    """Return whether a movement with the sequence number of the one before is a new root.

    :param detail: its detail number.
    :param kind: its type digit.
    :param after_last: whether 9999 was the last detail number seen, on a 2.1 or a 3.1 record:
        then comes 0000 again, which is the 10,000th detail.
    """
    return detail == 0 and not after_last and kind not in _DETAIL_KINDS


def nest(drafts: Sequence[Draft]) -> list[tuple[Any, list[Any]]]:
    """Hang each movement of type 9 under the last one of type 7 before it."""
    nested: list[tuple[Any, list[Any]]] = []
    parent: list[Any] | None = None
    for movement, kind in drafts:
        if kind == "9" and parent is not None:
            parent.append(movement)
            continue
        children: list[Any] = []
        nested.append((movement, children))
        if kind == "7":
            parent = children
    return nested
