"""What a person enters in MyCodaBox, which the API then shows: the way to order without its calls.

Nothing is refused here: MyCodaBox itself is not what the sandbox is for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..belgian import clean_iban, enterprise_number
from . import const, orders
from .lifecycle import SIGNED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .resources import Json
    from .state import World


def enter_order(
    world: World,
    enterprise_num: str,
    *,
    client_code: str = "",
    name: str = "",
    contact_email: str = "",
    language: str = "nl",
    ibans: Sequence[str] = (),
    secretariats: Sequence[str] = (),
    purchase_invoices: bool = False,
    pod_id: int = const.POD_ID,
    root: str = "http://127.0.0.1/sign/",
) -> Json:
    """Order for a client, who is made when the office does not have him, and give him.

    :param enterprise_num: in any spelling.
    :param root: where the signing pages are, with a slash at the end.
    """
    with world.lock:
        number = enterprise_number(enterprise_num)
        office = world.fiduciaries[world.pods[pod_id].fiduciary_ids[0]]
        client = _known(world, pod_id, number) or orders.create_client(
            world,
            world.pods[pod_id],
            office,
            {"client_code": client_code, "contact_email": contact_email, "language": language},
            {"name": name, "enterprise_num": number},
        )
        if ibans:
            orders.order_coda(client, office, [clean_iban(iban) for iban in ibans], None, root)
        signed = any(mandate["state"] in SIGNED for mandate in client["coda_mandates"])
        for slug in secretariats:
            orders.order_social(client, slug, "requested" if signed else "not-signed")
        if purchase_invoices:
            orders.order_purchase_invoices(client, {"representative_email": contact_email})
        return client


def _known(world: World, pod_id: int, number: str) -> Json | None:
    for feed in world.feeds.values():
        found = enterprise_number(feed.client["legal_entity"]["enterprise_num"])
        if feed.pod_id == pod_id and found == number:
            return feed.client
    return None
