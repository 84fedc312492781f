"""What the eight digits of a transaction code mean: type, family, operation, category.

In parts, and in the languages of ``labels``. Banks use codes that no table knows; those give
empty parts and never an error.
"""

from __future__ import annotations

from typing import NamedTuple

from .labels import code_tables

_NET = "000"


class CodeParts(NamedTuple):
    """The meaning of each part of a code; empty where no table knows it."""

    type: str
    family: str
    operation: str
    category: str


def explain_code(code: str, language: str = "en") -> CodeParts:
    """Return the meaning of the parts of a code of eight digits.

    :param code: the code.
    :param language: ``en``, ``nl``, ``fr`` or ``de``; English for any other.
    """
    tables = code_tables(language)
    family, operation, category = code[1:3], code[3:5], code[5:8]
    operations = tables.operations.get(family, {})
    meaning = tables.categories.get(category, "")
    if not meaning and category.isdecimal() and category >= "700":
        meaning = tables.bank_category
    return CodeParts(
        type=tables.types.get(code[:1], ""),
        family=tables.families.get(family, ""),
        operation=operations.get(operation) or tables.common_operations.get(operation, ""),
        category=meaning,
    )


def describe_code(code: str, language: str = "en") -> str:
    """Return a short label, e.g. ``direct debit: costs (VAT)``.

    The code itself when neither family nor operation is known.

    :param code: the code of eight digits.
    :param language: ``en``, ``nl``, ``fr`` or ``de``; English for any other.
    """
    parts = explain_code(code, language)
    label = ": ".join(part for part in (parts.family, parts.operation) if part)
    if not label:
        return code
    if parts.category and code[5:8] != _NET:
        label += f" ({parts.category})"
    return label
