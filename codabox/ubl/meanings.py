"""What a tax category means for the books of the buyer, in one word.

The Belgian code says most and comes first. Without one, the letter of UNCL5305 and the reason of
exemption say what they can; what is left is ``unknown``: a person chooses, nobody guesses.
"""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, Final

from .taxes import RATE_CODES

if TYPE_CHECKING:
    from .records import Tax


class TaxMeaning(str, enum.Enum):
    """Stable words for what a tax category means; the value is what is stored."""

    RATE = "rate"
    COCONTRACTOR = "cocontractor"
    EU_GOODS = "eu_goods"
    EU_SERVICES = "eu_services"
    EXPORT = "export"
    EXEMPT = "exempt"
    SMALL_COMPANY = "small_company"
    NOT_SUBJECT = "not_subject"
    CASH_DISCOUNT = "cash_discount"
    ZERO = "zero"
    MARGIN = "margin"
    OSS = "oss"
    STANDARD_EXCHANGE = "standard_exchange"
    UNKNOWN = "unknown"


# Source of each row: UBL.BE 1.31, annex 1 (list of tax category names), with the box of the
# seller's VAT return.
_CODES: Final = {
    "00": TaxMeaning.ZERO,  # 0 %, box 00
    "01": TaxMeaning.RATE,  # 6 %, box 01
    "02": TaxMeaning.RATE,  # 12 %, box 02
    "03": TaxMeaning.RATE,  # 21 %, box 03
    "45": TaxMeaning.COCONTRACTOR,  # reverse charge within Belgium, box 45
    "46/GO": TaxMeaning.EU_GOODS,  # intra-community supply of goods, box 46
    "46/TR": TaxMeaning.EU_GOODS,  # the same, triangular
    "44": TaxMeaning.EU_SERVICES,  # intra-community services, box 44
    "47/SE": TaxMeaning.EU_SERVICES,  # services abroad, box 47
    "47/EX": TaxMeaning.EXPORT,  # export, box 47
    "47/EI": TaxMeaning.EXPORT,  # indirect export
    "47/EE": TaxMeaning.EXPORT,  # export by way of another member state
    "47/TO": TaxMeaning.UNKNOWN,  # contract work abroad
    "47/AS": TaxMeaning.UNKNOWN,  # assembly abroad
    "47/DI": TaxMeaning.UNKNOWN,  # distance sales
    "NA": TaxMeaning.NOT_SUBJECT,  # outside VAT: empties, advances of costs
    "NS": TaxMeaning.NOT_SUBJECT,  # not subject
    "FD": TaxMeaning.CASH_DISCOUNT,  # financial discount, art. 28 1°
    "SC": TaxMeaning.SMALL_COMPANY,  # franchise of art. 56bis
    "00/44": TaxMeaning.EXEMPT,  # art. 44
    "03/SE": TaxMeaning.STANDARD_EXCHANGE,  # 21 % on another base than the price
    "MA": TaxMeaning.MARGIN,  # margin scheme
    "OSS-G": TaxMeaning.OSS,  # one-stop shop: goods, services, imports
    "OSS-S": TaxMeaning.OSS,
    "OSS-I": TaxMeaning.OSS,
}

# The letters of UNCL5305 as EN 16931 uses them; see ``_of_category`` for S, AE, K and E.
_CATEGORIES: Final = {
    "Z": TaxMeaning.ZERO,
    "G": TaxMeaning.EXPORT,
    "O": TaxMeaning.NOT_SUBJECT,
    "E": TaxMeaning.EXEMPT,
}

# The reasons of the code list VATEX that are a margin scheme: second-hand, art, antiques, travel.
_MARGIN = re.compile(r"VATEX-EU-[DFIJ]\b")
_SERVICES = re.compile(r"dienst|service|prestation|dienstleistung|\b196\b", re.IGNORECASE)
# Dutch, French, German and English words of the exemptions that share the letter E.
_EXEMPTIONS: Final = tuple(
    (re.compile(words, re.IGNORECASE), meaning)
    for words, meaning in (
        (
            r"56 ?bis|kleine ondern|petite|small (?:bus|ent|comp)|kleinuntern|franchise"
            r"|vrijstellingsreg",
            TaxMeaning.SMALL_COMPANY,
        ),
        (r"contant|korting|escompte|discount|skonto", TaxMeaning.CASH_DISCOUNT),
        (r"marge|margin", TaxMeaning.MARGIN),
        (r"not subject|niet onderworpen|non soumis", TaxMeaning.NOT_SUBJECT),
    )
)


def tax_meaning(tax: Tax, *, domestic: bool = True) -> TaxMeaning:
    """Return what a tax category means.

    :param domestic: whether supplier and customer are in the same country: without a Belgian code,
        ``AE`` is the co-contractor within Belgium, and services from another member state.
    """
    code = tax.code.upper().replace(" ", "")
    rate = RATE_CODES.get(code)
    if rate is not None and tax.percent is not None and tax.percent != rate:
        return TaxMeaning.UNKNOWN
    return _CODES.get(code) or _of_category(tax, domestic=domestic)


def _of_category(tax: Tax, *, domestic: bool) -> TaxMeaning:
    category, percent = tax.category.upper(), tax.percent or 0
    if category in ("S", ""):
        return TaxMeaning.RATE if percent > 0 else TaxMeaning.UNKNOWN
    if category == "AE":
        return TaxMeaning.COCONTRACTOR if domestic else TaxMeaning.EU_SERVICES
    if category == "K":
        services = _SERVICES.search(tax.reason)
        return TaxMeaning.EU_SERVICES if services else TaxMeaning.EU_GOODS
    if percent:
        return TaxMeaning.UNKNOWN
    if category == "E":
        return _of_reason(tax.reason)
    return _CATEGORIES.get(category, TaxMeaning.UNKNOWN)


def _of_reason(reason: str) -> TaxMeaning:
    if _MARGIN.match(reason):
        return TaxMeaning.MARGIN
    for pattern, meaning in _EXEMPTIONS:
        if pattern.search(reason):
            return meaning
    return TaxMeaning.EXEMPT
