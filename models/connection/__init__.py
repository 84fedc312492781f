"""The connection to CodaBox: when it is asked, for which client, and in which order.

``codabox_connection.py`` holds the credentials, ``codabox_connection_client.py`` makes the client;
``codabox_secret.py`` and ``server_settings.py``: where secrets are.
Scheduled actions (``ir_cron.py``, ``res_config_settings_actions.py``: more of them) begin in
``codabox_connection_fetch.py``; ``codabox_connection_plan.py`` says who is due, and
``codabox_connection_round.py`` marks clients; ``codabox_connection_button.py``: the same while a person
waits. Then client by client (``codabox_feed.py``, ``codabox_feed_receive.py``): lock, gate
(``codabox_feed_gate.py``; what it does not know: ``codabox_connection_doubt.py``), bytes into the
inbox, commit, confirm, book. Out comes a run
(``codabox_run.py``), which a person may stop (``codabox_feed_stop.py``).
``codabox_feed_kind.py`` says from and until which day a kind is booked;
``codabox_silence.py`` tells when nights fail, ``codabox_silence_wait.py`` and
``codabox_silence_action.py`` when none comes; ``res_users_morning_mail.py`` mails what is
new, ``res_users_deputy.py`` says who stands in for whom.
``codabox_function.py``: what this access can do at all; ``codabox_connection_roles.py`` and ``codabox_feed_payroll.py``: who may do what.
``codabox_connection_catalog.py`` keeps the offices, banks and secretariats that CodaBox lists.
"""

from . import ir_cron
from . import codabox_secret
from . import codabox_connection
from . import codabox_connection_client
from . import codabox_connection_doubt
from . import codabox_connection_fetch
from . import codabox_connection_plan
from . import codabox_connection_round
from . import codabox_connection_button
from . import codabox_connection_progress
from . import codabox_connection_roles
from . import codabox_feed
from . import codabox_feed_kind
from . import codabox_feed_payroll
from . import codabox_feed_receive
from . import codabox_feed_list
from . import codabox_feed_run
from . import codabox_feed_stop
from . import codabox_run
from . import codabox_stop
from . import codabox_function
from . import codabox_silence
from . import codabox_silence_wait
from . import codabox_silence_action
from . import mail_activity
from . import res_users_morning_mail
from . import res_users_deputy
from . import codabox_connection_catalog
from . import res_company
from . import res_config_settings
from . import res_config_settings_actions
