"""The answers of sections 4 to 6 of ``docs/reference/api.md``, and how an answer differs from them.

A shape is written as what stands in it: names of types, ``?`` where ``null`` was seen, a dict for
an object, a list of one for an array. What differs is told by names of fields and types only: a
value, and a name that may be one, is never shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Union

if TYPE_CHECKING:
    from collections.abc import Iterator

Shape = Union[str, "dict[str, Shape]", "list[Shape]"]

_ANY: Final = "any"
_TYPES: Final = {bool: "flag", int: "number", float: "number", str: "text", type(None): "null"}
_NAME: Final = re.compile(r"[a-z][a-z_-]{0,40}\d?")
_HIDDEN: Final = "***"
MAX_TOLD: Final = 8

LEGAL_ENTITY: Final[Shape] = {
    "name": "text",
    "enterprise_num": "text",
    "is_enterprise_num_validated": "flag",
    "representative_name": "text?",
    "representative_function": "text?",
    "address": "text?",
    "address2": "text?",
    "zip": "text?",
    "city": "text?",
}
POD: Final[Shape] = {
    "id": "number",
    "fetch_delay": "number",
    "allowed_formats": _ANY,
    "feed_clients": [
        {
            "id": "number",
            "client_id": "text",
            "client_name": "text",
            "client_code": "text",
            "fiduciary_id": "text?",
            "target_root_state": "text",
            "delivery_config": "any?",
        }
    ],
}
FEED: Final[Shape] = {
    "id": "number",
    "type": "text",
    "feed_entries": [{"feed_index": "text", "document_model": "text", "metadata": _ANY}],
}
FIDUCIARY: Final[Shape] = {
    "id": "text",
    "name": "text",
    "legal_entity": LEGAL_ENTITY,
    "contact_name": "text?",
    "contact_email": "text?",
    "language": "text",
    "website_url": "text?",
    "allows_social_mandates": "flag",
    "allows_doccle_delivery": "flag",
    "allows_client_delivery": "flag",
    "services": [{"id": "text", "type": "text", "fiduciary_id": "text", "state": "text"}],
    "delegates_mandate_delivery": "flag",
    "software": {"name": "text", "slug": "text", "supported_services": _ANY},
}
_PURCHASES: Final[Shape] = {
    "state": "text",
    "client_id": "text",
    "state_modified_at": "text?",
    "representative_name": "text?",
    "representative_function": "text?",
    "representative_email": "text?",
}
CLIENT: Final[Shape] = {
    "id": "text",
    "fiduciary_id": "text?",
    "legal_entity": LEGAL_ENTITY,
    "client_code": "text",
    "contact_name": "text?",
    "contact_email": "text?",
    "language": "text?",
    "exact_email": "text?",
    "coda_mandates": [
        {
            "id": "text",
            "client_id": "text",
            "fiduciary_id": "text?",
            "bank_id": "text",
            "ibans": ["text"],
            "validity_start": "text?",
            "state": "text",
            "reason": "text?",
            "reason_code": "text?",
            "twikey_url": "text?",
            "state_modified_at": "text?",
        }
    ],
    "bank_accounts": [
        {
            "iban": "text",
            "subaccounts": [{"currency": "text", "extension": "text?"}],
            "type": "text",
            "coda_mandate_ids": ["text"],
            "bank_id": "text",
            "client_id": "text",
            "state": "text",
            "state_modified_at": "text?",
        }
    ],
    "social_mandates": [
        {
            "id": "text",
            "client_id": "text",
            "fiduciary_id": "text?",
            "social_welfare_id": "text",
            "validity_start": "text?",
            "state": "text",
            "state_modified_at": "text?",
        }
    ],
    "purchase_invoice_mandates": [_PURCHASES],
    "purchase_invoice_transmission_mandates": [
        {"state": "text", "client_id": "text", "fiduciary_id": "text?"}
    ],
    "current_purchase_invoice_mandate_state": "text?",
    "state": "text",
    "delivery_mode": "text?",
    "doccle_link_connect": "any?",
    "mycodabox_url": "text?",
    "state_modified_at": "text?",
    "services": [{"id": "text", "type": "text", "state": "text"}],
    "zoomit_ibans": _ANY,
    "mycodabox_access_state": "text?",
}


def differences(value: object, shape: Shape) -> tuple[str, ...]:
    """Say how an answer differs from what is documented, each thing once.

    :param value: decoded JSON.
    :return: at most :data:`MAX_TOLD` of them, and how many more there are.
    """
    found = list(dict.fromkeys(_differences(value, shape, "")))
    more = (f"and {len(found) - MAX_TOLD} more",) if len(found) > MAX_TOLD else ()
    return (*found[:MAX_TOLD], *more)


def masked(name: str) -> str:
    """Give the name of a field, unless it may be something of a client: a number, an address."""
    return name if _NAME.fullmatch(name) else _HIDDEN


def _differences(value: object, shape: Shape, path: str) -> Iterator[str]:
    place = path or "answer"
    if isinstance(shape, str):
        yield from _of_type(value, shape, place)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{place}: {_type(value)}, not array"
            return
        for item in value:
            yield from _differences(item, shape[0], f"{path}[]")
    elif not isinstance(value, dict):
        yield f"{place}: {_type(value)}, not object"
    else:
        yield from _of_object(value, shape, path)


def _of_object(value: dict[str, object], shape: dict[str, Shape], path: str) -> Iterator[str]:
    for key, inner in shape.items():
        name = f"{path}.{key}" if path else key
        if key not in value:
            yield f"{name}: absent"
        else:
            yield from _differences(value[key], inner, name)
    for key in value.keys() - shape.keys():
        name = masked(key)
        yield f"{path}.{name}: new" if path else f"{name}: new"


def _of_type(value: object, shape: str, place: str) -> Iterator[str]:
    wanted = shape.rstrip("?")
    if wanted == _ANY or (value is None and shape.endswith("?")):
        return
    if _type(value) != wanted:
        yield f"{place}: {_type(value)}, not {wanted}"


def _type(value: object) -> str:
    return _TYPES.get(type(value)) or ("array" if isinstance(value, list) else "object")
