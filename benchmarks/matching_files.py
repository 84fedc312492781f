"""What part "matching" books: receipts that name invoices, and a month of the demo's clients."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from codabox.coda import find_reference, write_coda
from codabox.coda.builders import credit

from .coda_files import Writer

sys.path.insert(0, str(Path(__file__).parent.parent / "dev" / "parts"))

from demo import bank, clients

if TYPE_CHECKING:
    from codabox.coda import Movement

NUMBER = "INV/2026/{:05}"
# How customers write it.
HABITS = (
    "{0}",
    "Betaling factuur {0}, dank u",
    "inv {year} {padded}",
    "INV-{year}-{padded}",
    "Inv{year}/{short}",
    "INV{year}{padded}",
    "fact.{0}",
    "{0} KLANT 4711",
    "facture no {0} 15/01/2026",
    "({lower})",
)
CLIENTS = (
    (clients.BAKERY, clients.BAKERY_CURRENT, bank.bakery_days),
    (clients.BICYCLES, clients.BICYCLES_CURRENT, bank.bicycles_days),
    (clients.STUDIO, clients.STUDIO_CURRENT, bank.studio_days),
)
CREDITOR, MANDATE = "BE00ZZZ0199900000", "CONTRACT-0042"


class Receipts(Writer):
    """Receipts of 121.00, of which nine of ten name an open invoice, each in the way of its customer."""

    def _movement(self, place: int) -> Movement:
        payer = self._parties[place % len(self._parties)]
        if place % 10 == 9:
            return credit("121", communication=f"PAYMENT {place:06}", counterparty=payer)
        number = NUMBER.format(place + 1)
        _prefix, year, padded = number.split("/")
        text = HABITS[place % len(HABITS)].format(
            number, year=year, padded=padded, short=int(padded), lower=number.lower()
        )
        return credit("121", communication=text, counterparty=payer)

    def accounts(self) -> list[str]:
        """Return the accounts of the customers."""
        return [payer.account for payer in self._parties]


class Month:
    """Four weeks of one client: the days of the demo, with numbers of each week's own.

    Costs of the bank, wages and direct debits come once, in the last week. Every second week
    customers write the number of the invoice instead of its reference.
    """

    def __init__(self, place: int, last: date, before: int) -> None:
        self.client, self.account, self._make = CLIENTS[place]
        days = clients.working_days(last, 20 * (before + 1))[:20]
        self.week, self.first = 4 * before, 21 - 20 * before
        self.days = [(day, self._movements(days, at)) for at, day in enumerate(days)]

    def file(self, opening: str) -> tuple[bytes, str]:
        """Return the CODA file, and the balance at its end."""
        made = bank.account_days(self.client, self.account, opening, self.first, self.days)
        return write_coda(made), str(made[-1].closing.amount)

    def _movements(self, days: list[date], at: int) -> list[Movement]:
        week, place = divmod(at, 5)
        of_day = self._own(self._make(days[week * 5 : week * 5 + 5]))[place]
        last = week == 3
        return [
            renumbered(movement, self.week + week)
            for movement in of_day
            if last or not is_monthly(movement)
        ]

    def _own(self, files: list[list[object]]) -> list[list[Movement]]:
        """Return the movements of five days of the client's first account."""
        own = [s for file in files for s in file if s.account.number == self.account]
        own = own[-5:] if len(own) > 5 else own
        return [list(s.movements) for s in own] + [[]] * (5 - len(own))

    def invoices(self) -> Iterator[dict[str, str]]:
        """Yield what is open before: kind, number, reference, amount and account of each."""
        for _day, movements in self.days:
            for movement in movements:
                yield from _invoices(movement)


def is_monthly(movement: Movement) -> bool:
    """Return whether this is wages, costs of the bank or a direct debit."""
    return movement.code[1:5] in ("0105", "3537", "0501")


def renumbered(movement: Movement, week: int) -> Movement:
    """Return a movement of the demo with the numbers of another week."""
    if movement.reference:
        number = int(re.sub(r"\D", "", movement.reference)[:10]) + 100 * week
        payer = movement.counterparty
        if week % 2:
            text = f"Betaling {NUMBER.format(number % 100_000)}"
            return credit(movement.amount, communication=text, counterparty=payer)
        return credit(movement.amount, ogm=clients.ogm(number), counterparty=payer)
    if movement.structured is not None:
        return movement
    text = re.sub(r"(\d+)$", lambda found: str(int(found[1]) + 100 * week), movement.communication)
    details = tuple(renumbered(detail, week) for detail in movement.details)
    return replace(movement, communication=text, details=details)


def _invoices(movement: Movement) -> Iterator[dict[str, str]]:
    account = movement.counterparty.account
    own = {"amount": str(abs(movement.amount)), "account": account}
    if found := re.search(r"INV/2026/\d+", movement.communication):
        yield {**own, "kind": "out_invoice", "name": found[0], "reference": found[0]}
    elif movement.structured and movement.structured["type"] == "101":
        reference = find_reference(str(movement.structured["ogm"]))
        yield {**own, "kind": "out_invoice", "name": "", "reference": reference}
    elif movement.structured and "ELEKTRICITEIT" in str(movement.structured):
        yield {**own, "kind": "in_invoice", "name": "", "reference": "", "mandate": MANDATE}
    elif movement.structured is None and (found := re.search(r"\S*\d$", movement.communication)):
        yield {**own, "kind": "in_invoice", "name": found[0], "reference": ""}
    for detail in movement.details:
        yield from _invoices(detail)
