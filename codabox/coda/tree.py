"""Globalisations: which movements are money (roots) and which only explain others (details).

The detail number decides, not the type digit: KBC sends details of type 0. Neither do the
globalisation codes, which are not reliable in practice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .movements import Draft, MovementReader
    from .records import Movement

_DETAIL_KINDS = "56789"
_LAST_DETAIL = "9999"
_NO_DETAIL = ("0000", "    ")


def starts_group(draft: Draft, last_detail: str) -> bool:
    """Return whether a movement with the sequence number of the one before is a new root.

    :param last_detail: the last detail number seen, on a 2.1 or a 3.1 record. After 9999 comes
        0000 again, which is then the 10,000th detail.
    """
    return (
        draft.detail in _NO_DETAIL
        and last_detail != _LAST_DETAIL
        and draft.kind not in _DETAIL_KINDS
    )


def is_rooted(group: Sequence[Draft], *, separate: bool) -> bool:
    """Return whether the first movement of a group is the root of the others.

    In a separate application details come without the movement that they explain.
    """
    first = group[0]
    return first.detail in _NO_DETAIL and not (separate and first.kind in _DETAIL_KINDS)


def build_group(group: Sequence[Draft], reader: MovementReader, *, rooted: bool) -> list[Movement]:
    """Return the top-level movements of one group, with their details inside."""
    if rooted and len(group) == 1:
        return [reader.read(group[0])]
    nested = _nest(group[1:] if rooted else group)
    movements = [
        reader.read(draft, tuple(map(reader.read, children))) for draft, children in nested
    ]
    return [reader.read(group[0], tuple(movements))] if rooted else movements


def _nest(drafts: Sequence[Draft]) -> list[tuple[Draft, list[Draft]]]:
    """Hang each movement of type 9 under the last one of type 7 before it."""
    nested: list[tuple[Draft, list[Draft]]] = []
    parent: list[Draft] | None = None
    for draft in drafts:
        if draft.kind == "9" and parent is not None:
            parent.append(draft)
            continue
        children: list[Draft] = []
        nested.append((draft, children))
        if draft.kind == "7":
            parent = children
    return nested
