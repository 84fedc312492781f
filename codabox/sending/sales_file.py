"""Is this file the invoice that is meant, complete, before it leaves?

Whether it is *valid* is for who made it; here is looked whether the right file goes: seller,
number, kind, total, and the PDF that the accountant reads.
"""

from __future__ import annotations

import base64
import binascii
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from lxml import etree

from ..const import MAX_INVOICE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_ROOTS: Final = {f"{{{_UBL}Invoice-2}}Invoice": False, f"{{{_UBL}CreditNote-2}}CreditNote": True}
_BELGIAN: Final = re.compile(r"(?:BE)?(\d{10})")

Problem = tuple[str, dict[str, str]]


def check_sales_invoice(
    content: bytes,
    *,
    seller: str,
    number: str,
    is_credit_note: bool,
    total: str,
    currency: str,
) -> list[Problem]:
    """Compare a UBL file with the invoice that it should be.

    :param content: the file.
    :param seller: ten digits of the enterprise number.
    :param total: with tax, as ``"121.00"``.
    :param currency: ISO code.
    :return: a code and its facts per problem, the worst first; nothing when it may leave.
    """
    if len(content) > MAX_INVOICE_BYTES:
        return [("send_too_large", {"limit": f"{MAX_INVOICE_BYTES // 1024 // 1024} MB"})]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return [("send_not_ubl", {})]
    if root.tag not in _ROOTS:
        return [("send_not_ubl", {})]
    if not _has_pdf(root):
        return [("send_no_pdf", {})]
    expected = {
        "number": number,
        "currency": currency,
        "kind": "credit note" if is_credit_note else "invoice",
        "total": str(_amount(total)),
    }
    found = {
        "number": root.findtext("{*}ID") or "",
        "currency": root.findtext("{*}DocumentCurrencyCode") or "",
        "kind": "credit note" if _ROOTS[root.tag] else "invoice",
        "total": str(_total(root)),
    }
    problems: list[Problem] = [
        ("send_file_differs", {"what": name, "expected": value, "found": found[name]})
        for name, value in expected.items()
        if found[name] != value
    ]
    if not seller or seller not in _numbers(root):
        problems.append(("send_wrong_seller", {"number": seller}))
    if not root.findtext("{*}AccountingCustomerParty//{*}RegistrationName"):
        problems.append(("send_no_customer", {}))
    return problems


def _has_pdf(root: etree._Element) -> bool:
    """Say whether a PDF is embedded."""
    for node in root.iterfind(".//{*}EmbeddedDocumentBinaryObject"):
        try:
            if base64.b64decode((node.text or "").lstrip()[:12]).startswith(b"%PDF"):
                return True
        except binascii.Error:
            continue
    return False


def _numbers(root: etree._Element) -> Iterator[str]:
    """Give the enterprise numbers of the seller."""
    for name in ("CompanyID", "EndpointID"):
        for node in root.iterfind(f"{{*}}AccountingSupplierParty//{{*}}{name}"):
            match = _BELGIAN.fullmatch(re.sub(r"[\s.]", "", node.text or "").upper())
            if match:
                yield match[1]


def _total(root: etree._Element) -> Decimal | None:
    """Return the total with tax, and with the rounding of a total that is paid in cash."""
    totals = "{*}LegalMonetaryTotal"
    total = _amount(root.findtext(f"{totals}/{{*}}TaxInclusiveAmount") or "")
    rounding = _amount(root.findtext(f"{totals}/{{*}}PayableRoundingAmount") or "0")
    return None if total is None or rounding is None else total + rounding


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None
