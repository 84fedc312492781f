"""Invoices, expense notes and card statements: from a document to a draft that a person posts.

``codabox_document_invoice.py`` reads the file (UBL, a PDF alone: ``codabox_document_invoice_pdf.py``,
or UBL and CII inside one: ``codabox_document_invoice_embedded.py``).
``codabox_document_invoice_check.py``, ``codabox_document_invoice_partner.py`` and
``codabox_document_invoice_known.py`` say whether it can be booked, for whom, and whether it is there
already; ``account_move_codabox_make.py`` makes it in one step
(``codabox_document_invoice_book.py``): ``codabox_draft.py`` has its lines with their accounts and
taxes (``codabox_bill_plan.py``, ``codabox_tax_choice.py``), ``codabox_draft_totals.py`` and
``codabox_draft_taxes.py`` make it worth its file. What its reader must know comes out as flags
(``account_move_codabox_flag.py``; the same bill by another door:
``account_move_codabox_known.py``), how it is paid as a field (``account_move_codabox_paid.py``).
What was decided for a sender is followed (``codabox_sender_answer.py``). Sales:
``codabox_document_sales_invoice.py``; expense notes: ``codabox_document_expense.py``; cards:
``codabox_document_card.py``.
"""

from . import account_move_codabox_flag
from . import account_move_codabox_known
from . import account_move_codabox
from . import account_move_codabox_number
from . import codabox_document_invoice
from . import codabox_document_invoice_check
from . import codabox_document_invoice_partner
from . import codabox_document_invoice_known
from . import codabox_document_invoice_book
from . import codabox_sender_answer
from . import codabox_document_invoice_due
from . import account_move_codabox_paid
from . import codabox_document_invoice_credit
from . import codabox_document_invoice_order
from . import codabox_document_invoice_account
from . import codabox_document_invoice_once
from . import codabox_document_invoice_files
from . import codabox_document_invoice_pdf
from . import codabox_document_invoice_embedded
from . import codabox_document_invoice_action
from . import codabox_document_invoice_remember
from . import codabox_document_invoice_compare
from . import codabox_document_sales_invoice
from . import codabox_document_sales_customer
from . import codabox_document_expense
from . import codabox_document_expense_employee
from . import codabox_document_card
from . import codabox_document_invoice_page
from . import account_journal_invoice
from . import res_partner_invoice
from . import res_company_invoice
from . import res_company_sales_invoice
from . import res_config_settings_invoice
from . import res_config_settings_sales_invoice
from . import res_company_peppol
from . import peppol_registration
from . import account_move_codabox_foreign
from . import account_move_codabox_structured
from . import account_tax_codabox
from . import account_tax_codabox_sale
from . import account_tax_codabox_included
from . import account_move_codabox_included
from . import account_move_codabox_totals
from . import account_move_codabox_cents
from . import account_move_codabox_make
from . import res_company_codabox_vat
