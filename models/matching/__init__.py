"""From a bank line to what it pays.

In: lines that are booked. ``account_bank_statement_line_proposal.py`` finds the open items that the
references of a line name, ``account_bank_statement_line_numbers.py`` those that its text names,
``account_bank_statement_line_match_payment.py`` registered payments.
``account_bank_statement_line_likely.py`` says what a line probably pays that names nothing,
``account_bank_statement_line_why.py`` what speaks for it.
Out: entries that are reconciled. ``account_bank_statement_line_match.py`` does it, and the buttons
*Match*, *Match all exact* (at night too) and *Undo match* are in
``account_bank_statement_line_match_action.py``; what was done at once is in ``codabox_line_batch.py``.
Whose account a payment came from is learned in ``account_bank_statement_line_learn.py``.
"""

from . import account_bank_statement_line_proposal
from . import account_bank_statement_line_numbers
from . import account_bank_statement_line_match
from . import account_bank_statement_line_match_payment
from . import account_bank_statement_line_match_action
from . import account_bank_statement_line_learn
from . import account_bank_statement_line_likely
from . import account_bank_statement_line_why
from . import codabox_line_batch
