"""The chain of an account: each statement begins where the one before it ends.

In: the statements of one account. ``codabox_statement_chain.py`` puts each in its place and says what
is odd about it. ``codabox_gap.py`` finds what is missing between two, anew each time one comes or
goes, and makes the request to CodaBox. Out: gaps, counted on documents and clients by
``codabox_document_gap.py``. Why the ledger differs is told by ``codabox_statement_opening.py``. A gap never keeps a statement out of the books.
"""

from . import codabox_gap
from . import codabox_statement_chain
from . import codabox_document_gap
from . import codabox_statement_opening
