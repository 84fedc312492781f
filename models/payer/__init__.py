"""Who paid a bill or a receipt with his own money: it is owed to him, never to the shop.

In: drafts of ``invoice``. ``account_move_payer.py`` is the choice *Private payment*, with the account on
which it is owed (of the employee, or the current account of the manager), and the question that a
receipt asks without it. Out: when it is posted, ``account_move_payer_entry.py`` moves the debt from
the shop to that account. What was chosen for a sender of receipts is proposed for his next one:
``codabox_document_payer.py``.
"""

from . import account_move_payer
from . import account_move_payer_entry
from . import codabox_document_payer
