"""Two checks per client: *VAT-ready* and *Closed*, of the month or quarter of its VAT return.

A row is ``codabox.feed``; what a line says is asked of the books when it is shown, and no return is
filed. ``res_company_filing.py``: how often VAT is filed. ``codabox_period_check.py``: what a person
said of a period, and ``codabox_period_check_came.py`` what came after it, noted by
``account_move_reopens.py``. ``lines.py``: a line of a check. ``codabox_feed_check_lists.py``: what is
counted, and the list that proves it; ``..._vat.py``, ``..._usual.py``: the lines of VAT-ready;
``..._closed.py``, ``..._ledger.py``, ``..._payroll.py``: those of Closed; ``..._words.py``: in
sentences. ``codabox_feed_check.py``: the lights of a row; ``..._act.py``: its buttons.
"""

from . import res_company_filing
from . import codabox_period_check
from . import codabox_period_check_came
from . import account_move_reopens
from . import codabox_feed_check_lists
from . import codabox_feed_check_usual
from . import codabox_feed_check_vat
from . import codabox_feed_check_ledger
from . import codabox_feed_check_payroll
from . import codabox_feed_check_closed
from . import codabox_feed_check_words
from . import codabox_feed_check
from . import codabox_feed_check_act
