"""Repairs single values: how Odoo knows the file, what it would fail on, the payment reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from ..reading.xml_reading import local_name
from .attachments import mime_type
from .elements import child, children, read_day, read_number, text
from .layout import CBC, MAX_ODOO_TEXT
from .repair_charges import INDICATOR
from .source import BINARY, decode

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .records import Invoice
    from .source import Source

# What makes Odoo know an invoice: one of these versions, or a customization of EN 16931.
_VERSIONS: Final = ("2.0", "2.1", "2.2", "2.3")
_EN16931: Final = "urn:cen.eu:en16931:2017"
_VERSION: Final = "UBLVersionID"

_NUMBERS: Final = ("Amount", "Quantity", "Percent", "Numeric")
_DATE: Final = "Date"
_VALUES: Final = ("ID", "Code", "Indicator", _DATE, *_NUMBERS)
_BOOLEANS: Final = {"0": "false", "1": "true"}
_CURRENCY: Final = "DocumentCurrencyCode"


def repair_version(root: _Element) -> bool:
    """Make a file recognisable that says neither version nor customization in Odoo's words."""
    if text(root, _VERSION) in _VERSIONS or _EN16931 in text(root, "CustomizationID"):
        return False
    element = child(root, _VERSION)
    if element is None:
        element = etree.Element(f"{{{CBC}}}{_VERSION}")
        root.insert(1 if local_name(root[0]) == "UBLExtensions" else 0, element)
    element.text = "2.1"
    return True


def repair_texts(root: _Element) -> bool:
    """Write values in the only form that Odoo takes; remove those on which it fails."""
    changed = [_repair_value(element) for element in list(root.iter()) if _is_value(element)]
    return any(changed)


def _is_value(element: _Element) -> bool:
    return not len(element) and local_name(element).endswith(_VALUES)


def _repair_value(element: _Element) -> bool:
    name, written = local_name(element), element.text or ""
    value = written.strip()
    if name.endswith(_NUMBERS):
        amount = read_number(value)  # what counts was read before; the rest may be nonsense
        value = "" if amount is None else f"{amount:f}" if "," in value else value
    elif name == INDICATOR:
        value = _BOOLEANS.get(value, value)
    elif name.endswith(_DATE):
        day = read_day(value)
        value = day.isoformat() if day else ""
    if not value and name.endswith((*_NUMBERS, _DATE)):
        element.getparent().remove(element)
        return True
    if value == written:
        return False
    element.text = value
    return True


def repair_currency(root: _Element, invoice: Invoice) -> bool:
    """Write the currency, which is that of the company to Odoo when the invoice does not say."""
    element = child(root, _CURRENCY)
    if element is None:
        element = etree.Element(f"{{{CBC}}}{_CURRENCY}")
        child(root, "IssueDate").addnext(element)
    if element.text == invoice.currency:
        return False
    element.text = invoice.currency
    return True


def repair_payment(root: _Element, invoice: Invoice) -> bool:
    """Put the payment reference in the first ``PaymentID``, where Odoo looks."""
    means = child(root, "PaymentMeans")
    if means is None or not invoice.payment_reference:
        return False
    element = child(means, "PaymentID")
    if element is None:
        element = etree.Element(f"{{{CBC}}}PaymentID")
        account = child(means, "PayeeFinancialAccount")
        if account is None:
            means.append(element)
        else:
            account.addprevious(element)
    if element.text == invoice.payment_reference:
        return False
    element.text = invoice.payment_reference
    return True


def repair_attachments(source: Source) -> bool:
    """Name PDFs as such, and leave out what would stop Odoo."""
    changed = False
    for reference in list(children(source.root, "AdditionalDocumentReference")):
        binary = child(reference, "Attachment", BINARY)
        if binary is None:
            continue
        written = source.base64(binary)
        content = decode(written)
        if not content or len(written) > MAX_ODOO_TEXT:
            source.root.remove(reference)
            changed = True
            continue
        if mime_type(binary, content) != binary.get("mimeCode"):
            binary.set("mimeCode", mime_type(binary, content))
            changed = True
        missing = -len(b"".join(written.split())) % 4
        if missing:
            binary.text = written.decode("ascii") + "=" * missing
            changed = True
    return changed
