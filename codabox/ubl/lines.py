"""Reads lines, allowances and charges."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from .elements import (
    child,
    children,
    number,
    optional_number,
    read_day,
    read_number,
    required,
    text,
)
from .layout import LINE, QUANTITY
from .records import Charge, InvoiceLine
from .taxes import Completion, read_line_taxes, tax_of_category

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lxml.etree import _Element

_ONE = Decimal("1.00")
_TRUE = ("true", "1")


def read_lines(root: _Element, completion: Completion) -> tuple[InvoiceLine, ...]:
    """Return the lines, whichever of the two names they have.

    :param completion: what the taxes of the invoice say more than those of the lines.
    :raise FormatError: ``missing_element``, ``repeated_element``, ``bad_amount``, ``bad_quantity``.
    """
    return tuple(_line(element, completion) for element in line_elements(root))


def line_elements(root: _Element) -> Iterator[_Element]:
    """Return the lines; there are credit notes with invoice lines."""
    return root.iterchildren(*(f"{{*}}{name}" for name in LINE.values()))


def quantity_element(line: _Element) -> _Element | None:
    """Return the quantity of a line."""
    return next(line.iterchildren(*(f"{{*}}{name}" for name in QUANTITY.values())), None)


def read_charges(element: _Element, completion: Completion) -> tuple[Charge, ...]:
    """Return the charges of an invoice or a line, allowances with a negative amount.

    :raise FormatError: ``missing_element``, ``repeated_element`` or ``bad_amount``.
    """
    return tuple(_charge(charge, completion) for charge in children(element, "AllowanceCharge"))


def is_charge(element: _Element) -> bool:
    """Return whether an ``AllowanceCharge`` is a charge."""
    return text(element, "ChargeIndicator").lower() in _TRUE


def _line(element: _Element, completion: Completion) -> InvoiceLine:
    quantity = quantity_element(element)
    empty = quantity is None or not (quantity.text or "").strip()
    item, name = child(element, "Item"), text(element, "Item", "Name")
    label = text(item, "Description") or name
    return InvoiceLine(
        number=text(element, "ID"),
        label=label,
        quantity=_ONE if empty else number(quantity, code="bad_quantity"),
        price=_price(element),
        amount=number(required(element, "LineExtensionAmount")),
        taxes=tuple(completion.of(tax) for tax in read_line_taxes(element)),
        unit="" if quantity is None else quantity.get("unitCode", "").strip(),
        charges=read_charges(element, completion),
        gross=_gross(element),
        item="" if name == label else name,
        code=text(item, "SellersItemIdentification", "ID"),
        barcode=text(item, "StandardItemIdentification", "ID"),
        period=_period(element),
        record=element.sourceline or 0,
    )


def _price(element: _Element) -> Decimal | None:
    price = optional_number(element, "Price", "PriceAmount")
    per = optional_number(element, "Price", "BaseQuantity", code="bad_quantity")
    return price if price is None or not per else price / per


def _gross(element: _Element) -> Decimal | None:
    """Return the price before the rebate that the price itself tells; a charge on it is in it."""
    price = child(element, "Price")
    told = list(children(price, "AllowanceCharge"))
    net = optional_number(price, "PriceAmount")
    if len(told) != 1 or is_charge(told[0]) or net is None:
        return None
    gross = read_number(text(told[0], "BaseAmount"))  # only shown: nonsense stops nothing
    if gross is None:
        gross = net + (read_number(text(told[0], "Amount")) or 0)
    per = optional_number(price, "BaseQuantity", code="bad_quantity")
    return gross / per if per else gross


def _period(element: _Element) -> tuple[date, date] | None:
    start = read_day(text(element, "InvoicePeriod", "StartDate"))
    end = read_day(text(element, "InvoicePeriod", "EndDate"))
    return (start, end) if start and end else None


def _charge(element: _Element, completion: Completion) -> Charge:
    categories = children(element, "TaxCategory")
    amount = number(required(element, "Amount"))
    return Charge(
        amount=amount if is_charge(element) else -amount,
        reason=text(element, "AllowanceChargeReason"),
        taxes=tuple(completion.of(tax_of_category(category)) for category in categories),
        code=text(element, "AllowanceChargeReasonCode"),
    )
