"""Sentences about orders of mandates: checks before, and results after.

As in the whole package: a code and its facts become a sentence when somebody reads it.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Field of an order at CodaBox (API 14) -> how the screens call it.
FIELDS = {
    "client_code": _lt("client code"),
    "contact_email": _lt("e-mail"),
    "contact_name": _lt("contact"),
    "fiduciary_id": _lt("office"),
    "ibans": _lt("accounts"),
    "language": _lt("language"),
    "legal_entity.address": _lt("street"),
    "legal_entity.city": _lt("city"),
    "legal_entity.enterprise_num": _lt("enterprise number"),
    "legal_entity.name": _lt("name"),
    "legal_entity.representative_function": _lt("function of who signs"),
    "legal_entity.representative_name": _lt("who signs"),
    "legal_entity.zip": _lt("postal code"),
    "representative_email": _lt("e-mail"),
    "representative_function": _lt("function of who signs"),
    "representative_name": _lt("who signs"),
    "social_welfare_id": _lt("social secretariat"),
}

RESULTS = {
    "order_pending": lambda f: _lt(
        "This order was sent to CodaBox and no answer came yet. Order again or refresh: what CodaBox has is looked up first, nothing is ordered twice."
    ),
    "order_not_placed": lambda f: _lt("This order did not reach CodaBox. Order it again."),
    "order_unreachable": lambda f: _lt(
        "CodaBox could not be reached, or asks to wait: nothing was ordered. Try again later."
    ),
    "order_busy": lambda f: _lt(
        "Somebody else is ordering or changing %(partner)s at this moment. Try again in a minute.",
        partner=f["partner"],
    ),
    "order_client_taken": lambda f: _lt(
        "Enterprise number %(number)s is with another office at CodaBox, or is not correct. Check it; if it is correct, ask CodaBox to transfer the client. CodaBox says: %(detail)s",
        number=f["number"],
        detail=f["detail"],
    ),
    "order_accounts_refused": lambda f: _lt(
        "CodaBox refuses these accounts: %(detail)s Leave them out and order the others, or ask CodaBox to transfer them. None of the accounts was ordered.",
        detail=f["detail"],
    ),
    "order_refused": lambda f: _lt(
        "CodaBox refuses this: %(detail)s Correct it and order again.", detail=f["detail"]
    ),
    "order_not_offered": lambda f: _lt(
        "CodaBox does not take this order over this connection: its calls for that are not public, and ours are provisional. Nothing was ordered. Ask it by hand, by mail or in MyCodaBox: everything is prepared, and followed here as soon as CodaBox lists it."
    ),
    "order_asked": lambda f: _lt(
        "Asked by hand, because CodaBox takes no such order from software. It is followed by itself as soon as CodaBox lists it."
    ),
    "order_forbidden": lambda f: _lt(
        "CodaBox does not let this connection order mandates, everything else goes on. Nothing was ordered. Ask CodaBox (api@codabox.com) to open it, or ask these mandates by hand, by mail or in MyCodaBox: everything is prepared, and followed here as soon as CodaBox lists it. CodaBox says: %(detail)s",
        detail=f["detail"],
    ),
    "order_soda_forbidden": lambda f: _lt(
        "CodaBox does not let this office order payroll. Ask CodaBox to open it."
    ),
}

CHECKS = {
    # --- the client -------------------------------------------------------------------------
    "check_enterprise_ok": lambda f: _lt("Enterprise number %(number)s.", number=f["number"]),
    "check_enterprise_missing": lambda f: _lt(
        "No enterprise number. Fill in the VAT number or company ID of %(partner)s.",
        partner=f["partner"],
    ),
    "check_enterprise_invalid": lambda f: _lt(
        "%(number)s is not a Belgian enterprise number: its check digits are wrong. Correct it on %(partner)s.",
        number=f["number"],
        partner=f["partner"],
    ),
    "check_numbers_differ": lambda f: _lt(
        "VAT number %(vat)s and company ID %(registry)s are two different enterprises. Correct one of them on %(partner)s.",
        vat=f["vat"],
        registry=f["registry"],
        partner=f["partner"],
    ),
    "check_known_client": lambda f: _lt(
        "CodaBox knows this client as %(code)s. Nothing is created; its data there stay as they are.",
        code=f["code"],
    ),
    "check_office_missing": lambda f: _lt("Choose which office orders."),
    "check_address_ok": lambda f: _lt("Name and address are filled in."),
    "check_address_missing": lambda f: _lt(
        "Missing on %(partner)s: %(fields)s. CodaBox prints it on the mandate.",
        partner=f["partner"],
        fields=f["fields"],
    ),
    "check_person_ok": lambda f: _lt(
        "%(name)s, %(function)s, signs.", name=f["name"], function=f["function"]
    ),
    "check_person_missing": lambda f: _lt(
        "Who signs? Fill in the name of a person who has power over the accounts, and the function."
    ),
    "check_signatures": lambda f: _lt(
        "%(count)s people must sign. With fewer signatures the bank refuses: tell the client that all of them have to sign.",
        count=f["count"],
    ),
    "check_email_ok": lambda f: _lt("The e-mail address is %(email)s.", email=f["email"]),
    "check_email_missing": lambda f: _lt("Fill in the e-mail address of the client."),
    "check_email_invalid": lambda f: _lt(
        "%(email)s is not an e-mail address. Correct it.", email=f["email"]
    ),
    "check_email_office": lambda f: _lt(
        "%(email)s is an address of your office. Fill in the client's own.", email=f["email"]
    ),
    "check_language_missing": lambda f: _lt("Choose the language of the client."),
    "check_code_ok": lambda f: _lt("Client code %(code)s.", code=f["code"]),
    "check_code_missing": lambda f: _lt(
        "Fill in a client code: the reference under which your office knows the client."
    ),
    "check_clients_hidden": lambda f: _lt(
        "CodaBox does not show its clients to this connection: look in MyCodaBox whether it has this one already."
    ),
    "check_code_taken": lambda f: _lt(
        "Client code %(code)s is already that of %(client)s. Choose another.",
        code=f["code"],
        client=f["client"],
    ),
    "check_number_twice": lambda f: _lt(
        "Another line of this batch has the same enterprise number. Remove one of them."
    ),
    "check_nothing": lambda f: _lt(
        "Nothing to order. Choose an account, a social secretariat or purchase invoices."
    ),
    "check_all_ordered": lambda f: _lt("Everything chosen is ordered already."),
    # --- accounts ---------------------------------------------------------------------------
    "check_account_ok": lambda f: _lt(
        "Account %(iban)s at %(bank)s.", iban=f["iban"], bank=f["bank"]
    ),
    "check_account_invalid": lambda f: _lt(
        "%(iban)s is not a correct account number: its check digits are wrong. Correct it.",
        iban=f["iban"],
    ),
    "check_account_foreign": lambda f: _lt(
        "%(iban)s is a foreign account. CodaBox delivers statements of Belgian accounts only: leave it out.",
        iban=f["iban"],
    ),
    "check_account_no_bank": lambda f: _lt(
        "No bank is known for %(iban)s. Check the number, or leave the account out.",
        iban=f["iban"],
    ),
    "check_account_no_coda": lambda f: _lt(
        "%(bank)s does not work with CodaBox. Leave %(iban)s out.",
        bank=f["bank"],
        iban=f["iban"],
    ),
    "check_account_ordered": lambda f: _lt(
        "Account %(iban)s is ordered already (%(state)s). It is not ordered again.",
        iban=f["iban"],
        state=f["state"],
    ),
    "check_account_other_client": lambda f: _lt(
        "Account %(iban)s is ordered already, for %(client)s. Leave it out, or have CodaBox transfer it.",
        iban=f["iban"],
        client=f["client"],
    ),
    "check_account_private": lambda f: _lt(
        "%(partner)s is a person: CodaBox takes professional accounts only. Make sure that %(iban)s is one.",
        partner=f["partner"],
        iban=f["iban"],
    ),
    "check_account_savings": lambda f: _lt(
        "%(iban)s looks like a savings account; the bank may refuse it.", iban=f["iban"]
    ),
    "check_account_third": lambda f: _lt(
        "%(iban)s is in the name of %(holder)s or is a third-party account; the bank may refuse it.",
        iban=f["iban"],
        holder=f["holder"],
    ),
    "check_account_product": lambda f: _lt(
        "%(bank)s gives no statements of %(products)s accounts. Leave such accounts out.",
        bank=f["bank"],
        products=f["products"],
    ),
    # --- payroll and purchase invoices ------------------------------------------------------
    "check_soda_ok": lambda f: _lt("Payroll of %(name)s.", name=f["name"]),
    "check_soda_ordered": lambda f: _lt(
        "Payroll of %(name)s is ordered already (%(state)s). It is not ordered again.",
        name=f["name"],
        state=f["state"],
    ),
    "check_soda_needs_coda": lambda f: _lt(
        "No payroll without bank statements: the permission is part of that mandate. Order an account too."
    ),
    "check_soda_contract": lambda f: _lt(
        "%(name)s also wants a contract with your office. Ask them for it.", name=f["name"]
    ),
    "check_purchase_ok": lambda f: _lt(
        "Purchase invoices: CodaBox mails an invitation to %(email)s.", email=f["email"]
    ),
    "check_purchase_ordered": lambda f: _lt(
        "Purchase invoices are ordered already (%(state)s). They are not ordered again.",
        state=f["state"],
    ),
    "check_purchase_odoo": lambda f: _lt(
        "Odoo receives the invoices of %(company)s through Peppol. A company can have one receiver: leave purchase invoices out, or first stop receiving in Odoo.",
        company=f["company"],
    ),
    "check_purchase_peppol": lambda f: _lt(
        "%(partner)s already receives invoices through Peppol. A company can have one receiver: the client must stop the present one first.",
        partner=f["partner"],
    ),
}
