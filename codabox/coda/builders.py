"""Short ways to make statements: for tests, the demonstration and the sandbox.

::

    day = statement(
        account="BE68539007547034",
        opening="1000",
        movements=[
            credit("121", ogm="009093375538", counterparty=party("ACME NV", "BE43068999999501")),
            debit("45.99", communication="Invoice F2026/0012"),
        ],
    )
    data = write_coda([day])

``statement`` numbers the movements, computes the new balance and the totals, and finds payment
references, so that ``parse_coda`` gives back the same values.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from .communication import (
    decode_information,
    decode_movement,
    encode_information,
    encode_movement,
)
from .movements import payment_reference
from .records import Account, Balance, Counterparty, Information, Movement, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DAY = date(2026, 1, 15)
DAY_BEFORE = date(2026, 1, 14)
_NO_PARTY = Counterparty("", "", "")
_NUMBERS = 10000


def party(name: str = "", account: str = "", bic: str = "", currency: str = "") -> Counterparty:
    """Return a counterparty."""
    return Counterparty(account=account, name=name, bic=bic, currency=currency)


def free_information(text: str) -> Information:
    """Return free text behind a movement."""
    return Information(text.strip())


def structured_information(code: str, /, **fields: object) -> Information:
    """Return structured information, e.g. ``("001", name="ACME", street="Kerkstraat 1")``."""
    payload = encode_information(code, fields)
    return Information(payload.strip(), code, decode_information(code, payload))


def credit(amount: str | Decimal, **values: object) -> Movement:
    """Return money received; see :func:`movement` for the values."""
    return movement(Decimal(amount), **{"code": "00150000", **values})  # type: ignore[arg-type]


def debit(amount: str | Decimal, **values: object) -> Movement:
    """Return money paid, ``amount`` without sign; see :func:`movement` for the values."""
    return movement(-Decimal(amount), **{"code": "00101000", **values})  # type: ignore[arg-type]


def movement(
    amount: str | Decimal,
    *,
    code: str,
    communication: str = "",
    ogm: str = "",
    structured: Mapping[str, object] | None = None,
    counterparty: Counterparty = _NO_PARTY,
    entry_date: date | None = None,
    value_date: date | None = None,
    bank_reference: str = "",
    customer_reference: str = "",
    return_type: str = "",
    return_reason: str = "",
    category_purpose: str = "",
    purpose: str = "",
    globalisation: str = "0",
    information: Sequence[Information] = (),
    details: Sequence[Movement] = (),
) -> Movement:
    """Return a movement that :func:`statement` will number and date.

    :param ogm: twelve digits, instead of a communication.
    :param structured: ``type`` and some of its parts, instead of a communication.
    """
    if ogm:
        structured = {"type": "101", "ogm": ogm}
    if structured is not None:
        payload = encode_movement(structured)
        communication = payload
        structured = decode_movement(str(structured["type"]), payload)
    return Movement(
        record=0,
        sequence=0,
        detail=0,
        amount=Decimal(amount),
        entry_date=entry_date,
        value_date=value_date,
        code=code,
        bank_reference=bank_reference,
        customer_reference=customer_reference,
        communication=communication.strip(),
        structured=structured,
        reference="",
        counterparty=counterparty,
        return_type=return_type,
        return_reason=return_reason,
        category_purpose=category_purpose,
        purpose=purpose,
        paper_number="",
        globalisation=globalisation,
        information=tuple(information),
        details=tuple(details),
    )


def statement(
    *,
    account: str,
    opening: str | Decimal = "0",
    movements: Iterable[Movement] = (),
    number: int = 1,
    paper_number: str | None = None,
    day: date = DAY,
    opening_day: date = DAY_BEFORE,
    currency: str = "EUR",
    holder: str = "TEST COMPANY BV",
    description: str = "CURRENT ACCOUNT",
    structure: str | None = None,
    bic: str = "KREDBEBB",
    bank_id: str = "725",
    enterprise_number: str = "0123456749",
    file_reference: str = "",
    duplicate: bool = False,
    separate_application: str = "00000",
    free_text: str = "",
) -> Statement:
    """Return a statement whose figures agree.

    Movements without dates get ``day``. ``paper_number`` is the statement's number by default.
    """
    paper = f"{number:03d}" if paper_number is None else paper_number
    rows = tuple(
        _complete(root, sequence % _NUMBERS, account, day, paper)
        for sequence, root in enumerate(movements, start=1)
    )
    start = Decimal(opening)
    return Statement(
        record=0,
        version=2,
        created=day,
        bank_id=bank_id,
        bic=bic,
        duplicate=duplicate,
        file_reference=file_reference,
        addressee=holder,
        enterprise_number=enterprise_number,
        separate_application=separate_application,
        account=Account(
            number=account,
            raw=account,
            currency=currency,
            structure=structure or ("2" if account.startswith("BE") else "3"),
            holder=holder,
            description=description,
        ),
        opening=Balance(opening_day, start),
        closing=Balance(day, start + sum(row.amount for row in rows)),
        number=number,
        paper_number=paper,
        movements=rows,
        free_text=free_text.strip(),
        debit_total=sum((-row.amount for row in rows if row.amount < 0), Decimal(0)),
        credit_total=sum((row.amount for row in rows if row.amount > 0), Decimal(0)),
        opening_paper_number=paper,
    )


def _complete(root: Movement, sequence: int, account: str, day: date, paper: str) -> Movement:
    """Number a movement and its details, date them and find their references."""
    last = -1

    def complete(item: Movement) -> Movement:
        nonlocal last
        last += 1
        detail = last % _NUMBERS
        # Information takes detail numbers too, one for each 3.1 record.
        last += sum(_records(information) for information in item.information)
        return replace(
            item,
            sequence=sequence,
            detail=detail,
            entry_date=item.entry_date or day,
            value_date=item.value_date or day,
            paper_number=paper,
            reference=payment_reference(
                item.communication,
                item.structured,
                item.information,
                (account, item.counterparty.account),
            ),
            details=tuple(complete(child) for child in item.details),
        )

    return complete(root)


def _records(information: Information) -> int:
    """Return the number of 3.1 records: 268 characters of free text go in one."""
    return 1 if information.type is not None else -(-len(information.text) // 268)
