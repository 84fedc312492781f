"""One draft after the other, across clients: what CodaBox made and a person has not posted yet.

``account_move_decide.py`` is the list, the screen of one draft and the way to the next one, each in
its own company. ``account_move_decide_pdf.py`` is the PDF at its left, and
``account_move_decide_taxes.py`` the two or three taxes that a question about VAT can mean. What is
asked, and what keeps a draft from being posted, is said by those who ask: the flags of bills
(``invoice``) and the codes of payroll (``payroll``).
"""

from . import account_move_decide
from . import account_move_decide_pdf
from . import account_move_decide_taxes
