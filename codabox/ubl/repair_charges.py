"""Writes allowances and charges so that Odoo books their amount, and with the right sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from .elements import ZERO, children, number, read_number, required, text
from .layout import CBC

if TYPE_CHECKING:
    from lxml.etree import _Element

INDICATOR: Final = "ChargeIndicator"


def repair_charges(root: _Element) -> bool:
    """Repair the charges of invoice and lines; return whether something was wrong."""
    changed = [_say_allowance(charge) for charge in list(root.iter("{*}AllowanceCharge"))]
    changed += [_leave_amount(charge) for charge in children(root, "AllowanceCharge")]
    return any(changed)


def _say_allowance(charge: _Element) -> bool:
    """Say that a charge is none when it does not say what it is: Odoo fails on that."""
    if text(charge, INDICATOR):
        return False
    for element in list(children(charge, INDICATOR)):
        charge.remove(element)
    element = etree.Element(f"{{{CBC}}}{INDICATOR}")
    element.text = "false"
    charge.insert(0, element)
    return True


def _leave_amount(charge: _Element) -> bool:
    """Take the base away where base times percentage is not just the amount.

    Odoo books the product, with the percentage as a quantity of two decimals.
    """
    if next(children(charge, "BaseAmount"), None) is None:
        return False
    base = read_number(text(charge, "BaseAmount")) or ZERO
    percent = read_number(text(charge, "MultiplierFactorNumeric")) or ZERO
    amount = number(required(charge, "Amount"))
    if base * percent / 100 == amount and not percent % 1:
        return False
    for element in list(children(charge, "BaseAmount")):
        charge.remove(element)
    return True
