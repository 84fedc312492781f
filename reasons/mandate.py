"""The sentences about mandates: why a document is withheld, and what there is to do.

Part of ``reasons.REASONS``, which explains how a sentence is written.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

MANDATE_REASONS = {
    # --- a document that is withheld --------------------------------------------------------
    "mandate_missing": lambda f: (
        _lt(
            "There is no mandate for %(subject)s, so this document stays at CodaBox. Order the mandate: it comes in by itself once that is signed.",
            subject=f["subject"],
        )
        if f["subject"]
        else _lt(
            "There is no mandate for documents of this kind, so this one stays at CodaBox. Order the mandate: it comes in by itself once that is signed."
        )
    ),
    "mandate_not_signed": lambda f: (
        _lt(
            "The mandate for %(subject)s is not signed yet, so this document stays at CodaBox. It comes in by itself once the client signed.",
            subject=f["subject"],
        )
        if f["subject"]
        else _lt(
            "The client did not finish the mandate yet, so this document stays at CodaBox. It comes in by itself once the mandate is active."
        )
    ),
    "mandate_problem": lambda f: (
        _lt(
            "The mandate for %(subject)s has a problem: %(reason)s This document stays at CodaBox. Correct the problem and order a new mandate.",
            subject=f["subject"],
            reason=f["reason"],
        )
        if f["subject"] and f["reason"]
        else _lt(
            "The mandate for this document has a problem, so it stays at CodaBox. Correct the problem and order a new mandate."
        )
    ),
    "mandate_ended": lambda f: (
        _lt(
            "The mandate ended on %(ended)s and this document is later, so it stays at CodaBox. Order a new mandate, or give up this entry.",
            ended=f["ended"],
        )
        if f["ended"]
        else _lt(
            "The mandate ended, so this document stays at CodaBox. Order a new mandate, or give up this entry."
        )
    ),
    "client_archived": lambda f: _lt(
        "The client is archived at CodaBox, so this document stays there. Ask CodaBox to open the client again, or give up this entry."
    ),
    "after_book_until": lambda f: _lt(
        "The mission for this client ended on %(until)s and this document is later, or of a day that is not known, so it stays at CodaBox. Archive the mandates, or correct “Book until” of this client.",
        until=f["until"],
    ),
    "fetch_anyway": lambda f: _lt(
        "%(user)s has this document fetched all the same: %(reason)s",
        user=f["user"],
        reason=f["reason"],
    ),
    # --- what is not known, told once on the connection ---------------------------------------
    "mandate_unlisted": lambda f: (
        _lt(
            "CodaBox lists documents of %(client)s for %(subject)s, and no mandate for it. They are fetched: CodaBox lists them only after its own check. Compare the mandates. This is told once; other accounts are treated alike.",
            client=f["client"],
            subject=f["subject"],
        )
        if f["subject"]
        else _lt(
            "CodaBox lists documents of %(client)s, and no mandate for this kind. They are fetched: CodaBox lists them only after its own check. Compare the mandates. This is told once; other clients are treated alike.",
            client=f["client"],
        )
    ),
    "mandates_untold": lambda f: _lt(
        "CodaBox does not say which mandates %(client)s has. Its documents are fetched: CodaBox lists them only after its own check. This is told once; other clients are treated alike.",
        client=f["client"],
    ),
    "client_unseen": lambda f: _lt(
        "CodaBox does not show %(client)s with its mandates. Its documents are judged by the mandates that were seen last, and fetched where none was seen. This is told once; other clients are treated alike.",
        client=f["client"],
    ),
    "role_of_office": lambda f: _lt(
        "This connection is set as that of a company, but CodaBox shows other enterprises: these are the credentials of an accounting office. Each client is treated by its own mandates. Set the role to “Accounting office”."
    ),
    # --- a mandate --------------------------------------------------------------------------
    "mandate_gone": lambda f: _lt(
        "CodaBox does not list this mandate any more. What was received with it stays here."
    ),
    "mandate_archived_by": lambda f: _lt(
        "Archived by %(user)s: %(reason)s", user=f["user"], reason=f["reason"]
    ),
    # --- what a mandate asks of a person ----------------------------------------------------
    "todo_together": lambda f: _lt(
        "Many mandates need you. In problem: %(problem)s. Standing still for too long: %(stuck)s. This to-do closes by itself when none is left.",
        problem=f["problem"],
        stuck=f["stuck"],
    ),
    "todo_problem": lambda f: (
        _lt(
            "CodaBox reports a problem with %(mandate)s: %(reason)s Correct it, archive this mandate and order a new one.",
            mandate=f["mandate"],
            reason=f["reason"],
        )
        if f["reason"]
        else _lt(
            "CodaBox reports a problem with %(mandate)s without a reason. Ask CodaBox what is wrong.",
            mandate=f["mandate"],
        )
    ),
    "todo_expired": lambda f: _lt(
        "The client did not answer the invitation for %(mandate)s in time. Order it again.",
        mandate=f["mandate"],
    ),
    "todo_asked": lambda f: _lt(
        "%(mandate)s was asked by hand on %(since)s, and CodaBox does not list it yet. Ask CodaBox, or look in MyCodaBox whether it was entered. If it was never asked, press “It was not asked” on the mandate.",
        mandate=f["mandate"],
        since=f["since"],
    ),
    "todo_preparing": lambda f: _lt(
        "%(mandate)s is in preparation since %(since)s. Check at CodaBox whether the e-mail address of the client is filled in, and whether the bank delivers CODA.",
        mandate=f["mandate"],
        since=f["since"],
    ),
    "todo_to_sign": lambda f: _lt(
        "%(mandate)s waits for a signature since %(since)s. Remind the client, or send the link again.",
        mandate=f["mandate"],
        since=f["since"],
    ),
    "todo_signed": lambda f: _lt(
        "%(mandate)s was signed on %(since)s and CodaBox still checks it. Ask CodaBox.",
        mandate=f["mandate"],
        since=f["since"],
    ),
    "todo_requested": lambda f: _lt(
        "%(mandate)s was requested on %(since)s and is not confirmed. Ask the social secretariat, or CodaBox.",
        mandate=f["mandate"],
        since=f["since"],
    ),
    "todo_bank_or_office": lambda f: _lt(
        "%(mandate)s is with the bank since %(since)s. Ask the client: at KBC and CBC he must also activate CodaBox in the app of the bank; elsewhere the bank may wait for him.",
        mandate=f["mandate"],
        since=f["since"],
    ),
    "todo_delayed": lambda f: _lt(
        "The social secretariat is late with %(mandate)s since %(since)s. Ask the secretariat.",
        mandate=f["mandate"],
        since=f["since"],
    ),
    "todo_waiting_first_file": lambda f: _lt(
        "%(mandate)s waits for its first file since %(since)s. Ask the social secretariat whether it sent one.",
        mandate=f["mandate"],
        since=f["since"],
    ),
}
