"""A movement in words that a bookkeeper reads, in his language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..reading.said_once import without_reference
from .codes import explain_code
from .communication import structured_reference
from .labels import describe_reason, describe_return, head, word
from .values import is_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from decimal import Decimal

    from .records import Information, Movement

_COMMA_LANGUAGES = ("nl", "fr", "de")
# Nothing is said of an amount that is simply net or gross.
_PLAIN_CATEGORIES = ("000", "100")
_SCHEMES = {"1": "Bancontact", "2": "Maestro"}
_ISSUERS = {"1": "Mastercard", "2": "Visa", "3": "American Express", "4": "Diners"}


def describe_movement(movement: Movement, language: str = "en") -> str:
    """Return what a person would write of a movement, without its payment reference.

    What it is (card payment, direct debit, charges...) when the code or a return says so, then
    the words of the bank or of the payer. Empty when there is nothing to say.

    :param movement: the movement.
    :param language: ``en``, ``nl``, ``fr`` or ``de``; English for any other.
    """
    words = movement_words(movement, language)
    title = _title(movement, language)
    if not title and movement.structured and movement.structured["type"] == "105":
        # An amount alone would say nothing.
        family = explain_code(movement.code, language).family
        title = family[:1].upper() + family[1:]
    if title and words.upper().startswith(title.upper()):
        return words
    return ": ".join(part for part in (title, words) if part)


def movement_words(movement: Movement, language: str = "en") -> str:
    """Return what stands in the communication of a movement, in words; empty when nothing does.

    The payment reference is left out, however often it stands there: whoever shows it does so once.

    :param movement: the movement.
    :param language: ``en``, ``nl``, ``fr`` or ``de``; English for any other.
    """
    fields = movement.structured
    if fields is None:
        return without_reference(movement.communication, movement.reference)
    writer = _WRITERS.get(str(fields["type"]))
    text = writer(fields, language) if writer else str(fields.get("text") or "")
    return without_reference(text, movement.reference)


def describe_information(information: Information, language: str = "en") -> str:
    """Return the text of an information record in one line.

    :param information: the record.
    :param language: ``en``, ``nl``, ``fr`` or ``de``; English for any other.
    """
    fields: Mapping[str, Any] = information.fields
    kind = information.type
    if kind == "001":
        parts = [fields["name"], fields["street"], fields["locality"], fields["id"]]
        return ", ".join(" ".join(part.split()) for part in parts if part)
    if kind in ("002", "004", "005"):
        return ", ".join(line for lines in fields.values() for line in lines if line)
    if kind == "006":
        return _join(fields["description"], _amount(fields["amount"], language), fields["currency"])
    if kind == "007":
        note, total = (_amount(fields[name], language) for name in ("denomination", "total"))
        return f"{fields['count']} × {note} = {total}"
    if kind in ("008", "009"):
        name = "creditor" if kind == "008" else "debtor"
        who = fields["ultimate_creditor" if kind == "008" else "ultimate_debtor"]
        return f"{word(name, language)}: {_join(who, fields['id'])}"
    return " ".join(information.text.split())


# -----------------------------------------------------------------------------
# The two halves
# -----------------------------------------------------------------------------


def _title(movement: Movement, language: str) -> str:
    """Return what a movement is, as far as people have a word for it."""
    code = movement.code
    parts = explain_code(code, language)
    title = [head(code, language)]
    if code[1:3] == "80":
        title.append(parts.operation)
    if code[5:8] not in _PLAIN_CATEGORIES:
        title.append(parts.category)
    reason = describe_reason(movement.return_reason, language)
    if movement.return_type or reason:
        title[0] = title[0] or describe_return(movement.return_type, language)
        known = f"{reason} ({movement.return_reason})" if reason else movement.return_reason
        title.append(known)
    text = ", ".join(part for part in title if part)
    return text[:1].upper() + text[1:]


# -----------------------------------------------------------------------------
# Structured communications
# -----------------------------------------------------------------------------


def _terminal(fields: Mapping[str, Any], language: str) -> str:
    """Return scheme, shop, town, day and hour."""
    when = fields.get("date") or fields.get("payment_date") or fields.get("last_date")
    hour = fields.get("time")
    return _join(
        _SCHEMES.get(fields["scheme"], "") if "scheme" in fields else "",
        fields.get("terminal_name"),
        fields.get("terminal_town"),
        f"{when:%d/%m}" if when else "",
        hour if hour != "00:00" else "",  # what banks write where they do not know it
        fields.get("reference"),
        fields.get("message"),
    )


def _debit(fields: Mapping[str, Any], language: str) -> str:
    text = fields.get("communication") or ""
    if not text and fields.get("mandate"):
        text = f"{word('mandate', language)} {fields['mandate']}"
    return str(text)


def _charges(fields: Mapping[str, Any], language: str) -> str:
    """Return ``21% on 10.00``."""
    percent, base = fields.get("percent"), fields.get("base")
    on = f"{word('on', language)} {_amount(base, language)}" if base else ""
    return _join(f"{_number(percent, language)}%" if percent else "", on)


def _interest(fields: Mapping[str, Any], language: str) -> str:
    rate = fields.get("interest_rate")
    return _join(
        word("interest", language) if rate else "",
        f"{_number(rate, language)}%" if rate else "",
        _period(fields.get("from"), fields.get("to")),
        fields.get("bill_number"),
    )


def _guarantee(fields: Mapping[str, Any], language: str) -> str:
    period = _period(fields.get("start"), fields.get("maturity"))
    return _join(_charges(fields, language), period, fields.get("guarantee_number"))


def _card_statement(fields: Mapping[str, Any], language: str) -> str:
    number, day = fields.get("invoice"), fields.get("date")
    return _join(
        _ISSUERS.get(fields["issuer"], ""),
        f"{word('invoice', language)} {number}" if number else "",
        f"{day:%d/%m/%Y}" if day else "",
    )


def _loan(fields: Mapping[str, Any], language: str) -> str:
    account = _number_text(fields.get("credit_account"))
    return _join(
        f"{word('loan', language)} {account}" if account else "",
        _period(fields.get("start"), fields.get("end")),
        fields.get("reference"),
    )


def _deposit(fields: Mapping[str, Any], language: str) -> str:
    period = _period(fields.get("start"), fields.get("end"))
    return _join(_number_text(fields.get("deposit_number")), period)


def _bill(fields: Mapping[str, Any], language: str) -> str:
    day = fields.get("maturity")
    return _join(fields.get("bill_number"), f"{day:%d/%m/%Y}" if day else "")


def _conversion(fields: Mapping[str, Any], language: str) -> str:
    amount, currency = fields.get("gross_original_currency"), fields.get("currency")
    return f"{_amount(amount, language)} {currency}" if amount and currency else ""


def _reference(fields: Mapping[str, Any], language: str) -> str:
    """Return nothing, as the payment reference says it all, or what fails its check."""
    if structured_reference(fields):
        return ""
    said = _number_text(fields.get("ogm") or fields.get("iso11649_reference"))
    return f"{said} ({word('check_fails', language)})" if said else ""


_WRITERS: Mapping[str, Callable[[Mapping[str, Any], str], str]] = {
    "100": _reference,
    "101": _reference,
    "102": _reference,
    "103": lambda fields, language: _number_text(fields.get("number")),
    "105": _conversion,
    "106": _charges,
    "107": _debit,
    "108": _interest,
    "111": _terminal,
    "113": _terminal,
    "114": _terminal,
    "115": _terminal,
    "121": _bill,
    "122": _interest,
    "123": _guarantee,
    "124": _card_statement,
    "125": _loan,
    "126": _deposit,
    "127": _debit,
}


def _join(*parts: object) -> str:
    return " ".join(" ".join(str(part).split()) for part in parts if part)


def _period(start: date | None, end: date | None) -> str:
    return " - ".join(f"{day:%d/%m/%Y}" for day in (start, end) if day)


def _amount(value: Decimal | None, language: str) -> str:
    return "" if value is None else _with_sign(f"{value:.2f}", language)


def _number(value: Decimal, language: str) -> str:
    """Return a number without the zeros that end it."""
    digits = f"{value:f}"
    return _with_sign(digits.rstrip("0").rstrip(".") if "." in digits else digits, language)


def _with_sign(digits: str, language: str) -> str:
    """Return a number with the decimal comma of Dutch, French and German."""
    return digits.replace(".", ",") if language in _COMMA_LANGUAGES else digits


def _number_text(text: object) -> str:
    """Return an identifying number, empty when it is only zeros."""
    number = str(text or "")
    return "" if is_digits(number) and not number.strip("0") else number
