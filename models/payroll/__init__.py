"""SODA: from a payroll document to a draft entry, read by those who may.

``codabox_document_soda.py`` reads the file and makes a ``codabox_payroll.py`` of each employer in it.
``codabox_payroll_book.py`` books totals on the accounts of ``codabox_soda_mapping.py``, which
``account_move_payroll_learn.py`` learns from accountants; ``codabox_payroll_notice.py`` says what to
look at. Texts that may be names wait in ``codabox_soda_label.py``. Files stay with their group (``ir_attachment.py``), also when the add-on leaves
(``base_module_uninstall.py``). ``account_bank_statement_line_wages.py`` pairs payments of wages,
``res_company_soda.py`` holds accounts and misses a month, ``account_journal_payroll.py`` is the card.
"""

from . import ir_attachment
from . import base_module_uninstall
from . import codabox_payroll
from . import codabox_payroll_book
from . import codabox_payroll_notice
from . import codabox_payroll_label
from . import account_account_number
from . import codabox_soda_mapping
from . import codabox_soda_label
from . import codabox_document_soda
from . import account_move_payroll
from . import account_move_payroll_learn
from . import account_move_payroll_label
from . import account_bank_statement_line_wages
from . import account_journal_payroll
from . import res_company_soda
from . import res_config_settings_soda
from . import codabox_audit_opened
