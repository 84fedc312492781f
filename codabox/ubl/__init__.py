"""UBL, the electronic invoices of fifteen years of Belgian software: reading, booking, writing.

The only import surface for other packages::

    invoice = parse_ubl(data)
    invoice.number, invoice.is_credit, invoice.supplier.enterprise, invoice.total
    for tax in invoice.taxes:
        tax_meaning(tax), tax.percent, tax.base, tax.amount
    for line in booked_lines(invoice, digits):  # what it is in the books
        line.quantity, line.price, line.discount, line.amount

In: the bytes of a file. ``source.py`` takes wrappers off, ``flavours.py`` tells its dialect,
``parser.py`` reads it part by part (``parties.py``, ``lines.py``, ``taxes.py``, ``totals.py``,
``payment.py``, ``attachments.py``, all with ``elements.py``); ``signs.py`` says which way amounts
go, ``checks.py`` what does not add up. Out: what ``records.py`` describes, ``meanings.py`` of its
taxes, ``numbers.py`` of its number, ``likeness.py`` of two with one number, ``booking.py`` of its
lines in the books. ``writer.py`` writes any flavour (``dialects.py``), ``builders.py`` makes
invoices. ``cii.py`` makes UBL of the other syntax.
"""

from .booking import BookedLine, booked_lines, only_tax
from .cii import cii_as_ubl
from .likeness import ACROSS_DAYS, Figures, Likeness, compare_invoices
from .meanings import TaxMeaning, tax_meaning
from .numbers import document_key, normal_number
from .parser import parse_ubl
from .records import Attachment, Charge, Invoice, InvoiceLine, Notice, Party, Tax
from .source import is_ubl
from .writer import write_ubl

__all__ = [
    "ACROSS_DAYS",
    "Attachment",
    "BookedLine",
    "Charge",
    "Figures",
    "Invoice",
    "InvoiceLine",
    "Likeness",
    "Notice",
    "Party",
    "Tax",
    "TaxMeaning",
    "booked_lines",
    "cii_as_ubl",
    "compare_invoices",
    "document_key",
    "is_ubl",
    "normal_number",
    "only_tax",
    "parse_ubl",
    "tax_meaning",
    "write_ubl",
]
