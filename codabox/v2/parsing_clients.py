"""From the JSON of fiduciaries and clients (API 6) to the values of ``domain.py``.

A client lives by its numbers, and by what tells its mandates apart: one that went unseen could be
ordered again, or let a document through. An office lives by its id alone. What is used for
nothing, as ``services``, is not read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .. import domain
from . import json_reader

if TYPE_CHECKING:
    from .json_reader import Reader


def fiduciary(reader: Reader) -> domain.Fiduciary:
    """Read an accounting office (API 6.1)."""
    return domain.Fiduciary(
        id=reader.identity("id"),
        name=reader.text("name"),
        legal_entity=legal_entity(reader.child("legal_entity")),
        contact_email=reader.text_or_none("contact_email"),
        language=reader.text_or_none("language"),
        allows_social_mandates=bool(reader.flag("allows_social_mandates")),
        delegates_mandate_delivery=bool(reader.flag("delegates_mandate_delivery")),
        raw=reader.raw,
    )


def client(reader: Reader) -> domain.Client:
    """Read a client of an office (API 6.2)."""
    transmission = "purchase_invoice_transmission_mandates"
    found = domain.Client(
        id=reader.identity("id"),
        client_code=reader.text("client_code"),
        fiduciary_id=reader.text_or_none("fiduciary_id"),
        legal_entity=legal_entity(reader.required_child("legal_entity"), lives_by_number=True),
        contact_name=reader.text_or_none("contact_name"),
        contact_email=reader.text_or_none("contact_email"),
        language=reader.text_or_none("language"),
        state=reader.required_text("state"),
        coda_mandates=reader.items("coda_mandates", coda_mandate),
        social_mandates=reader.items("social_mandates", social_mandate),
        purchase_invoice_mandates=reader.items("purchase_invoice_mandates", invoice_mandate),
        bank_accounts=reader.readable_items("bank_accounts", bank_account),
        raw=reader.raw,
        purchase_invoice_transmission_mandates=reader.items(transmission, invoice_mandate),
        current_purchase_invoice_mandate_state=reader.text_or_none(
            "current_purchase_invoice_mandate_state"
        ),
    )
    return replace(found, odd=json_reader.names(reader))


def legal_entity(reader: Reader, *, lives_by_number: bool = False) -> domain.LegalEntity:
    """Read the enterprise behind an office, or behind a client, which lives by its number."""
    number = reader.required_text if lives_by_number else reader.text
    return domain.LegalEntity(
        name=reader.text("name"),
        enterprise_num=number("enterprise_num") or None,
        representative_name=reader.text_or_none("representative_name"),
        representative_function=reader.text_or_none("representative_function"),
        address=reader.text_or_none("address"),
        address2=reader.text_or_none("address2"),
        zip=reader.text_or_none("zip"),
        city=reader.text_or_none("city"),
        is_enterprise_num_validated=reader.flag("is_enterprise_num_validated"),
        raw=reader.raw,
    )


def coda_mandate(reader: Reader) -> domain.CodaMandate:
    """Read a CODA mandate."""
    return domain.CodaMandate(
        id=reader.identity("id"),
        bank_id=reader.text("bank_id"),
        ibans=reader.required_texts("ibans"),
        state=reader.required_text("state"),
        reason=reader.text_or_none("reason"),
        reason_code=reader.text_or_none("reason_code"),
        twikey_url=reader.text_or_none("twikey_url"),
        validity_start=reader.day("validity_start"),
        state_modified_at=reader.moment("state_modified_at"),
        raw=reader.raw,
    )


def social_mandate(reader: Reader) -> domain.SocialMandate:
    """Read a payroll mandate."""
    return domain.SocialMandate(
        id=reader.identity("id"),
        social_welfare_id=reader.required_text("social_welfare_id"),
        state=reader.required_text("state"),
        validity_start=reader.day("validity_start"),
        state_modified_at=reader.moment("state_modified_at"),
        raw=reader.raw,
    )


def invoice_mandate(reader: Reader) -> domain.PurchaseInvoiceMandate:
    """Read a purchase-invoice mandate or transmission mandate."""
    return domain.PurchaseInvoiceMandate(
        state=reader.required_text("state"),
        state_modified_at=reader.moment("state_modified_at"),
        raw=reader.raw,
        representative_name=reader.text_or_none("representative_name"),
        representative_function=reader.text_or_none("representative_function"),
        representative_email=reader.text_or_none("representative_email"),
    )


def bank_account(reader: Reader) -> domain.BankAccount:
    """Read a bank account."""
    subaccounts = reader.readable_items("subaccounts", sub_account)
    return domain.BankAccount(
        iban=reader.text("iban"),
        bank_id=reader.text("bank_id"),
        type=reader.text("type"),
        state=reader.text("state"),
        currencies=tuple(dict.fromkeys(item.currency for item in subaccounts)),
        coda_mandate_ids=reader.texts("coda_mandate_ids"),
        raw=reader.raw,
        subaccounts=subaccounts,
    )


def sub_account(reader: Reader) -> domain.SubAccount:
    """Read one currency of an account."""
    return domain.SubAccount(reader.text("currency"), reader.text_or_none("extension"))
