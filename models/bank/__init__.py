"""CODA: from a document of the inbox to bank statements, complete and nothing twice.

``codabox_document_coda.py`` reads the file and makes a ``codabox_statement.py`` of each statement.
``codabox_statement_book.py`` asks what stands in its way (``codabox_statement_account.py``,
``codabox_statement_closed.py``, ``codabox_statement_correction.py``, ``codabox_statement_known.py``),
makes lines (``codabox_statement_line.py``: text, details, partner), and books them with those of the
same file (``codabox_statement_together.py``, ``account_fast_booking.py``). Then
``codabox_statement_chain.py`` and ``codabox_gap.py`` say what is missing.

On the line: ``account_bank_statement_line_panel.py`` shows what the bank said,
``account_bank_statement_line_proposal.py`` finds what it pays
(``account_bank_statement_line_numbers.py``: by the numbers in its text), ``account_bank_statement_line_match.py``
pays it. On the journal: ``account_journal_upload.py``, ``account_journal_codabox_check.py``;
``account_journal_codabox_silence.py`` tells when its statements stop.
"""

from . import codabox_statement
from . import codabox_statement_book
from . import codabox_statement_line
from . import codabox_statement_together
from . import codabox_statement_text
from . import codabox_statement_details
from . import codabox_statement_partner
from . import codabox_document_coda
from . import codabox_document_wages
from . import codabox_document_wages_judge
from . import codabox_document_wages_open
from . import codabox_document_wages_words
from . import codabox_statement_files
from . import codabox_document_account
from . import codabox_statement_closed
from . import codabox_statement_account
from . import codabox_ignored_account
from . import codabox_gap
from . import codabox_statement_chain
from . import codabox_statement_correction
from . import codabox_statement_known
from . import codabox_statement_adopt
from . import codabox_statement_direct
from . import codabox_document_gap
from . import codabox_document_known
from . import codabox_document_limit
from . import codabox_feed_gap
from . import account_bank_statement
from . import account_bank_statement_pdf
from . import account_bank_statement_line
from . import account_bank_statement_line_adopt
from . import account_fast_booking
from . import account_bank_statement_line_panel
from . import account_bank_statement_line_proposal
from . import account_bank_statement_line_numbers
from . import account_bank_statement_line_match
from . import account_bank_statement_line_match_exact
from . import account_bank_statement_line_match_payment
from . import account_bank_statement_line_match_action
from . import account_journal_codabox
from . import account_transactions
from . import account_journal_upload
from . import account_journal_codabox_check
from . import account_journal_codabox_silence
