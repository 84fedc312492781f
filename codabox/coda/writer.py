"""Writes CODA files of version 2 from the dataclasses, with right control totals.

For tests, the demonstration and the sandbox: what is written here reads back as the same values,
except line numbers.
"""

from __future__ import annotations

import codecs
from decimal import Decimal
from typing import TYPE_CHECKING

from .compose import amount_digits, compose, day_digits, pieces, sign_digit
from .decode import decode_text
from .layout import ACCOUNT_STRUCTURES, FREE_TEXT, RECORDS
from .movement_writer import group_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .records import Account, Balance, Statement

_ENTERPRISE_SIZE = 11
_NEW_LINE = "\r\n"


def write_coda(statements: Iterable[Statement]) -> bytes:
    """Return a physical file with these statements, one after the other.

    Sequence and detail numbers are those of the movements; totals, counts and link codes are
    computed. Text is ASCII or Windows-1252, or else UTF-8 with a mark.

    :raise ValueError: when a value does not fit in its field.
    """
    everything = list(statements)
    lines: list[str] = []
    for place, statement in enumerate(everything, start=1):
        lines += _statement_lines(statement, last=place == len(everything))
    return _encode("".join(line + _NEW_LINE for line in lines))


def _encode(text: str) -> bytes:
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        data = b""
    if decode_text(data) == text:
        return data
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def _statement_lines(statement: Statement, *, last: bool) -> Iterator[str]:
    body = [line for movement in statement.movements for line in group_lines(movement)]
    free_text = list(pieces(statement.free_text, FREE_TEXT["communication"].size))
    yield _header(statement)
    yield _opening(statement)
    yield from body
    yield _closing(statement, free_text=bool(free_text))
    for number, text in enumerate(free_text):
        yield compose(
            FREE_TEXT,
            record_id="4",
            sequence="0001",
            detail=f"{number:04d}",
            communication=text,
            link="0" if number + 1 == len(free_text) else "1",
        )
    yield _trailer(statement, len(body) + 2, last=last)


def _header(statement: Statement) -> str:
    number = statement.enterprise_number
    return compose(
        RECORDS[2]["0"],
        record_id="0",
        zeros="0000",
        created=day_digits(statement.created),
        bank_id=statement.bank_id or "000",
        application="05",
        duplicate="D" if statement.duplicate else "",
        file_reference=statement.file_reference,
        addressee=statement.addressee,
        bic=statement.bic,
        enterprise_number=number.zfill(_ENTERPRISE_SIZE) if number.isdigit() else number,
        separate_application=statement.separate_application,
        transaction_reference=statement.transaction_reference,
        related_reference=statement.related_reference,
        version="2",
    )


def _opening(statement: Statement) -> str:
    return compose(
        RECORDS[2]["1"],
        record_id="1",
        account_structure=statement.account.structure,
        paper_number=statement.opening_paper_number,
        account=_account(statement.account),
        holder=statement.account.holder,
        description=statement.account.description,
        number=f"{statement.number:03d}",
        **_balance(statement.opening),
    )


def _closing(statement: Statement, *, free_text: bool) -> str:
    return compose(
        RECORDS[2]["8"],
        record_id="8",
        paper_number=statement.paper_number,
        account=_account(statement.account),
        link="1" if free_text else "0",
        **_balance(statement.closing),
    )


def _trailer(statement: Statement, count: int, *, last: bool) -> str:
    amounts = [movement.amount for movement in statement.movements]
    return compose(
        RECORDS[2]["9"],
        record_id="9",
        count=f"{count:06d}"[-6:],
        debit=amount_digits(sum((-amount for amount in amounts if amount < 0), Decimal(0))),
        credit=amount_digits(sum((amount for amount in amounts if amount > 0), Decimal(0))),
        multiple="2" if last else "1",
    )


def _account(account: Account) -> str:
    layout = ACCOUNT_STRUCTURES[account.structure]
    values = {
        "number": account.raw or account.number,
        "currency": account.currency,
        "extension": account.extension,
    }
    text = compose(layout, **{name: values[name] for name in layout})
    if account.structure in ("", "0"):
        # Qualification and country of a Belgian account.
        text = text[:16] + "0BE" + text[19:]
    return text[: RECORDS[2]["1"]["account"].size]


def _balance(balance: Balance) -> dict[str, str]:
    return {
        "sign": sign_digit(balance.amount),
        "amount": amount_digits(balance.amount),
        "date": day_digits(balance.date),
    }
