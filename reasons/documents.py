"""The sentences about documents of any kind: whose they are, broken, kept, undone."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

DOCUMENT_REASONS = {
    # --- routing ----------------------------------------------------------------------------
    "no_company": lambda f: _lt(
        "It is not known which company the client %(client)s is. Choose the company.",
        client=f["client"],
    ),
    "company_archived": lambda f: _lt(
        "The company %(company)s is archived. Activate it, or choose another company for this client.",
        company=f["company"],
    ),
    "foreign_enterprise": lambda f: _lt(
        "The document is for enterprise %(found)s, but %(company)s has enterprise number %(expected)s. It is not booked: check the company of this client, or tell CodaBox.",
        found=f["found"],
        company=f["company"],
        expected=f["expected"],
    ),
    "client_ended": lambda f: _lt(
        "CodaBox does not list this client any more. Its documents stay here."
    ),
    # --- broken content ---------------------------------------------------------------------
    "broken_content": lambda f: _lt(
        "Line %(record)s, %(field)s: expected %(expected)s, found %(found)s. The file is kept as it came. Ask CodaBox, or the bank, for a new file.",
        record=f["record"],
        field=f["field"],
        expected=f["expected"],
        found=f["found"],
    ),
    "not_recognised": lambda f: _lt(
        "This is not a bank statement in CODA format: expected %(expected)s, found %(found)s. The file is kept as it came. Ask CodaBox, or the bank, for a new file.",
        expected=f["expected"],
        found=f["found"],
    ),
    "no_readable_format": lambda f: _lt(
        "CodaBox gives this document only as %(formats)s, which cannot be booked. The files are kept.",
        formats=f["formats"],
    ),
    # --- kept -------------------------------------------------------------------------------
    "kind_not_booked": lambda f: _lt(
        "This kind of document is kept here and is not booked by this version."
    ),
    "unknown_kind": lambda f: _lt(
        "CodaBox calls this kind of document “%(model)s”, which this version does not know. The files are kept.",
        model=f["model"],
    ),
    "before_book_from": lambda f: _lt(
        "Dated %(date)s, before %(book_from)s, the first day to book for this client. Release it to book it all the same.",
        date=f["date"],
        book_from=f["book_from"],
    ),
    "undone": lambda f: _lt(
        "The import was undone by %(user)s. Retry books it again.", user=f["user"]
    ),
    "result_deleted": lambda f: _lt(
        "The bank statement was deleted by %(user)s. Retry books it again; discard keeps it out.",
        user=f["user"],
    ),
    "discarded": lambda f: _lt(
        "Discarded by %(user)s: %(reason)s", user=f["user"], reason=f["reason"]
    ),
    "given_up": lambda f: _lt(
        "Given up by %(user)s: %(reason)s", user=f["user"], reason=f["reason"]
    ),
    "disconnected": lambda f: _lt(
        "Disconnected by %(user)s. Only this software forgot its access: at CodaBox it stays open. Have it revoked in MyCodaBox, or by api@codabox.com. Mandates go on and may be charged: archive those that are no longer needed.",
        user=f["user"],
    ),
    # --- anything unforeseen ----------------------------------------------------------------
    "unexpected": lambda f: _lt(
        "Something unforeseen went wrong while booking: %(error)s Retry; if it stays, send this text to your administrator.",
        error=f["error"],
    ),
    "unforeseen": lambda f: _lt(
        "Something unforeseen went wrong: %(error)s Nothing is lost, and the next run tries again. If it stays, send %(reference)s to your administrator: the server's log says more under it.",
        error=f["error"],
        reference=f["reference"],
    ),
    "stopped_by": lambda f: _lt(
        "Stopped by %(user)s. The next run goes on with this client.", user=f["user"]
    ),
    "run_broke_off": lambda f: _lt("This run broke off; a later one went on with this client."),
}
