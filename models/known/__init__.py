"""Movements that are in the books already, however they came: never booked twice, never lost.

In: a statement that is to be booked. ``codabox_statement_correction.py``: another one has its account
and period with other content. ``codabox_statement_known.py``: its movements were typed, or came with
an overlapping statement; ``codabox_document_known.py`` opens the comparison, and
``codabox_statement_adopt.py`` makes lines that were there a part of the statement.
``codabox_statement_direct.py``: bookings straight on the account of the bank, which nothing adopts.
Out: a problem for ``_find_problem``, a decision of a person, or nothing.
"""

from . import codabox_statement_correction
from . import codabox_statement_known
from . import codabox_statement_adopt
from . import codabox_statement_direct
from . import codabox_document_known
