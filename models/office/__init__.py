"""*Overview*: is everything in, and what must a person do; one row per client and kind.

A row is ``codabox.feed.kind``; nothing of the Overview is stored but who is responsible.
``codabox_feed_kind_rows.py``: which rows there are. ``codabox_feed_kind_counts.py``: what is counted
and the list that proves each number, from one definition. ``codabox_feed_kind_until.py``: up to
when everything is in, and what is late; ``codabox_feed_kind_until_text.py``: in words;
``account_journal_checked.py``: a person looked at the bank. ``codabox_feed_kind_light.py``: the light
and what cures it; ``codabox_feed_kind_cure.py``: in a sentence and behind a button.
``codabox_feed_kind_header.py``: what stands above the list; ``codabox_feed_kind_cause.py``: what holds
several rows, once, with its cure. ``codabox_feed_kind_empty.py``: what stands there when no row does.
"""

from . import codabox_feed_kind_rows
from . import account_journal_checked
from . import codabox_feed_kind_counts
from . import codabox_feed_kind_until
from . import codabox_feed_kind_until_text
from . import codabox_feed_kind_light
from . import codabox_feed_kind_cure
from . import codabox_feed_kind_header
from . import codabox_feed_kind_cause
from . import codabox_feed_kind_empty
