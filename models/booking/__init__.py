"""From a bank line that pays no invoice to the account that it belongs on.

In: lines with money that nothing explains. ``account_bank_statement_line_book.py`` moves it to an
account, with partner, tax and analytic, and says when it may not; ``counterpart.py`` is what a
person or a rule says. ``account_bank_statement_line_transfer.py``: from one own account to another,
both sides reconciled. ``account_bank_statement_line_difference.py``: cents that are left of a match.
``res_company_private.py``: the account of what is private. ``account_bank_statement_line_beside.py``:
beside OCA's screen. The button, and what it booked, are in
``account_bank_statement_line_book_action.py``; *Undo match* takes it back.
"""

from . import account_bank_statement_line_book
from . import account_bank_statement_line_transfer
from . import account_bank_statement_line_difference
from . import account_bank_statement_line_beside
from . import account_bank_statement_line_book_action
from . import res_company_private
