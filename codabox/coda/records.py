"""What the CODA parser gives back: frozen dataclasses, signed ``Decimal`` amounts, real dates.

Amounts are in the currency of the account, positive for a credit. Dates are ``None`` where the
file says ``000000``. Text is decoded once and trimmed only at its ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal


def is_separate_application(code: str) -> bool:
    """Return whether a code of record 0 names a family and operation to which a file is limited.

    Zeros mean everything; the fifth digit alone means nothing.
    """
    return bool(code[:4].strip("0 "))


@dataclass(frozen=True, slots=True)
class Notice:
    """A control of the standard that failed without making the file unreadable.

    ``record`` is the 1-based line in the file, ``code`` a stable machine code,
    ``message`` an English sentence that names the figures.
    """

    record: int
    code: str
    message: str
    expected: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a statement (records 1 and 8).

    ``number`` has no blanks and is an IBAN wherever one can be known (a Belgian account number of
    12 digits is converted); ``raw`` is what the file says.
    """

    number: str
    raw: str
    currency: str
    structure: str
    holder: str
    description: str
    extension: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance at the end of ``date``, signed."""

    date: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Counterparty:
    """The other side of a movement (records 2.2 and 2.3). Empty strings when unknown.

    ``account`` has no blanks and is an IBAN wherever one can be known. ``address`` and
    ``locality`` exist in version 1 only; version 2 says them in an information record 001.
    """

    account: str
    name: str
    bic: str
    currency: str = ""
    address: str = ""
    locality: str = ""


@dataclass(frozen=True, slots=True)
class Information:
    """The text of the 3.x records behind a movement.

    ``type`` is the three digits of a structured one (``001`` name and address...), else ``None``;
    ``text`` is the raw text joined without blanks in between and trimmed at its ends;
    ``fields`` are the decoded parts of a structured one.
    """

    text: str
    type: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)


class Unread:
    """A record of which the texts are cut out of the file when somebody first asks for one.

    Whoever adds up a year of movements, or looks for one of them, does not wait for the texts of
    all; until then the file stays in memory instead. What can be refused is never left unread.
    """

    # What sets all fields of this record that are not set yet; ``None`` once they are.
    __slots__ = ("reader",)

    if not TYPE_CHECKING:  # only for fields: a misspelt name stays an error to type checkers

        def __getattr__(self, name: str) -> object:
            # Python comes here only for what is not set.
            if name not in type(self).__dataclass_fields__:
                message = f"{type(self).__name__!r} object has no attribute {name!r}"
                raise AttributeError(message)
            reader = self.reader
            if reader is not None:  # another thread may just have done it
                reader.read_texts(self)
            return object.__getattribute__(self, name)


@dataclass(frozen=True, slots=True)
class Movement(Unread):
    """A 2.1 record with its 2.2, 2.3 and 3.x records, and its details.

    A *root* (``detail`` 0 of its group) changes the balance; its ``details`` explain it.
    ``communication`` is free text, or what follows the three digits of the type in a structured
    one; ``structured`` then holds ``type`` and the decoded parts. ``reference`` is the valid OGM
    (``+++000/0000/00000+++``) or RF reference found, else empty. The last three fields exist in
    version 1 only.
    """

    record: int
    sequence: int
    detail: int
    amount: Decimal
    entry_date: date | None
    value_date: date | None
    code: str
    bank_reference: str
    customer_reference: str
    communication: str
    structured: Mapping[str, object] | None
    reference: str
    counterparty: Counterparty
    return_type: str
    return_reason: str
    category_purpose: str
    purpose: str
    paper_number: str
    globalisation: str
    information: tuple[Information, ...] = ()
    details: tuple[Movement, ...] = ()
    other_reference: str = ""
    original_currency: str = ""
    original_amount: Decimal | None = None

    def leaves(self) -> Iterator[Movement]:
        """Yield the movements without details below this one, itself when it has none."""
        if not self.details:
            yield self
        for child in self.details:
            yield from child.leaves()

    @property
    def details_sum_up(self) -> bool:
        """Whether there are details and at every level they sum to what they explain."""
        return (
            bool(self.details)
            and sum(child.amount for child in self.details) == self.amount
            and all(child.details_sum_up for child in self.details if child.details)
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """One logical file: records 0 to 9 of one account and period.

    ``paper_number`` is the one of record 8, which numbers the new balance, or else of record 1,
    kept in ``opening_paper_number``. The totals are those that record 9 announces.
    """

    record: int
    version: int
    created: date | None
    bank_id: str
    bic: str
    duplicate: bool
    file_reference: str
    addressee: str
    enterprise_number: str
    separate_application: str
    account: Account
    opening: Balance
    closing: Balance
    number: int
    paper_number: str
    movements: tuple[Movement, ...]
    free_text: str
    debit_total: Decimal
    credit_total: Decimal
    opening_paper_number: str = ""
    transaction_reference: str = ""
    related_reference: str = ""

    @property
    def is_separate_application(self) -> bool:
        """Whether this file repeats movements of the main one and is no new money."""
        return is_separate_application(self.separate_application)


@dataclass(frozen=True, slots=True)
class CodaFile:
    """A physical file: its statements in order and what did not add up."""

    statements: tuple[Statement, ...]
    notices: tuple[Notice, ...]
