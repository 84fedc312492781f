"""CODA, the Belgian coded statement of account (Febelfin): reading and writing.

The only import surface for other packages::

    coda = parse_coda(data)
    for statement in coda.statements:
        for movement in statement.movements:
            movement.amount, movement.reference, movement.counterparty.name
"""

from .bundle import Bundle, BundledCoda, read_bundle
from .codes import CodeParts, describe_code, explain_code
from .parser import is_coda, parse_coda
from .records import (
    Account,
    Balance,
    CodaFile,
    Counterparty,
    Information,
    Movement,
    Notice,
    Statement,
)
from .writer import write_coda

__all__ = [
    "Account",
    "Balance",
    "Bundle",
    "BundledCoda",
    "CodaFile",
    "CodeParts",
    "Counterparty",
    "Information",
    "Movement",
    "Notice",
    "Statement",
    "describe_code",
    "explain_code",
    "is_coda",
    "parse_coda",
    "read_bundle",
    "write_coda",
]
