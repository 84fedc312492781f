"""Writes the parts that invoices and lines have in common: texts, amounts, parties, taxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from .layout import CAC, CBC, ENTERPRISE_SCHEME

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from lxml.etree import _Element

    from .dialects import Dialect
    from .records import Charge, Party, Tax

_NAMESPACES = {"cac": CAC, "cbc": CBC}


def sub(parent: _Element, *path: str) -> _Element:
    """Add elements below each other and return the last; names with their usual prefix."""
    for name in path:
        prefix, _, local = name.partition(":")
        parent = etree.SubElement(parent, f"{{{_NAMESPACES[prefix]}}}{local}")
    return parent


def add_texts(parent: _Element, **texts: str) -> None:
    """Add an element for each text that is not empty."""
    for name, text in texts.items():
        if text:
            sub(parent, f"cbc:{name}").text = text


def amount(parent: _Element, name: str, value: Decimal, currency: str) -> None:
    """Add an amount, all its decimals."""
    element = sub(parent, f"cbc:{name}")
    element.set("currencyID", currency)
    element.text = f"{value:f}"


def add_party(root: _Element, role: str, party: Party, dialect: Dialect) -> None:
    """Add supplier or customer."""
    element = sub(root, f"cac:{role}", "cac:Party")
    if dialect.endpoint_scheme and party.endpoint:
        endpoint = sub(element, "cbc:EndpointID")
        belgian = party.scheme == ENTERPRISE_SCHEME
        endpoint.set("schemeID", dialect.endpoint_scheme if belgian else party.scheme)
        endpoint.text = party.endpoint
    if party.enterprise and not dialect.legal_entity:
        number = sub(element, "cac:PartyIdentification", "cbc:ID")
        number.set("schemeAgencyID", "BE")
        number.text = party.enterprise
    if party.name:
        add_texts(sub(element, "cac:PartyName"), Name=party.name)
    _add_address(element, party)
    if party.vat:
        scheme = sub(element, "cac:PartyTaxScheme")
        add_texts(scheme, CompanyID=party.vat)
        add_texts(sub(scheme, "cac:TaxScheme"), ID="VAT")
    if dialect.legal_entity:
        legal = sub(element, "cac:PartyLegalEntity")
        add_texts(legal, RegistrationName=party.name)
        if party.enterprise:
            number = sub(legal, "cbc:CompanyID")
            number.set("schemeID", dialect.number_scheme)
            number.text = party.enterprise
    if party.contact or party.phone or party.email:
        contact = sub(element, "cac:Contact")
        add_texts(contact, Name=party.contact, Telephone=party.phone, ElectronicMail=party.email)


def _add_address(element: _Element, party: Party) -> None:
    address = sub(element, "cac:PostalAddress")
    add_texts(
        address,
        StreetName=party.street,
        AdditionalStreetName=party.street2,
        CityName=party.city,
        PostalZone=party.zip,
    )
    if party.country:
        add_texts(sub(address, "cac:Country"), IdentificationCode=party.country)


def add_charges(
    parent: _Element, charges: Iterable[Charge], currency: str, dialect: Dialect
) -> None:
    """Add charges and allowances; these are written without sign, as UBL wants them."""
    for charge in charges:
        element = sub(parent, "cac:AllowanceCharge")
        indicator = "false" if charge.amount < 0 else "true"
        add_texts(
            element,
            ChargeIndicator=indicator,
            AllowanceChargeReasonCode=charge.code,
            AllowanceChargeReason=charge.reason,
        )
        amount(element, "Amount", abs(charge.amount), currency)
        for tax in charge.taxes:
            _add_category(element, "cac:TaxCategory", tax, codes=dialect.codes, percent=True)


def add_tax_total(
    parent: _Element, total: Decimal, taxes: Iterable[Tax], currency: str, dialect: Dialect
) -> None:
    """Add the tax total of an invoice or of a line."""
    element = sub(parent, "cac:TaxTotal")
    amount(element, "TaxAmount", total, currency)
    for tax in taxes:
        subtotal = sub(element, "cac:TaxSubtotal")
        if tax.base is not None:
            amount(subtotal, "TaxableAmount", tax.base, currency)
        if tax.amount is not None:
            amount(subtotal, "TaxAmount", tax.amount, currency)
        beside = dialect.percent_beside
        if beside and tax.percent is not None:
            add_texts(subtotal, Percent=f"{tax.percent:f}")
        _add_category(subtotal, "cac:TaxCategory", tax, codes=dialect.codes, percent=not beside)


def add_categories(item: _Element, taxes: Iterable[Tax], dialect: Dialect) -> None:
    """Add the tax categories of a line."""
    for tax in taxes:
        _add_category(item, "cac:ClassifiedTaxCategory", tax, codes=dialect.codes, percent=True)


def _add_category(parent: _Element, name: str, tax: Tax, *, codes: bool, percent: bool) -> None:
    category = sub(parent, name)
    add_texts(category, ID=tax.category, Name=tax.code if codes else "")
    if percent and tax.percent is not None:
        add_texts(category, Percent=f"{tax.percent:f}")
    add_texts(category, TaxExemptionReason=tax.reason)
    add_texts(sub(category, "cac:TaxScheme"), ID="VAT")
