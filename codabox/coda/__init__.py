"""CODA, the Belgian coded statement of account (Febelfin): reading and writing.

The only import surface for other packages::

    coda = parse_coda(data)
    for statement in coda.statements:
        for movement in statement.movements:
            movement.amount, movement.reference, movement.counterparty.name
"""

from .chain import Gap, Link, find_conflict, find_gaps, order_chain
from .codes import CodeParts, describe_code, explain_code
from .numbering import NumberRange
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
    "CodaFile",
    "CodeParts",
    "Counterparty",
    "Gap",
    "Information",
    "Link",
    "Movement",
    "Notice",
    "NumberRange",
    "Statement",
    "describe_code",
    "explain_code",
    "find_conflict",
    "find_gaps",
    "is_coda",
    "order_chain",
    "parse_coda",
    "write_coda",
]
