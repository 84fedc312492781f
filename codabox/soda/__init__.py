"""SODA, the payroll entries of the Belgian social secretariats: reading and writing.

The only import surface for other packages::

    soda = parse_soda(data)
    for entry in soda.entries:
        entry.enterprise, entry.period, entry.difference
        for total in entry_totals(entry):
            total.account, total.balance

In: the bytes of a file. ``xml.py`` recognises it and gives its tree, ``parser.py`` reads entries
with ``values.py``; ``unknown.py`` refuses what could be money and is not in ``layout.py``,
``checks.py`` notes the rest. Out: what ``records.py`` describes. ``totals.py`` then gives what the
books need, without persons (``payroll_words.py``), ``split.py`` one file for each employer.
``writer.py`` writes such a file, from what ``builders.py`` makes short.
"""

from .parser import parse_soda
from .records import Entry, Line, Notice, SodaFile
from .split import split_soda
from .totals import Total, entry_totals
from .writer import write_soda
from .xml import is_soda

__all__ = [
    "Entry",
    "Line",
    "Notice",
    "SodaFile",
    "Total",
    "entry_totals",
    "is_soda",
    "parse_soda",
    "split_soda",
    "write_soda",
]
