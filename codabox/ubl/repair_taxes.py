"""Puts the VAT percentage of lines and charges where Odoo reads it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lxml import etree

from .elements import child, children, text
from .layout import CAC, CBC
from .lines import line_elements
from .taxes import percent_of, read_line_taxes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from .records import Invoice, Tax

# Categories without tax; only ``O`` must not have a percentage, and Odoo wants none for it.
_NO_TAX = ("Z", "E", "AE", "K", "G")


def repair_taxes(root: _Element, invoice: Invoice) -> bool:
    """Complete the tax categories; return whether something was wrong."""
    changed = [_repair_category(*found, invoice.taxes) for found in _categories(root)]
    if len(invoice.taxes) == 1:
        changed += [_give_tax(line, invoice.taxes[0]) for line in line_elements(root)]
    return any(changed)


def _categories(root: _Element) -> Iterator[tuple[_Element, _Element | None]]:
    """Return each tax category with the subtotal around it."""
    for parent in (root, *line_elements(root)):
        for total in children(parent, "TaxTotal"):
            for subtotal in children(total, "TaxSubtotal"):
                for category in children(subtotal, "TaxCategory"):
                    yield category, subtotal
        for charge in children(parent, "AllowanceCharge"):
            for category in children(charge, "TaxCategory"):
                yield category, None
        for category in children(child(parent, "Item"), "ClassifiedTaxCategory"):
            yield category, None


def _repair_category(category: _Element, subtotal: _Element | None, taxes: tuple[Tax, ...]) -> bool:
    """Write the percentage of a category that has none where Odoo reads it."""
    if text(category, "Percent") or text(subtotal, "Percent"):
        return False
    percent = percent_of(category, subtotal)
    if percent is None:
        percent = _of_same_category(category, taxes)
    if percent is None:
        return False
    _set_percent(category, percent)
    return True


def _of_same_category(category: _Element, taxes: tuple[Tax, ...]) -> Decimal | None:
    """Return the percentage of the invoice's only subtotal of this category."""
    letter = text(category, "ID")
    found = {tax.percent for tax in taxes if tax.category == letter}
    if len(found) == 1 and (percent := found.pop()) is not None:
        return percent
    return Decimal(0) if letter in _NO_TAX else None


def _set_percent(category: _Element, percent: Decimal) -> None:
    for element in list(children(category, "Percent")):
        category.remove(element)
    element = etree.Element(f"{{{CBC}}}Percent")
    element.text = f"{percent:f}"
    before = [child(category, name) for name in ("ID", "Name")]
    position = sum(1 for found in before if found is not None)
    category.insert(position, element)


def _give_tax(line: _Element, tax: Tax) -> bool:
    """Give a line without any tax that of the invoice, when it has only one."""
    item = child(line, "Item")
    if item is None or tax.percent is None or read_line_taxes(line):
        return False
    category = etree.SubElement(item, f"{{{CAC}}}ClassifiedTaxCategory")
    etree.SubElement(category, f"{{{CBC}}}ID").text = tax.category
    if tax.code:
        etree.SubElement(category, f"{{{CBC}}}Name").text = tax.code
    etree.SubElement(category, f"{{{CBC}}}Percent").text = f"{tax.percent:f}"
    scheme = etree.SubElement(category, f"{{{CAC}}}TaxScheme")
    etree.SubElement(scheme, f"{{{CBC}}}ID").text = "VAT"
    return True
