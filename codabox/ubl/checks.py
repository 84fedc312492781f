"""What is looked at once the invoice is read; nothing here stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .elements import ZERO
from .flavours import OTHER
from .layout import CREDIT_CODES, CREDIT_NOTE

if TYPE_CHECKING:
    from decimal import Decimal

    from lxml.etree import _Element

    from .notes import Notes
    from .records import Invoice


def check_invoice(invoice: Invoice, root: _Element, notes: Notes) -> None:
    """Note what does not add up, to the cent, and what is not known."""
    if invoice.flavour == OTHER:
        notes.add(root, "unknown_flavour", "The file is UBL, but of no Belgian flavour.")
    if invoice.root == CREDIT_NOTE and invoice.type_code not in ("", *CREDIT_CODES):
        message = "A CreditNote has the type code of an invoice."
        notes.add(root, "type_code_contradicts", message, type_code=invoice.type_code)
    if not invoice.lines:
        notes.add(root, "no_lines", "The invoice has no lines.")
    lines = sum((line.amount for line in invoice.lines), ZERO)
    charges = sum((charge.amount for charge in invoice.charges), ZERO)
    taxes = sum((tax.amount or ZERO for tax in invoice.taxes), ZERO)
    due = invoice.total - invoice.prepaid + invoice.rounding
    if invoice.lines:
        _compare(root, notes, "lines_differ", lines + charges, invoice.untaxed)
    if invoice.taxes:
        _compare(root, notes, "taxes_differ", taxes, invoice.tax)
    _compare(root, notes, "total_differs", invoice.untaxed + invoice.tax, invoice.total)
    _compare(root, notes, "payable_differs", due, invoice.payable)


def _compare(root: _Element, notes: Notes, code: str, found: Decimal, expected: Decimal) -> None:
    if found != expected:
        message = f"The parts come to {found}, the file says {expected}."
        notes.add(root, code, message, found=found, expected=expected)
