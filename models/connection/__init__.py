"""The connection to CodaBox: when it is asked, for which client, and in which order.

``codabox_connection.py`` holds the credentials, ``codabox_connection_client.py`` makes the one
client of them. The scheduled action begins in ``codabox_connection_fetch.py`` and takes client by
client (``codabox_feed.py``) through ``codabox_feed_receive.py``: lock, gate
(``codabox_feed_gate.py``), bytes into the inbox, commit, confirm, book. Out comes a run
(``codabox_run.py``). ``codabox_feed_kind.py`` says from which day a kind is booked;
``codabox_silence.py`` tells when nights fail, ``codabox_silence_action.py`` when none comes.
``codabox_connection_catalog.py`` keeps the offices, banks and secretariats that CodaBox lists.
"""

from . import codabox_connection
from . import codabox_connection_client
from . import codabox_connection_fetch
from . import codabox_feed
from . import codabox_feed_kind
from . import codabox_feed_receive
from . import codabox_feed_list
from . import codabox_feed_run
from . import codabox_run
from . import codabox_silence
from . import codabox_silence_action
from . import codabox_connection_catalog
from . import res_company
from . import res_config_settings
