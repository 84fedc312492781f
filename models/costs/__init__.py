"""What CodaBox costs the office, and what to stop.

``codabox_price.py``: the office's own price list; CodaBox publishes none. ``codabox_cost.py``: one row
per account of a mandate, per payroll office and for purchase invoices, with why it may be stopped, what
that would save, and what archiving does not stop at the bank.
"""

from . import codabox_price
from . import codabox_cost
