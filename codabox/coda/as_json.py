"""Statements as plain JSON values: decimals and dates become text, details nest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..reading.plain import plain

if TYPE_CHECKING:
    from .records import CodaFile, Movement, Notice, Statement


def file_to_json(coda: CodaFile) -> dict[str, object]:
    """Return a whole file: statements with their root movements, and what did not add up."""
    return {
        "statements": [_statement(statement) for statement in coda.statements],
        "warnings": [_warning(notice) for notice in coda.notices],
    }


def _statement(statement: Statement) -> dict[str, object]:
    opening, closing = statement.opening, statement.closing
    return {
        "account": statement.account.number,
        "currency": statement.account.currency,
        "holder": statement.account.holder,
        "opening": {"date": plain(opening.date), "amount": plain(opening.amount)},
        "closing": {"date": plain(closing.date), "amount": plain(closing.amount)},
        "number": statement.number,
        "paper_number": statement.paper_number,
        "duplicate": statement.duplicate,
        "movements": [_movement(movement) for movement in statement.movements],
        "free_text": statement.free_text,
    }


def _movement(movement: Movement) -> dict[str, object]:
    party = movement.counterparty
    return {
        "amount": plain(movement.amount),
        "entry_date": plain(movement.entry_date),
        "value_date": plain(movement.value_date),
        "code": movement.code,
        "reference": movement.reference or None,
        "communication": movement.communication,
        "structured": plain(movement.structured),
        "counterparty": {"account": party.account, "name": party.name, "bic": party.bic},
        "bank_reference": movement.bank_reference,
        "customer_reference": movement.customer_reference,
        "information": [item.text for item in movement.information],
        "details": [_movement(detail) for detail in movement.details],
    }


def _warning(notice: Notice) -> dict[str, object]:
    return {"record": notice.record, "code": notice.code, "message": notice.message}
