"""JSON of fiduciaries and clients as CodaBox shows them (API 6), in the observed order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from ..belgian import iban_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

Json: TypeAlias = dict[str, Any]

MODIFIED = "2017-04-28T13:26:55.574996"  # the shape of API 3.3: no time zone
START = "2017-04-01"
ACCOUNT_PENDING = "pending-signed-mandate"  # invented from the label of API 7.4


def stable_id(*parts: object) -> str:
    """Give a UUID that is the same on every run, so that tests and demos can be repeated."""
    return str(uuid5(NAMESPACE_URL, "codabox-sandbox/" + "/".join(map(str, parts))))


def legal_entity(name: str, enterprise_num: str | None, person: str, function: str) -> Json:
    """Make the ``legal_entity`` of an office or a client."""
    return {
        "name": name,
        "enterprise_num": enterprise_num,
        "is_enterprise_num_validated": bool(enterprise_num),
        "representative_name": person,
        "representative_function": function,
        "address": "Voorbeeldlaan 2",
        "address2": None,
        "zip": "9000",
        "city": "Gent",
    }


def fiduciary(id: str, name: str, enterprise_num: str, language: str) -> Json:
    """Make an accounting office (API 6.1)."""
    services = ("purchase-invoice-delivery", "soda-delivery")
    return {
        "id": id,
        "name": name,
        "legal_entity": legal_entity(name, enterprise_num, "Jane Doe", "Manager"),
        "contact_name": "Jane Doe",
        "contact_email": "office@example.test",
        "language": language,
        "website_url": "",
        "allows_social_mandates": True,
        "allows_doccle_delivery": True,
        "allows_client_delivery": True,
        "services": [
            {"id": stable_id(id, kind), "type": kind, "fiduciary_id": id, "state": "subscribed"}
            for kind in services
        ],
        "delegates_mandate_delivery": False,
        "software": {"name": "demo-fiduciary", "slug": "demo-fiduciary", "supported_services": []},
    }


def licence(pod_id: int, enterprise_num: str) -> Json:
    """Make the Peppol licence of a company (API 8.2)."""
    return {
        "id": stable_id("licence", pod_id),
        "email": f"{enterprise_num.lower()}@example.test",
        "invoice_quantity": 100,
        "state": "active",
        "state_date": MODIFIED,
    }


def client(
    id: str,
    fiduciary_id: str | None,
    *,
    code: str,
    name: str,
    enterprise_num: str | None,
    language: str,
    accounts: Sequence[Json],
    social_welfare_ids: Sequence[str],
) -> Json:
    """Make a client whose mandates are all active (API 6.2).

    :param accounts: metadata of CODA files: ``iban``, ``bank_id``, ``currency``,
        ``extension_zone``; one mandate per bank.
    """
    owner = {"client_id": id, "fiduciary_id": fiduciary_id}
    consent = {"state": "active", "client_id": id, "state_modified_at": MODIFIED}
    nobody = dict.fromkeys(
        ("representative_name", "representative_function", "representative_email")
    )
    return {
        "id": id,
        "fiduciary_id": fiduciary_id,
        "legal_entity": legal_entity(name, enterprise_num, "John Roe", "Zaakvoerder"),
        "client_code": code,
        "contact_name": "John Roe",
        "contact_email": "client@example.test",
        "language": language,
        "exact_email": "",
        "coda_mandates": coda_mandates(owner, accounts),
        "bank_accounts": bank_accounts(owner, accounts),
        "social_mandates": [social_mandate(owner, slug) for slug in social_welfare_ids],
        "purchase_invoice_mandates": [{**consent, **nobody}],
        "purchase_invoice_transmission_mandates": [{"state": "active", **owner}],
        "current_purchase_invoice_mandate_state": "active",
        "state": "active",
        "delivery_mode": "email",
        "doccle_link_connect": None,
        "mycodabox_url": None,
        "state_modified_at": MODIFIED,
        "services": [
            {
                "id": stable_id(id, "purchase-invoice-delivery"),
                "type": "purchase-invoice-delivery",
                "state": "subscribed",
            }
        ],
        "zoomit_ibans": [],
        "mycodabox_access_state": "not-invited",
    }


def coda_mandates(owner: Json, accounts: Sequence[Json]) -> list[Json]:
    """Make one active CODA mandate per bank."""
    banks: dict[str, list[str]] = {}
    for account in accounts:
        ibans = banks.setdefault(account["bank_id"], [])
        if account["iban"] not in ibans:
            ibans.append(account["iban"])
    return [
        {
            "id": stable_id(owner["client_id"], bank_id),
            **owner,
            "bank_id": bank_id,
            "ibans": ibans,
            "validity_start": START,
            "state": "active",
            "reason": None,
            "reason_code": "R-0",
            "twikey_url": None,
            "state_modified_at": MODIFIED,
        }
        for bank_id, ibans in banks.items()
    ]


def bank_accounts(owner: Json, accounts: Sequence[Json]) -> list[Json]:
    """Make one active account per IBAN, with a subaccount per currency and extension."""
    found: dict[str, Json] = {}
    for account in accounts:
        item = found.setdefault(
            account["iban"],
            {
                "iban": account["iban"],
                "subaccounts": [],
                "type": "current",
                "coda_mandate_ids": [stable_id(owner["client_id"], account["bank_id"])],
                "bank_id": account["bank_id"],
                "client_id": owner["client_id"],
                "state": "active",
                "state_modified_at": MODIFIED,
            },
        )
        part = {
            "currency": account.get("currency") or "EUR",
            "extension": account.get("extension_zone"),
        }
        if part not in item["subaccounts"]:
            item["subaccounts"].append(part)
    return list(found.values())


def social_mandate(owner: Json, social_welfare_id: str) -> Json:
    """Make an active payroll mandate."""
    return {
        "id": stable_id(owner["client_id"], social_welfare_id),
        **owner,
        "social_welfare_id": social_welfare_id,
        "validity_start": START,
        "state": "active",
        "state_modified_at": MODIFIED,
    }


def ensure_social_mandate(client: Json, slug: object) -> None:
    """Give a client the secretariat of a SODA, with an active mandate, unless it has it."""
    known = {mandate["social_welfare_id"] for mandate in client["social_mandates"]}
    if isinstance(slug, str) and slug and slug not in known:
        owner = {"client_id": client["id"], "fiduciary_id": client["fiduciary_id"]}
        client["social_mandates"].append(social_mandate(owner, slug))


def names_no_account(metadata: Json) -> bool:
    """Say whether the metadata of a CODA has no IBAN, or a wrong one."""
    return iban_problem(str(metadata.get("iban") or "")) not in ("", "foreign")


def ensure_account(client: Json, found: Json) -> None:
    """Give a client the account of a CODA, with a mandate, unless it has the account.

    A CODA that names no account needs any mandate of the client.
    """
    if names_no_account(found):
        if not client["coda_mandates"]:
            owner = {"client_id": client["id"], "fiduciary_id": client["fiduciary_id"]}
            mandate = coda_mandates(owner, [{"iban": "", "bank_id": ""}])[0]
            client["coda_mandates"].append({**mandate, "ibans": []})
        return
    if any(found["iban"] in mandate["ibans"] for mandate in client["coda_mandates"]):
        return
    owner = {"client_id": client["id"], "fiduciary_id": client["fiduciary_id"]}
    mandate = coda_mandates(owner, [found])[0]
    mandate["id"] = stable_id(client["id"], found["iban"])
    client["coda_mandates"].append(mandate)
    account = bank_accounts(owner, [found])[0]
    client["bank_accounts"].append({**account, "coda_mandate_ids": [mandate["id"]]})
