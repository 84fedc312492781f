"""An invoice as plain JSON values: decimals and dates become text, embedded files their size."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from ..reading.plain import plain
from .meanings import tax_meaning
from .records import Attachment, InvoiceLine, Tax

if TYPE_CHECKING:
    from .records import Invoice


def invoice_to_json(invoice: Invoice) -> dict[str, object]:
    """Return all that was read, and what did not add up under ``warnings``."""
    content = _value(invoice)
    warnings = [
        {
            "record": notice.record,
            "code": notice.code,
            "message": notice.message,
            "facts": dict(notice.facts),
        }
        for notice in invoice.notices
    ]
    return {**content, "warnings": warnings}


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    if not is_dataclass(value):
        return plain(value)
    content = {
        field.name: _value(getattr(value, field.name))
        for field in fields(value)
        if field.name not in ("notices", "content")
    }
    if isinstance(value, InvoiceLine):
        del content["record"]
    elif isinstance(value, Attachment):
        content["size"] = len(value.content)
    elif isinstance(value, Tax):
        content["meaning"] = tax_meaning(value).value
    return content
