"""Sentences about invoices of every kind; ``reasons`` shows them like all others."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Code of a refusal of ``codabox.ubl`` -> what should have stood there.
EXPECTED = {
    "bad_amount": _lt("a number"),
    "bad_currency": _lt("one currency, as three letters"),
    "bad_date": _lt("a date as YYYY-MM-DD"),
    "bad_encoding": _lt("readable text"),
    "bad_xml": _lt("correct XML"),
    "forbidden_dtd": _lt("a file without document type"),
    "missing_element": _lt("this element, filled in"),
    "repeated_element": _lt("this element only once"),
    "too_large": _lt("a smaller file"),
}

# Element of UBL -> how people call it; others keep their name, which tells the supplier more.
FIELDS = {
    "DocumentCurrencyCode": _lt("currency"),
    "ID": _lt("number of the invoice"),
    "IssueDate": _lt("date of the invoice"),
    "LegalMonetaryTotal": _lt("totals"),
    "PayableAmount": _lt("amount to pay"),
    "TaxAmount": _lt("VAT"),
    "TaxExclusiveAmount": _lt("total without VAT"),
    "TaxInclusiveAmount": _lt("total with VAT"),
    "root": _lt("kind of document"),
}

# code -> function of the facts giving the sentence.
INVOICE_REASONS = {
    # --- the file -----------------------------------------------------------------------------
    "not_ubl": lambda f: _lt(
        "This is no electronic invoice (UBL): expected %(expected)s, found %(found)s. The file is kept as it came. Ask the supplier, or CodaBox, for a new one.",
        expected=f["expected"],
        found=f["found"],
    ),
    "broken_invoice": lambda f: _lt(
        "Line %(record)s of the electronic invoice, %(field)s: expected %(expected)s, found %(found)s. Nothing was booked; the file is kept as it came. Ask the supplier, or CodaBox, for a new one.",
        record=f["record"],
        field=f["field"],
        expected=f["expected"],
        found=f["found"],
    ),
    # --- what keeps it out of the books --------------------------------------------------------
    "no_addressee": lambda f: _lt(
        "The invoice gives no enterprise number or VAT number of the customer, only the name “%(name)s”. Is it for %(company)s? Say so, or discard it.",
        name=f["name"],
        company=f["company"],
    ),
    "no_invoice_journal": lambda f: _lt(
        "%(company)s has no journal for this kind of invoice. Create one, or choose one in the CodaBox settings, then retry.",
        company=f["company"],
    ),
    "invoice_journal_account": lambda f: _lt(
        "The journal %(journal)s has no default account, so lines would have none. Fill it in on the journal, then retry.",
        journal=f["journal"],
    ),
    "invoice_currency": lambda f: _lt(
        "The invoice is in %(currency)s, which is not active. Activate it under Accounting > Configuration > Currencies, then retry.",
        currency=f["currency"],
    ),
    "invoice_no_rate": lambda f: _lt(
        "The invoice is in %(currency)s, of which there is no exchange rate. Add one under Accounting > Configuration > Currencies, then retry.",
        currency=f["currency"],
    ),
    "own_sale": lambda f: _lt(
        "%(company)s itself is the supplier of this invoice for “%(customer)s”: it is a sale, made by the customer (self-billing) or by your own software. Book it as a sale?",
        company=f["company"],
        customer=f["customer"],
    ),
    "shared_vat": lambda f: _lt(
        "Who is “%(name)s”? Other partners have its VAT number, %(number)s, and an enterprise number of their own, as in a VAT group. The invoice gives no enterprise number. Choose the partner, or create it.",
        name=f["name"],
        number=f["number"],
    ),
    "partner_incomplete": lambda f: (
        _lt(
            "Who is “%(name)s”? No partner has the number on the invoice, %(number)s, and it is not one from which a partner can be made. Choose the partner.",
            name=f["name"],
            number=f["number"],
        )
        if f["number"]
        else _lt(
            "Who is “%(name)s”? The invoice gives no number, and a name alone does not tell. Choose the partner.",
            name=f["name"],
        )
    ),
    "partner_unknown": lambda f: _lt(
        "“%(name)s” (%(number)s) is not known in %(company)s, which wants to create partners by hand. Choose the partner, or create it.",
        name=f["name"],
        number=f["number"],
        company=f["company"],
    ),
    "known_invoice": lambda f: _lt(
        "This invoice is in the books already: %(invoice)s. It was not booked twice.",
        invoice=f["invoice"],
    ),
    "known_other_account": lambda f: _lt(
        "This invoice is in the books already, %(invoice)s, but this copy asks to be paid on %(iban)s. %(supplier)s was known with %(known)s. This may be fraud: call the supplier on a number that you know. Is it the same invoice?",
        invoice=f["invoice"],
        iban=f["iban"],
        supplier=f["supplier"],
        known=f["known"],
    ),
    "invoice_conflict": lambda f: _lt(
        "Invoice %(number)s of %(date)s, total %(total)s, may be in the books already with another date, total or number: %(invoices)s. Compare them: is it the same?",
        number=f["number"],
        date=f["date"],
        total=f["total"],
        invoices=f["invoices"],
    ),
    "pdf_conflict": lambda f: _lt(
        "This PDF has the number and the date of %(invoices)s. Compare them: is it the same invoice?",
        invoices=f["invoices"],
    ),
    "invoice_linked": lambda f: _lt(
        "%(user)s: this is %(invoice)s, which was in the books already.",
        user=f["user"],
        invoice=f["invoice"],
    ),
    "invoice_deleted": lambda f: _lt(
        "The invoice was deleted by %(user)s. Retry books it again; discard keeps it out.",
        user=f["user"],
    ),
    "expense_deleted": lambda f: _lt(
        "The expense was deleted. Retry books it again; discard keeps it out."
    ),
    # --- what an accountant should know of a draft ---------------------------------------------
    "partner_created": lambda f: _lt(
        "%(name)s was not known and was created from this invoice.", name=f["name"]
    ),
    "partner_archived": lambda f: _lt("The partner %(name)s is archived.", name=f["name"]),
    "invoice_open_day": lambda f: _lt(
        "The invoice is of %(date)s; that period is closed, so it is booked on %(open_day)s.",
        date=f["date"],
        open_day=f["open_day"],
    ),
    "followed_partner": lambda f: _lt(
        "“%(sender)s” is %(partner)s, as %(user)s decided before. CodaBox > Remembered answers undoes that.",
        sender=f["sender"],
        partner=f["partner"],
        user=f["user"],
    ),
    "followed_addressee": lambda f: _lt(
        "Invoices of “%(sender)s” for %(found)s are of this company, as %(user)s decided before. CodaBox > Remembered answers undoes that.",
        sender=f["sender"],
        found=f["found"],
        user=f["user"],
    ),
    "no_due_date": lambda f: _lt(
        "The invoice gives no due date: it is due %(days)s days after its date.", days=f["days"]
    ),
    "credit_of": lambda f: _lt(
        "The credit note is of invoice %(invoices)s and linked to it.", invoices=f["invoices"]
    ),
    "credit_of_several": lambda f: _lt(
        "The credit note names %(invoices)s. It is linked to none of them, since not one invoice alone was found.",
        invoices=f["invoices"],
    ),
    "credit_of_unknown": lambda f: _lt(
        "The credit note names invoice %(invoices)s, which is not in the books.",
        invoices=f["invoices"],
    ),
    "invoice_no_lines": lambda f: _lt(
        "The file has no invoice lines, only a total of %(total)s. Complete the draft with the PDF.",
        total=f["total"],
    ),
    "ubl_enterprise_numbers_differ": lambda f: _lt(
        "The invoice gives several enterprise numbers for one party: %(numbers)s. The first one was taken.",
        numbers=f["numbers"],
    ),
    "ubl_bad_attachment": lambda f: _lt(
        "A file inside the electronic invoice cannot be read. The invoice itself could."
    ),
    "ubl_bad_date": lambda f: _lt(
        "A date of the electronic invoice cannot be read (%(field)s) and was left out.",
        field=f["field"],
    ),
    "ubl_no_currency": lambda f: _lt(
        "The invoice does not say its currency; %(currency)s was taken.", currency=f["currency"]
    ),
    "ubl_total_derived": lambda f: _lt(
        "The invoice does not give all of its totals; the missing one was computed from the others."
    ),
    "invoice_prepaid": lambda f: _lt(
        "The invoice says that %(amount)s is paid already.", amount=f["amount"]
    ),
    "invoice_pdf_only": lambda f: _lt(
        "CodaBox has this invoice as PDF only: complete the draft by hand."
    ),
    "invoice_not_posted": lambda f: _lt(
        "The invoice could not be posted by itself: %(error)s", error=f["error"]
    ),
    "invoice_bad_iban": lambda f: _lt(
        "The account number %(iban)s on the invoice is not correct. It was not taken over.",
        iban=f["iban"],
    ),
    "first_iban": lambda f: _lt(
        "%(iban)s is the first account that is known of %(supplier)s. Check it before you pay.",
        iban=f["iban"],
        supplier=f["supplier"],
    ),
    # --- who receives --------------------------------------------------------------------------
    "peppol_twice": lambda f: _lt(
        "Both CodaBox and Odoo are to receive the Peppol invoices of %(company)s, but the network knows one receiver. Stop one of them: the purchase invoices at CodaBox, or receiving in the Peppol settings of Odoo.",
        company=f["company"],
    ),
    "peppol_taken": lambda f: _lt(
        "CodaBox receives the Peppol invoices of %(company)s. Do not register Odoo as receiver as well: the network knows one.",
        company=f["company"],
    ),
    # --- what must be looked at before it is posted --------------------------------------------
    "new_iban": lambda f: _lt(
        "New account number: %(supplier)s asks to be paid on %(iban)s, but was known with %(known)s. This may be fraud. Call the supplier on a number that you know before you post or pay.",
        supplier=f["supplier"],
        iban=f["iban"],
        known=f["known"],
    ),
}


def invoice_words(code, facts):
    """Return the facts of a refused invoice in words.

    :param str code: code of the reason.
    :param dict facts: ``problem`` (code of the ``FormatError``), ``field`` and ``expected``.
    :rtype: dict
    """
    if code not in ("broken_invoice", "not_ubl"):
        return facts
    field, problem = facts.get("field", ""), facts.get("problem")
    words = {**facts, "field": FIELDS.get(field, field)}
    return {**words, "expected": EXPECTED[problem]} if problem in EXPECTED else words
