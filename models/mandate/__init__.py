"""Mandates: ordered at CodaBox, signed by the client, followed until documents come.

In: what a person orders (``res_partner.py``, ``codabox_mandate_ordering.py``, ``codabox_connection_order.py``), and the clients as
CodaBox lists them (``codabox_connection_mandate.py``, ``codabox_mandate_sync.py``). They become
``codabox_mandate.py`` and ``codabox_mandate_account.py``. Out: states on partners
(``codabox_mandate_partner.py``, ``codabox_mandate_pending.py``), mails (``codabox_mandate_mail.py``; who may write them:
``res_partner_mail.py``),
documents to sign (``codabox_mandate_pdf.py``, ``codabox_mandate_portal.py``,
``codabox_mandate_upload.py``; whether it is signed: ``codabox_mandate_look.py``), to-dos (``codabox_mandate_follow.py``). ``codabox_mandate_action.py``:
what a person may do later. ``codabox_feed_mission.py``: after the last day of a client.
``codabox_mandate_comparison.py``: accounts, mandates, journals side by side.
"""

from . import codabox_mandate
from . import codabox_mandate_account
from . import codabox_mandate_sync
from . import codabox_mandate_partner
from . import codabox_mandate_action
from . import codabox_mandate_portal
from . import codabox_mandate_upload
from . import codabox_mandate_look
from . import codabox_feed_mandate
from . import codabox_mandate_follow
from . import codabox_feed_mission
from . import codabox_mandate_comparison
from . import codabox_connection_mandate
from . import codabox_connection_order
from . import res_partner
from . import res_partner_mail
from . import codabox_mandate_pending
from . import codabox_mandate_ordering
from . import codabox_mandate_mail
from . import codabox_mandate_pdf
