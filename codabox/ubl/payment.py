"""Reads how the invoice is to be paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..belgian import clean_iban
from ..reading.references import find_reference, written_ogms
from .elements import child, children, text

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .notes import Notes

# Codes of UNCL4461 with which nobody is asked to pay: who is paid takes it, or has it.
DIRECT_DEBIT, CARD, CASH = "direct_debit", "card", "cash"
_PAID_BY: Final = {
    "10": CASH,
    "48": CARD,
    "49": DIRECT_DEBIT,
    "54": CARD,
    "55": CARD,
    "59": DIRECT_DEBIT,
}

# Scheme of the number of a creditor of direct debits.
_CREDITOR: Final = "SEPA"

# What we write for each, and for a transfer.
CODES: Final = {"": "30", CASH: "10", CARD: "48", DIRECT_DEBIT: "59"}

# Where the reference stands: what Odoo reads, then where e-fff 1.0 software puts it.
_PLACES: Final = ("PaymentID", "InstructionID", "InstructionNote")


def read_reference(root: _Element, notes: Notes) -> str:
    """Return the payment reference, with its signs when it is a valid Belgian one.

    Where none is given as such, the only Belgian one in the notes, which people are asked to pay
    with.
    """
    written, place = find_written_reference(root)
    if place is None:
        return _read_from_notes(root, notes)
    if place != _PLACES[0]:
        message = "The payment reference does not stand in PaymentID."
        notes.add(child(root, "PaymentMeans"), "reference_in_other_place", message, place=place)
    return written


def _read_from_notes(root: _Element, notes: Notes) -> str:
    texts = [text(note) for note in children(root, "Note")]
    texts += [text(terms, "Note") for terms in children(root, "PaymentTerms")]
    found: set[str] = set().union(*map(written_ogms, texts))
    if len(found) != 1:
        return ""
    message = "The payment reference does not stand in PaymentID."
    notes.add(root, "reference_in_other_place", message, place="Note")
    return found.pop()


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


def read_mandate(root: _Element) -> str:
    """Return the number of the mandate with which the invoice is collected, ``""`` without one."""
    found = (text(means, "PaymentMandate", "ID") for means in children(root, "PaymentMeans"))
    return next(filter(None, found), "")


def read_creditor(root: _Element) -> str:
    """Return the number of who collects, which the payee or else the supplier gives."""
    for party in (child(root, "PayeeParty"), child(root, "AccountingSupplierParty", "Party")):
        for identification in children(party, "PartyIdentification"):
            number = child(identification, "ID")
            if number is not None and number.get("schemeID") == _CREDITOR:
                return text(number)
    return ""


def read_paid_by(root: _Element) -> str:
    """Return how the invoice is paid without a transfer of its customer, else an empty text.

    One of ``direct_debit``, ``card`` and ``cash``, when all payment means of the file say so.
    """
    codes = {text(means, "PaymentMeansCode") for means in children(root, "PaymentMeans")}
    found = {_PAID_BY.get(code, "") for code in codes if code}
    return found.pop() if len(found) == 1 else ""
