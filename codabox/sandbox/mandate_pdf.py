"""The document of a CODA mandate: a page that opens, with what would be signed."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from ..mandates.banks import bank_rule
from .pdf import pdf

if TYPE_CHECKING:
    from .resources import Json

_WIDTH: Final = 88  # characters of a line on the page
_NO_DOCUMENT: Final = "registered"  # a bank that is no partner (API 7.3)

_TEXTS: Final = {
    "fr": {
        "title": "Mandat bancaire et mandat CodaBox",
        "text": "Le titulaire autorise CodaBox à recevoir de la banque {bank} les extraits des "
        "comptes ci-dessous, et à les transmettre à son comptable, {office}.",
        "accounts": "Comptes", "start": "À partir du", "person": "Représenté par",
        "signature": "Date et signature",
    },
    "nl": {
        "title": "Bankmandaat en CodaBox-mandaat",
        "text": "De houder laat CodaBox de rekeninguittreksels van de rekeningen hieronder "
        "ontvangen van de bank {bank}, en ze doorgeven aan zijn boekhouder, {office}.",
        "accounts": "Rekeningen", "start": "Vanaf", "person": "Vertegenwoordigd door",
        "signature": "Datum en handtekening",
    },
    "en": {
        "title": "Bank mandate and CodaBox mandate",
        "text": "The holder lets CodaBox receive the statements of the accounts below from the "
        "bank {bank}, and pass them on to the accountant, {office}.",
        "accounts": "Accounts", "start": "From", "person": "Represented by",
        "signature": "Date and signature",
    },
}  # fmt: skip


def exists(mandate: Json) -> bool:
    """Say whether a mandate has a document: not with a bank that signs online only (API 7.2)."""
    rule = bank_rule(mandate["bank_id"])
    return mandate["state"] != _NO_DOCUMENT and (rule is None or rule.has_pdf)


def write(client: Json, mandate: Json, office: Json | None) -> bytes:
    """Write the document in the client's language."""
    texts = _TEXTS.get(client["language"], _TEXTS["en"])
    rule = bank_rule(mandate["bank_id"])
    bank = rule.name if rule else mandate["bank_id"] or "?"
    entity = client["legal_entity"]
    text = texts["text"].format(bank=bank, office=office["name"] if office else "?")
    person = f"{entity['representative_name']}, {entity['representative_function']}"
    return pdf(
        [
            texts["title"], "", entity["name"], entity["enterprise_num"] or "",
            f"{entity['address']}, {entity['zip']} {entity['city']}", "",
            *wrap(text, _WIDTH), "",
            f"{texts['accounts']}:", *mandate["ibans"], "",
            f"{texts['start']}: {mandate['validity_start']}",
            f"{texts['person']}: {person}", "", "",
            f"{texts['signature']}: ______________________________", "", "",
            f"CodaBox sandbox, {mandate['id']}",
        ]
    )  # fmt: skip
