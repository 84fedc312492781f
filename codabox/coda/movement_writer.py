"""Writes one movement with everything below it: records 2.x and 3.x."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from .communication import (
    INFORMATION_PAYLOAD,
    decode_information,
    decode_movement,
    encode_information,
    encode_movement,
)
from .compose import amount_digits, compose, day_digits, pieces, sign_digit
from .layout import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .records import Counterparty, Information, Movement

_RECORDS = RECORDS[2]
_TEXT_SIZES = tuple(_RECORDS[kind]["communication"].size for kind in ("21", "22", "23"))
_INFORMATION_SIZES = tuple(_RECORDS[kind]["communication"].size for kind in ("31", "32", "33"))
_BBAN_SIZE = 12
_NUMBER_SIZE = 34
_LAST_NUMBER = 9999
# The longest part that may stand empty at the start of a communication.
_MOST_BLANKS = 71


def group_lines(movement: Movement) -> Iterator[str]:
    """Yield the records of a movement, then those of its details."""
    yield from _movement_lines(movement)
    for detail in movement.details:
        yield from group_lines(detail)


def _movement_lines(movement: Movement) -> Iterator[str]:
    texts = _split(_text(movement), _TEXT_SIZES)
    second = _second(movement, texts[1], third=bool(texts[2].strip()))
    third = _third(movement, texts[2])
    link = "1" if movement.information else "0"
    records = [("21", _first(movement, texts[0])), ("22", second), ("23", third)]
    present = [(kind, values) for kind, values in records if values]
    for place, (kind, values) in enumerate(present, start=1):
        last = place == len(present)
        yield compose(
            _RECORDS[kind],
            record_id=kind,
            **_numbers(movement, movement.detail),
            **values,
            next="0" if last else "1",
            link=link if last else "0",
        )
    yield from _information_lines(movement)


def _numbers(movement: Movement, detail: int) -> dict[str, str]:
    return {"sequence": f"{movement.sequence:04d}", "detail": f"{detail:04d}"}


def _first(movement: Movement, text: str) -> dict[str, str]:
    return {
        "bank_reference": movement.bank_reference,
        "sign": sign_digit(movement.amount),
        "amount": amount_digits(movement.amount),
        "value_date": day_digits(movement.value_date),
        "code": movement.code,
        "structured": "0" if movement.structured is None else "1",
        "communication": text,
        "entry_date": day_digits(movement.entry_date),
        "paper_number": movement.paper_number,
        "globalisation": movement.globalisation,
    }


def _second(movement: Movement, text: str, *, third: bool) -> dict[str, str]:
    """Return the fields of a 2.2 record, none at all when nothing asks for it."""
    values = {
        "communication": text,
        "customer_reference": movement.customer_reference,
        "bic": movement.counterparty.bic,
        "return_type": movement.return_type,
        "return_reason": movement.return_reason,
        "category_purpose": movement.category_purpose,
        "purpose": movement.purpose,
    }
    return values if third or any(value.strip() for value in values.values()) else {}


def _third(movement: Movement, text: str) -> dict[str, str]:
    party = movement.counterparty
    values = {
        "account": _counterparty_account(party),
        "name": party.name,
        "communication": text,
    }
    return values if any(value.strip() for value in values.values()) else {}


def _counterparty_account(party: Counterparty) -> str:
    """Return the account field: the currency stands where the form of the number puts it."""
    number = party.account
    if len(number) == _BBAN_SIZE and number.isdigit():
        return f"{number} {party.currency}"
    if not party.currency:
        return number
    return number.ljust(_NUMBER_SIZE) + party.currency


def _text(movement: Movement) -> str:
    fields = movement.structured
    if fields is None:
        return movement.communication
    code = str(fields["type"])
    payload = _realign(movement.communication, partial(decode_movement, code), fields)
    return code + (encode_movement(fields) if payload is None else payload)


def _realign(
    text: str, decode: Callable[[str], Mapping[str, object]], fields: Mapping[str, object]
) -> str | None:
    """Return the text with the leading blanks that trimming took away, if any makes sense.

    That keeps what the columns do not explain; writing the fields again would lose it.
    """
    for blanks in range(_MOST_BLANKS):
        payload = " " * blanks + text
        if decode(payload.ljust(INFORMATION_PAYLOAD)) == fields:
            return payload
    return None


def _information_lines(movement: Movement) -> Iterator[str]:
    records = [record for item in movement.information for record in _information(item)]
    detail = movement.detail
    for place, (flag, texts) in enumerate(records, start=1):
        detail = 0 if detail == _LAST_NUMBER else detail + 1
        last = max(kind for kind in range(3) if kind == 0 or texts[kind].strip())
        for kind in range(last + 1):
            values = _numbers(movement, detail) | {"communication": texts[kind]}
            if kind == 0:
                values |= {"bank_reference": movement.bank_reference, "code": movement.code}
                values["structured"] = flag
            yield compose(
                _RECORDS[f"3{kind + 1}"],
                record_id=f"3{kind + 1}",
                **values,
                next="0" if kind == last else "1",
                link="1" if kind == last and place < len(records) else "0",
            )


def _information(item: Information) -> Iterator[tuple[str, list[str]]]:
    """Yield flag and texts of the 3.1, 3.2 and 3.3 records; a long free text takes several."""
    if item.type is not None:
        payload = _payload(item.type, item.text, item.fields)
        yield "1", _split(item.type + payload, _INFORMATION_SIZES)
        return
    for text in pieces(item.text, sum(_INFORMATION_SIZES)):
        yield "0", _split(text, _INFORMATION_SIZES)


def _payload(code: str, text: str, fields: Mapping[str, object]) -> str:
    payload = _realign(text, partial(decode_information, code), fields)
    return encode_information(code, fields) if payload is None else payload


def _split(text: str, sizes: tuple[int, ...]) -> list[str]:
    """Cut a text over the records that carry it.

    :raise ValueError: when it is longer than they are together.
    """
    if len(text) > sum(sizes):
        message = f"a communication has {len(text)} characters, there is room for {sum(sizes)}"
        raise ValueError(message)
    parts = []
    for size in sizes:
        parts.append(text[:size])
        text = text[size:]
    return parts
