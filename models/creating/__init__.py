"""The company of a client, made from what CodaBox knows, like a company that is there.

In: clients without company. ``codabox_feed_known.py`` keeps what CodaBox says of each of them, and
``plan.py`` turns that into what the company will be. ``codabox_feed_create.py`` opens the dialog that
asks the rest (``wizards/codabox_company_create.py``); ``codabox_company_order.py`` is the order of one
company. ``codabox_company_order_job.py`` makes them, one transaction each: ``_judge`` says what stands
in the way, ``_make`` makes company, chart, journals and links, ``_like`` takes over how the template
company books. Out: a client with a company, whose documents that wait the night books.
"""

from . import codabox_feed_known
from . import codabox_company_order
from . import codabox_company_order_judge
from . import codabox_company_order_like
from . import codabox_company_order_make
from . import codabox_company_order_job
from . import codabox_feed_create
