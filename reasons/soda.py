"""Sentences about payroll documents; ``reasons`` shows them like all others."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Code of a refusal of ``codabox.soda`` -> what should have stood there; others name an element.
EXPECTED = {
    "bad_amount": _lt("an amount with two decimals"),
    "bad_currency": _lt("EUR"),
    "bad_period": _lt("a month as YYYYMM"),
    "bad_xml": _lt("correct XML"),
    "forbidden_dtd": _lt("a file without document type"),
    "repeated_element": _lt("this element only once"),
    "unexpected_element": _lt("no payroll lines in this place"),
}

# code -> function of the facts giving the sentence. None of them quotes a label of the file: that
# may name a person.
SODA_REASONS = {
    # --- what keeps a payroll out of the books -----------------------------------------------
    "not_soda": lambda f: _lt(
        "This is not a payroll file in SODA format: expected %(expected)s, found %(found)s. The file is kept as it came. Ask CodaBox, or the social secretariat, for a new file.",
        expected=f["expected"],
        found=f["found"],
    ),
    "broken_payroll": lambda f: _lt(
        "Line %(record)s of the payroll file, %(field)s: expected %(expected)s, found %(found)s. Nothing was booked; the file is kept as it came. Ask CodaBox, or the social secretariat, for a new file.",
        record=f["record"],
        field=f["field"],
        expected=f["expected"],
        found=f["found"],
    ),
    "no_enterprise": lambda f: _lt(
        "The payroll %(payroll)s does not say for which enterprise it is. It is not booked: ask the social secretariat for a complete file.",
        payroll=f["payroll"],
    ),
    "payroll_of_nobody": lambda f: _lt(
        "The payroll %(payroll)s is for enterprise %(found)s, which is no company here. It is not booked: fill in the enterprise number of that company, then retry, or discard the document.",
        payroll=f["payroll"],
        found=f["found"],
    ),
    "payroll_company_twice": lambda f: _lt(
        "The payroll %(payroll)s is for enterprise %(found)s, which is the number of several companies: %(companies)s. Leave it on one, then retry.",
        payroll=f["payroll"],
        found=f["found"],
        companies=f["companies"],
    ),
    "payroll_currency": lambda f: _lt(
        "A payroll is in EUR, but %(company)s keeps its books in %(currency)s. It is not booked.",
        company=f["company"],
        currency=f["currency"],
    ),
    "no_payroll_suspense": lambda f: _lt(
        "%(company)s has no suspense account for payroll. Choose one in the CodaBox settings, then retry.",
        company=f["company"],
    ),
    "payroll_closed_period": lambda f: _lt(
        "The payroll entry of %(date)s is in a closed period: the Global Lock Date (fiscal year) is %(lock)s. Open the period, then retry, or book it on the first open day, %(open_day)s.",
        date=f["date"],
        lock=f["lock"],
        open_day=f["open_day"],
    ),
    "payroll_closed_for_good": lambda f: _lt(
        "The payroll entry of %(date)s is in a closed period: the Hard Lock Date is %(lock)s, which cannot be undone. Book it on the first open day, %(open_day)s, or discard it.",
        date=f["date"],
        lock=f["lock"],
        open_day=f["open_day"],
    ),
    "corrected_payroll": lambda f: _lt(
        "Is this a corrected file? The payroll %(payroll)s is in the books already with other content: total %(old_total)s, see %(old)s. New: total %(new_total)s. Keep the old one, or replace it by the new one.",
        payroll=f["payroll"],
        old=f["old"],
        old_total=f["old_total"],
        new_total=f["new_total"],
    ),
    "same_payroll": lambda f: _lt(
        "This payroll was already received: see %(original)s. Nothing was booked twice.",
        original=f["original"],
    ),
    "empty_payroll": lambda f: _lt("All amounts of this payroll are zero: nothing to book."),
    "payroll_deleted": lambda f: _lt(
        "The payroll entry was deleted by %(user)s. Retry books it again; discard keeps it out.",
        user=f["user"],
    ),
    "payroll_kept": lambda f: _lt(
        "%(user)s keeps the earlier content of this payroll: see %(old)s. This one is not booked.",
        user=f["user"],
        old=f["old"],
    ),
    "payroll_replaced": lambda f: _lt(
        "%(user)s replaced this payroll by its corrected content: see %(new)s.",
        user=f["user"],
        new=f["new"],
    ),
    # --- what an accountant should know of an entry that is booked ----------------------------
    "payroll_unmapped": lambda f: _lt(
        "Payroll codes without account, on the suspense account: %(codes)s.",
        codes=f["codes"],
    ),
    "payroll_unbalanced": lambda f: _lt(
        "The file does not balance: debits %(debit)s, credits %(credit)s. The difference of %(difference)s is on the suspense account. Ask the social secretariat before you post.",
        debit=f["debit"],
        credit=f["credit"],
        difference=f["difference"],
    ),
    "payroll_unknown_elements": lambda f: _lt(
        "The file holds what this version does not read; it was not imported: %(paths)s.",
        paths=f["paths"],
    ),
    "payroll_unknown_amount": lambda f: _lt(
        "The file holds amounts in places that this version does not read. Compare the entry with the PDF before you post."
    ),
    "payroll_unknown_version": lambda f: _lt(
        "The file has version %(version)s of SODA, which is not known here. Compare the entry with the PDF before you post.",
        version=f["version"],
    ),
    "payroll_grouped_amount": lambda _f: _lt(
        "The file writes amounts as 1.234,56. They were read as such; compare the totals with the PDF."
    ),
    "payroll_wrong_encoding": lambda _f: _lt(
        "The file is not in the encoding that it names. Amounts are not concerned; letters with accents may be wrong."
    ),
    "payroll_same_month": lambda f: _lt(
        "Another payroll of %(secretariat)s for the same month is booked already: %(moves)s.",
        secretariat=f["secretariat"],
        moves=f["moves"],
    ),
    "payroll_open_day": lambda f: _lt(
        "Dated %(date)s by its month; that period is closed, so it is booked on %(open_day)s.",
        date=f["date"],
        open_day=f["open_day"],
    ),
    "payroll_typed_before": lambda f: _lt(
        "%(moves)s of the same month already has the same totals on 62, 453, 454 and 455. Was this payroll typed by hand? It is not posted automatically.",
        moves=f["moves"],
    ),
    "payroll_not_posted": lambda f: _lt(
        "Everything is mapped, but the entry could not be posted: %(error)s", error=f["error"]
    ),
}


def soda_words(facts):
    """Return the facts of a refused payroll file with the expectation in words.

    :param dict facts: ``problem`` (code of the ``FormatError``) and ``expected`` among others.
    :rtype: dict
    """
    problem = facts.get("problem")
    return {**facts, "expected": EXPECTED[problem]} if problem in EXPECTED else facts
