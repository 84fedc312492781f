"""Reads the totals of an invoice, and the currency that they all are in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..reading.xml_reading import local_name, refuse
from .elements import ZERO, child, children, number, optional_number, required, text
from .lines import line_elements
from .taxes import document_totals

if TYPE_CHECKING:
    from decimal import Decimal

    from lxml.etree import _Element

    from .notes import Notes

_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
_EURO = "EUR"
_CURRENCY = "currencyID"


def read_currency(root: _Element, notes: Notes) -> str:
    """Return the currency of the invoice, that of its total when the invoice does not say.

    :raise FormatError: ``bad_currency``, when it is no code or when an amount has another one.
    """
    total = required(root, "LegalMonetaryTotal")
    element = child(root, "DocumentCurrencyCode")
    currency = text(element).upper()
    if not currency:
        payable = child(total, "PayableAmount")
        currency = ("" if payable is None else payable.get(_CURRENCY, "").strip()) or _EURO
        message = "The invoice does not say its currency."
        notes.add(root, "no_currency", message, currency=currency)
    if not _CODE.fullmatch(currency):
        line = root.sourceline if element is None else element.sourceline
        refuse("bad_currency", line, "DocumentCurrencyCode", "a code of three letters", currency)
    lines = (child(line, "LineExtensionAmount") for line in line_elements(root))
    for amount in (*total, *(amount for amount in lines if amount is not None)):
        found = amount.get(_CURRENCY, currency).strip().upper()
        if found != currency:
            refuse("bad_currency", amount.sourceline, local_name(amount), currency, found)
    return currency


def read_totals(root: _Element, currency: str, notes: Notes | None = None) -> dict[str, Decimal]:
    """Return the totals under their names in :class:`Invoice`.

    One of untaxed, tax and total may be missing: it follows from the other two.

    :raise FormatError: ``missing_element``, ``repeated_element`` or ``bad_amount``.
    """
    element = required(root, "LegalMonetaryTotal")
    prepaid = optional_number(element, "PrepaidAmount") or ZERO
    rounding = optional_number(element, "PayableRoundingAmount") or ZERO
    total = optional_number(element, "TaxInclusiveAmount")
    payable = optional_number(element, "PayableAmount")
    untaxed = optional_number(element, "TaxExclusiveAmount")
    tax = _tax(root, currency)
    if notes is not None and None in (total, payable, untaxed):
        notes.add(element, "total_derived", "A total is not given: it follows from the others.")
    if total is None and payable is not None:
        total = payable + prepaid - rounding
    if total is None and untaxed is not None and tax is not None:
        total = untaxed + tax
    if total is None:
        refuse("missing_element", element.sourceline, "PayableAmount", "a total", "")
    if untaxed is None:
        untaxed = total - (tax or ZERO)
    return {
        "untaxed": untaxed,
        "tax": total - untaxed if tax is None else tax,
        "total": total,
        "payable": total - prepaid + rounding if payable is None else payable,
        "prepaid": prepaid,
        "rounding": rounding,
    }


def read_tax_in_euro(root: _Element, currency: str) -> Decimal | None:
    """Return the tax in euro that an invoice in another currency gives beside its own."""
    if currency == _EURO or text(root, "TaxCurrencyCode").upper() != _EURO:
        return None
    found = [
        amount
        for total in children(root, "TaxTotal")
        if (amount := child(total, "TaxAmount")) is not None and amount.get(_CURRENCY) == _EURO
    ]
    return number(found[0]) if len(found) == 1 else None


def _tax(root: _Element, currency: str) -> Decimal | None:
    """Return the tax of the invoice, ``None`` when it has no tax total at all."""
    totals = document_totals(root, currency)
    if not totals:
        return None
    return sum((number(required(total, "TaxAmount")) for total in totals), ZERO)
