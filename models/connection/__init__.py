"""The connection to CodaBox and its clients: who may ask, and what this access can do.

``codabox_connection.py`` is the connection, ``codabox_connection_client.py`` makes the one client of
it; secrets are in ``codabox_secret.py``, or on the server (``server_settings.py``).
``codabox_function.py``: which functions answer at all, ``codabox_function_documents.py``: which kinds
of documents come; ``codabox_connection_doubt.py``: what is not
known of it; ``codabox_connection_catalog.py``: offices, banks and secretariats. Clients:
``codabox_feed.py``, ``codabox_feed_kind.py`` (from and until which day a kind is booked). Rights:
``codabox_connection_roles.py``, ``codabox_feed_payroll.py``.
"""

from . import codabox_secret
from . import codabox_connection
from . import codabox_connection_client
from . import codabox_connection_doubt
from . import codabox_connection_roles
from . import codabox_feed
from . import codabox_feed_kind
from . import codabox_feed_payroll
from . import codabox_function
from . import codabox_function_documents
from . import codabox_connection_catalog
from . import res_company
from . import res_config_settings
