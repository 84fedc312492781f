"""UBL, the electronic invoices of fifteen years of Belgian software: reading, repairing, writing.

The only import surface for other packages::

    invoice = parse_ubl(data)
    invoice.number, invoice.is_credit, invoice.supplier.enterprise, invoice.total
    for tax in invoice.taxes:
        tax_meaning(tax), tax.percent, tax.base, tax.amount
    repaired = repair_ubl(data)  # what Odoo's own importer should see of it
"""

from .meanings import TaxMeaning, tax_meaning
from .numbers import document_key, normal_number
from .parser import parse_ubl
from .records import Attachment, Charge, Invoice, InvoiceLine, Notice, Party, Tax
from .repair import repair_ubl
from .source import is_ubl
from .writer import write_ubl

__all__ = [
    "Attachment",
    "Charge",
    "Invoice",
    "InvoiceLine",
    "Notice",
    "Party",
    "Tax",
    "TaxMeaning",
    "document_key",
    "is_ubl",
    "normal_number",
    "parse_ubl",
    "repair_ubl",
    "tax_meaning",
    "write_ubl",
]
