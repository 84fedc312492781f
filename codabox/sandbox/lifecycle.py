"""Mandates move along their life cycle: by a test, by the signing page, by a first file.

Moves of CODA are those of API 7.3, of payroll API 7.5, of purchase invoices API 7.6; slugs of
accounts are invented from the labels of API 7.4. ``World.set_coda_mandate`` sets anything, also
what no life cycle has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..mandates.banks import APP, TWIKEY, bank_rule
from ..mandates.states import CODA, PURCHASE_INVOICE, SODA
from .bench import Bench, now
from .resources import ACCOUNT_PENDING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .model import Feed
    from .resources import Json

_TO_SIGN: Final = ("signed", "sent-hq", "problem")
# State -> where it may go; the first is the next one of an order that goes well. Every mandate may
# also be ended.
MOVES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    CODA: {
        "registered": ("prepared", "in-treatment"),
        "in-treatment": ("prepared",),
        "prepared": ("available-online", "sent-client"),
        "available-online": _TO_SIGN,
        "sent-client": _TO_SIGN,
        "signed": ("sent-hq", "problem"),
        "sent-hq": ("active", "problem"),
        "active": (),
        "problem": ("signed",),
        "archived": (),
    },
    SODA: {
        "not-signed": ("signed",),
        "signed": ("requested", "problem"),
        "requested": ("confirmed", "delayed", "problem"),
        "delayed": ("confirmed", "problem"),
        "confirmed": ("active", "problem"),
        "active": (),
        "problem": ("requested",),
        "archived": (),
    },
    PURCHASE_INVOICE: {
        "invited": ("validation", "invitation-expired"),
        "invitation-expired": ("invited",),
        "validation": ("registration", "problem"),
        "registration": ("active", "problem"),
        "active": (),
        "problem": (),
        "cancelled": (),
    },
}
END: Final = {CODA: "archived", SODA: "archived", PURCHASE_INVOICE: "cancelled"}
SIGNED: Final = ("signed", "sent-hq", "active")  # of a CODA mandate
_LISTS: Final = {CODA: "coda_mandates", SODA: "social_mandates"}
_ACCOUNTS: Final = {"active": "active", "archived": "archived"}


class Lifecycle(Bench):
    """The part of the world that moves mandates."""

    feeds: dict[int, Feed]
    fiduciaries: dict[str, Json]

    def configure_office(self, id: str | None = None, **changes: object) -> None:
        """Change an office, e.g. ``delegates_mandate_delivery`` or ``allows_social_mandates``.

        :param id: the first office when not given.
        :raise LookupError: no such office.
        :raise ValueError: the office has no such key.
        """
        with self.lock:
            office = self.fiduciaries[id or next(iter(self.fiduciaries))]
            if unknown := sorted(set(changes) - set(office)):
                message = f"an office has no {', '.join(unknown)}"
                raise ValueError(message)
            office.update(changes)

    def mandates(self) -> list[Json]:
        """Give every mandate with its ``kind`` and ``feed_id``; purchase invoices have no id."""
        with self.lock:
            return [
                {**mandate, "kind": kind, "feed_id": feed.feed_id}
                for feed in self.feeds.values()
                for kind, mandate in _all(feed.client)
            ]

    def find_mandate(self, mandate_id: str) -> tuple[Feed, str, Json]:
        """Find a CODA or payroll mandate.

        :return: its feed, its kind (``coda`` or ``soda``) and the mandate itself.
        :raise LookupError: no such mandate.
        """
        with self.lock:
            for feed in self.feeds.values():
                for kind, mandate in _all(feed.client):
                    if mandate.get("id") == mandate_id:
                        return feed, kind, mandate
        message = f"no mandate {mandate_id}"
        raise LookupError(message)

    def move_mandate(self, mandate_id: str, state: str | None = None, **changes: object) -> Json:
        """Move a CODA or payroll mandate along its life cycle, and give it.

        :param state: the next one when not given.
        :param changes: of a CODA mandate, e.g. ``reason`` and ``reason_code``.
        :raise LookupError: no such mandate.
        :raise ValueError: the life cycle has no such move.
        """
        with self.lock:
            feed, kind, mandate = self.find_mandate(mandate_id)
            enter(feed.client, mandate, kind, _checked(kind, mandate["state"], state))
            mandate.update(changes)
            return mandate

    def move_purchase_invoices(self, client_id: str, state: str | None = None) -> Json:
        """Move the purchase-invoice mandates of a client, both together, and give the first.

        :param state: the next one when not given.
        :raise LookupError: no such client, or nothing ordered.
        :raise ValueError: the life cycle has no such move.
        """
        with self.lock:
            client = self._client(client_id)
            if not client["purchase_invoice_mandates"]:
                message = f"client {client_id} has no purchase-invoice mandate"
                raise LookupError(message)
            mandate = client["purchase_invoice_mandates"][-1]
            state = _checked(PURCHASE_INVOICE, mandate["state"], state)
            enter(client, mandate, PURCHASE_INVOICE, state)
            return mandate

    def sign(self, mandate_id: str) -> Json:
        """Sign a CODA mandate as the client does, and give it.

        :raise LookupError: no such mandate.
        :raise ValueError: it is not waiting for a signature.
        """
        with self.lock:
            _feed, kind, mandate = self.find_mandate(mandate_id)
            if kind != CODA or mandate["state"] not in ("available-online", "sent-client"):
                message = f"there is nothing to sign in state {mandate['state']}"
                raise ValueError(message)
            rule = bank_rule(mandate["bank_id"])
            at_bank = rule is not None and rule.method == TWIKEY  # Twikey tells the bank (API 7.3)
            return self.move_mandate(mandate_id, "sent-hq" if at_bank else "signed")

    def activate(self, client_id: str) -> None:
        """Make every mandate of a client active that is not ended, whatever its state.

        :raise LookupError: no such client.
        """
        with self.lock:
            client = self._client(client_id)
            for kind, mandate in list(_all(client)):
                if mandate["state"] != END[kind]:
                    enter(client, mandate, kind, "active")

    def _client(self, client_id: str) -> Json:
        for feed in self.feeds.values():
            if feed.client["id"] == client_id:
                return feed.client
        message = f"no client {client_id}"
        raise LookupError(message)


def _all(client: Json) -> Iterator[tuple[str, Json]]:
    for kind in MOVES:
        yield from ((kind, item) for item in client[_LISTS.get(kind, "purchase_invoice_mandates")])


def _checked(kind: str, before: str, state: str | None) -> str:
    """Give the state to go to.

    :raise ValueError: there is no way from here.
    """
    ways = MOVES[kind].get(before, ())
    chosen = state or next(iter(ways), None)
    ends = chosen == END[kind] and before != END[kind]
    if chosen is None or not (chosen in ways or ends):
        goals = ", ".join((*ways, END[kind])) if before != END[kind] else "nothing"
        message = (
            f"a {kind} mandate goes from {before} to {goals}, not to {state or 'a next state'}"
        )
        raise ValueError(message)
    return chosen


def enter(client: Json, mandate: Json, kind: str, state: str) -> None:
    """Put a mandate in a state with everything that follows from it at once."""
    moment = now()
    mandate.update(state=state, state_modified_at=moment)
    if kind == CODA:
        if state != "problem" and state != "archived":
            mandate.update(reason=None, reason_code="R-0")
        _move_accounts(client, mandate, moment)
        if state in SIGNED:
            # The payroll mandates waited for this signature only (API 7.5).
            for social in client["social_mandates"]:
                if social["state"] == "not-signed":
                    social.update(state="signed", state_modified_at=moment)
    elif kind == PURCHASE_INVOICE:
        client["current_purchase_invoice_mandate_state"] = state
        for item in client["purchase_invoice_transmission_mandates"]:
            item["state"] = state


def _move_accounts(client: Json, mandate: Json, moment: str) -> None:
    """Let the accounts of a mandate follow it (API 7.4)."""
    rule = bank_rule(mandate["bank_id"])
    state = _ACCOUNTS.get(mandate["state"])
    if state is None and mandate["state"] in SIGNED:
        by_client = rule is not None and rule.method == APP
        state = "pending-activation-by-client" if by_client else "pending-activation-by-bank"
    for account in client["bank_accounts"]:
        if account["coda_mandate_ids"][-1:] == [mandate["id"]]:
            account.update(state=state or ACCOUNT_PENDING, state_modified_at=moment)
