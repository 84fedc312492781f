"""Gives a party the name, numbers and electronic address that Odoo looks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from .elements import child, children, text
from .layout import CAC, CBC, ENTERPRISE_SCHEME
from .parties import clean_vat, country, legal_name, read_endpoint

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element

    from .records import Party

# What stands behind the legal entity in the schema.
_LATER = ("Contact", "Person", "AgentParty", "ServiceProviderParty", "PowerOfAttorney",
          "FinancialAccount")  # fmt: skip

# What ``res.partner`` asks of an address: its letters, and of these schemes a number of digits.
_ENDPOINT = re.compile(r"[a-zA-Z0-9._~-]{1,50}")
_SIRET = "0009"
_DIGITS = {ENTERPRISE_SCHEME: 10, "0007": 10, _SIRET: 14}


def repair_party(root: _Element, role: str, party: Party, schemes: Collection[str]) -> bool:
    """Repair the party in a role; return whether something was wrong.

    :param party: the same one as ``parse_ubl`` reads it.
    """
    element = child(root, role, "Party")
    if element is None:
        return False
    changed = [_repair_endpoint(element, schemes), _repair_numbers(element)]
    if party.name and not legal_name(element):
        registration = _legal_child(element, "RegistrationName", first=True)
        registration.text = party.name
        changed.append(True)
    if not (party.vat or _has_number(element)) and party.enterprise:
        _legal_child(element, "CompanyID").text = party.enterprise
        changed.append(True)
    return any(changed)


def _repair_endpoint(party: _Element, schemes: Collection[str]) -> bool:
    """Write the address with today's scheme; one that Odoo does not know would stop it."""
    element = child(party, "EndpointID")
    if element is None:
        return False
    scheme, endpoint = read_endpoint(party)
    if scheme not in schemes or not _is_valid(scheme, endpoint):
        party.remove(element)
        return True
    if (element.get("schemeID"), element.text) == (scheme, endpoint):
        return False
    element.set("schemeID", scheme)
    element.text = endpoint
    return True


def _is_valid(scheme: str, endpoint: str) -> bool:
    """Return whether Odoo would take the address on a new supplier."""
    if not _ENDPOINT.fullmatch(endpoint):
        return False
    size = _DIGITS.get(scheme)
    if size is None:
        return True
    digits = endpoint.isascii() and endpoint.isdecimal() and len(endpoint) == size
    return digits and (scheme != _SIRET or _luhn(endpoint))


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(int(digit) * 2, 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _repair_numbers(party: _Element) -> bool:
    """Write VAT numbers as Odoo keeps them: it searches for the text as it stands."""
    changed = False
    for scheme in children(party, "PartyTaxScheme"):
        for element in children(scheme, "CompanyID"):
            clean = clean_vat(text(element), country(party))
            if clean and clean != element.text:
                element.text, changed = clean, True
    return changed


def _has_number(party: _Element) -> bool:
    entities = children(party, "PartyLegalEntity")
    return any(text(entity, "CompanyID") for entity in entities)


def _legal_child(party: _Element, name: str, *, first: bool = False) -> _Element:
    """Return this child of the legal entity; both are made when they are not there."""
    entity = child(party, "PartyLegalEntity")
    if entity is None:
        entity = etree.Element(f"{{{CAC}}}PartyLegalEntity")
        behind = next((element for element in party if _is_later(element)), None)
        if behind is None:
            party.append(entity)
        else:
            behind.addprevious(entity)
    found = child(entity, name)
    if found is None:
        found = etree.Element(f"{{{CBC}}}{name}")
        entity.insert(0 if first else len(entity), found)
    return found


def _is_later(element: _Element) -> bool:
    return etree.QName(element).localname in _LATER
