"""What every folder uses: who may do what, what was done, and what goes wrong nearby.

Rights: ``res_users_roles.py`` and ``res_company_roles.py`` (whose payroll a user reads, which wages),
``codabox_facts.py`` (what happened, which no user writes), ``own_company.py`` (a record is read and
opened in its own company), ``res_company_books.py`` (its settings are of it). ``codabox_audit.py`` is
the log of who did what, ``codabox_audit_roles.py`` tells it who was given which role.
``codabox_reason.py``: a state that explains itself in the language of its reader. Faults:
``contained.py`` keeps one within its item, ``overtaken.py`` knows that somebody else was first,
``disk.py`` a disk that is full. ``cursor_object.py`` keeps something as long as a transaction.
``mail_activity.py``: whether our to-dos are mailed one by one.
"""

from . import codabox_facts
from . import codabox_reason
from . import codabox_audit
from . import codabox_audit_roles
from . import res_users_roles
from . import res_company_roles
from . import res_company_books
from . import mail_activity
