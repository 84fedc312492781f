"""Ask the client: what only he knows of a bank line or a bill, asked once a week, answered on his page.

In: a person asks (``codabox_client_question_ask.py``, the dialog ``codabox.client.ask``) about bank
lines and bills (``asked_mixin.py``, on both in ``account_move_asked.py``). ``codabox_client_question.py``
is what is asked and how it stands; a question of wages is for who reads them, and keeps no word of its line.
``codabox_client_contact.py``: who answers for a company, and the link of his page;
``codabox_client_contact_mail.py`` his one mail a week, at most once. The page is in
``controllers/portal_questions.py``; ``codabox_client_contact_portal.py`` says whose it is.
Out: ``codabox_client_question_answer.py`` keeps what he says or sends (``answer_file.py`` what is taken)
at the line; ``codabox_client_question_finish.py`` makes of it a private amount or a draft bill.
"""

from . import codabox_client_contact
from . import codabox_client_question
from . import codabox_client_question_ask
from . import codabox_client_question_answer
from . import codabox_client_question_finish
from . import codabox_client_contact_mail
from . import codabox_client_contact_portal
from . import asked_mixin
from . import account_move_asked
