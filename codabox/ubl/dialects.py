"""Where each Belgian flavour puts what all of them say; see the table in codabox/README.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .flavours import BIS3, EFFF1, EFFF3, UBLBE1, UBLBE3


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one flavour is written.

    ``software`` is the identifier of the reference that names the sender's software;
    ``described`` the element that says what an attachment is; ``number_scheme`` the scheme of the
    enterprise number; ``endpoint_scheme`` that of a Belgian electronic address, or ``""``;
    ``reference`` where the payment reference stands; ``codes`` whether Belgian tax codes are given;
    ``line_totals`` whether a line has a tax total instead of a category.
    """

    version: str
    customization: str
    profile: str
    software: str = ""
    described: str = "DocumentDescription"
    number_scheme: str = ""
    endpoint_scheme: str = ""
    legal_entity: bool = True
    reference: str = "PaymentID"
    due_with_payment: bool = False
    codes: bool = True
    line_totals: bool = False
    percent_beside: bool = False


_PEPPOL = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_BILLING = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"

DIALECTS: Final = {
    EFFF1: Dialect(
        version="2.0",
        customization="1.0",
        profile="FFF.BE Test software",
        described="DocumentType",
        legal_entity=False,
        reference="InstructionID",
        due_with_payment=True,
        line_totals=True,
        percent_beside=True,
    ),
    EFFF3: Dialect(
        version="2.1",
        customization="1.0",
        profile="E-FFF.BE TEST.BE",
        software="eFFF",
        number_scheme="BE:CBE",
    ),
    UBLBE1: Dialect(
        version="",
        customization="urn:cen.eu:en16931:2017#conformant#urn:UBL.BE:1.0.0.20180214",
        profile=_PEPPOL,
        software="UBL.BE",
        number_scheme="9956",
        endpoint_scheme="9956",
    ),
    UBLBE3: Dialect(
        version="",
        customization=_BILLING,
        profile=_PEPPOL,
        software="UBL.BE",
        number_scheme="0208",
        endpoint_scheme="0208",
    ),
    BIS3: Dialect(
        version="",
        customization=_BILLING,
        profile=_PEPPOL,
        number_scheme="0208",
        endpoint_scheme="0208",
        codes=False,
    ),
}
