"""Who may read a bank statement: those that tell who earns what are closed.

In: the bytes of a document, when they are stored. ``codabox_document_wages_judge.py`` decides whether
they name who earns what; what nobody can judge is closed, metadata too unless they are harmless.
Out: ``codabox_document_wages.py``, the flags that the rules of ``security/`` read, and the button
with which the responsible opens what could not be judged. Payroll itself: the folder payroll.
"""

from . import codabox_document_wages
from . import codabox_document_wages_judge
