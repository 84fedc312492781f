"""The bank journal: which account it is, and whether its ledger says what the bank says.

In: the account of a statement. ``codabox_statement_account.py``: none has that account; a person
creates a journal, links one, or ignores the account for good (``codabox_ignored_account.py``).
``codabox_statement_company.py``: the bank says that it is of another enterprise; it is ours, or it
goes to its own company. ``account_journal_codabox.py`` keeps how movements become lines, ``account_journal_upload.py`` takes
CODA files that are dropped on its card, ``account_journal_codabox_check.py`` compares the ledger
with the last closing balance, ``account_journal_codabox_silence.py`` tells when its statements stop,
``account_journal_opening.py`` what it held before the first of them.
Out: a journal, and on its card (``account_journal_card.py``) what is missing and what is to do.
"""

from . import account_journal_codabox
from . import account_journal_upload
from . import account_journal_codabox_check
from . import account_journal_codabox_silence
from . import codabox_statement_company
from . import codabox_statement_account
from . import codabox_ignored_account
from . import account_journal_opening
from . import account_journal_card
