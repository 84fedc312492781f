"""What is looked at once the file is read; nothing here stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .layout import KNOWN_VERSIONS
from .records import Notice

if TYPE_CHECKING:
    from .records import Entry


def check_version(version: str, record: int) -> list[Notice]:
    """Note a version whose elements may mean something else."""
    if version.startswith(KNOWN_VERSIONS):
        return []
    return [Notice(record, "unknown_version", f"Version {version!r} of SODA is not known.")]


def check_entry(entry: Entry) -> list[Notice]:
    """Note an entry that has no identity of its own or does not balance, to the cent."""
    notices = []
    if not entry.sequence:
        notices.append(Notice(entry.record, "no_sequence", "The entry has no SeqNumber."))
    if entry.difference:
        message = f"Debits {entry.total_debit:.2f} and credits {entry.total_credit:.2f} differ."
        notices.append(Notice(entry.record, "unbalanced", message))
    return notices
