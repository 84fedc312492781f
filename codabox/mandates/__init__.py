"""Mandates: what the client must sign, and what may move while it is not signed.

An order goes in at ``order_batch.py`` (many clients) or ``ordering.py`` (one call, exactly once: it
looks before it orders, and settles a lost answer by looking); both call ``v2/provisional.py``. What
is there comes out in the words of ``states.py``. ``banks.py`` knows which bank an account is at,
and how it signs. ``gate.py`` answers whether a document may be fetched or sent; it sees clients as
CodaBox shows them, and an unknown state keeps it closed.
"""
