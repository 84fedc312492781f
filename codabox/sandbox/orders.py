"""Carrying out orders that were checked: what CodaBox then has (API 6.2 and 14)."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from ..mandates.banks import PAPER, bank_rule, group_by_bank
from .bench import now
from .resources import ACCOUNT_PENDING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Pod
    from .resources import Json
    from .state import World

# The two banks that only CodaBox's sandbox has (API 2): name, and how they sign, which is invented.
FAKE_BANKS: Final = {
    "CDBXBE33": ("CodaBox test bank 33", "online"),
    "CDBXBE34": ("CodaBox test bank 34", "paper"),
}


def create_client(world: World, pod: Pod, office: Json, fields: Json, entity: Json) -> Json:
    """Add a client that has nothing ordered yet, and its feed."""
    feed_id = world.add_client(
        fields["client_code"], fiduciary_id=office["id"], pod_id=pod.pod_id, social_welfare_ids=()
    )
    client = world.feeds[feed_id].client
    client.update(
        fields,
        purchase_invoice_mandates=[],
        purchase_invoice_transmission_mandates=[],
        current_purchase_invoice_mandate_state=None,
        state_modified_at=now(),
    )
    client["legal_entity"].update(entity, is_enterprise_num_validated=True)
    return client


def order_coda(
    client: Json, office: Json, ibans: Sequence[str], start: str | None, root: str
) -> list[Json]:
    """Add one mandate per bank, with its accounts.

    :param root: where the signing pages are, with a slash at the end.
    """
    ordered = []
    for bank_id, group in group_by_bank(ibans, FAKE_BANKS).items():
        id = str(uuid4())
        mandate = {
            "id": id,
            **_owner(client),
            "bank_id": bank_id or None,
            "ibans": list(group),
            "validity_start": start or _today(),
            "state": _first_state(bank_id, client, office),
            "reason": None,
            "reason_code": "R-0",
            "twikey_url": f"{root}{id}/" if _signs_online(bank_id) else None,
            "state_modified_at": now(),
        }
        client["coda_mandates"].append(mandate)
        for iban in group:
            _add_account(client, mandate, iban)
        ordered.append(mandate)
    return ordered


def order_social(client: Json, slug: str, state: str) -> Json:
    """Add a payroll mandate."""
    mandate = {
        "id": str(uuid4()),
        **_owner(client),
        "social_welfare_id": slug,
        "validity_start": _today(),
        "state": state,
        "state_modified_at": now(),
    }
    client["social_mandates"].append(mandate)
    return mandate


def order_purchase_invoices(client: Json, person: Json) -> Json:
    """Invite the client; the transmission mandate follows the same states."""
    mandate = {
        "state": "invited",
        "client_id": client["id"],
        "state_modified_at": now(),
        **person,
    }
    client["purchase_invoice_mandates"].append(mandate)
    client["purchase_invoice_transmission_mandates"] = [{"state": "invited", **_owner(client)}]
    client["current_purchase_invoice_mandate_state"] = "invited"
    return mandate


def _first_state(bank_id: str, client: Json, office: Json) -> str:
    """Give the state of a new mandate (API 7.3, P2)."""
    if not (bank_rule(bank_id) or bank_id in FAKE_BANKS):
        return "registered"  # and stays there: this bank does not support CODA
    if not office["delegates_mandate_delivery"]:
        return "available-online"
    return "sent-client" if client["contact_email"] else "prepared"


def _signs_online(bank_id: str) -> bool:
    """Say whether there is a link; for KBC and CBC it signs the CodaBox mandate (API 7.2)."""
    rule = bank_rule(bank_id)
    signing = rule.signing if rule else FAKE_BANKS.get(bank_id, ("", PAPER))[1]
    return signing != PAPER


def _add_account(client: Json, mandate: Json, iban: str) -> None:
    """Add an account, or take up an archived one again."""
    account = next((item for item in client["bank_accounts"] if item["iban"] == iban), None)
    if account is None:
        account = {
            "iban": iban,
            "subaccounts": [{"currency": "EUR", "extension": None}],
            "type": "current",
            "coda_mandate_ids": [],
            "bank_id": mandate["bank_id"],
            "client_id": client["id"],
            "state": "",
            "state_modified_at": "",
        }
        client["bank_accounts"].append(account)
    account["coda_mandate_ids"].append(mandate["id"])
    account.update(state=ACCOUNT_PENDING, state_modified_at=now())


def _owner(client: Json) -> Json:
    return {"client_id": client["id"], "fiduciary_id": client["fiduciary_id"]}


def _today() -> str:
    return datetime.now(timezone.utc).date().isoformat()
