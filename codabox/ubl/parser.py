"""Reads UBL invoices and credit notes: bytes in, frozen dataclasses out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..reading.xml_reading import local_name, refuse
from .attachments import read_attachments
from .checks import check_invoice
from .elements import child, children, read_day, required, text
from .flavours import flavour_of
from .layout import TYPE_CODE
from .lines import read_charges, read_lines
from .notes import Notes
from .parties import read_party
from .payment import read_creditor, read_ibans, read_mandate, read_paid_by, read_reference
from .records import Invoice
from .signs import is_negative, says_credit, turned
from .source import Source, read_source
from .taxes import Completion, read_subtotals
from .totals import read_currency, read_tax_in_euro, read_totals

if TYPE_CHECKING:
    from datetime import date

    from lxml.etree import _Element


def parse_ubl(data: bytes) -> Invoice:
    """Read a UBL invoice or credit note of any Belgian flavour, also one inside a wrapper.

    Tolerant of what is unknown or only describes, which becomes a notice; strict on money.

    :param data: the content of one file.
    :raise NotRecognised: ``not_ubl``, when this is no UBL invoice; ``found`` names its root.
    :raise FormatError: when the invoice has no number or date, or money could be read wrong or
        missed; ``record`` is the line of the XML.
    """
    return read_invoice(read_source(data))


def read_invoice(source: Source) -> Invoice:
    """Read the invoice in a tree.

    :raise FormatError: as :func:`parse_ubl`.
    """
    root, notes = source.root, Notes()
    type_code = next(filter(None, (text(root, name) for name in TYPE_CODE.values())), "")
    currency = read_currency(root, notes)
    taxes = read_subtotals(root, currency)
    completion = Completion(taxes)
    invoice = Invoice(
        number=_number(root),
        is_credit=says_credit(local_name(root), type_code),
        root=local_name(root),
        type_code=type_code,
        flavour=flavour_of(root),
        issue_date=_issue_date(root),
        due_date=_due_date(root, notes),
        currency=currency,
        supplier=read_party(root, "AccountingSupplierParty", notes),
        customer=read_party(root, "AccountingCustomerParty", notes),
        lines=read_lines(root, completion),
        taxes=taxes,
        **read_totals(root, currency, notes),
        payment_reference=read_reference(root, notes),
        ibans=read_ibans(root),
        paid_by=read_paid_by(root),
        mandate=read_mandate(root),
        creditor=read_creditor(root),
        tax_in_euro=read_tax_in_euro(root, currency),
        order=text(root, "OrderReference", "ID"),
        buyer_reference=text(root, "BuyerReference"),
        references=_references(root),
        delivery_date=_day(root, notes, "Delivery", "ActualDeliveryDate"),
        incoterm=text(root, "TransportExecutionTerms", "DeliveryTerms", "ID"),
        period=_period(root, notes),
        notes=_notes(root),
        attachments=read_attachments(source, notes),
        charges=read_charges(root, completion),
    )
    invoice = _right_way_round(invoice, root, notes)
    check_invoice(invoice, root, notes)
    return _with_notices(invoice, notes)


def _right_way_round(invoice: Invoice, root: _Element, notes: Notes) -> Invoice:
    """Return a document of negative amounts as the positive one of the kind that it is."""
    if not is_negative(invoice.untaxed, invoice.total):
        return invoice
    if invoice.is_credit:
        code, message = "negative_credit_note", "The amounts of the credit note are negative."
    else:
        code, message = "negative_invoice", "The invoice is negative: it is a credit note."
    notes.add(root, code, message, total=invoice.total)
    return replace(turned(invoice), is_credit=True)


def _with_notices(invoice: Invoice, notes: Notes) -> Invoice:
    return replace(invoice, notices=tuple(sorted(notes, key=lambda notice: notice.record)))


def _number(root: _Element) -> str:
    element = required(root, "ID")
    number = " ".join((element.text or "").split())
    if not number:
        refuse("missing_element", element.sourceline, "ID", "the number of the invoice", "")
    return number


def _issue_date(root: _Element) -> date:
    element = required(root, "IssueDate")
    day = read_day(text(element))
    if day is None:
        refuse("bad_date", element.sourceline, "IssueDate", "a day YYYY-MM-DD", text(element))
    return day


def _due_date(root: _Element, notes: Notes) -> date | None:
    return (
        _day(root, notes, "DueDate")
        or _day(root, notes, "PaymentMeans", "PaymentDueDate")
        or _day(root, notes, "PaymentTerms", "PaymentDueDate")
    )


def _day(root: _Element, notes: Notes, *path: str) -> date | None:
    """Return a day without which the invoice can be booked as well."""
    element = child(root, *path)
    day = read_day(text(element))
    if day is None and text(element):
        notes.add(element, "bad_date", f"{path[-1]} is no date.", field=path[-1])
    return day


def _period(root: _Element, notes: Notes) -> tuple[date, date] | None:
    start = _day(root, notes, "InvoicePeriod", "StartDate")
    end = _day(root, notes, "InvoicePeriod", "EndDate")
    return (start, end) if start and end else None


def _references(root: _Element) -> tuple[str, ...]:
    found = (
        text(reference, "InvoiceDocumentReference", "ID")
        for reference in children(root, "BillingReference")
    )
    return tuple(dict.fromkeys(filter(None, found)))


def _notes(root: _Element) -> tuple[str, ...]:
    found = [text(note) for note in children(root, "Note")]
    found += [text(terms, "Note") for terms in children(root, "PaymentTerms")]
    return tuple(filter(None, found))
