"""From a machine code to a sentence for the user, and what to do next.

``codabox.errors`` and the importers only know codes and facts. Here, and nowhere else, a code
becomes words, in the language of whoever reads: reasons are stored as code and facts, so a Dutch
user reads Dutch even when the night run spoke English.
"""

from collections import defaultdict

from odoo.tools import LazyTranslate

from .exceptions_coda import in_words
from .exceptions_mandate import MANDATE_REASONS
from .exceptions_order import CHECKS, RESULTS
from .exceptions_soda import SODA_REASONS, soda_words

_lt = LazyTranslate(__name__)

# code -> function of the facts giving the sentence. Every sentence says what is wrong, where, and
# what to do. Facts that are missing show as an empty string, never as an error.
REASONS = {
    # --- reaching CodaBox -------------------------------------------------------------------
    "timeout": lambda f: _lt(
        "CodaBox did not answer in time. Nothing is lost; the next run tries again."
    ),
    "network": lambda f: _lt(
        "CodaBox could not be reached. Check the internet connection of this server; the next run tries again."
    ),
    "tls": lambda f: _lt(
        "The secure connection to CodaBox was refused. Ask your system administrator to check the certificates of this server."
    ),
    "redirect": lambda f: _lt(
        "CodaBox sent this call to another host, which is refused. Check the address in the connection."
    ),
    "too_large": lambda f: _lt(
        "The file is larger than this software accepts. Ask CodaBox for a smaller one, or give up this entry."
    ),
    "truncated": lambda f: _lt("The file arrived incomplete. The next run asks for it again."),
    "bad_answer": lambda f: _lt(
        "CodaBox gave an answer that cannot be read. The next run tries again."
    ),
    "server_error": lambda f: _lt(
        "CodaBox has a problem (%(status)s). The next run tries again.", status=f["status"]
    ),
    "rate_limited": lambda f: _lt(
        "CodaBox asks to wait before the next call. The next run takes this into account."
    ),
    "unauthorized": lambda f: _lt(
        "CodaBox does not accept the user and password any more. Connect again with a new token."
    ),
    "forbidden": lambda f: _lt(
        "CodaBox refuses this: %(detail)s Check with CodaBox what this connection may see.",
        detail=f["detail"],
    ),
    "not_found": lambda f: _lt(
        "CodaBox does not have this (any more). Ask CodaBox to deliver it again, or give up this entry."
    ),
    "rejected": lambda f: _lt("CodaBox refused: %(detail)s", detail=f["detail"]),
    "token_refused": lambda f: _lt(
        "CodaBox does not know this token. A token works once, and a newer token replaces an older one: ask for a new token."
    ),
    "not_connected": lambda f: _lt(
        "This connection has no user and password yet. Connect it with a token."
    ),
    "server_has_user": lambda f: _lt(
        "This server already holds a user and password for CodaBox, which go before those of a token. Remove CODABOX_USERNAME and CODABOX_PASSWORD from its configuration, then connect again."
    ),
    "neutralized": lambda f: _lt("This is a copy of a database: it may not talk to CodaBox."),
    "base_url": lambda f: _lt(
        "The address %(url)s cannot be used: it must start with https://.", url=f["url"]
    ),
    "insecure_url": lambda f: _lt(
        "The address of this connection cannot be used: it must start with https://."
    ),
    "bad_setting": lambda f: _lt(
        "The address or the software key of this connection cannot be used. Correct it in the connection."
    ),
    "not_available": lambda f: _lt(
        "CodaBox lists this document but does not give its file (%(detail)s). The next run asks again; later documents are not blocked. If it never comes: give up this entry.",
        detail=f["detail"],
    ),
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
    # --- CODA -------------------------------------------------------------------------------
    "unknown_account": lambda f: _lt(
        "%(company)s has no bank journal for account %(account)s in %(currency)s. Create the journal, link an existing one, or ignore this account.",
        company=f["company"],
        account=f["account"],
        currency=f["currency"],
    ),
    "account_elsewhere": lambda f: _lt(
        "Account %(account)s is not in %(company)s but in %(other)s. It is not booked: check the company of this client, or the account of the journal.",
        account=f["account"],
        company=f["company"],
        other=f["other"],
    ),
    "journal_archived": lambda f: _lt(
        "The bank journal %(journal)s of account %(account)s is archived. Activate it, then retry.",
        journal=f["journal"],
        account=f["account"],
    ),
    "ignored_account": lambda f: _lt(
        "Account %(account)s is ignored since %(date)s by %(user)s: %(reason)s The statement is kept. Release it to book it all the same, or lift the ignored account.",
        account=f["account"],
        date=f["date"],
        user=f["user"],
        reason=f["reason"],
    ),
    "several_journals": lambda f: _lt(
        "Account %(account)s in %(currency)s stands on several bank journals: %(journals)s. Leave it on one, then retry.",
        account=f["account"],
        currency=f["currency"],
        journals=f["journals"],
    ),
    # Odoo's own names of the locks, as its settings show them.
    "closed_period": lambda f: _lt(
        "A movement of %(date)s is in a closed period: the Global Lock Date (fiscal year) is %(lock)s. The whole statement waits. Open the period, then retry, or book it on the first open day, %(open_day)s.",
        date=f["date"],
        lock=f["lock"],
        open_day=f["open_day"],
    ),
    "closed_for_good": lambda f: _lt(
        "A movement of %(date)s is in a closed period: the Hard Lock Date is %(lock)s, which cannot be undone. The whole statement waits. Book it on the first open day, %(open_day)s, or discard it.",
        date=f["date"],
        lock=f["lock"],
        open_day=f["open_day"],
    ),
    "balance_mismatch": lambda f: _lt(
        "Statement %(number)s does not add up: opening balance %(opening)s and movements of %(movements)s give %(expected)s, but the closing balance is %(found)s. Ask the bank for a correct file, or book it anyway.",
        number=f["number"],
        opening=f["opening"],
        movements=f["movements"],
        expected=f["expected"],
        found=f["found"],
    ),
    "no_suspense_account": lambda f: _lt(
        "The bank journal %(journal)s has no suspense account. Fill it in on the journal, then retry.",
        journal=f["journal"],
    ),
    "separate_application": lambda f: _lt(
        "This file repeats movements of the main statement (separate application %(number)s). It is kept and not booked, so that no money is counted twice.",
        number=f["number"],
    ),
    "empty_statement": lambda f: _lt("A statement without movements: nothing to book."),
    "same_statement": lambda f: _lt(
        "This statement was already received: see %(original)s. Nothing was booked twice.",
        original=f["original"],
    ),
    "corrected_statement": lambda f: _lt(
        "Statement %(number)s of account %(account)s (%(first)s to %(last)s) is here already with other content. In the books: %(old_balances)s in %(old_count)s movements, see %(old)s. New: %(new_balances)s in %(new_count)s movements. Compare both, then keep the old one or replace it by the new one.",
        number=f["number"],
        account=f["account"],
        first=f["first"],
        last=f["last"],
        old=f["old"],
        old_balances=f["old_balances"],
        old_count=f["old_count"],
        new_balances=f["new_balances"],
        new_count=f["new_count"],
    ),
    "correction_refused": lambda f: _lt(
        "%(user)s keeps the earlier content of this statement: see %(old)s. This one is not booked.",
        user=f["user"],
        old=f["old"],
    ),
    "correction_replaced": lambda f: _lt(
        "%(user)s replaced this statement by its corrected content: see %(new)s.",
        user=f["user"],
        new=f["new"],
    ),
    "already_typed": lambda f: _lt(
        "Statement %(number)s brings what seems to be on %(journal)s already, typed or imported another way (movements: %(count)s; the first: %(amount)s on %(date)s, “%(label)s”). Compare them, then adopt the lines into the statement or book the movements as new.",
        number=f["number"],
        count=f["count"],
        journal=f["journal"],
        amount=f["amount"],
        date=f["date"],
        label=f["label"],
    ),
    "overlapping_statement": lambda f: _lt(
        "Statement %(number)s covers days of %(journal)s that are booked already with %(others)s (movements that seem to be the same: %(count)s). Compare them, then keep what is in the books or adopt it into this statement.",
        number=f["number"],
        journal=f["journal"],
        others=f["others"],
        count=f["count"],
    ),
    "statement_taken_over": lambda f: _lt(
        "Its movements are part of another statement now: see %(new)s. Undo that import to have this one back.",
        new=f["new"],
    ),
    "typed_on_account": lambda f: _lt(
        "Typed directly on %(account)s, with the amount of a movement of this statement: %(entries)s. If it is the same money, reverse that entry; the statement is complete as it is.",
        account=f["account"],
        entries=f["entries"],
    ),
    "opening_difference": lambda f: _lt(
        "Statement %(number)s is the first of %(journal)s and opens with %(opening)s on %(date)s, but the ledger then holds %(ledger)s: a difference of %(difference)s. Three ways out: make the opening entry of the bank account; ask CodaBox for the earlier statements if some are missing; or remove what was typed twice before that day. Nothing was booked for the difference.",
        number=f["number"],
        journal=f["journal"],
        opening=f["opening"],
        date=f["date"],
        ledger=f["ledger"],
        difference=f["difference"],
    ),
    "gap_before": lambda f: _lt(
        "%(gap)s: %(before)s closes with %(closing)s, but %(number)s opens with %(opening)s. Ask CodaBox to deliver what is missing again.",
        gap=f["gap"],
        before=f["before"],
        closing=f["closing"],
        number=f["number"],
        opening=f["opening"],
    ),
    "gap_in_numbers": lambda f: _lt(
        "%(gap)s between %(before)s and %(number)s. The balances agree: probably a statement without movements.",
        gap=f["gap"],
        before=f["before"],
        number=f["number"],
    ),
    # --- SODA -------------------------------------------------------------------------------
    **SODA_REASONS,
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
    "disconnected": lambda f: _lt("Disconnected by %(user)s.", user=f["user"]),
    # --- anything unforeseen ----------------------------------------------------------------
    "unexpected": lambda f: _lt(
        "Something unforeseen went wrong while booking: %(error)s Retry; if it stays, send this text to your administrator.",
        error=f["error"],
    ),
}
REASONS.update({**RESULTS, **CHECKS})

