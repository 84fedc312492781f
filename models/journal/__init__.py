"""The bank journal: which account it is, and whether its ledger says what the bank says.

In: the account of a statement. ``codabox_statement_account.py``: none has that account; a person
creates a journal, links one, or ignores the account for good (``codabox_ignored_account.py``).
``account_journal_codabox.py`` keeps how movements become lines, ``account_journal_upload.py`` takes
CODA files that are dropped on its card, ``account_journal_codabox_check.py`` compares the ledger
with the last closing balance. Out: a journal, and on its card what is missing.
"""

from . import account_journal_codabox
from . import account_journal_upload
from . import account_journal_codabox_check
from . import codabox_statement_account
from . import codabox_ignored_account
