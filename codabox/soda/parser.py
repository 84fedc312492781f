"""Reads SODA files: bytes in, frozen dataclasses out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..reading.xml_reading import local_name, refuse
from . import checks
from .records import Entry, Line, Notice, SodaFile
from .unknown import Unknown
from .values import read_amount, read_day, read_month, without_groups
from .xml import in_utf8, read_tree

if TYPE_CHECKING:
    from datetime import date

    from lxml.etree import _Element


_NOTHING = Decimal("0.00")


def parse_soda(data: bytes) -> SodaFile:
    """Read a SODA file, with or without namespace, in any usual encoding.

    Tolerant of what is unknown, which is reported in ``unknown_elements``; strict on money.

    :param data: the content of one file.
    :return: its entries in order, at least one.
    :raise NotRecognised: when this is no SODA at all.
    :raise FormatError: when money could be read wrong or missed; ``record`` is the XML line.
    """
    reader = _Reader()
    if in_utf8(data) is not data:
        reader.notices.append(
            Notice(1, "wrong_encoding", "The file is not in the UTF-8 it claims.")
        )
    return reader.read(read_tree(data))


class _Reader:
    """Reads one tree and collects what did not stop it."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.unknown = Unknown(self.notices)

    def read(self, root: _Element) -> SodaFile:
        self.unknown.collect(root)
        version = self.text(root, "Version")
        self.notices += checks.check_version(version, root.sourceline)
        source = self.text(root, "Source")
        if not source:
            self.note(root, "no_source", "The file does not say which secretariat sent it.")
        entries = tuple(self.entry(element) for element in self.several(root, "Social"))
        for entry in entries:
            self.notices += checks.check_entry(entry)
        self.notices.sort(key=lambda notice: notice.record)
        return SodaFile(source, version, entries, tuple(self.unknown.paths), tuple(self.notices))

    def entry(self, element: _Element) -> Entry:
        enterprise = self.children(element, "Enterprise")
        period = self.only(element, "AccountPeriod")
        month = read_month(_text(period))
        if not month:
            refuse("bad_period", period.sourceline, "AccountPeriod", "YYYYMM", _text(period))
        lines = [
            line
            for transactions in self.several(element, "Transactions")
            for transaction in self.several(transactions, "TransactionLine")
            for line in self.lines(transaction)
        ]
        return Entry(
            sequence=self.text(element, "SeqNumber"),
            generated=self.day(element, "GenDate"),
            enterprise=self.text(enterprise[0], "EntNum") if enterprise else "",
            label=self.text(enterprise[0], "EntLabel") if enterprise else "",
            period=month,
            lines=tuple(lines),
            record=element.sourceline,
        )

    def lines(self, transaction: _Element) -> list[Line]:
        text = self.text(transaction, "SocialPeriod")
        month = read_month(text)
        if text and not month:
            self.note(transaction, "bad_social_period", "A SocialPeriod is no month YYYYMM.")
        return [
            self.line(element, month or text) for element in self.several(transaction, "Accounting")
        ]

    def line(self, element: _Element, period: str) -> Line:
        account = self.only(element, "Account")
        code = _text(account)
        if not code or len(account):
            refuse("missing_element", account.sourceline, "Account", "an account", code)
        amount = self.only(element, "Amount")
        debit, credit = self.amount(amount, "Debit"), self.amount(amount, "Credit")
        if debit is None and credit is None:
            refuse("missing_element", amount.sourceline, "Amount", "Debit or Credit", "")
        return Line(
            period=period,
            account=code,
            label=self.text(element, "Label"),
            debit=debit or _NOTHING,
            credit=credit or _NOTHING,
            record=element.sourceline,
        )

    # -- elements ------------------------------------------------------------------------------

    def note(self, element: _Element, code: str, message: str) -> None:
        self.notices.append(Notice(element.sourceline, code, message))

    def children(self, element: _Element, name: str) -> list[_Element]:
        return [child for child in element if local_name(child) == name]

    def several(self, element: _Element, name: str) -> list[_Element]:
        """Return the children of this name, at least one: without it, money would be missing."""
        found = self.children(element, name)
        if not found:
            refuse("missing_element", element.sourceline, local_name(element), name, "")
        return found

    def only(self, element: _Element, name: str) -> _Element:
        """Return the one child of this name: of two, nobody knows which one counts."""
        found = self.several(element, name)
        if len(found) > 1:
            refuse("repeated_element", found[1].sourceline, name, f"one {name}", str(len(found)))
        return found[0]

    def text(self, element: _Element, name: str) -> str:
        """Return the text of a child that describes; of several the first."""
        found = self.children(element, name)
        if len(found) > 1:
            self.note(found[1], "repeated_element", f"{name} stands more than once.")
        return _text(found[0]) if found else ""

    def day(self, element: _Element, name: str) -> date | None:
        text = self.text(element, name)
        day = read_day(text)
        if text and day is None:
            self.note(element, "bad_date", f"{name} is no date.")
        return day

    def amount(self, element: _Element, name: str) -> Decimal | None:
        """Return one side of an amount, ``None`` when it is not there or empty."""
        found = self.children(element, name)
        if not found:
            return None
        side = self.only(element, name)
        if len(side):
            refuse("bad_amount", side.sourceline, name, "an amount", local_name(side[0]))
        text = _text(side)
        plain = without_groups(text)
        if plain != text:
            self.note(side, "grouped_amount", f"{name} has dots between its thousands.")
        return read_amount(plain, side.sourceline, name) if text else None


def _text(element: _Element) -> str:
    """Return the text of an element itself, without blanks around it."""
    parts = [element.text, *(child.tail for child in element)]
    return "".join(part for part in parts if part).strip()
