"""The inbox: what came, byte for byte, and what became of it.

A document (``codabox_document.py``) comes from a feed (``codabox_document_receive.py``), or from a
person (``codabox_document_upload.py``), with its files (``codabox_document_file.py``; a late
one goes on to the statement, entry or bill it belongs to). ``codabox_document_process.py`` books it:
one frame, which calls ``_import_<kind>`` of a later folder and keeps why it did not work. Out comes a
state with a reason, and what a person may do about it (``codabox_document_action.py``,
``codabox_document_closed.py``; a draft with a question: ``codabox_document_open.py``; what stays at CodaBox: ``codabox_document_withheld.py``).
``account_journal.py``: documents on the cards of journals.
"""

from . import codabox_document
from . import codabox_document_open
from . import codabox_document_receive
from . import codabox_document_action
from . import codabox_document_process
from . import codabox_document_file
from . import codabox_document_upload
from . import codabox_document_closed
from . import codabox_document_withheld
from . import account_journal
from . import ir_attachment
