"""Sales invoices to CodaBox: each once, and only with the consent of its company.

A round begins in ``res_company_sending_round.py``, when ``res_company_sending_schedule.py`` says so
or a person asks (``account_move_sending_action.py``, ``account_move_send_codabox.py``). For each
invoice in scope (``account_move_sending_scope.py``) ``account_move_sending_check.py`` says what
stands in its way and what to do, ``account_move_sending_file.py`` makes its file,
``account_move_sending_attempt.py`` sends it (by mail: ``account_move_sending_mail.py``), and ``account_move_sending_settle.py`` asks when nobody
knows. Out comes a state (``account_move_sending.py``), told by ``account_move_sending_tell.py``; later
changes are in ``account_move_sending_change.py``. Consent: ``codabox_sending_consent.py``. Where no round
comes, ``codabox_silence_sending.py`` tells, and ``res_company_silence.py`` who has no connection.
"""

from . import account_move_sending
from . import account_move_sending_tell
from . import account_move_sending_file
from . import account_move_sending_attempt
from . import account_move_sending_settle
from . import account_move_sending_scope
from . import account_move_sending_check
from . import account_move_sending_change
from . import account_move_sending_action
from . import account_move_send_codabox
from . import codabox_sending_consent
from . import codabox_silence_sending
from . import res_company_sending
from . import account_move_sending_mail
from . import res_company_sending_schedule
from . import res_company_sending_round
from . import res_config_settings_sending
from . import res_company_silence
