"""What a CodaBox refuses of an invoice that is sent to it (API 8.1 and 14, P7).

Texts are invented, except that of a duplicate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..belgian import enterprise_number
from ..const import MAX_INVOICE_BYTES
from .routes import Refusal
from .ubl_file import read

if TYPE_CHECKING:
    from .model import Pod, SalesInvoice
    from .routes import Call
    from .ubl_file import UblFile

FORM: Final = "multipart/form-data"


def uploaded(call: Call) -> tuple[str, bytes]:
    """Give name and content of the part ``file``, as Django REST framework would."""
    if call.request.mimetype != FORM:
        kind = call.request.headers.get("Content-Type", "")
        raise Refusal(415, {"detail": f'Unsupported media type "{kind}" in request.'})
    file = call.request.files.get("file")
    if file is None:
        raise Refusal(400, {"file": ["No file was submitted."]})
    content = file.read()
    if not content:
        raise Refusal(400, {"file": ["The submitted file is empty."]})
    if len(content) > MAX_INVOICE_BYTES:
        raise Refusal(413, {"detail": "The file is larger than 15 MB."})
    return file.filename or "", content


def facts(content: bytes) -> UblFile:
    """Read a UBL file, or refuse it."""
    try:
        return read(content)
    except ValueError as error:
        raise Refusal(400, {"file": [str(error)]}) from None


def check(call: Call, pod: Pod, found: UblFile) -> None:
    """Refuse what is no new invoice of this company with its PDF."""
    seller = enterprise_number(pod.enterprise_num)
    if found.seller != seller:
        raise Refusal(400, {"file": ["The seller is not the company of this connection."]})
    if found.pdf is None:
        raise Refusal(400, {"file": ["No PDF is embedded in the invoice."]})
    # A refused invoice may be sent again, and closes no year.
    taken = call.world.taken_invoices(seller)
    _check_new(found, taken)
    newest = max((sent.facts.issue_date.year for sent in taken), default=0)
    if call.world.settings.year_rule and found.issue_date.year < newest:
        text = f"Invoice {found.number} is too late: an invoice of {newest} was received already."
        raise Refusal(400, {"file": [text]})


def _check_new(found: UblFile, taken: list[SalesInvoice]) -> None:
    for sent in taken:
        if (sent.facts.number, sent.facts.type_code) == (found.number, found.type_code):
            detail = f"Invoice {found.number} was already received."
            raise Refusal(409, {"detail": detail, "id": sent.id})
