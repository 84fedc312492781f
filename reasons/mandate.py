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
    # --- a mandate --------------------------------------------------------------------------
    "mandate_gone": lambda f: _lt(
        "CodaBox does not list this mandate any more. What was received with it stays here."
    ),
    "mandate_archived_by": lambda f: _lt(
        "Archived by %(user)s: %(reason)s", user=f["user"], reason=f["reason"]
    ),
    # --- what a mandate asks of a person ----------------------------------------------------
    "todo_together": lambda f: _lt(
        "Many mandates need you: %(problem)s in problem, %(stuck)s that stand still for too long. This to-do closes by itself when none is left.",
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
