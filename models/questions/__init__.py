"""Open is open: what is in the books as a draft and still needs a person does not look done.

In: a draft that a document became, and its flags (the folder invoice: a code, its facts, a gate on
posting). ``account_move_payroll_question.py`` has a payroll ask in the same way: codes without
account, a file out of balance; ``account_move_pdf_question.py``: a draft with a PDF and nothing else. ``codabox_document_result.py`` says which drafts are those of a
document, so that it shows as *Imported, to decide* and counts in *To do*
(``inbox/codabox_document_open.py``), and closes the to-do of the client when the last one is answered.
An empty list says why (``codabox_empty_mixin.py``, ``codabox_empty_lists.py``, ``codabox_empty_lines.py``).
What several documents wait for stands once, with its cure (``codabox_document_cause.py``;
``codabox_cause_mixin.py`` serves the Overview too).
What a user may not do he asks of who may (``codabox_ask.py``).
Out: one list, one number and one gate, wherever a person looks.
"""

from . import account_move_payroll_question
from . import account_move_pdf_question
from . import codabox_document_result
from . import codabox_ask
from . import codabox_cause_mixin
from . import codabox_document_cause
from . import codabox_empty_mixin
from . import codabox_empty_lists
from . import codabox_empty_lines
