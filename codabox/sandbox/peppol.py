"""The Peppol sender extension of the old platform, as one client used it (API 8.2).

Observed: paths, the licence, the form of an upload. Not recorded, so invented: what the answers
hold beyond their status, and every refusal. Licences are made by resellers, whose calls are not
here: a company has one from the start, ``World.configure_licence`` changes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..belgian import enterprise_number
from . import invoice_checks
from .routes import Call, Refusal, Route, answer, not_found

if TYPE_CHECKING:
    from werkzeug import Response


def list_licences(call: Call) -> Response:
    """``GET peppol/licences/`` (row 2): a bare array with the company's own one."""
    licence = call.my_pod().licence
    return answer([licence] if licence else [])


def upload(call: Call, licence_id: str) -> Response:
    """``POST peppol/licences/{id}/upload/`` (row 7).

    The same invoice is taken as often as it comes: that the real one refuses it was never seen.
    """
    pod = call.my_pod()
    if not pod.licence or pod.licence["id"] != licence_id:
        raise not_found()
    if pod.licence["state"] != "active":
        raise Refusal(403, {"detail": "This licence is not active."})
    name, content = invoice_checks.uploaded(call)
    call.world.take_upload(pod, name, content, invoice_checks.facts(content))
    return answer({})


def check_presence(call: Call) -> Response:
    """``POST peppol/receiver/check-presence/`` (row 6): who is a client of any office is there."""
    call.my_pod()
    body = call.body()
    call.text(body, "scheme_id")
    number = enterprise_number(call.text(body, "value"))
    return answer({"present": bool(call.world.office_feeds(number))})


ROUTES: Final = (
    Route("peppol/licences/", {"GET": list_licences}),
    Route("peppol/licences/<licence_id>/upload/", {"POST": upload}),
    Route("peppol/receiver/check-presence/", {"POST": check_presence}),
)
