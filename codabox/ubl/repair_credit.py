"""Makes a ``CreditNote`` with positive amounts of what is a credit note in any other form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from lxml import etree

from ..reading.xml_reading import local_name
from .elements import child, children, number, optional_number, text
from .layout import CREDIT_NOTE, INVOICE, LINE, NAMESPACES, QUANTITY, TYPE_CODE
from .lines import line_elements, quantity_element
from .signs import minus, turn_quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_CREDIT_CODE: Final = "381"
# Amounts that stand directly in these; a line's price turns on its own.
_SIGNED: Final = {
    "LegalMonetaryTotal": (
        "LineExtensionAmount",
        "TaxExclusiveAmount",
        "TaxInclusiveAmount",
        "AllowanceTotalAmount",
        "ChargeTotalAmount",
        "PrepaidAmount",
        "PayableRoundingAmount",
        "PayableAmount",
    ),
    "TaxTotal": ("TaxAmount", "RoundingAmount"),
    "TaxSubtotal": ("TaxableAmount", "TaxAmount"),
    "AllowanceCharge": ("Amount", "BaseAmount"),
}

# From the names of an invoice to those of a credit note.
_NAMES: Final = {names[INVOICE]: names[CREDIT_NOTE] for names in (LINE, QUANTITY, TYPE_CODE)}


def make_credit_note(root: _Element) -> tuple[_Element, bool]:
    """Return the tree with the names that a credit note has, and whether it is another one."""
    tag = f"{{{NAMESPACES[CREDIT_NOTE]}}}{CREDIT_NOTE}"
    wrong = [element for element in _renamed(root) if local_name(element) in _NAMES]
    if root.tag == tag and not wrong:
        return root, False
    for element in wrong:
        namespace = etree.QName(element).namespace
        element.tag = f"{{{namespace}}}{_NAMES[local_name(element)]}"
    code = child(root, TYPE_CODE[CREDIT_NOTE])
    if code is not None and text(code) == "380":
        code.text = _CREDIT_CODE
    nsmap = {
        prefix: NAMESPACES[CREDIT_NOTE] if uri == etree.QName(root).namespace else uri
        for prefix, uri in root.nsmap.items()
    }
    remade = etree.Element(tag, attrib=dict(root.attrib), nsmap=nsmap)
    remade.text = root.text
    remade.extend(list(root))
    return remade, True


def turn_amounts(root: _Element) -> None:
    """Turn every amount of a document that has a sign."""
    for element in _signed_parents(root):
        for name in _SIGNED[local_name(element)]:
            for amount in children(element, name):
                _turn(amount)
    for line in line_elements(root):
        _turn_line(line)


def _renamed(root: _Element) -> Iterator[_Element]:
    for line in line_elements(root):
        yield line
        yield from line
    yield from (element for element in root if local_name(element) == TYPE_CODE[INVOICE])


def _signed_parents(root: _Element) -> Iterator[_Element]:
    for parent in (root, *line_elements(root)):
        for name in ("LegalMonetaryTotal", "AllowanceCharge"):
            yield from children(parent, name)
        for total in children(parent, "TaxTotal"):
            yield total
            yield from children(total, "TaxSubtotal")


def _turn_line(line: _Element) -> None:
    amount = child(line, "LineExtensionAmount")
    quantity = quantity_element(line)
    price = optional_number(line, "Price", "PriceAmount")
    count = _number(quantity)
    turns = turn_quantity(count, price, number(amount))
    _turn(amount)
    if turns == "quantity" and quantity is not None:
        _turn(quantity)
    elif turns == "price":
        _turn_price(child(line, "Price"))


def _turn_price(price: _Element) -> None:
    _turn(child(price, "PriceAmount"))
    for allowance in children(price, "AllowanceCharge"):
        for name in _SIGNED["AllowanceCharge"]:
            for amount in children(allowance, name):
                _turn(amount)


def _number(quantity: _Element | None) -> Decimal:
    return Decimal(1) if quantity is None or not text(quantity) else number(quantity)


def _turn(element: _Element) -> None:
    if text(element):
        element.text = f"{minus(number(element)):f}"
