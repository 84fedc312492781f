"""From a machine code to a sentence for the user, and what to do next.

``codabox.errors`` and the importers only know codes and facts. Here, and nowhere else, a code
becomes words, in the language of whoever reads: reasons are stored as code and facts, so a Dutch
user reads Dutch even when the night run spoke English.

Each module has the sentences of one subject: code -> function of the facts giving the sentence.
``calls.py``: CodaBox does not answer. ``documents.py``: of any kind. ``statements.py``: what holds a
bank statement back (closed period, account, balance); ``coda.py``: a file that breaks the standard.
``soda.py``: payroll. ``invoices.py``, ``bills.py`` (drafts), ``sales.py`` (cards and expense notes
too). ``mandate.py``, ``order.py`` and ``sending.py``. ``creating.py``: companies that are made. ``formats.py``: dates, amounts and account
numbers as the reader writes them.
Every sentence says what is wrong, where, and what to do. Facts that are missing show as an empty
string, never as an error.
"""

from collections import defaultdict

from .bills import BILL_REASONS
from .calls import CALL_REASONS, told_code
from .coda import in_words
from .companies import company_fact, company_words, named_companies
from .creating import CREATE_REASONS
from .documents import DOCUMENT_REASONS
from .formats import in_formats
from .invoices import INVOICE_REASONS, invoice_words
from .mandate import MANDATE_REASONS
from .order import CHECKS, RESULTS
from .sales import SALE_REASONS
from .sending import SENDING_REASONS
from .soda import SODA_REASONS, soda_words
from .statements import STATEMENT_REASONS

__all__ = ["REASONS", "company_fact", "explain", "named_companies"]

REASONS = {
    **CALL_REASONS,
    **DOCUMENT_REASONS,
    **STATEMENT_REASONS,
    **SODA_REASONS,
    **INVOICE_REASONS,
    **BILL_REASONS,
    **SALE_REASONS,
    **MANDATE_REASONS,
    **RESULTS,
    **CHECKS,
    **SENDING_REASONS,
    **CREATE_REASONS,
}

# Codes of codabox.errors that say the same to a user.
ALIASES = {
    "bad_argument": "bad_answer",  # an identifier of CodaBox that cannot stand in an address
    "bad_content_type": "bad_answer",
    "bad_encoding": "bad_answer",
    "bad_field": "bad_answer",
    "bad_file": "bad_answer",
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
    code = told_code(code, known)
    sentence = REASONS.get(ALIASES.get(code, code))
    if sentence is None and "record" in known:
        sentence = REASONS["broken_content"]
    known = company_words(env, known)
    known = in_formats(env, invoice_words(code, soda_words(in_words(code, known))))
    if sentence is None:
        text = ", ".join(f"{key}: {value}" for key, value in sorted(known.items()))
        return env._("Error “%(code)s” (%(facts)s).", code=code, facts=text)
    return env._(sentence(defaultdict(str, known)))
