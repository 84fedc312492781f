"""Never silent: what fails or stops for nights becomes one to-do, which closes by itself.

``codabox_silence.py``: a connection or a client fails; ``codabox_silence_wait.py``: nothing ran;
``codabox_silence_action.py``: a scheduled action is off or near its end (``scheduled_action.py``).
Who is told: one mail each morning (``res_users_morning_mail.py``), and
``res_users_deputy.py`` says who stands in for whom. Silent accounts are found in the folder
journal, missing payroll in the folder payroll.
"""

from . import codabox_silence
from . import codabox_silence_wait
from . import codabox_silence_action
from . import res_users_morning_mail
from . import res_users_deputy
