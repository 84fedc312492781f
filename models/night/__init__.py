"""The night: when CodaBox is asked, for which client, and in which order.

Scheduled actions (``ir_cron.py``; more of them: ``res_config_settings_actions.py``) begin in
``codabox_connection_fetch.py``; ``codabox_connection_plan.py`` says who is due,
``codabox_connection_round.py`` marks clients, ``codabox_connection_button.py`` does the same while a
person waits (``codabox_connection_progress.py``). Then client by client, as long as ``turn.py`` has
time: ``codabox_feed_receive.py`` locks, ``codabox_feed_list.py`` reads, ``codabox_feed_gate.py`` lets
pass; bytes into the inbox, commit, confirm, book. Out: a run (``codabox_feed_run.py``,
``codabox_run.py``), which a person may stop (``codabox_feed_stop.py``, ``codabox_stop.py``).
"""

from . import ir_cron
from . import codabox_connection_fetch
from . import codabox_connection_plan
from . import codabox_connection_round
from . import codabox_connection_button
from . import codabox_connection_progress
from . import codabox_feed_receive
from . import codabox_feed_list
from . import codabox_feed_run
from . import codabox_feed_stop
from . import codabox_run
from . import codabox_stop
from . import res_config_settings_actions
