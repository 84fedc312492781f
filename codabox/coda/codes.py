"""What the eight digits of a transaction code mean: type, family, operation, category.

English only, in parts, so that the layer above can translate each part by itself. Banks use codes
that no table knows; those give empty parts and never an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .code_categories import CATEGORIES
from .code_operations import COMMON_OPERATIONS, FAMILIES, OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES: Mapping[str, str] = {
    "0": "simple amount",
    "1": "total made by the customer",
    "2": "total made by the bank",
    "3": "amount with breakdown",
    "5": "detail of a total made by the customer",
    "6": "detail of a total made by the bank",
    "7": "detail of a total made by the bank, with details of its own",
    "8": "part of an amount with breakdown",
    "9": "detail of a detail",
}
_BANK_CATEGORY = "category defined by the bank"
_NET = "000"


class CodeParts(NamedTuple):
    """The meaning of each part of a code; empty where no table knows it."""

    type: str
    family: str
    operation: str
    category: str


def explain_code(code: str) -> CodeParts:
    """Return the meaning of the parts of a code of eight digits."""
    family, operation, category = code[1:3], code[3:5], code[5:8]
    operations = OPERATIONS.get(family, {})
    meaning = CATEGORIES.get(category, "")
    if not meaning and category.isdecimal() and category >= "700":
        meaning = _BANK_CATEGORY
    return CodeParts(
        type=TYPES.get(code[:1], ""),
        family=FAMILIES.get(family, ""),
        operation=operations.get(operation) or COMMON_OPERATIONS.get(operation, ""),
        category=meaning,
    )


def describe_code(code: str) -> str:
    """Return a short English label, e.g. ``direct debit: costs (VAT)``.

    The code itself when neither family nor operation is known.
    """
    parts = explain_code(code)
    label = ": ".join(part for part in (parts.family, parts.operation) if part)
    if not label:
        return code
    if parts.category and code[5:8] != _NET:
        label += f" ({parts.category})"
    return label
