"""Repairs an invoice so that Odoo's own importer reads what its sender meant.

``account_edi_ubl_cii`` looks for each thing in one place. What older Belgian software has in
another is put there, and nothing else is touched (docs/adr/0010).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from .layout import ODOO_SCHEMES
from .parser import read_invoice
from .repair_charges import repair_charges
from .repair_credit import make_credit_note, turn_amounts
from .repair_lines import repair_lines
from .repair_parties import repair_party
from .repair_taxes import repair_taxes
from .repair_texts import (
    repair_attachments,
    repair_currency,
    repair_payment,
    repair_texts,
    repair_version,
)
from .signs import is_negative
from .source import Source, read_source
from .totals import read_totals

if TYPE_CHECKING:
    from collections.abc import Collection

    from .records import Invoice


# Decimals of a quantity in Odoo, where the company did not choose others.
UNIT_DIGITS: Final = 2


def repair_ubl(
    data: bytes, schemes: Collection[str] = ODOO_SCHEMES, digits: int = UNIT_DIGITS
) -> bytes:
    """Return the invoice as Odoo's importer must see it; the same bytes when it may see them.

    A credit note always becomes a ``CreditNote`` with positive amounts. An embedded file that is
    too long for Odoo's XML parser, or unreadable, is left out: ``parse_ubl`` has what can be read.

    :param data: the content of one file, which is not changed.
    :param schemes: the electronic address schemes that Odoo knows, the keys of
        ``res.partner.peppol_eas``.
    :param digits: decimals of a quantity in Odoo, its precision of *Product Unit*.
    :raise FormatError: when ``parse_ubl`` would.
    """
    source = read_source(data)
    invoice = read_invoice(source)
    changed = [source.wrapped]
    source = _repair_kind(source, invoice, changed)
    root = source.root
    changed += [
        repair_texts(root),
        repair_charges(root),
        repair_lines(root, digits),
        repair_version(root),
        repair_currency(root, invoice),
        repair_payment(root, invoice),
        repair_taxes(root, invoice),
        repair_attachments(source),
    ]
    for role, party in (
        ("AccountingSupplierParty", invoice.supplier),
        ("AccountingCustomerParty", invoice.customer),
    ):
        changed.append(repair_party(root, role, party, schemes))
    if not any(changed):
        return data
    written = etree.tostring(root, encoding="UTF-8", xml_declaration=True, with_tail=False)
    return source.put_back(written)


def _repair_kind(source: Source, invoice: Invoice, changed: list[bool]) -> Source:
    """Return the tree of a credit note as one, the right way round."""
    if not invoice.is_credit:
        return source
    totals = read_totals(source.root, invoice.currency)
    negative = is_negative(totals["untaxed"], totals["total"])
    root, remade = make_credit_note(source.root)
    if negative:
        turn_amounts(root)
    changed += [negative, remade]
    return Source(root, source.long_texts, source.wrapped)
