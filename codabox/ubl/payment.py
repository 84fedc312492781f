"""Reads how the invoice is to be paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..belgian import clean_iban
from ..reading.references import find_reference
from .elements import child, children, text

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .notes import Notes

# Where the reference stands: what Odoo reads, then where e-fff 1.0 software puts it.
_PLACES: Final = ("PaymentID", "InstructionID", "InstructionNote")


def read_reference(root: _Element, notes: Notes) -> str:
    """Return the payment reference, with its signs when it is a valid Belgian one."""
    written, place = find_written_reference(root)
    if place is not None and place != _PLACES[0]:
        message = "The payment reference does not stand in PaymentID."
        notes.add(child(root, "PaymentMeans"), "reference_in_other_place", message, place=place)
    return written


def find_written_reference(root: _Element) -> tuple[str, str | None]:
    """Return the payment reference and the name of the element in which it stands."""
    for place in _PLACES:
        for means in children(root, "PaymentMeans"):
            for element in children(means, place):
                written = (element.text or "").strip()
                if written:
                    return tidy_reference(written), place
    return "", None


def tidy_reference(written: str) -> str:
    """Return a Belgian reference as ``+++ddd/dddd/ddddd+++``, anything else as written."""
    found = find_reference(written)
    return found if found.startswith("+++") else written


def read_ibans(root: _Element) -> tuple[str, ...]:
    """Return the accounts to pay on, each once, without blanks."""
    found = (
        clean_iban(text(means, "PayeeFinancialAccount", "ID"))
        for means in children(root, "PaymentMeans")
    )
    return tuple(dict.fromkeys(filter(None, found)))
