"""What a CodaBox must know of a UBL file before it takes it; the rest is the accountant's."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from lxml import etree

from ..belgian import enterprise_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_NS: Final = {
    "cac": f"{_UBL}CommonAggregateComponents-2",
    "cbc": f"{_UBL}CommonBasicComponents-2",
}
_ROOTS: Final = (f"{{{_UBL}Invoice-2}}Invoice", f"{{{_UBL}CreditNote-2}}CreditNote")
INVOICE, CREDIT_NOTE = "380", "381"


@dataclass(frozen=True, slots=True)
class UblFile:
    """Facts of an invoice or credit note.

    :param sellers: every Belgian number the supplier is identified by, ``BE`` and ten digits.
    :param type_code: ``380``, or ``381`` for a credit note in either of its forms.
    :param pdf: the first embedded PDF, ``None`` without one.
    """

    number: str
    type_code: str
    issue_date: date
    sellers: frozenset[str]
    customer: str
    currency: str
    pdf: bytes | None


def read(content: bytes) -> UblFile:
    """Read a UBL file.

    :raise ValueError: it is none, or has no number or date; with words for the sender.
    """
    # An embedded PDF may be one text of more than 10 MB, which is what libxml2 takes for an attack.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or root.tag not in _ROOTS:
        message = "This is not a UBL invoice or credit note."
        raise ValueError(message)
    number, day = _text(root, "cbc:ID"), _text(root, "cbc:IssueDate")
    try:
        issue_date = date.fromisoformat(day)
    except ValueError:
        issue_date = None
    if not number or issue_date is None:
        message = "The invoice has no number or no valid date."
        raise ValueError(message)
    return UblFile(
        number,
        _type_code(root),
        issue_date,
        frozenset(filter(None, map(enterprise_number, _numbers(root)))),
        _text(
            root, "cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName"
        )
        or _text(root, "cac:AccountingCustomerParty/cac:Party/cac:PartyName/cbc:Name"),
        _text(root, "cbc:DocumentCurrencyCode"),
        next(_pdfs(root), None),
    )


def _text(root: etree._Element, path: str) -> str:
    return (root.findtext(path, "", _NS) or "").strip()


def _type_code(root: etree._Element) -> str:
    credit = root.tag == _ROOTS[1] or _text(root, "cbc:InvoiceTypeCode") == CREDIT_NOTE
    return CREDIT_NOTE if credit else INVOICE


def _numbers(root: etree._Element) -> Iterator[str]:
    """Give everything that may identify the supplier."""
    party = root.find("cac:AccountingSupplierParty/cac:Party", _NS)
    if party is not None:
        for path in (
            "cbc:EndpointID", "cac:PartyIdentification/cbc:ID", "cac:PartyTaxScheme/cbc:CompanyID",
            "cac:PartyLegalEntity/cbc:CompanyID",
        ):  # fmt: skip
            yield from (found.text or "" for found in party.iterfind(path, _NS))


def _pdfs(root: etree._Element) -> Iterator[bytes]:
    path = "cac:AdditionalDocumentReference/cac:Attachment/cbc:EmbeddedDocumentBinaryObject"
    for found in root.iterfind(path, _NS):
        try:
            content = b64decode(found.text or "")
        except ValueError:
            continue
        if content.startswith(b"%PDF-"):
            yield content
