"""CODA, the Belgian coded statement of account (Febelfin): reading and writing.

The only import surface for other packages::

    coda = parse_coda(data)
    for statement in coda.statements:
        for movement in statement.movements:
            movement.amount, movement.reference, movement.counterparty.name

In: the bytes of a file (``bundle.py``: loose or zipped, each with its PDF). ``parser.py`` has
``decode.py`` make records of them, ``statements.py`` a statement of these; ``collector.py`` finds
which records belong together (``tree.py``: which explain others), ``movements.py`` reads a movement
with ``continuations.py``, ``information.py`` and ``communication.py``. ``checks.py`` notes totals
that do not agree. Out: what ``records.py`` describes. Columns are in ``layout.py``.

Of what was read: ``chain.py`` tells what is missing, ``pairing.py`` what is known from elsewhere,
``parties.py`` who is on the other side, ``text.py`` and ``codes.py`` say it in words (``labels``).
``names.py`` says how a statement is called, ``identity.py`` which one it is, and ``slices.py`` cuts
it out of its file. ``writer.py`` writes such a file, from what
``builders.py`` makes short.
"""

from .bundle import Bundle, BundledCoda, read_bundle
from .codes import CodeParts, describe_code, explain_code
from .identity import are_two, content_key, count_parts, figures_key, have_other_references
from .labels import LANGUAGES, describe_purpose, describe_reason, describe_return
from .chain import Gap, find_conflict, find_gaps, order_chain
from .links import Link
from .names import statement_name
from .numbering import NumberRange
from .pairing import NEAR_DAYS, Payment, pair_payments, words_of
from .parser import is_coda, parse_coda
from .parties import (
    Original,
    account_number,
    customer_reference,
    direct_debit,
    enterprise_numbers,
    full_name,
    original_amount,
)
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
from .slices import cut_statement
from ..reading.references import find_reference
from .text import describe_information, describe_movement, movement_words
from .writer import write_coda

__all__ = [
    "LANGUAGES",
    "NEAR_DAYS",
    "Account",
    "Balance",
    "Bundle",
    "BundledCoda",
    "CodaFile",
    "CodeParts",
    "Counterparty",
    "Gap",
    "Information",
    "Link",
    "Movement",
    "Notice",
    "NumberRange",
    "Original",
    "Payment",
    "Statement",
    "account_number",
    "are_two",
    "content_key",
    "count_parts",
    "customer_reference",
    "cut_statement",
    "describe_code",
    "describe_information",
    "describe_movement",
    "describe_purpose",
    "describe_reason",
    "describe_return",
    "direct_debit",
    "enterprise_numbers",
    "explain_code",
    "figures_key",
    "find_conflict",
    "find_gaps",
    "find_reference",
    "full_name",
    "have_other_references",
    "is_coda",
    "movement_words",
    "order_chain",
    "original_amount",
    "pair_payments",
    "parse_coda",
    "read_bundle",
    "statement_name",
    "words_of",
    "write_coda",
]
