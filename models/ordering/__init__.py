"""Orders that CodaBox takes from no software: prepared here, asked by a person, then followed.

In: an order of ``wizards/codabox_mandate_order.py`` and what this connection can do
(``codabox_connection_by_hand.py``: which part a person asks). ``prepared_order.py``: what CodaBox
wants to know, as rows; ``prepared_order_text.py``: in the languages of MyCodaBox;
``prepared_order_sheet.py``: as a spreadsheet. Out: mandates in state *asked by hand*
(``codabox_mandate_asked.py``), found by themselves when CodaBox lists them
(``codabox_mandate_listed.py``). What is ordered by software is in ``mandate``.
"""

from . import codabox_connection_by_hand
from . import codabox_mandate_asked
from . import codabox_mandate_listed
