"""Sentences about invoices of every kind; ``exceptions`` shows them like all others."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

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
    "invoice_currency": lambda f: _lt(
        "The invoice is in %(currency)s, which is not active. Activate it under Accounting > Configuration > Currencies, then retry.",
        currency=f["currency"],
    ),
    "invoice_no_rate": lambda f: _lt(
        "The invoice is in %(currency)s, of which there is no exchange rate. Add one under Accounting > Configuration > Currencies, then retry.",
        currency=f["currency"],
    ),
    "partner_incomplete": lambda f: _lt(
        "Who is “%(name)s”? The invoice gives no number that is known, or that is enough to create a partner (found: %(number)s). Choose the partner.",
        name=f["name"],
        number=f["number"] or "-",
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
    # --- what must be looked at before it is posted --------------------------------------------
    "new_iban": lambda f: _lt(
        "New account number: %(supplier)s asks to be paid on %(iban)s, but was known with %(known)s. This may be fraud. Call the supplier on a number that you know before you post or pay.",
        supplier=f["supplier"],
        iban=f["iban"],
        known=f["known"],
    ),
}
