"""The sentences about sending sales invoices: why one does not leave, and what became of it.

Part of ``reasons.REASONS``, which explains how a sentence is written.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

SENDING_REASONS = {
    # --- it may not leave -------------------------------------------------------------------
    "no_consent": lambda f: _lt(
        "The company did not agree yet to send its invoices to its accountant. A manager of accounting gives that consent under CodaBox > Send invoices."
    ),
    "send_no_inbox": lambda f: _lt(
        "There is no correct e-mail address of the accountant's inbox. Fill it in in the settings of CodaBox."
    ),
    "send_no_sender": lambda f: _lt(
        "%(company)s has no e-mail address to send from. Fill it in on the company.",
        company=f["company"],
    ),
    "send_client_ended": lambda f: _lt(
        "CodaBox archived this company, so it takes no invoices. Ask CodaBox to open it again."
    ),
    "send_no_connection": lambda f: _lt(
        "The company is not connected to CodaBox, or CodaBox does not accept its user and password any more. Connect again; the invoice then leaves by itself."
    ),
    "send_not_offered": lambda f: _lt(
        "CodaBox does not take invoices over this connection: its calls for that are not public, and ours are provisional. Send it to your accountant in another way, and leave it out here."
    ),
    "send_forbidden": lambda f: _lt(
        "CodaBox does not let this company send invoices: it says so for sending only, documents still come in. Ask CodaBox (api@codabox.com) to open it, then press “Try again” in the connection."
    ),
    "send_not_posted": lambda f: _lt("Only a confirmed invoice can be sent. Confirm it first."),
    "send_not_sales": lambda f: _lt("Only customer invoices and credit notes are sent."),
    "send_before_start": lambda f: _lt(
        "It is dated before %(start)s, the day from which invoices are sent. Change that day in the settings to send it.",
        start=f["start"],
    ),
    "send_old_year": lambda f: _lt(
        "It waits until all invoices of %(year)s have left (still here: %(count)s). Send, correct or leave out those first.",
        year=f["year"],
        count=f["count"],
    ),
    # --- left out ---------------------------------------------------------------------------
    "send_excluded_by": lambda f: _lt(
        "%(user)s left it out on %(day)s. “Send after all” undoes that.",
        user=f["user"],
        day=f["day"],
    ),
    "send_excluded_journal": lambda f: _lt(
        "Invoices of journal %(journal)s are not sent, as its settings say.", journal=f["journal"]
    ),
    "send_excluded_codabox": lambda f: _lt(
        "This invoice came from CodaBox, so it is not sent there."
    ),
    "send_excluded_partner": lambda f: _lt(
        "Invoices to %(partner)s are not sent, as that contact says.", partner=f["partner"]
    ),
    # --- to correct -------------------------------------------------------------------------
    "send_no_number": lambda f: _lt(
        "%(company)s has no enterprise number. Fill in its VAT number or company ID.",
        company=f["company"],
    ),
    "send_no_country_own": lambda f: _lt(
        "%(company)s has no country. Fill it in on the company.", company=f["company"]
    ),
    "send_no_country": lambda f: _lt(
        "%(partner)s has no country. Fill it in on the contact.", partner=f["partner"]
    ),
    "send_no_label": lambda f: _lt(
        "A line of %(amount)s has neither product nor label. Give it one.", amount=f["amount"]
    ),
    "send_taxes": lambda f: _lt(
        "Line “%(line)s” must have exactly one tax; use one of 0%% where nothing is due. Reset the invoice to draft and correct the line.",
        line=f["line"],
    ),
    "send_not_valid": lambda f: _lt(
        "The electronic invoice would not be valid: %(errors)s Correct that, then send it again.",
        errors=f["errors"],
    ),
    "send_not_made": lambda f: _lt(
        "Odoo could not make the electronic invoice: %(detail)s Correct that, then send it again.",
        detail=_sentence(f["detail"]),
    ),
    "send_failed": lambda f: _lt(
        "The software failed while the invoice was prepared (%(error)s); nothing was sent. It is tried again with the next round. If it stays, show this to whoever looks after your Odoo.",
        error=f["error"],
    ),
    "send_no_pdf": lambda f: _lt(
        "There is no PDF in the electronic invoice. Print the invoice, then send it again."
    ),
    "send_too_large": lambda f: _lt(
        "The file is larger than %(limit)s, which CodaBox does not take. Use smaller pictures, then reset the invoice to draft and confirm it again: it is made anew.",
        limit=f["limit"],
    ),
    "send_not_ubl": lambda f: _lt(
        "The electronic invoice cannot be read. Reset the invoice to draft and confirm it again: it is made anew."
    ),
    "send_file_differs": lambda f: _lt(
        "The electronic invoice is not this invoice: it has %(found)s instead of %(expected)s. Reset the invoice to draft and confirm it again: it is made anew.",
        found=f["found"],
        expected=f["expected"],
    ),
    "send_wrong_seller": lambda f: _lt(
        "The electronic invoice does not name the company with enterprise number %(number)s as seller. Check the VAT number and company ID of the company.",
        number=f["number"],
    ),
    "send_no_customer": lambda f: _lt(
        "The electronic invoice has no name of the customer. Fill it in on the contact."
    ),
    # --- what became of it ------------------------------------------------------------------
    "send_had_it": lambda f: _lt("CodaBox had this invoice already; it was not sent twice."),
    "send_refused": lambda f: _lt(
        "CodaBox refuses this invoice: %(detail)s Correct it and press “Send to CodaBox”, or leave it out.",
        detail=_sentence(f["detail"]),
    ),
    "send_refused_late": lambda f: _lt(
        "CodaBox took this invoice and refused it afterwards: %(detail)s Correct it and press “Send to CodaBox”, or leave it out.",
        detail=_sentence(f["detail"]),
    ),
    "send_unreachable": lambda f: _lt(
        "CodaBox could not be reached, or asks to wait. Nothing was sent; it is tried again by itself."
    ),
    "send_mail_unreachable": lambda f: _lt(
        "The mail server could not be reached. Nothing was sent; it is tried again by itself. If it stays, look at the outgoing mail servers in the settings of Odoo."
    ),
    "send_mail_refused": lambda f: _lt(
        "The mail server does not take this invoice: %(detail)s Correct that and press “Mail to the accountant”, or leave it out.",
        detail=_sentence(f["detail"]),
    ),
    "send_unknown_mail": lambda f: _lt(
        "The answer of the mail server was lost, so nobody knows whether the mail left. Ask your accountant, then press “It was sent” or “Send again”."
    ),
    "send_not_arrived": lambda f: _lt(
        "The answer of CodaBox was lost, and CodaBox says that it does not have the invoice. It is sent again by itself."
    ),
    "send_unknown": lambda f: _lt(
        "The answer of CodaBox was lost, and it cannot be asked at this moment. It is asked again by itself; the invoice is not sent twice."
    ),
    "send_unknown_person": lambda f: _lt(
        "The answer of CodaBox was lost, and this way of sending cannot be asked. Look in MyCodaBox or ask your accountant, then press “It was sent” or “Send again”."
    ),
    "send_decided": lambda f: _lt("%(user)s found out that it arrived.", user=f["user"]),
    "send_decided_again": lambda f: _lt(
        "%(user)s found out that it did not arrive: it is sent again.", user=f["user"]
    ),
    "send_changed": lambda f: _lt("It changed after it was sent, and is sent again."),
}


def _sentence(text):
    """End a text of CodaBox as a sentence."""
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
