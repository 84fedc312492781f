"""Reads the other syntax of EN 16931, CII, which hides in the PDF of a Factur-X or ZUGFeRD invoice.

It becomes the same invoice as one of UBL, and can then be written as UBL: everything else knows
only that. What the smaller profiles leave out (lines) stays out.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ..reading.xml_reading import Standard, local_name, read_xml, refuse
from .elements import ZERO, child, children, optional_number, read_number, text
from .flavours import BIS3
from .layout import CREDIT_CODES, CREDIT_NOTE, INVOICE, MAX_BYTES, MAX_TAGS
from .records import Charge, Invoice, InvoiceLine, Party, Tax
from .writer import write_ubl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

ROOT: Final = "CrossIndustryInvoice"
_CII: Final = Standard("CII", "not_cii", ROOT, MAX_BYTES, MAX_TAGS)
_ONE: Final = Decimal(1)
_ENTERPRISE: Final = "0208"


def cii_as_ubl(data: bytes) -> bytes:
    """Return an invoice of CII as one of UBL.

    :param data: the content of one file.
    :raise NotRecognised: ``not_cii``, when it is something else.
    :raise FormatError: when it has no number, day or total, or an amount is none.
    """
    root = read_xml(data, _CII)
    if local_name(root) != ROOT:
        raise _CII.not_recognised(local_name(root))
    return write_ubl(_invoice(root))


def _invoice(root: _Element) -> Invoice:
    head = child(root, "ExchangedDocument")
    trade = child(root, "SupplyChainTradeTransaction")
    agreement = child(trade, "ApplicableHeaderTradeAgreement")
    settlement = child(trade, "ApplicableHeaderTradeSettlement")
    sums = child(settlement, "SpecifiedTradeSettlementHeaderMonetarySummation")
    type_code, currency = text(head, "TypeCode"), text(settlement, "InvoiceCurrencyCode")
    is_credit = type_code in CREDIT_CODES
    untaxed = _amount(sums, "TaxBasisTotalAmount")
    total = _amount(sums, "GrandTotalAmount")
    return Invoice(
        number=_written(head, "ID"),
        is_credit=is_credit,
        root=CREDIT_NOTE if is_credit else INVOICE,
        type_code="381" if is_credit else type_code or "380",
        flavour=BIS3,
        issue_date=_day(head, "IssueDateTime") or _missing(root, "IssueDateTime"),
        due_date=_day(settlement, "SpecifiedTradePaymentTerms", "DueDateDateTime"),
        currency=currency,
        supplier=_party(child(agreement, "SellerTradeParty")),
        customer=_party(child(agreement, "BuyerTradeParty")),
        lines=tuple(map(_line, children(trade, "IncludedSupplyChainTradeLineItem"))),
        taxes=tuple(map(_subtotal, children(settlement, "ApplicableTradeTax"))),
        untaxed=untaxed,
        tax=total - untaxed,
        total=total,
        payable=_optional(sums, "DuePayableAmount", total),
        prepaid=_optional(sums, "TotalPrepaidAmount", ZERO),
        rounding=_optional(sums, "RoundingAmount", ZERO),
        payment_reference=text(settlement, "PaymentReference"),
        ibans=tuple(_ibans(settlement)),
        order=text(agreement, "BuyerOrderReferencedDocument", "IssuerAssignedID"),
        buyer_reference=text(agreement, "BuyerReference"),
        references=tuple(
            filter(
                None,
                (
                    text(found, "IssuerAssignedID")
                    for found in children(settlement, "InvoiceReferencedDocument")
                ),
            )
        ),
        notes=tuple(
            filter(None, (text(note, "Content") for note in children(head, "IncludedNote")))
        ),
        charges=tuple(map(_charge, children(settlement, "SpecifiedTradeAllowanceCharge"))),
    )


# --- parts -----------------------------------------------------------------------------------


def _party(element: _Element | None) -> Party:
    address = child(element, "PostalTradeAddress")
    endpoint = child(element, "URIUniversalCommunication", "URIID")
    number = child(element, "SpecifiedLegalOrganization", "ID")
    is_enterprise = number is not None and number.get("schemeID") == _ENTERPRISE
    return Party(
        name=text(element, "Name"),
        enterprise=text(number) if is_enterprise else "",
        vat=next(_vat_numbers(element), ""),
        scheme="" if endpoint is None else endpoint.get("schemeID", ""),
        endpoint=text(endpoint),
        street=text(address, "LineOne"),
        street2=text(address, "LineTwo"),
        zip=text(address, "PostcodeCode"),
        city=text(address, "CityName"),
        country=text(address, "CountryID"),
    )


def _vat_numbers(element: _Element | None) -> Iterator[str]:
    for registration in children(element, "SpecifiedTaxRegistration"):
        number = child(registration, "ID")
        if number is not None and number.get("schemeID", "VA") == "VA":
            yield text(number)


def _line(element: _Element) -> InvoiceLine:
    settlement = child(element, "SpecifiedLineTradeSettlement")
    quantity = child(element, "SpecifiedLineTradeDelivery", "BilledQuantity")
    product = child(element, "SpecifiedTradeProduct")
    sums = child(settlement, "SpecifiedTradeSettlementLineMonetarySummation")
    pieces = _ONE if quantity is None else read_number(text(quantity)) or _ONE
    return InvoiceLine(
        number=text(element, "AssociatedDocumentLineDocument", "LineID"),
        label=text(product, "Name") or text(product, "Description"),
        quantity=pieces,
        price=_price(child(element, "SpecifiedLineTradeAgreement", "NetPriceProductTradePrice")),
        amount=_amount(sums, "LineTotalAmount"),
        taxes=tuple(map(_category, children(settlement, "ApplicableTradeTax"))),
        unit="" if quantity is None else quantity.get("unitCode", ""),
        charges=tuple(map(_charge, children(settlement, "SpecifiedTradeAllowanceCharge"))),
    )


def _price(element: _Element | None) -> Decimal | None:
    price = optional_number(element, "ChargeAmount")
    per = optional_number(element, "BasisQuantity") or _ONE
    return None if price is None else price / per


def _category(element: _Element) -> Tax:
    percent = optional_number(element, "RateApplicablePercent")
    reason = text(element, "ExemptionReason")
    return Tax(text(element, "CategoryCode"), percent=percent, reason=reason)


def _subtotal(element: _Element) -> Tax:
    found = _category(element)
    base, amount = _amount(element, "BasisAmount"), _amount(element, "CalculatedAmount")
    return Tax(found.category, percent=found.percent, base=base, amount=amount, reason=found.reason)


def _charge(element: _Element) -> Charge:
    amount = _amount(element, "ActualAmount")
    added = text(element, "ChargeIndicator", "Indicator").lower() in ("true", "1")
    taxes = tuple(map(_category, children(element, "CategoryTradeTax")))
    return Charge(amount if added else -amount, text(element, "Reason"), taxes)


def _ibans(settlement: _Element | None) -> Iterator[str]:
    for means in children(settlement, "SpecifiedTradeSettlementPaymentMeans"):
        if iban := text(means, "PayeePartyCreditorFinancialAccount", "IBANID"):
            yield iban


# --- values ----------------------------------------------------------------------------------


def _written(element: _Element | None, name: str) -> str:
    return text(element, name) or _missing(element, name)


def _amount(element: _Element | None, name: str) -> Decimal:
    found = optional_number(element, name)
    return _missing(element, name) if found is None else found


def _optional(element: _Element | None, name: str, otherwise: Decimal) -> Decimal:
    found = optional_number(element, name)
    return otherwise if found is None else found


def _day(element: _Element | None, *path: str) -> date | None:
    """Return a day as CII writes it: ``20260302``."""
    written = text(element, *path, "DateTimeString")
    try:
        return date.fromisoformat(written) if len(written) == len("20260302") else None
    except ValueError:
        return None


def _missing(element: _Element | None, name: str) -> object:
    refuse("missing_element", 1 if element is None else element.sourceline, name, f"a {name}", "")
