"""Sentences about the company of a client: what stands in its way, and what its maker should look at."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

PROBLEMS = {
    "create_name_missing": lambda f: _lt(
        "CodaBox knows no name of this client. Fill it in here and create the company again."
    ),
    "create_number_missing": lambda f: _lt(
        "CodaBox knows no enterprise number of this client. Fill it in here and create the company again."
    ),
    "create_number_wrong": lambda f: _lt(
        "“%(number)s” is no Belgian enterprise number. Correct it here and create the company again.",
        number=f["number"],
    ),
    "create_number_other": lambda f: _lt(
        "CodaBox has enterprise number %(codabox)s for this client, not %(number)s. Take that one, or have CodaBox correct it.",
        number=f["number"],
        codabox=f["codabox"],
    ),
    "create_company_exists": lambda f: _lt(
        "%(company)s has enterprise number %(number)s already. Choose that company for this client. If you may not enter it, ask your administrator for access.",
        company=f["company"],
        number=f["number"],
    ),
    "create_has_company": lambda f: _lt(
        "This client is %(company)s meanwhile: there is nothing to create.", company=f["company"]
    ),
    "create_client_ended": lambda f: _lt(
        "CodaBox does not list this client any more. Ask CodaBox, or create the company by hand."
    ),
    "create_right_lost": lambda f: _lt(
        "%(user)s, who ordered this, may no longer have companies created. Somebody who may creates it again.",
        user=f["user"],
    ),
    "create_template_lost": lambda f: _lt(
        "The new company cannot be made like %(company)s any more: it has no chart of accounts, or whoever ordered this may not enter it. Cancel this and create it like another one.",
        company=f["company"],
    ),
    "create_refused": lambda f: _lt(
        "Odoo refuses this company: %(detail)s Correct it and create the company again.",
        detail=f["detail"],
    ),
}

NOTES = {
    "create_zip": lambda f: _lt(
        "Postal code “%(text)s” is no Belgian one: look at the address of the company.",
        text=f["text"],
    ),
    "create_language": lambda f: _lt(
        "The language of this client at CodaBox (%(text)s) is not installed in Odoo: choose one on the company.",
        text=f["text"],
    ),
    "create_payroll_readers": lambda f: _lt(
        "Nobody reads the payroll of this company yet: say on the client who does."
    ),
    "create_no_account": lambda f: _lt(
        "CodaBox knows no bank account of this client: a journal is made when its first statement comes."
    ),
    "create_account_missing": lambda f: _lt(
        "CodaBox has an account of this client without number: it has no journal."
    ),
    "create_account_invalid": lambda f: _lt(
        "“%(account)s” is no account number: it has no journal. Have CodaBox correct it.",
        account=f["account"],
    ),
    "create_account_foreign": lambda f: _lt(
        "Account %(account)s is not Belgian: CodaBox brings no statements of it, and it has no journal. Make one by hand if you need it.",
        account=f["account"],
    ),
    "create_account_archived": lambda f: _lt(
        "Account %(account)s is archived at CodaBox: it has no journal.", account=f["account"]
    ),
    "create_account_elsewhere": lambda f: _lt(
        "Account %(account)s has a journal in %(company)s, so it has none here. Find out whose it is before its statements come.",
        account=f["account"],
        company=f["company"],
    ),
    "create_currency_inactive": lambda f: _lt(
        "Account %(account)s in %(currency)s has no journal: activate the currency, and make the journal when its first statement waits for it.",
        account=f["account"],
        currency=f["currency"],
    ),
    "create_bank_unknown": lambda f: _lt(
        "The bank of account %(account)s is not known: its journal is named after the number only.",
        account=f["account"],
    ),
    "create_accounts_missing": lambda f: _lt(
        "Not in the chart of this company: accounts %(numbers)s. Payroll codes, rules and journals that use them were not taken over.",
        numbers=f["numbers"],
    ),
}

CREATE_REASONS = {**PROBLEMS, **NOTES}
