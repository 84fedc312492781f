"""Who is on the other side of a movement: full name, identification, mandate, original amount."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..belgian import enterprise_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from .records import Movement

_NAME_AND_ADDRESS = "001"
_DIRECT_DEBIT = "127"
# What banks write where there is no reference.
_NO_REFERENCE = {"NOTPROVIDED", "NOTAVAILABLE", "NOREF", "NONREF"}
_ENTERPRISE = re.compile(
    r"(?<![0-9A-Za-z])(?:BE)? ?([01][0-9]{3})[. ]?([0-9]{3})[. ]?([0-9]{3})(?![0-9])", re.IGNORECASE
)
# A Belgian creditor identifier: check digits, activity code, enterprise number.
_CREDITOR = re.compile(r"BE[0-9]{2}[0-9A-Z]{3}([01][0-9]{9})")
# A card number, with its middle digits hidden or not.
_CARD = re.compile(r"[0-9]{6}[0-9*X]{6,9}[0-9]{4}", re.IGNORECASE)
_BBAN_SIZE = 12


class Original(NamedTuple):
    """An amount before the bank converted it, without sign.

    ``account_amount`` is what the bank made of it, ``None`` when it does not say.
    """

    currency: str
    amount: Decimal
    account_amount: Decimal | None
    rate: Decimal | None


def full_name(movement: Movement) -> str:
    """Return the name of the counterparty, beyond the 35 characters of record 2.3.

    Information 001 holds 70; it counts when it starts with the short name: the bank may say
    there the name of somebody else.
    """
    short = movement.counterparty.name
    for fields in _structured_information(movement, _NAME_AND_ADDRESS):
        name = str(fields.get("name") or "")
        if _squeeze(name).startswith(_squeeze(short)) and len(name) > len(short):
            return " ".join(name.split())
    return " ".join(short.split())


def account_number(movement: Movement) -> str:
    """Return the account of the counterparty, empty when the number is of a card or a ledger.

    Twelve digits without the check digits of a Belgian account are a number inside the bank,
    unless its BIC says that the bank is abroad.
    """
    number = re.sub(r"\W", "", movement.counterparty.account).upper()
    country = movement.counterparty.bic[4:6]
    internal = len(number) == _BBAN_SIZE and number.isdigit() and country in ("", "BE")
    return "" if internal or (_CARD.fullmatch(number) and not country) else number


def enterprise_numbers(movement: Movement) -> tuple[str, ...]:
    """Return the valid Belgian enterprise numbers that identify the counterparty, ten digits each.

    They stand in information 001 and in the identifier of a Belgian creditor; never in free text,
    where a number may be of anybody.
    """
    found = []
    for fields in _structured_information(movement, _NAME_AND_ADDRESS):
        found += ["".join(parts) for parts in _ENTERPRISE.findall(str(fields.get("id") or ""))]
    creditor = _CREDITOR.fullmatch(direct_debit(movement)[0])
    if creditor:
        found.append(creditor.group(1))
    return tuple(dict.fromkeys(number for number in found if enterprise_number(number)))


def direct_debit(movement: Movement) -> tuple[str, str]:
    """Return creditor identifier and mandate of a SEPA direct debit, empty when it is none."""
    fields = movement.structured or {}
    if fields.get("type") != _DIRECT_DEBIT:
        return "", ""
    return str(fields["creditor_id"]).replace(" ", ""), str(fields["mandate"])


def customer_reference(movement: Movement) -> str:
    """Return the reference that the customer gave, empty when the bank says there is none."""
    reference = movement.customer_reference
    return "" if reference.replace(" ", "").upper() in _NO_REFERENCE else reference


def original_amount(movement: Movement) -> Original | None:
    """Return what the amount was before the bank converted it, when it says so.

    It stands in the movement itself (105, 113, or the fields of version 1), in an information
    record of type 105, or in the part of an amount with breakdown that was converted.
    """
    own = _original(movement.structured or {})
    if own is None and movement.original_currency and movement.original_amount:
        own = Original(movement.original_currency, abs(movement.original_amount), None, None)
    if own:
        return own
    for fields in _structured_information(movement, "105"):
        found = _original({"type": "105", **fields})
        if found:
            return found
    if movement.code[:1] == "3":
        parts = [original_amount(part) for part in movement.details]
        known = [part for part in parts if part]
        return known[0] if len(known) == 1 else None
    return None


def _original(fields: Mapping[str, object]) -> Original | None:
    names = {
        "105": ("gross_original_currency", "gross_account_currency"),
        "113": ("original_amount", ""),
    }
    amount_name, account_name = names.get(str(fields.get("type")), ("", ""))
    currency, amount = fields.get("currency"), fields.get(amount_name)
    if not currency or not amount:
        return None
    return Original(
        str(currency),
        abs(amount),  # type: ignore[arg-type]
        fields.get(account_name) or None,  # type: ignore[arg-type]
        fields.get("rate") or None,  # type: ignore[arg-type]
    )


def _structured_information(movement: Movement, code: str) -> Iterator[Mapping[str, object]]:
    for information in movement.information:
        if information.type == code:
            yield information.fields


def _squeeze(text: str) -> str:
    return "".join(text.split()).upper()
