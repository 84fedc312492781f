"""Checks of an order's body; what is wrong comes together, as a field map (API 3.4)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from ..belgian import clean_iban, enterprise_number, iban_problem
from ..mandates.states import CODA
from .lifecycle import END
from .routes import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from .model import Feed
    from .resources import Json
    from .state import World

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_IBAN_TEXTS: Final = {
    "missing": "an account number is empty.",
    "invalid": "not a valid IBAN.",
    "foreign": "not a Belgian account.",
}


class Checks:
    """Collects what is wrong, per field."""

    def __init__(self, fields: dict[str, Any] | None = None) -> None:
        self.fields: dict[str, Any] = {} if fields is None else fields

    def done(self) -> None:
        """Refuse the request if anything was wrong."""
        if fields := {key: value for key, value in self.fields.items() if value}:
            raise Refusal(400, fields)

    def refuse(self, key: str, text: str) -> None:
        """Note something that is wrong."""
        self.fields.setdefault(key, []).append(text)

    def text(self, body: Mapping[str, Any], key: str, *, required: bool = True) -> str:
        """Read a text as Django REST framework does; ``""`` when it is absent or refused."""
        value = body.get(key)
        if value is None:
            if required:
                null = key in body
                words = "This field may not be null." if null else "This field is required."
                self.refuse(key, words)
            return ""
        if not isinstance(value, str):
            self.refuse(key, "Not a valid string.")
            return ""
        if required and not value.strip():
            self.refuse(key, "This field may not be blank.")
        return value.strip()

    def child(self, body: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], Checks]:
        """Read a nested object, with checks whose findings stand under its key."""
        inner = Checks(self.fields.setdefault(key, {}))
        value = body.get(key, {})
        if isinstance(value, dict):
            return value, inner
        name = type(value).__name__
        inner.refuse("non_field_errors", f"Invalid data. Expected a dictionary, but got {name}.")
        return {}, inner

    def choice(self, key: str, value: str, choices: Collection[str]) -> None:
        """Refuse what is not among the choices."""
        if value and value not in choices:
            self.refuse(key, f'"{value}" is not a valid choice.')

    def day(self, body: Mapping[str, Any], key: str) -> str | None:
        """Read a date that may be absent."""
        value = self.text(body, key, required=False)
        try:
            return date.fromisoformat(value).isoformat() if value else None
        except ValueError:
            text = "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."
            self.refuse(key, text)
            return None

    def email(self, key: str, value: str, office: Json | None = None) -> None:
        """Refuse what is no address, and the office's own as a client's (API 7.2)."""
        if value and not _EMAIL.fullmatch(value):
            self.refuse(key, "Enter a valid email address.")
        if value and office and value.lower() == office["contact_email"].lower():
            self.refuse(key, "This is the address of the office, not of the client.")

    def code(self, feeds: Iterable[Feed], code: str) -> None:
        """Refuse a client code that the platform has (API 7.2)."""
        if code and any(feed.client["client_code"] == code for feed in feeds):
            self.refuse("client_code", "This client code is already used.")

    def enterprise(self, world: World, number: str) -> str:
        """Check an enterprise number: valid, and unique in all of CodaBox (API 7.2)."""
        normal = enterprise_number(number)
        if number and not normal:
            self.refuse("enterprise_num", "Enter a valid Belgian enterprise number.")
        known = {feed.client["legal_entity"]["enterprise_num"] for feed in world.feeds.values()}
        if normal and normal in known:
            self.refuse("enterprise_num", "This enterprise number is already registered.")
        return normal

    def ibans(self, world: World, client: Json, value: object) -> list[str]:
        """Check the accounts of an order: Belgian, valid, and nobody's yet (API 7.2)."""
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            word = "This field is required." if value is None else "Expected a list of texts."
            self.refuse("ibans", word)
            return []
        if not value:
            self.refuse("ibans", "This list may not be empty.")
        taken = _owners(world)
        ibans = list(dict.fromkeys(map(clean_iban, value)))
        for iban in ibans:
            if problem := iban_problem(iban):
                self.refuse("ibans", f"{iban}: {_IBAN_TEXTS[problem]}")
            elif taken.get(iban) == client["id"]:
                self.refuse("ibans", f"{iban}: already ordered.")
            elif iban in taken:
                self.refuse("ibans", f"{iban}: registered with another client.")
        return ibans


def _owners(world: World) -> dict[str, str]:
    """Give IBAN -> id of the client that has it, with a mandate that is not archived."""
    return {
        iban: feed.client["id"]
        for feed in world.feeds.values()
        for mandate in feed.client["coda_mandates"]
        if mandate["state"] != END[CODA]
        for iban in mandate["ibans"]
    }
