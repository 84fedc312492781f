"""The words of the CODA standard, for the sentences about a file that breaks it.

``codabox.coda`` names fields and expectations in the English of its code. Here they become words
in the language of the reader; what has no words yet is shown as it is.
"""

from collections import defaultdict

from odoo.tools import LazyTranslate

from .formats import in_formats

_lt = LazyTranslate(__name__)

# Field of ``codabox.coda.layout`` -> how an accountant calls it.
FIELDS = {
    "account": _lt("account number"),
    "account_structure": _lt("type of account number"),
    "amount": _lt("amount"),
    "created": _lt("creation date"),
    "date": _lt("date of the balance"),
    "detail": _lt("detail number"),
    "entry_date": _lt("entry date"),
    "number": _lt("statement number"),
    "original_amount": _lt("amount in the original currency"),
    "record_id": _lt("kind of line"),
    "sequence": _lt("movement number"),
    "sign": _lt("credit or debit"),
    "value_date": _lt("value date"),
    "version": _lt("version of the standard"),
}

# Code of a refusal -> what should have stood there; other codes expect a figure of the standard.
EXPECTED = {
    "bad_amount": _lt("15 digits"),
    "bad_date": _lt("a date as DDMMYY, or 000000"),
    "bad_number": _lt("only digits"),
    "bad_sign": _lt("0 (credit) or 1 (debit)"),
    "bad_account": _lt("0, 1, 2 or 3"),
    "unexpected_record": _lt("4 or 9"),
    "unknown_record": _lt("a kind of the standard"),
    "unsupported_version": _lt("1 or 2"),
}

# Found value of a refusal -> the same in words.
FOUND = {"end of file": _lt("the end of the file")}

# Code of a control that failed (``codabox.coda.checks``) -> sentence. Nothing here stops a file.
NOTICES = {
    "record_count": lambda f: _lt(
        "The file announces %(found)s lines, it has %(expected)s.",
        found=f["found"],
        expected=f["expected"],
    ),
    "debit_total": lambda f: _lt(
        "The file announces debits of %(found)s, they make %(expected)s.",
        found=f["found"],
        expected=f["expected"],
    ),
    "credit_total": lambda f: _lt(
        "The file announces credits of %(found)s, they make %(expected)s.",
        found=f["found"],
        expected=f["expected"],
    ),
    "new_balance": lambda f: _lt(
        "The closing balance is %(found)s; opening balance and movements make %(expected)s.",
        found=f["found"],
        expected=f["expected"],
    ),
    "detail_sum": lambda f: _lt(
        "The details make %(found)s, the movement they explain is %(expected)s. The movement is booked, not its details.",
        found=f["found"],
        expected=f["expected"],
    ),
    "account_changed": lambda f: _lt(
        "The closing balance is of account %(found)s, the opening balance of %(expected)s.",
        found=f["found"],
        expected=f["expected"],
    ),
    "balance_chain": lambda f: _lt(
        "The opening balance is %(found)s, the closing balance before it was %(expected)s.",
        found=f["found"],
        expected=f["expected"],
    ),
    "bad_number": lambda f: _lt("“%(found)s” stands where a number should be.", found=f["found"]),
    "orphan_record": lambda f: _lt(
        "A line of type %(found)s has nothing to continue; it is left out.", found=f["found"]
    ),
    "repeated_record": lambda _f: _lt(
        "A second line of the same type for one movement; only the first counts."
    ),
    "sequence_mismatch": lambda f: _lt(
        "Numbered %(found)s behind number %(expected)s; it is read as part of the line before it.",
        found=f["found"],
        expected=f["expected"],
    ),
    "orphan_detail": lambda f: _lt(
        "Detail %(found)s comes without the movement that it explains; it is booked by itself.",
        found=f["found"],
    ),
    "far_entry_date": lambda f: _lt(
        "The movement is dated %(found)s, in a statement of %(expected)s. Check its date.",
        found=f["found"],
        expected=f["expected"],
    ),
    "announced_statement": lambda _f: _lt(
        "The file announces another statement, and none follows. Ask the bank whether one is missing."
    ),
    "long_line": lambda f: _lt(
        "The line has %(found)s characters in place of %(expected)s; the rest is not read.",
        found=f["found"],
        expected=f["expected"],
    ),
}


def in_words(code, facts):
    """Return the facts of a refusal with the field and the expectation in words.

    :param str code: code of a ``FormatError``.
    :param dict facts: ``field``, ``expected`` and ``found`` among others.
    :rtype: dict
    """
    words = dict(facts)
    if "field" in facts:
        words["field"] = FIELDS.get(facts["field"], facts["field"])
    if code in EXPECTED and "expected" in facts:
        words["expected"] = EXPECTED[code]
    if facts.get("found") in FOUND:
        words["found"] = FOUND[facts["found"]]
    return words


def explain_notice(env, notice):
    """Return the sentence of a control that failed, in the language of ``env``.

    :param dict notice: ``record`` (line in the file), ``code``, ``message`` (English), and
        ``expected`` and ``found`` where the control compares.
    :rtype: str
    """
    sentence = NOTICES.get(notice["code"])
    known = {key: value for key, value in notice.items() if value is not None}
    facts = defaultdict(str, in_formats(env, known))
    message = env._(sentence(facts)) if sentence and "found" in notice else notice["message"]
    return env._("Line %(record)s: %(message)s", record=notice["record"], message=message)
