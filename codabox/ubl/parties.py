"""Reads supplier and customer, wherever fifteen years of software put what identifies them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..belgian import enterprise_number
from .elements import child, children, text
from .layout import ENTERPRISE_SCHEME, VAT_SCHEME, VAT_SCHEMES, WITHDRAWN_SCHEMES
from .records import Party

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from .notes import Notes

_BELGIAN_SCHEMES = (ENTERPRISE_SCHEME, *WITHDRAWN_SCHEMES, *VAT_SCHEMES)
_BE = "BE"
_VAT_PREFIX = {"GR": "EL"}


def read_party(root: _Element, role: str, notes: Notes) -> Party:
    """Return the party in this role, ``AccountingSupplierParty`` or ``AccountingCustomerParty``."""
    party = child(root, role, "Party")
    if party is None:
        notes.add(root, "no_party", f"{role} is not given.", party=role)
        return Party("")
    address, contact = child(party, "PostalAddress"), child(party, "Contact")
    scheme, endpoint = read_endpoint(party, notes)
    return Party(
        name=_name(party, role, notes),
        enterprise=_enterprise(party, role, notes),
        vat=vat_number(party),
        scheme=scheme,
        endpoint=endpoint,
        street=text(address, "StreetName"),
        street2=text(address, "AdditionalStreetName"),
        zip=text(address, "PostalZone"),
        city=text(address, "CityName"),
        country=country(party),
        email=text(contact, "ElectronicMail"),
        phone=text(contact, "Telephone"),
        contact=text(contact, "Name"),
    )


def legal_name(party: _Element) -> str:
    """Return the legal name, which is the one Odoo looks at."""
    names = (text(entity, "RegistrationName") for entity in children(party, "PartyLegalEntity"))
    return next(filter(None, names), "")


def trade_name(party: _Element) -> str:
    """Return the name under which the party trades; all that e-fff 1.0 has."""
    return text(party, "PartyName", "Name")


def person_name(party: _Element) -> str:
    """Return the name of a person of flesh and blood."""
    person = child(party, "Person")
    return " ".join(filter(None, (text(person, "FirstName"), text(person, "FamilyName"))))


def country(party: _Element) -> str:
    """Return two capitals."""
    return text(party, "PostalAddress", "Country", "IdentificationCode").upper()


def vat_number(party: _Element) -> str:
    """Return the VAT number with its country, without separators."""
    for scheme in children(party, "PartyTaxScheme"):
        if text(scheme, "TaxScheme", "ID").upper() in ("VAT", "BTW", "TVA", ""):
            found = clean_vat(text(scheme, "CompanyID"), country(party))
            if found:
                return found
    endpoint = child(party, "EndpointID")
    is_vat = endpoint is not None and endpoint.get("schemeID", "").strip() in VAT_SCHEMES
    return clean_vat(text(endpoint), _BE) if is_vat else ""


def clean_vat(written: str, code: str) -> str:
    """Return a VAT number as Odoo keeps it; ``code`` is the country when the number has none."""
    compact = re.sub(r"[^0-9A-Z]", "", written.upper())
    if not any(letter.isdigit() for letter in compact):
        return ""
    if compact[:1].isdigit():
        compact = _VAT_PREFIX.get(code, code) + compact
    return (enterprise_number(compact) or compact) if compact.startswith(_BE) else compact


def read_endpoint(party: _Element, notes: Notes | None = None) -> tuple[str, str]:
    """Return scheme and electronic address as Peppol has them today, ``""`` when not usable."""
    element = child(party, "EndpointID")
    endpoint = text(element)
    if element is None or not endpoint:
        return "", ""
    scheme = element.get("schemeID", "").strip()
    if not scheme:
        if notes is not None:
            message = "The electronic address does not say of which kind it is."
            notes.add(element, "endpoint_without_scheme", message)
        return "", ""
    number = enterprise_number(endpoint)
    if scheme in WITHDRAWN_SCHEMES or (scheme in VAT_SCHEMES and scheme != VAT_SCHEME):
        if notes is not None:
            message = "The scheme of the electronic address is withdrawn."
            notes.add(element, "endpoint_scheme_withdrawn", message, scheme=scheme)
        if scheme in WITHDRAWN_SCHEMES:
            return (ENTERPRISE_SCHEME, number[2:]) if number else ("", "")
        return (VAT_SCHEME, number) if number else ("", "")
    if scheme == ENTERPRISE_SCHEME and number:
        return scheme, number[2:]
    return scheme, endpoint


def _name(party: _Element, role: str, notes: Notes) -> str:
    found = legal_name(party)
    if found:
        return found
    for code, read in (
        ("name_from_trade_name", trade_name),
        ("name_from_person", person_name),
        ("name_from_contact", lambda element: text(element, "Contact", "Name")),
    ):
        found = read(party)
        if found:
            notes.add(party, code, "The party has no legal name.", party=role)
            return found
    notes.add(party, "no_name", "The party has no name.", party=role)
    return ""


def _enterprise(party: _Element, role: str, notes: Notes) -> str:
    found = list(dict.fromkeys(_belgian_numbers(party)))
    if len(found) > 1:
        message = "The party has more than one enterprise number."
        notes.add(party, "enterprise_numbers_differ", message, party=role, numbers=" ".join(found))
    return found[0] if found else ""


def _belgian_numbers(party: _Element) -> Iterator[str]:
    """Return the enterprise numbers in a party, those that mean one first.

    The VAT number comes last: that of a member of a VAT unit is the number of the unit.
    """
    domestic = country(party) in (_BE, "")
    for element in _numbered(party):
        written = text(element)
        belgian = (
            domestic
            or written.upper().startswith(_BE)
            or element.get("schemeID", "") in _BELGIAN_SCHEMES
            or element.get("schemeAgencyID", "") == _BE
        )
        number = enterprise_number(written) if belgian else ""
        if number:
            yield number[2:]


def _numbered(party: _Element) -> Iterator[_Element]:
    for entity in children(party, "PartyLegalEntity"):
        yield from children(entity, "CompanyID")
    for identification in children(party, "PartyIdentification"):
        yield from children(identification, "ID")
    yield from children(party, "EndpointID")
    for scheme in children(party, "PartyTaxScheme"):
        yield from children(scheme, "CompanyID")
