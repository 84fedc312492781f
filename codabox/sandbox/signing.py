"""The page behind ``twikey_url``: a browser reads what is signed and presses *Sign*.

It stands beside the API, as Twikey and CodaBox-sign do: no credentials, whoever has the address may
sign. It is neither logged nor hit by faults.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from werkzeug import Request, Response

from ..mandates.banks import bank_rule

if TYPE_CHECKING:
    from .model import Feed
    from .resources import Json
    from .state import World

PREFIX: Final = "/sign/"
_PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign a mandate - CodaBox sandbox</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ font: 16px sans-serif; max-width: 36em; margin: 3em auto; padding: 0 1em }}
button {{ font: inherit; padding: .6em 1.6em }}</style></head>
<body><h1>Sign a mandate</h1>{content}<p><small>CodaBox sandbox: nothing here is real.</small></p>
</body></html>
"""


def address(host_url: str) -> str:
    """Give where the pages are, from the address the API was called at."""
    return host_url.rstrip("/") + PREFIX


def handle(world: World, request: Request) -> Response:
    """Show the page of a mandate (GET), or sign it (POST)."""
    mandate_id = request.path[len(PREFIX) :].strip("/")
    with world.lock:
        try:
            feed, _kind, mandate = world.find_mandate(mandate_id)
        except LookupError:
            return _page("<p>There is no such mandate.</p>", 404)
        if not mandate.get("twikey_url"):
            return _page("<p>This mandate is not signed online.</p>", 404)
        if request.method == "POST":
            try:
                world.sign(mandate_id)
            except ValueError:
                return _page(_closed(mandate), 409)
            return _page('<p id="signed">Thank you. The mandate is signed.</p>')
        if mandate["state"] not in ("available-online", "sent-client"):
            return _page(_closed(mandate))
        return _page(_form(feed, mandate))


def _page(content: str, status: int = 200) -> Response:
    return Response(_PAGE.format(content=content), status, content_type="text/html; charset=utf-8")


def _closed(mandate: Json) -> str:
    state = escape(mandate["state"])
    return f'<p id="closed">There is nothing to sign: this mandate is <b>{state}</b>.</p>'


def _form(feed: Feed, mandate: Json) -> str:
    entity = feed.client["legal_entity"]
    rule = bank_rule(mandate["bank_id"])
    facts = {
        "Company": f"{entity['name']} ({entity['enterprise_num']})",
        "Bank": rule.name if rule else mandate["bank_id"],
        "Accounts": ", ".join(mandate["ibans"]),
        "Signed by": f"{entity['representative_name']}, {entity['representative_function']}",
    }
    rows = "".join(f"<dt>{name}</dt><dd>{escape(str(text))}</dd>" for name, text in facts.items())
    return f'<dl>{rows}</dl><form method="post"><button id="sign">Sign</button></form>'
