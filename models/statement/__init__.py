"""CODA: from a document of the inbox to bank statements in the books, complete and nothing twice.

In: a document of kind ``coda``. ``codabox_document_coda.py`` has it read, says when it is too long
for the limits of the server, and makes a ``codabox_statement.py`` of each statement in it.
``codabox_statement_book.py`` asks what stands in its way (here ``codabox_statement_closed.py`` and ``codabox_statement_doubt.py``; the
folders journal and known have more) and makes lines: ``codabox_statement_line.py`` (what becomes one,
its text), ``codabox_statement_details.py`` (below a total), ``codabox_statement_partner.py`` (who).
``codabox_statement_batch.py`` books the statements of a file together, ``account_fast_booking.py``
makes that quick. Out: ``account_bank_statement.py`` with its files, and lines of which
``account_bank_statement_line_panel.py`` shows what the bank said; of what waits,
``codabox_statement_movements.py`` does.
"""

from . import codabox_statement
from . import codabox_statement_book
from . import codabox_statement_line
from . import codabox_statement_batch
from . import codabox_statement_details
from . import codabox_statement_partner
from . import codabox_statement_closed
from . import codabox_statement_doubt
from . import codabox_document_coda
from . import account_bank_statement
from . import account_fast_booking
from . import account_bank_statement_line_panel
from . import codabox_statement_movements
