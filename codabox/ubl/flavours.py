"""Tells the Belgian flavours of UBL apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .elements import children, text

if TYPE_CHECKING:
    from lxml.etree import _Element

EFFF1: Final = "efff1"
EFFF3: Final = "efff3"
UBLBE1: Final = "ublbe1"
UBLBE3: Final = "ublbe3"
BIS3: Final = "bis3"
OTHER: Final = "ubl"
FLAVOURS: Final = (EFFF1, EFFF3, UBLBE1, UBLBE3, BIS3)

_BIS3 = "urn:fdc:peppol.eu:2017:poacc:billing:3.0"


def flavour_of(root: _Element) -> str:
    """Return the flavour of an invoice, ``ubl`` when it is none of the Belgian ones."""
    customization = text(root, "CustomizationID")
    references = {
        text(reference, "ID").lower() for reference in children(root, "AdditionalDocumentReference")
    }
    if "UBL.BE:1" in customization:
        return UBLBE1
    if "UBL.BE:3" in customization or (_BIS3 in customization and "ubl.be" in references):
        return UBLBE3
    if _BIS3 in customization:
        return BIS3
    profile = text(root, "ProfileID").lower()
    if "efff" in references:
        return EFFF3
    if "fff" not in profile:
        return UBLBE1 if "ubl.be" in references else OTHER
    return EFFF1 if text(root, "UBLVersionID") in ("2.0", "") else EFFF3