REASONS.update(MANDATE_REASONS)

# Codes of codabox.errors that say the same to a user.
ALIASES = {
    "bad_argument": "bad_answer",  # an identifier of CodaBox that cannot stand in an address
    "bad_content_type": "bad_answer",
    "bad_encoding": "bad_answer",
    "bad_field": "bad_answer",
    "bad_json": "bad_answer",
    "bad_request": "rejected",
    "empty_file": "bad_answer",
}


def explain(env, code, facts=None):
    """Return the sentence for a code in the language of ``env``.

    :param env: environment whose language is used.
    :param str code: code of a reason or of a ``codabox.errors`` error.
    :param dict facts: named facts of that code.
    :return: the sentence; an unknown code stays readable and shows its facts.
    :rtype: str
    """
    if not code:
        return ""
    known = {key: value for key, value in (facts or {}).items() if value is not None}
    sentence = REASONS.get(ALIASES.get(code, code))
    if sentence is None and "record" in known:
        sentence = REASONS["broken_content"]
    known = soda_words(in_words(code, known))
    if sentence is None:
        text = ", ".join(f"{key}: {value}" for key, value in sorted(known.items()))
        return env._("Error “%(code)s” (%(facts)s).", code=code, facts=text)
    return env._(sentence(defaultdict(str, known)))
