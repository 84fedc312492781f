"""Sentences about draft bills: what must be decided before posting, and what should be known."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Kind of ``TaxUse`` -> its words.
TAX_KINDS = {
    "national": _lt("VAT charged in this country"),
    "cocontractor": _lt("a co-contractor"),
    "eu_goods": _lt("goods from the EU"),
    "eu_services": _lt("services from the EU"),
    "import": _lt("imports"),
}

# Which figures differ -> function of the facts giving the sentence.
TOTALS = {
    "untaxed": lambda f: _lt(
        "Without VAT this bill comes to %(found_untaxed)s, its file to %(untaxed)s: %(apart_untaxed)s apart. The VAT is the same, %(tax)s. Correct the lines, or take the total of the file.",
        found_untaxed=f["found_untaxed"],
        untaxed=f["untaxed"],
        apart_untaxed=f["apart_untaxed"],
        tax=f["tax"],
    ),
    "tax": lambda f: _lt(
        "The VAT of this bill is %(found_tax)s, that of its file %(tax)s: %(apart_tax)s apart. Without VAT both come to %(untaxed)s. Correct the taxes, or take the total of the file.",
        found_tax=f["found_tax"],
        tax=f["tax"],
        apart_tax=f["apart_tax"],
        untaxed=f["untaxed"],
    ),
    "both": lambda f: _lt(
        "Without VAT this bill comes to %(found_untaxed)s, its file to %(untaxed)s: %(apart_untaxed)s apart. Its VAT is %(found_tax)s, that of the file %(tax)s: %(apart_tax)s apart. Correct the lines and their taxes.",
        found_untaxed=f["found_untaxed"],
        untaxed=f["untaxed"],
        apart_untaxed=f["apart_untaxed"],
        found_tax=f["found_tax"],
        tax=f["tax"],
        apart_tax=f["apart_tax"],
    ),
    "file": lambda f: _lt(
        "The file contradicts itself: %(untaxed)s without VAT and VAT of %(tax)s are not its total of %(total)s, but %(found_total)s. Ask the supplier, or take the total of the file.",
        untaxed=f["untaxed"],
        tax=f["tax"],
        total=f["total"],
        found_total=f["found_total"],
    ),
}

# code -> function of the facts giving the sentence. ``lines`` are the labels of the bill lines.
BILL_REASONS = {
    # --- taxes that a person chooses ---------------------------------------------------------
    "reverse_charge_rate": lambda f: _lt(
        "%(lines)s: the supplier charges no VAT, you owe it (co-contractor), at a rate that is not in the file. Choose the co-contractor tax of the right rate on these lines.",
        lines=f["lines"],
    ),
    "eu_kind": lambda f: _lt(
        "%(lines)s: bought in another EU country without VAT; the file does not say whether these are goods or services. Choose the EU tax on these lines.",
        lines=f["lines"],
    ),
    "outside_eu": lambda f: _lt(
        "%(lines)s: bought outside the EU or exported, without VAT. Whether you owe VAT here depends on the import papers. Choose a tax on these lines, or override when none is due.",
        lines=f["lines"],
    ),
    "outside_vat": lambda f: _lt(
        "%(lines)s: outside VAT, as empties or an advance of costs. Choose a zero-rate tax on these lines when they belong in your VAT return, or override when they do not.",
        lines=f["lines"],
    ),
    "one_stop_shop": lambda f: _lt(
        "%(lines)s: under the one-stop shop of the supplier, whose VAT is not deducted here. Choose a tax on these lines, or override when they have none.",
        lines=f["lines"],
    ),
    "foreign_vat": lambda f: _lt(
        "%(lines)s: the supplier charges %(rate)s VAT of another country, which is not deducted in your VAT return. Is it to be recovered there, or a part of the cost?",
        lines=f["lines"],
        rate=f["rate"],
    ),
    "unknown_vat": lambda f: _lt(
        "%(lines)s: no VAT is charged, and the file gives no reason that fits this supplier. Choose a tax on these lines, or override when they have none.",
        lines=f["lines"],
    ),
    "no_such_tax": lambda f: _lt(
        "%(lines)s: %(company)s has no purchase tax for %(kind)s at %(rate)s, VAT box %(box)s, of which %(share)s is deducted. Choose a tax on these lines, or make one first.",
        lines=f["lines"],
        company=f["company"],
        kind=TAX_KINDS.get(f["kind"], f["kind"]),
        rate=f["rate"],
        box=f["box"],
        share=f["share"],
    ),
    "no_box": lambda f: _lt(
        "%(lines)s: the account does not say whether these are goods (box 81), services (82) or investments (83). Choose the account and the tax on these lines.",
        lines=f["lines"],
    ),
    "mixed_vat": lambda f: _lt(
        "%(lines)s: %(company)s deducts a part of its VAT, and how much of this is not known. Choose the tax on these lines; the next bill of this supplier follows.",
        lines=f["lines"],
        company=f["company"],
    ),
    "self_assessed_vat": lambda f: _lt(
        "%(lines)s: no VAT is charged, but %(company)s may owe it, and deducts none. Choose a tax on these lines, or override when no VAT is due.",
        lines=f["lines"],
        company=f["company"],
    ),
    # --- who paid ------------------------------------------------------------------------------
    "expense_payer": lambda f: _lt(
        "Who paid this receipt? Say under “Not to be paid by us” whether it was a card or cash of the company, or a private payment, and then on which account it is owed. Nothing is owed to the shop."
    ),
    "private_no_account": lambda f: _lt(
        "It was paid privately: choose the account on which it is owed, that of the employee or the current account of the manager (416 or 489)."
    ),
    "followed_payer": lambda f: _lt(
        "Owed on %(account)s, as %(user)s decided for the receipts of %(sender)s. Change it here if somebody else paid.",
        account=f["account"],
        user=f["user"],
        sender=f["sender"],
    ),
    # --- the same bill twice -------------------------------------------------------------------
    "bill_known": lambda f: (
        _lt(
            "A bill of this supplier with this number is in the books: %(invoices)s. That one is paid on %(known)s, this one asks for %(account)s, which may be fraud. Compare them: is it the same?",
            invoices=f["invoices"],
            known=f["known"],
            account=f["account"],
        )
        if f["account"]
        else _lt(
            "A bill of this supplier with this number is in the books: %(invoices)s. Compare them: is it the same?",
            invoices=f["invoices"],
        )
    ),
    # --- amounts ---------------------------------------------------------------------------------
    "totals_differ": lambda f: TOTALS.get(f.get("what"), TOTALS["both"])(f),
    "tax_amount_wrong": lambda f: _lt(
        "The file charges VAT of %(amount)s on %(base)s; at %(rate)s that would be %(expected)s. Ask the supplier before you post.",
        amount=f["amount"],
        base=f["base"],
        rate=f["rate"],
        expected=f["expected"],
    ),
    "rate_of_file": lambda f: _lt(
        "VAT is %(tax)s as the file says, so its own exchange rate counts.", tax=f["tax"]
    ),
    "rate_doubtful": lambda f: _lt(
        "The file says that its VAT is %(tax)s, by the exchange rate of that day it would be %(expected)s. Check the rate of the bill.",
        tax=f["tax"],
        expected=f["expected"],
    ),
    "tax_corrected": lambda f: _lt(
        "VAT at %(rate)s is %(amount)s as in the file, instead of %(computed)s.",
        rate=f["rate"],
        amount=f["amount"],
        computed=f["computed"],
    ),
    "lines_rounded": lambda f: _lt(
        "The lines of the file add up to other cents than its total; a line of %(cents)s makes the bill the total of the file.",
        cents=f["cents"],
    ),
    "base_corrected": lambda f: _lt(
        "The file charges VAT at %(rate)s on %(base)s, its lines add up to %(computed)s, as with a cash discount or an exchange. Two lines correct the VAT base; the total is unchanged.",
        rate=f["rate"],
        base=f["base"],
        computed=f["computed"],
    ),
    "followed_foreign_recover": lambda f: _lt(
        "The VAT of another country is to be recovered there, as %(user)s decided for %(sender)s. CodaBox > Remembered answers undoes that.",
        user=f["user"],
        sender=f["sender"],
    ),
    "followed_foreign_cost": lambda f: _lt(
        "The VAT of another country is a part of the cost, as %(user)s decided for %(sender)s. CodaBox > Remembered answers undoes that.",
        user=f["user"],
        sender=f["sender"],
    ),
    # --- good to know ---------------------------------------------------------------------------
    "first_bill": lambda f: _lt(
        "First bill of %(supplier)s here: look at its accounts and taxes. The next one follows what you post.",
        supplier=f["supplier"],
    ),
    "order_linked": lambda f: _lt(
        "Linked to %(orders)s: accounts and taxes are those of the order, the amounts are those of the file.",
        orders=f["orders"],
    ),
    "order_differs": lambda f: _lt(
        "It names %(orders)s, whose lines do not come to the amounts of this bill. Compare them.",
        orders=f["orders"],
    ),
    "order_open": lambda f: _lt(
        "It names %(orders)s. Decide first what is asked here, then link it with “Auto-complete”.",
        orders=f["orders"],
    ),
    "read_from_pdf": lambda f: _lt(
        "CodaBox has this invoice as PDF only, and it was read from the electronic invoice inside that PDF. Compare both."
    ),
    "pdf_only_2026": lambda f: _lt(
        "%(supplier)s sent a PDF only; since 2026 an electronic invoice is obligatory between Belgian taxable persons. CodaBox > Bills without e-invoice has a mail to him ready.",
        supplier=f["supplier"],
    ),
    "tax_activated": lambda f: _lt(
        "The tax %(taxes)s was archived and is active again, because this bill needs it.",
        taxes=f["taxes"],
    ),
}
