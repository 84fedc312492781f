"""Writes SODA files: for tests, the demonstration and the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from .layout import ROOT

if TYPE_CHECKING:
    from .records import Entry, Line, SodaFile


def write_soda(soda: SodaFile) -> bytes:
    """Return a file that ``parse_soda`` reads back as the same values.

    Texts may hold what XML allows, without blanks around them.

    :raise ValueError: for a text with control characters.
    """
    root = etree.Element(ROOT)
    _add(root, "Source", soda.source)
    _add(root, "Version", soda.version)
    for entry in soda.entries:
        _write_entry(root, entry)
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _write_entry(root: etree._Element, entry: Entry) -> None:
    social = etree.SubElement(root, "Social")
    _add(social, "SeqNumber", entry.sequence)
    if entry.generated:
        _add(social, "GenDate", entry.generated.isoformat())
    enterprise = etree.SubElement(social, "Enterprise")
    _add(enterprise, "EntNum", entry.enterprise)
    _add(enterprise, "EntLabel", entry.label)
    _add(social, "AccountPeriod", entry.period)
    transactions = etree.SubElement(social, "Transactions")
    for line in entry.lines:
        _write_line(transactions, line)


def _write_line(transactions: etree._Element, line: Line) -> None:
    transaction = etree.SubElement(transactions, "TransactionLine")
    _add(transaction, "SocialPeriod", line.period)
    accounting = etree.SubElement(transaction, "Accounting")
    _add(accounting, "Account", line.account)
    _add(accounting, "Label", line.label)
    amount = etree.SubElement(accounting, "Amount")
    _add(amount, "Debit", f"{line.debit:.2f}")
    _add(amount, "Credit", f"{line.credit:.2f}")


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text
