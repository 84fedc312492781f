"""What the formats have in common; it knows none of them.

``xml_reading.py`` reads XML that comes from outside (no entities, a limit to its size), and refuses
with the place. ``references.py`` finds payment references in a text, with ``grouped_ogm.py``, and
``said_once.py`` takes them out again for labels. ``invoice_numbers.py`` finds the numbers of
invoices in a text, ``direct_debits.py`` compares creditors and mandates. ``plain.py`` turns what
was read into JSON, and ``command.py`` is the command line of each format.
"""
