"""Bills that are not paid by a transfer of ours: a person paid, or the supplier collects.

Who paid a bill or a receipt with his own money is owed it, never the shop.

In: drafts of ``invoice``. ``account_move_payer.py`` is the choice *Private payment*, with the account on
which it is owed (of the employee, or the current account of the manager), and the question that a
receipt asks without it. Out: when it is posted, ``account_move_payer_entry.py`` moves the debt from
the shop to that account. What was chosen for a sender of receipts is proposed for his next one:
``codabox_document_payer.py``.

The bank line that collects a bill finds it by creditor and mandate:
``account_bank_statement_line_debit.py``.
"""

from . import account_move_payer
from . import account_move_payer_entry
from . import codabox_document_payer
from . import account_bank_statement_line_debit
