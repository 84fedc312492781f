"""Sentences about sales invoices, expense notes and card statements."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Kind of ``TaxUse`` of a sale tax -> its words.
SALE_KINDS = {
    "national": _lt("VAT charged in this country"),
    "cocontractor": _lt("a co-contractor"),
    "eu_goods": _lt("goods to the EU"),
    "eu_triangular": _lt("triangular sales in the EU"),
    "eu_services": _lt("services to the EU"),
    "outside_eu": _lt("sales outside the EU"),
}

# code -> function of the facts giving the sentence. ``lines`` are the labels of the lines.
SALE_REASONS = {
    # --- whose invoice -------------------------------------------------------------------------
    "foreign_seller": lambda f: _lt(
        "This sales invoice is of enterprise %(found)s, but %(company)s has enterprise number %(expected)s. It is not booked: check the company of this client, or tell CodaBox.",
        found=f["found"],
        company=f["company"],
        expected=f["expected"],
    ),
    "no_seller": lambda f: _lt(
        "The sales invoice gives no enterprise number or VAT number of its supplier, only the name “%(name)s”. Is it of %(company)s? Say so, or discard it.",
        name=f["name"],
        company=f["company"],
    ),
    # --- what keeps it out of the books --------------------------------------------------------
    "sale_number_taken": lambda f: _lt(
        "The journal %(journal)s has a number %(number)s already: %(invoice)s. A number is kept, never changed: choose another journal for this one.",
        journal=f["journal"],
        number=f["number"],
        invoice=f["invoice"],
    ),
    "sale_vat_closed": lambda f: _lt(
        "The sales invoice is of %(date)s, and VAT is closed up to %(closed)s: its VAT is missing in a return that was made. Open that period and retry, or book it on %(open_day)s, in the next return.",
        date=f["date"],
        closed=f["closed"],
        open_day=f["open_day"],
    ),
    # --- what an accountant should know of a draft ---------------------------------------------
    "sale_numbers_missing": lambda f: _lt(
        "Missing right before this one (%(count)s): %(first)s to %(last)s of the same series and year.",
        count=f["count"],
        first=f["first"],
        last=f["last"],
    ),
    "sale_foreign_consumer": lambda f: _lt(
        "The customer is a consumer in %(country)s. Check that the VAT is Belgian, and not that of his country (one-stop shop).",
        country=f["country"],
    ),
    # --- taxes that a person chooses ----------------------------------------------------------
    "sale_unknown_vat": lambda f: _lt(
        "%(lines)s: no VAT is charged, and the file gives no reason that fits this customer. Choose a tax on these lines, or override when they have none.",
        lines=f["lines"],
    ),
    "sale_outside_vat": lambda f: _lt(
        "%(lines)s: outside Belgian VAT, for a customer abroad. Choose the tax of services to the EU (box 44) or of sales abroad (box 47) on these lines, or override when they are in no return.",
        lines=f["lines"],
    ),
    "sale_eu_kind": lambda f: _lt(
        "%(lines)s: sold to another EU country without VAT; the file does not say whether these are goods (box 46) or services (box 44). Choose the tax on these lines.",
        lines=f["lines"],
    ),
    "sale_oss": lambda f: _lt(
        "%(lines)s: under the one-stop shop, which has a return of its own. Choose a tax on these lines, or override when they have none.",
        lines=f["lines"],
    ),
    "sale_margin": lambda f: _lt(
        "%(lines)s: under the margin scheme; the file does not say which part is taxed. Choose a tax on these lines, or override when they have none.",
        lines=f["lines"],
    ),
    "sale_small_company": lambda f: _lt(
        "%(lines)s: sold without VAT as a small company, but %(company)s deducts its VAT here. Choose a tax on these lines, or correct the VAT setting of the company.",
        lines=f["lines"],
        company=f["company"],
    ),
    "no_such_sale_tax": lambda f: _lt(
        "%(lines)s: %(company)s has no sale tax for %(kind)s at the rate %(rate)s. Choose a tax on these lines, or make one first.",
        lines=f["lines"],
        company=f["company"],
        kind=SALE_KINDS.get(f["kind"], f["kind"]),
        rate=f["rate"],
    ),
    # --- expense notes -------------------------------------------------------------------------
    "foreign_expense": lambda f: _lt(
        "The expense note is for enterprise %(found)s, but %(company)s has enterprise number %(expected)s. Is it an expense of this company all the same? Say so, or discard it.",
        found=f["found"],
        company=f["company"],
        expected=f["expected"],
    ),
    "expense_not_read": lambda f: _lt(
        "The file of this expense note is in a form that cannot be read: complete the draft by hand."
    ),
    "expense_exists": lambda f: _lt(
        "In the books as an expense of %(employee)s.", employee=f["employee"]
    ),
    # --- card statements -----------------------------------------------------------------------
    "card_statement_kept": lambda f: _lt(
        "Kept with its files: the form in which CodaBox gives card statements is not public, so the movements of card %(reference)s are not booked.",
        reference=f["reference"],
    ),
}
