"""What the demo's sandbox offers: every client with the documents that wait for it.

The same `until` gives the same files, byte for byte.
"""

import base64
import json
import urllib.request
from datetime import date

from codabox.sandbox import pdf
from codabox.sandbox.resources import stable_id
from demo import bank as demo_bank
from demo import invoices as demo_invoices
from demo import payroll as demo_payroll
from demo.clients import BAKERY, BICYCLES, FLORIST, STUDIO, Client, Delivery, working_days


def payroll(client: Client, content: demo_payroll.SodaFile) -> Delivery:
    """Return a payroll document."""
    return Delivery(
        f"SODA {client.code} {content.entries[0].period}", demo_payroll.files(content, pdf), "soda"
    )


def deliveries(until: date) -> list[tuple[Client, list[Delivery]]]:
    """Return every client with the documents that wait for it, up to the day before `until`."""
    days = working_days(until, 5)
    bicycles = demo_bank.bicycles_days(days)
    months = demo_payroll.months(until)
    return [
        (
            BAKERY,
            [
                *(demo_bank.delivery(file) for file in demo_bank.bakery_days(days)),
                *(
                    payroll(BAKERY, demo_payroll.bakery(BAKERY.number, month, place))
                    for place, month in enumerate(months, start=1)
                ),
                *demo_invoices.bakery(days),
            ],
        ),
        (
            BICYCLES,
            [
                # The last day of its own account is broken, as on a bad line.
                *(
                    demo_bank.delivery(file, broken=place == 3)
                    for place, file in enumerate(bicycles)
                ),
                payroll(BICYCLES, demo_payroll.bicycles(BICYCLES.number, months[-1])),
                *demo_invoices.bicycles(days),
            ],
        ),
        (
            STUDIO,
            [
                *(demo_bank.delivery(file) for file in demo_bank.studio_days(days)),
                *demo_invoices.studio(days),
            ],
        ),
        (FLORIST, [demo_bank.delivery(file) for file in demo_bank.florist_days(days)]),
    ]


# --- Sandbox -------------------------------------------------------------------------


def post(control: str, name: str, body: dict) -> dict:
    """Call one of the sandbox's control routes."""
    request = urllib.request.Request(
        f"{control}{name}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read() or b"{}")


def deliver(control: str, until: date) -> None:
    """Fill the sandbox, with the same identifiers every time."""
    post(control, "reset", {"seed_name": "empty"})
    for client, documents in deliveries(until):
        made = {"code": client.code, "name": client.name, "enterprise_num": f"BE{client.number}"}
        feed_id = post(control, "clients", {**made, "language": "nl"})["feed_id"]
        for document in documents:
            files = {name: base64.b64encode(raw).decode() for name, raw in document.files.items()}
            post(
                control,
                "documents",
                {
                    "feed_id": feed_id,
                    "model": document.model,
                    "files": files,
                    "feed_index": stable_id("demo", client.code, document.name),
                },
            )
