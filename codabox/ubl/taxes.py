"""Reads tax categories: of the invoice, of its lines, of its charges."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from .elements import ZERO, child, children, optional_number, text
from .records import Tax

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

# The codes of annex 1 that are a rate.
RATE_CODES: Final = {"01": Decimal(6), "02": Decimal(12), "03": Decimal(21)}


def read_subtotals(root: _Element, currency: str) -> tuple[Tax, ...]:
    """Return the subtotals of the invoice.

    :raise FormatError: ``bad_amount``.
    """
    return tuple(
        tax_of_subtotal(subtotal)
        for total in document_totals(root, currency)
        for subtotal in children(total, "TaxSubtotal")
    )


def document_totals(root: _Element, currency: str) -> list[_Element]:
    """Return the tax totals in the currency of the invoice; Peppol may repeat one in euro."""
    totals = list(children(root, "TaxTotal"))
    own = [
        total
        for total in totals
        if (amount := child(total, "TaxAmount")) is None
        or amount.get("currencyID", currency) == currency
    ]
    return own or totals


def tax_of_subtotal(subtotal: _Element) -> Tax:
    """Return a ``TaxSubtotal``; e-fff 1.0 has the percentage beside the category, not in it."""
    category = child(subtotal, "TaxCategory")
    return Tax(
        category=text(category, "ID"),
        code=text(category, "Name"),
        percent=percent_of(category, subtotal),
        base=optional_number(subtotal, "TaxableAmount"),
        amount=optional_number(subtotal, "TaxAmount") or ZERO,
        reason=_reason(category),
    )


def tax_of_category(category: _Element) -> Tax:
    """Return a ``ClassifiedTaxCategory`` of a line or the ``TaxCategory`` of a charge."""
    return Tax(
        category=text(category, "ID"),
        code=text(category, "Name"),
        percent=percent_of(category),
        reason=_reason(category),
    )


def read_line_taxes(line: _Element) -> tuple[Tax, ...]:
    """Return the categories of a line, of its item or else of its own tax total."""
    categories = list(children(child(line, "Item"), "ClassifiedTaxCategory"))
    if categories:
        return tuple(tax_of_category(category) for category in categories)
    return tuple(
        tax_of_subtotal(subtotal)
        for total in children(line, "TaxTotal")
        for subtotal in children(total, "TaxSubtotal")
    )


class Completion:
    """Gives the tax of a line the code and the reason that only its subtotal has.

    Peppol gives a reason for the whole invoice only. When several subtotals could be the one of
    the line and differ, nothing is added.
    """

    def __init__(self, subtotals: Iterable[Tax]) -> None:
        self._found: dict[tuple[str, Decimal | None, str], tuple[set[str], set[str]]] = {}
        for tax in subtotals:
            for code in {tax.code, ""}:
                key = (tax.category, tax.percent, code)
                codes, reasons = self._found.setdefault(key, (set(), set()))
                codes.add(tax.code)
                reasons.add(tax.reason)

    def of(self, tax: Tax) -> Tax:
        """Return the tax with what is known of it."""
        key = (tax.category, tax.percent, tax.code)
        codes, reasons = self._found.get(key, (set(), set()))
        code = tax.code or (next(iter(codes)) if len(codes) == 1 else "")
        reason = tax.reason or (next(iter(reasons)) if len(reasons) == 1 else "")
        return replace(tax, code=code, reason=reason)


def percent_of(category: _Element | None, subtotal: _Element | None = None) -> Decimal | None:
    """Return the percentage, that of a Belgian code when only the code is given."""
    for element in (category, subtotal):
        percent = optional_number(element, "Percent", code="bad_percent")
        if percent is not None:
            return percent
    return RATE_CODES.get(text(category, "Name"))


def _reason(category: _Element | None) -> str:
    return text(category, "TaxExemptionReason") or text(category, "TaxExemptionReasonCode")
