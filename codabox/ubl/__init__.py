"""UBL, the electronic invoices of Belgian software of the last fifteen years: reading and repairing.

The only import surface for other packages.
"""

from .records import Attachment, Invoice, InvoiceLine, Notice, Party, Tax

__all__ = ["Attachment", "Invoice", "InvoiceLine", "Notice", "Party", "Tax"]
