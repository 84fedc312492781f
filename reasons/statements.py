"""The sentences about bank statements: what holds one back, and what to do."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

STATEMENT_REASONS = {
    "too_long": lambda f: _lt(
        "This file has %(count)s movements: Odoo would stop before they are booked. Have these time limits of the server raised (%(limits)s seconds), then retry.",
        count=f["count"],
        limits=f["limits"],
    ),
    "unknown_account": lambda f: _lt(
        "%(company)s has no bank journal for account %(account)s in %(currency)s. Create the journal, link an existing one, or ignore this account.",
        company=f["company"],
        account=f["account"],
        currency=f["currency"],
    ),
    "foreign_statement": lambda f: _lt(
        "Statement %(number)s of account %(account)s is for enterprise %(found)s, but %(company)s has enterprise number %(expected)s. Only this one waits. If the account is its own (a merger, an old number at the bank), choose “It is ours”; else check the company of this client, or tell CodaBox.",
        number=f["number"],
        account=f["account"],
        found=f["found"],
        company=f["company"],
        expected=f["expected"],
    ),
    "foreign_statement_upload": lambda f: _lt(
        "Statement %(number)s of account %(account)s is for enterprise %(found)s, but %(company)s has enterprise number %(expected)s. Only this one waits. If the account is its own (a merger, an old number at the bank), choose “It is ours”; else upload it on a bank journal of its own company.",
        number=f["number"],
        account=f["account"],
        found=f["found"],
        company=f["company"],
        expected=f["expected"],
    ),
    "gone_home": lambda f: _lt(
        "Statement %(number)s of account %(account)s is of %(company)s. It went there: see %(document)s.",
        number=f["number"],
        account=f["account"],
        company=f["company"],
        document=f["document"],
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
    "moved_day": lambda f: _lt(
        "A movement of statement %(number)s is dated %(date)s, before the statement begins: it would be booked on %(open_day)s, in another book year or outside its closed period. The whole statement waits. Have it booked on that day, or ask the bank for a correct file.",
        number=f["number"],
        date=f["date"],
        open_day=f["open_day"],
    ),
    "no_rate": lambda f: _lt(
        "Odoo has no rate for %(currency)s: statement %(number)s of %(journal)s would be booked one for one. Fill in a rate under Accounting > Configuration > Currencies, then retry.",
        currency=f["currency"],
        number=f["number"],
        journal=f["journal"],
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
        "This document was already received: see %(original)s. Nothing was booked twice.",
        original=f["original"],
    ),
    "same_in_file": lambda f: _lt(
        "Statement %(number)s stands twice in this file, with the same references and texts. It was booked once.",
        number=f["number"],
    ),
    "another_version": lambda f: _lt(
        "Statement %(number)s of account %(account)s (%(date)s) is here already with the same amounts, but the bank says other things of them (movements with details: %(old_count)s in the books, %(new_count)s new). See %(old)s. Compare both, then replace it, add the details to what is in the books, or book both.",
        number=f["number"],
        account=f["account"],
        date=f["date"],
        old=f["old"],
        old_count=f["old_count"],
        new_count=f["new_count"],
    ),
    "version_unseen": lambda f: _lt(
        "It has the same amounts as %(original)s, but the bank says other things of them; until now this counted as received twice. Release it to compare both.",
        original=f["original"],
    ),
    "original_undone": lambda f: _lt(
        "The same as %(original)s, of which the import was undone. Release it to book it from here.",
        original=f["original"],
    ),
    "corrected_statement": lambda f: _lt(
        "Statement %(number)s of account %(account)s (%(first)s to %(last)s) is here already with other content. In the books: %(old_balances)s (movements: %(old_count)s), see %(old)s. New: %(new_balances)s (movements: %(new_count)s). Compare both, then keep the old one or replace it by the new one.",
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
    "ledger_differs": lambda f: _lt(
        "From statement %(number)s on, the ledger differs from the bank by %(difference)s. Show the ledger, and look for an entry typed by hand, a bank line that was changed or removed, or a statement that is missing.",
        number=f["number"],
        difference=f["difference"],
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
}
