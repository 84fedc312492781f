"""What a CodaBox must know of a UBL file before it takes it; the rest is the accountant's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..belgian import enterprise_number
from ..errors import FormatError
from ..ubl import parse_ubl

if TYPE_CHECKING:
    from datetime import date

INVOICE, CREDIT_NOTE = "380", "381"


@dataclass(frozen=True, slots=True)
class UblFile:
    """Facts of an invoice or credit note.

    :param type_code: ``380``, or ``381`` for a credit note in either of its forms.
    :param seller: ``BE`` and ten digits, else empty.
    :param pdf: the printed invoice, ``None`` without one.
    """

    number: str
    type_code: str
    issue_date: date
    seller: str
    customer: str
    currency: str
    pdf: bytes | None


def read(content: bytes) -> UblFile:
    """Read a UBL file.

    :raise ValueError: it is none, or one that no accountant could book; says why.
    """
    try:
        found = parse_ubl(content)
    except FormatError as error:
        raise ValueError(error.message) from None
    return UblFile(
        found.number,
        CREDIT_NOTE if found.is_credit else INVOICE,
        found.issue_date,
        enterprise_number(found.supplier.enterprise),
        found.customer.name,
        found.currency,
        next(
            filter(_is_pdf, (file.content for file in found.attachments if file.is_invoice)), None
        ),
    )


def _is_pdf(content: bytes) -> bool:
    """Say whether it is one, whatever its sender calls it."""
    return b"%PDF-" in content[:1024]
