"""Turns the lines of one statement into a ``Statement``: order of records, balances, header."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import checks
from .accounts import AccountField, read_account
from .collector import MovementCollector
from .layout import ACCOUNT_STRUCTURES, RECORDS, VERSIONS, cut
from .movements import MovementReader
from .records import Account, Balance, Statement, is_separate_application
from .values import is_digits, read_amount, read_day, read_number, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .lines import Lines
    from .records import Movement

_MOVEMENT_RECORDS = ("21", "22", "23", "31", "32", "33")
_KNOWN = "0, 1, 21, 22, 23, 31, 32, 33, 4, 8 or 9"
_FREE_TEXT = RECORDS[2]["4"]["communication"].span


class _Opening(NamedTuple):
    record: int
    paper_number: str
    number: int
    balance: Balance
    account: Account
    collector: MovementCollector


class _Closing(NamedTuple):
    record: int
    paper_number: str
    balance: Balance


class StatementBuilder:
    """The records of one logical file, from 0 to 9, as they come.

    :param lines: the file; what fails is added to its notices.
    """

    def __init__(self, record: int, line: str, lines: Lines) -> None:
        header = cut(RECORDS[2]["0"], line)
        if header["version"] not in map(str, VERSIONS):
            refuse("unsupported_version", record, "version", "1 or 2", header["version"])
        self.record = record
        self._version = int(header["version"])
        self._created = read_day(header["created"], record, "created")
        self._header = {name: text.strip() for name, text in header.items()}
        self._lines = lines
        self._notices = lines.notices
        self._opening: _Opening | None = None
        self._closing: _Closing | None = None
        self._free_text: list[str] = []
        self._handlers: Mapping[bytes, Callable[[int, int], None]] = {}

    @property
    def opening_record(self) -> int:
        """The line of the old balance."""
        return self._opening.record if self._opening else self.record

    @property
    def handlers(self) -> Mapping[bytes, Callable[[int, int], None]]:
        """What takes number and place of a record, by its first two characters.

        The caller looks here first: most lines belong to movements, and each step counts.
        """
        return self._handlers

    def add(self, record: int, line: str) -> Statement | None:
        """Take a line for which there is no handler; return the statement at its trailer.

        :raise FormatError: when the record is unknown, out of place or cannot be read.
        """
        kind = line[0]
        if kind == "1" and self._opening is None:
            self._add_opening(record, line)
        elif kind == "4" and self._opening:
            self._free_text.append(line[_FREE_TEXT])
        elif kind == "8" and self._opening and not self._closing:
            self._add_closing(record, line, self._opening)
        elif kind == "9" and self._opening:
            return self._finish(record, line, self._opening)
        else:
            self._misplaced(record, line)
        return None

    def _misplaced(self, record: int, line: str) -> None:
        """Refuse a record that the standard does not know, or not here."""
        found = line[:2] if line[0] in "23" else line[0]
        if found not in (*"01489", *_MOVEMENT_RECORDS):
            refuse("unknown_record", record, "record_id", _KNOWN, found)
        if self._opening is None:
            refuse("missing_record", record, "record_id", "1", found)
        if found == "0":
            refuse("missing_record", record, "record_id", "9", found)
        refuse("unexpected_record", record, "record_id", "4 or 9", found)

    def _add_opening(self, record: int, line: str) -> None:
        parts = cut(RECORDS[2]["1"], line)
        structure = parts["account_structure"].strip()
        if structure not in ACCOUNT_STRUCTURES:
            refuse("bad_account", record, "account_structure", "0, 1, 2 or 3", structure)
        account = read_account(parts["account"], structure)
        amount = read_amount(parts["sign"], parts["amount"], record, "amount")
        collector = MovementCollector(
            MovementReader(self._version, account.number, self._lines),
            self._lines,
            separate=is_separate_application(self._header["separate_application"]),
        )
        self._opening = _Opening(
            record,
            parts["paper_number"].strip(),
            self._read_number(record, parts["number"]),
            Balance(read_day(parts["date"], record, "date"), amount),
            _account(account, structure, parts),
            collector,
        )
        self._handlers = collector.handlers

    def _read_number(self, record: int, text: str) -> int:
        if text.strip() and not is_digits(text):
            self._notices.append(checks.unreadable(record, "number", "3 digits", text))
            return 0
        return read_number(text, record, "number")

    def _add_closing(self, record: int, line: str, opening: _Opening) -> None:
        parts = cut(RECORDS[2]["8"], line)
        amount = read_amount(parts["sign"], parts["amount"], record, "amount")
        balance = Balance(read_day(parts["date"], record, "date"), amount)
        self._closing = _Closing(record, parts["paper_number"].strip(), balance)
        self._handlers = {}
        # The structure digit of record 1 counts here too: position 42 is the sign already.
        account = opening.account
        before = AccountField(account.number, account.raw, account.currency)
        after = read_account(parts["account"], account.structure)
        self._notices += checks.check_account(record, before, after)

    def _finish(self, record: int, line: str, opening: _Opening) -> Statement:
        collector, closing = opening.collector, self._closing
        collector.flush()
        # Its own methods refer to it: without this it would wait for the garbage collector.
        collector.handlers.clear()
        if closing is None:
            if collector.movements:
                refuse("missing_record", record, "record_id", "8", "9")
            # An empty statement may leave the new balance out: nothing happened.
            closing = _Closing(opening.record, "", opening.balance)
        totals = checks.Totals(collector.movements)
        count = self._lines.count(opening.record, record) - len(self._free_text)
        statement = self._statement(opening, closing, collector.movements, totals, line)
        self._notices += checks.check_trailer(record, line, count, totals)
        self._notices += checks.check_statement(closing.record, statement, totals)
        self._notices += checks.check_days(statement)
        return statement

    def _statement(
        self,
        opening: _Opening,
        closing: _Closing,
        movements: list[Movement],
        totals: checks.Totals,
        line: str,
    ) -> Statement:
        header, trailer = self._header, cut(RECORDS[2]["9"], line)
        paper_number = closing.paper_number
        return Statement(
            record=self.record,
            version=self._version,
            created=self._created,
            bank_id="" if header["bank_id"] == "000" else header["bank_id"],
            # Version 1 has a number of the addressee in the place of the BIC.
            bic=header["bic"] if self._version > 1 else "",
            duplicate=header["duplicate"] == "D",
            file_reference=header["file_reference"],
            addressee=header["addressee"],
            enterprise_number=_enterprise_number(header["enterprise_number"]),
            separate_application=header["separate_application"],
            account=opening.account,
            opening=opening.balance,
            closing=closing.balance,
            number=opening.number,
            paper_number=paper_number if paper_number.strip("0") else opening.paper_number,
            movements=tuple(movements),
            free_text="".join(self._free_text).strip(),
            debit_total=checks.announced(trailer["debit"], totals.debit),
            credit_total=checks.announced(trailer["credit"], totals.credit),
            opening_paper_number=opening.paper_number,
            transaction_reference=header["transaction_reference"],
            related_reference=header["related_reference"],
        )


def _account(field: AccountField, structure: str, parts: dict[str, str]) -> Account:
    return Account(
        number=field.number,
        raw=field.raw,
        currency=field.currency,
        structure=structure,
        holder=parts["holder"].strip(),
        description=parts["description"].strip(),
        extension=field.extension,
    )


def _enterprise_number(text: str) -> str:
    """Return the ten digits behind the leading zero, empty for zeros only."""
    if not text.strip("0"):
        return ""
    return text[1:] if len(text) == 11 and text[0] == "0" else text
