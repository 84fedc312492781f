"""What codes mean in the languages that Belgian bookkeepers read: data, and one way to reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..code_categories import CATEGORIES
from ..code_operations import COMMON_OPERATIONS, FAMILIES, OPERATIONS
from . import de, de_operations, fr, fr_operations, nl, nl_operations
from .movement_words import HEADS, WORDS
from .reasons import PURPOSES, REASONS, RETURN_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

# The order of the texts in tables that hold the four languages side by side.
LANGUAGES = ("en", "nl", "fr", "de")

_TYPES = {
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


class CodeTables(NamedTuple):
    """The names of the parts of a transaction code in one language."""

    types: Mapping[str, str]
    families: Mapping[str, str]
    operations: Mapping[str, Mapping[str, str]]
    common_operations: Mapping[str, str]
    categories: Mapping[str, str]
    bank_category: str


def _tables(words: ModuleType, operations: ModuleType) -> CodeTables:
    """Return the tables of a language; what every family has in common is said once."""
    said = {"37": words.COSTS, "87": words.REFUND, "49": words.CORRECTION, "99": words.CORRECTION}
    return CodeTables(
        words.TYPES,
        words.FAMILIES,
        operations.OPERATIONS,
        {code: said.get(code, words.BY_BANK) for code in COMMON_OPERATIONS},
        words.CATEGORIES,
        words.BANK_CATEGORY,
    )


_CODE_TABLES: Mapping[str, CodeTables] = {
    "en": CodeTables(
        _TYPES,
        FAMILIES,
        OPERATIONS,
        COMMON_OPERATIONS,
        CATEGORIES,
        "category defined by the bank",
    ),
    "nl": _tables(nl, nl_operations),
    "fr": _tables(fr, fr_operations),
    "de": _tables(de, de_operations),
}


def code_tables(language: str) -> CodeTables:
    """Return the tables of a language, the English ones when it is not one of ours."""
    return _CODE_TABLES.get(language) or _CODE_TABLES["en"]


def head(code: str, language: str) -> str:
    """Return how people call a movement of this code, empty where they have no word for it."""
    texts = HEADS.get(code[1:5]) or HEADS.get(code[1:3] + "..") or HEADS.get(".." + code[3:5])
    return _in(texts, language)


def word(name: str, language: str) -> str:
    """Return one of the words between the parts of a text."""
    return _in(WORDS[name], language)


def describe_reason(code: str, language: str = "en") -> str:
    """Return what an ISO reason of a returned payment means, empty when it is not known."""
    return _in(REASONS.get(code), language)


def describe_return(code: str, language: str = "en") -> str:
    """Return the name of the type of an R-transaction, the digit 1 to 5."""
    return _in(RETURN_TYPES.get(code), language)


def describe_purpose(code: str, language: str = "en") -> str:
    """Return what an ISO purpose or category purpose means, empty when it is not known."""
    return _in(PURPOSES.get(code), language)


def _in(texts: tuple[str, ...] | None, language: str) -> str:
    if texts is None:
        return ""
    return texts[LANGUAGES.index(language) if language in LANGUAGES else 0]
