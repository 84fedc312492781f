"""A client comes or goes: what is handed over of him.

``dossier.py``: the zip with its index, from plain values. ``codabox_feed_dossier.py``: what of a client
a user may hand over. The dialogs: ``wizards/codabox_dossier.py`` (hand over), ``wizards/codabox_leave.py``
(the last day of a mission; what follows from it stands in ``models/mandate/codabox_feed_mission.py``).
"""

from . import codabox_feed_dossier
