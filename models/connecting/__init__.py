"""From the token to the companies: what waits for each client, and which company he surely is.

In: the clients of a connection that was just made. ``codabox_feed_look.py``: what waits for one client
is looked at and kept on it, nothing is fetched; ``codabox_connection_look.py``: for hundreds of them,
a part at once and the rest in the background, and how far that is. ``codabox_feed_sure.py``: the
clients of whom the company is sure, confirmed all at once. ``codabox_connection_role.py``: the role
that the answer of CodaBox shows. Out: ``wizards/codabox_connect.py``, and clients with a company,
which ``night`` fetches.
"""

from . import codabox_feed_look
from . import codabox_connection_look
from . import codabox_feed_sure
from . import codabox_connection_role
