"""Writes UBL in any Belgian flavour: for tests, the demonstration and the sandbox."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from lxml import etree

from .dialects import DIALECTS, Dialect
from .layout import CAC, CBC, CREDIT_NOTE, LINE, NAMESPACES, QUANTITY, TYPE_CODE
from .payment import CODES
from .write_parts import (
    add_categories,
    add_charges,
    add_party,
    add_tax_total,
    add_texts,
    amount,
    sub,
)

if TYPE_CHECKING:
    from datetime import date

    from lxml.etree import _Element

    from .records import Invoice, InvoiceLine


def write_ubl(invoice: Invoice, flavour: str = "") -> bytes:
    """Return a file that ``parse_ubl`` reads back as the same values, as far as the flavour goes.

    Root, type code and signs are written as they are given: ``signs.turned`` makes the negative
    credit notes that some software sends. Texts may hold what XML allows, without blanks around.

    :param flavour: one of ``flavours.FLAVOURS``, that of the invoice by default.
    :raise KeyError: for another one.
    :raise ValueError: for a text with control characters.
    """
    dialect = DIALECTS[flavour or invoice.flavour]
    namespaces = {None: NAMESPACES[invoice.root], "cac": CAC, "cbc": CBC}
    root = etree.Element(f"{{{NAMESPACES[invoice.root]}}}{invoice.root}", nsmap=namespaces)
    _add_header(root, invoice, dialect)
    _add_references(root, invoice, dialect)
    add_party(root, "AccountingSupplierParty", invoice.supplier, dialect)
    add_party(root, "AccountingCustomerParty", invoice.customer, dialect)
    if invoice.delivery_date:
        add_texts(sub(root, "cac:Delivery"), ActualDeliveryDate=invoice.delivery_date.isoformat())
    _add_payment(root, invoice, dialect)
    add_charges(root, invoice.charges, invoice.currency, dialect)
    add_tax_total(root, invoice.tax, invoice.taxes, invoice.currency, dialect)
    _add_totals(root, invoice)
    for line in invoice.lines:
        _add_line(root, line, invoice, dialect)
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _add_header(root: _Element, invoice: Invoice, dialect: Dialect) -> None:
    due = "" if _pays_late(invoice, dialect) else _day(invoice.due_date)
    add_texts(
        root,
        UBLVersionID=dialect.version,
        CustomizationID=dialect.customization,
        ProfileID=dialect.profile,
        ID=invoice.number,
        IssueDate=invoice.issue_date.isoformat(),
        DueDate=due,
        **{TYPE_CODE[invoice.root]: invoice.type_code},
    )
    for note in invoice.notes:
        add_texts(root, Note=note)
    add_texts(root, DocumentCurrencyCode=invoice.currency, BuyerReference=invoice.buyer_reference)
    if invoice.period:
        _add_period(root, invoice.period)
    if invoice.order:
        add_texts(sub(root, "cac:OrderReference"), ID=invoice.order)
    for number in invoice.references:
        reference = sub(root, "cac:BillingReference", "cac:InvoiceDocumentReference")
        add_texts(reference, ID=number)


def _add_references(root: _Element, invoice: Invoice, dialect: Dialect) -> None:
    if dialect.software:
        reference = sub(root, "cac:AdditionalDocumentReference")
        add_texts(reference, ID=dialect.software, **{dialect.described: "Test software 1.0"})
    for attachment in invoice.attachments:
        reference = sub(root, "cac:AdditionalDocumentReference")
        add_texts(reference, ID=attachment.name)
        if attachment.is_invoice:
            kind = "CreditNote" if invoice.root == CREDIT_NOTE else "CommercialInvoice"
            add_texts(reference, **{dialect.described: kind})
        binary = sub(reference, "cac:Attachment", "cbc:EmbeddedDocumentBinaryObject")
        binary.set("mimeCode", attachment.mime)
        binary.set("filename", attachment.name)
        binary.text = base64.b64encode(attachment.content).decode("ascii")


def _add_payment(root: _Element, invoice: Invoice, dialect: Dialect) -> None:
    due = _day(invoice.due_date) if _pays_late(invoice, dialect) else ""
    reference = invoice.payment_reference
    if not (invoice.ibans or reference or due or invoice.paid_by or invoice.mandate):
        return
    code = CODES[invoice.paid_by]
    for iban in invoice.ibans or ("",):
        means = sub(root, "cac:PaymentMeans")
        add_texts(means, PaymentMeansCode=code, PaymentDueDate=due)
        add_texts(means, **{dialect.reference: reference})
        if iban:
            add_texts(sub(means, "cac:PayeeFinancialAccount"), ID=iban)
        if invoice.mandate:
            add_texts(sub(means, "cac:PaymentMandate"), ID=invoice.mandate)
        due = reference = ""


def _pays_late(invoice: Invoice, dialect: Dialect) -> bool:
    """Return whether the due date stands with the payment: a credit note has no other place."""
    return dialect.due_with_payment or invoice.root == CREDIT_NOTE


def _add_totals(root: _Element, invoice: Invoice) -> None:
    total = sub(root, "cac:LegalMonetaryTotal")
    lines = sum(line.amount for line in invoice.lines)
    added = sum(charge.amount for charge in invoice.charges if charge.amount > 0)
    taken = -sum(charge.amount for charge in invoice.charges if charge.amount < 0)
    for name, value in (
        ("LineExtensionAmount", lines),
        ("TaxExclusiveAmount", invoice.untaxed),
        ("TaxInclusiveAmount", invoice.total),
        ("AllowanceTotalAmount", taken),
        ("ChargeTotalAmount", added),
        ("PrepaidAmount", invoice.prepaid),
        ("PayableRoundingAmount", invoice.rounding),
        ("PayableAmount", invoice.payable),
    ):
        if value or name in ("TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount"):
            amount(total, name, value, invoice.currency)


def _add_line(root: _Element, line: InvoiceLine, invoice: Invoice, dialect: Dialect) -> None:
    element = sub(root, f"cac:{LINE[invoice.root]}")
    add_texts(element, ID=line.number)
    quantity = sub(element, f"cbc:{QUANTITY[invoice.root]}")
    quantity.text = f"{line.quantity:f}"
    if line.unit:
        quantity.set("unitCode", line.unit)
    amount(element, "LineExtensionAmount", line.amount, invoice.currency)
    if line.period:
        _add_period(element, line.period)
    add_charges(element, line.charges, invoice.currency, dialect)
    if dialect.line_totals:
        tax = sum(tax.amount or 0 for tax in line.taxes)
        add_tax_total(element, tax, line.taxes, invoice.currency, dialect)
    _add_item(element, line, dialect)
    if line.price is not None:
        _add_price(sub(element, "cac:Price"), line, invoice.currency)


def _add_item(element: _Element, line: InvoiceLine, dialect: Dialect) -> None:
    item = sub(element, "cac:Item")
    if line.item:
        add_texts(item, Description=line.label)
    add_texts(item, Name=line.item or line.label)
    for name, number in (("Sellers", line.code), ("Standard", line.barcode)):
        if number:
            add_texts(sub(item, f"cac:{name}ItemIdentification"), ID=number)
    if not dialect.line_totals:
        add_categories(item, line.taxes, dialect)


def _add_price(element: _Element, line: InvoiceLine, currency: str) -> None:
    amount(element, "PriceAmount", line.price, currency)
    if line.gross is not None:
        rebate = sub(element, "cac:AllowanceCharge")
        add_texts(rebate, ChargeIndicator="false")
        amount(rebate, "Amount", line.gross - line.price, currency)
        amount(rebate, "BaseAmount", line.gross, currency)


def _add_period(element: _Element, period: tuple[date, date]) -> None:
    start, end = period
    texts = {"StartDate": start.isoformat(), "EndDate": end.isoformat()}
    add_texts(sub(element, "cac:InvoicePeriod"), **texts)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
