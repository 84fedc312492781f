"""A SODA file as plain JSON values: decimals and dates become text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..reading.plain import plain

if TYPE_CHECKING:
    from .records import Entry, SodaFile


def file_to_json(soda: SodaFile) -> dict[str, object]:
    """Return a whole file: its entries, what was not read, and what did not add up."""
    return {
        "source": soda.source,
        "version": soda.version,
        "entries": [_entry(entry) for entry in soda.entries],
        "unknown_elements": list(soda.unknown_elements),
        "warnings": [
            {"record": notice.record, "code": notice.code, "message": notice.message}
            for notice in soda.notices
        ],
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "sequence": entry.sequence,
        "generated": plain(entry.generated),
        "enterprise": entry.enterprise,
        "label": entry.label,
        "period": entry.period,
        "lines": [
            {
                "period": line.period,
                "account": line.account,
                "label": line.label,
                "debit": plain(line.debit),
                "credit": plain(line.credit),
            }
            for line in entry.lines
        ],
        "total_debit": plain(entry.total_debit),
        "total_credit": plain(entry.total_credit),
    }
