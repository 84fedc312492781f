"""Rules: bank lines that come back are booked as a person booked them before.

In: booked lines, on which ``codabox_rule_propose.py`` sees what is always booked the same, beside the
starters of ``starters.py``: once a week, ``codabox_rule_weekly.py``; ``codabox_rule_join.py`` makes
one proposal of what clients have alike. A person. ``codabox_rule.py`` is what a rule says and how it
is tried and switched on, ``codabox_rule_clients.py`` for whom (``codabox_rule_silent.py``: who left), ``codabox_rule_account.py`` the account
that its code is in each company, ``codabox_rule_lines.py`` which lines it means.
Out: lines that are booked on an account (the folder booking) by ``codabox_rule_apply.py``: by a
button, or when their statement is booked.
"""

from . import codabox_rule
from . import codabox_rule_clients
from . import codabox_rule_silent
from . import codabox_rule_account
from . import codabox_rule_lines
from . import codabox_rule_apply
from . import codabox_rule_propose
from . import codabox_rule_join
from . import codabox_rule_weekly
