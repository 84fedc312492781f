"""The truth of a document: whether it is a credit note, and which way its amounts go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .layout import CREDIT_CODES, CREDIT_NOTE

if TYPE_CHECKING:
    from decimal import Decimal

    from .records import Charge, Invoice, InvoiceLine, Tax


def says_credit(root: str, type_code: str) -> bool:
    """Return whether root or type code call the document a credit note."""
    return root == CREDIT_NOTE or type_code in CREDIT_CODES


def is_negative(untaxed: Decimal, total: Decimal) -> bool:
    """Return whether the amounts of a document have the wrong sign for its kind."""
    return (total or untaxed) < 0


def turned(invoice: Invoice) -> Invoice:
    """Return a document with all its amounts the other way round."""
    return replace(
        invoice,
        lines=tuple(_line(line) for line in invoice.lines),
        charges=tuple(_charge(charge) for charge in invoice.charges),
        taxes=tuple(_tax(tax) for tax in invoice.taxes),
        untaxed=minus(invoice.untaxed),
        tax=minus(invoice.tax),
        total=minus(invoice.total),
        payable=minus(invoice.payable),
        prepaid=minus(invoice.prepaid),
        rounding=minus(invoice.rounding),
    )


def turn_quantity(quantity: Decimal, price: Decimal | None, amount: Decimal) -> str:
    """Return what of a line turns when its amount does: ``quantity``, ``price`` or ``""``.

    Some senders turn the amount of a credit note only: then quantity and price are right already.
    """
    if price is None:
        return "quantity" if quantity < 0 and amount < 0 else ""
    if not price or quantity * price * amount < 0:
        return ""
    return "price" if price < 0 <= quantity else "quantity"


def minus(amount: Decimal) -> Decimal:
    """Return the amount the other way round, without a minus zero."""
    return -amount if amount else amount


def _line(line: InvoiceLine) -> InvoiceLine:
    turns = turn_quantity(line.quantity, line.price, line.amount)
    return replace(
        line,
        quantity=minus(line.quantity) if turns == "quantity" else line.quantity,
        price=minus(line.price) if turns == "price" and line.price else line.price,
        gross=minus(line.gross) if turns == "price" and line.gross else line.gross,
        amount=minus(line.amount),
        charges=tuple(_charge(charge) for charge in line.charges),
        taxes=tuple(_tax(tax) for tax in line.taxes),
    )


def _charge(charge: Charge) -> Charge:
    return replace(charge, amount=minus(charge.amount))


def _tax(tax: Tax) -> Tax:
    return replace(
        tax,
        base=None if tax.base is None else minus(tax.base),
        amount=None if tax.amount is None else minus(tax.amount),
    )
