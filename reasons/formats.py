"""Dates, amounts and account numbers of a fact, as the reader writes them.

Facts are kept as the machine has them: ``2026-11-27``, ``8491.70``, ``BE68539007547034``. Here they
become what stands in the lists beside the sentence. Only a fact that is nothing else is changed;
what others wrote (numbers of invoices, texts, quotes) stays as they wrote it.
"""

import re
from datetime import date

from odoo.tools.misc import format_date, get_lang

from ..codabox import clean_iban, grouped_iban, iban_problem

# Facts that quote: a number of an invoice may look like a date or an amount.
QUOTES = {
    "code", "detail", "error", "file", "invoice", "invoices", "label", "line", "message", "model",
    "name", "number", "numbers", "original", "record", "reference", "text", "url", "version",
}  # fmt: skip

_AMOUNT = re.compile(r"-?\d{1,13}\.(\d{2,3})")


def in_formats(env, facts):
    """Return facts with their dates, amounts and account numbers in the language of ``env``.

    :param env: environment whose language is used.
    :param dict facts: named facts of a reason.
    :rtype: dict
    """
    return {
        key: _in_format(env, value) if isinstance(value, str) and key not in QUOTES else value
        for key, value in facts.items()
    }


def _in_format(env, text):
    if day := _day(text):
        return format_date(env, day)
    if amount := _AMOUNT.fullmatch(text):
        # Not by formatLang, which rounds the largest amounts of the CODA standard to the unit.
        lang = env["res.lang"].browse(get_lang(env).id)
        return lang.format(f"%.{len(amount[1])}f", float(text), grouping=True)
    # Belgian ones: elsewhere a VAT number may look like the number of an account.
    if not iban_problem(text):
        return grouped_iban(clean_iban(text))
    return text


def _day(text):
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
