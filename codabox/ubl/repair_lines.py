"""Writes quantity and price of a line so that Odoo books the amount of the line, to the cent.

Odoo multiplies a quantity of two decimals by a price and takes a percentage of two decimals off;
the file has the product, rounded, and that is what the line is worth.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import TYPE_CHECKING, Final

from .elements import CENT, ZERO, child, children, number, optional_number, required, text
from .lines import is_charge, line_elements, quantity_element
from .repair_charges import INDICATOR

if TYPE_CHECKING:
    from lxml.etree import _Element

_ONE: Final = Decimal(1)
# A thousand lines that are each off by this much do not make a cent.
_EXACT: Final = Decimal("0.000000001")
# A product of a quantity and a price of 35 digits each fits.
_WIDE: Final = Context(prec=80)


def repair_lines(root: _Element, digits: int) -> bool:
    """Repair what does not come to the amount of its line; return whether something was wrong.

    :param digits: decimals that a quantity has in Odoo.
    """
    with localcontext(_WIDE):
        changed = [_write_cents(list(line_elements(root)))]
        changed += [_repair_line(line, digits) for line in line_elements(root)]
        return any(changed)


def _write_cents(lines: list[_Element]) -> bool:
    """Write amounts of more than two decimals in cents, so that those of one tax keep their sum."""
    changed = False
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        element = required(line, "LineExtensionAmount")
        amount, tax = number(element), text(line, "Item", "ClassifiedTaxCategory", "Percent")
        before, sums[tax] = sums[tax], sums[tax] + amount
        if amount != _cents(amount):
            element.text = f"{_cents(sums[tax]) - _cents(before):f}"
            changed = True
    return changed


def _cents(amount: Decimal) -> Decimal:
    """Round half a cent up, also below nothing: what whole cents are added to rounds the same."""
    return (amount + CENT / 2).quantize(CENT, ROUND_FLOOR)


def _repair_line(line: _Element, digits: int) -> bool:
    """Write the net amount as quantity times price; what is added to it stays a charge.

    What is taken off is in the price afterwards.
    """
    parts = [(charge, _signed(charge)) for charge in children(line, "AllowanceCharge")]
    added = sum((amount for _charge, amount in parts if amount > 0), ZERO)
    net = number(required(line, "LineExtensionAmount")) - added
    # A charge of less than nothing, or of nothing, which Odoo would make a line of.
    turned = [charge for charge, amount in parts if is_charge(charge) and amount <= 0]
    turned += [charge for charge, amount in parts if not is_charge(charge) and amount > 0]
    if not turned and _is_exact(line, net, digits, parts):
        return False
    for charge, amount in parts:
        if amount > 0:
            _write_charge(charge, amount)
        else:
            line.remove(charge)
    _write_price(line, net, _write_quantity(line, digits))
    return True


def _signed(charge: _Element) -> Decimal:
    """Return what an ``AllowanceCharge`` adds to its line."""
    amount = number(required(charge, "Amount"))
    return amount if is_charge(charge) else -amount


def _is_exact(
    line: _Element, net: Decimal, digits: int, parts: list[tuple[_Element, Decimal]]
) -> bool:
    """Return whether Odoo comes to the net amount of a line by itself."""
    written = _quantity(line)
    quantity = _rounded(written, digits)
    price = optional_number(line, "Price", "PriceAmount")
    # Odoo takes the whole amount, with the charges, as the price where it finds no other.
    if not quantity or price == 0:
        return not (net or any(amount for _charge, amount in parts))
    # A charge on the price is in the price; Odoo would make another line of it.
    if any(map(is_charge, children(child(line, "Price"), "AllowanceCharge"))):
        return False
    taken = -sum((amount for _charge, amount in parts if amount < 0), ZERO)
    full = written * _gross_price(line, price, (net + taken) / written)
    rounded = full.quantize(CENT, ROUND_HALF_UP)
    discount = _rounded(100 * (1 - net / rounded), 2) if rounded else ZERO
    booked = quantity * (full / written) * (1 - discount / 100)
    return abs(booked - net) < _EXACT


def _gross_price(line: _Element, price: Decimal | None, derived: Decimal) -> Decimal:
    """Return the price that Odoo reads of a line, before discount; without one it derives it."""
    per = optional_number(line, "Price", "BaseQuantity") or _ONE
    gross = optional_number(line, "Price", "AllowanceCharge", "BaseAmount")
    if gross is not None:
        return gross / per
    rebate = optional_number(line, "Price", "AllowanceCharge", "Amount") or ZERO
    return derived if price is None else (price + rebate) / per


def _quantity(line: _Element) -> Decimal:
    element = quantity_element(line)
    empty = element is None or not (element.text or "").strip()
    return _ONE if empty else number(element)


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(_ONE.scaleb(-digits), ROUND_HALF_UP)


def _write_quantity(line: _Element, digits: int) -> Decimal:
    """Write the quantity as Odoo keeps it, one where nothing would be left of it."""
    quantity = _rounded(_quantity(line), digits) or _ONE
    element = quantity_element(line)
    if element is not None:
        element.text = f"{quantity:f}"
    return quantity


def _write_price(line: _Element, net: Decimal, quantity: Decimal) -> None:
    """Write the price of one; without any, as for a net of nothing, Odoo derives it."""
    price = child(line, "Price")
    amount = child(price, "PriceAmount")
    if price is None:
        return
    if amount is None or not net:
        line.remove(price)
        return
    for name in ("BaseQuantity", "AllowanceCharge"):
        for element in list(children(price, name)):
            price.remove(element)
    whole, decimals = f"{net / quantity:.20f}".split(".")
    amount.text = f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def _write_charge(charge: _Element, amount: Decimal) -> None:
    """Write a charge, which may have been an allowance of less than nothing."""
    if is_charge(charge):
        return
    required(charge, INDICATOR).text = "true"
    required(charge, "Amount").text = f"{amount:f}"
