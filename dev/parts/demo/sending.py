"""The part of the demo's set-up in which a company sends its sales invoices to its accountant."""

import os
from datetime import timedelta

from demo import clients as demo
from demo.connection import make_connection
from demo.documents import post

ACCESS = {"username": "kwikstaart", "password": "kwikstaart"}

# A club, a private person, and one whose address was never completed: his invoice cannot leave.
CUSTOMERS = (
    {
        "name": "Wielerclub Avondrood VZW",
        "is_company": True,
        "vat": f"BE{demo.enterprise_number(19990110)}",
        "street": "Parklaan 6",
        "zip": "9000",
        "city": "Gent",
        "email": "wielerclub@example.test",
    },
    {"name": "Noor Claes", "street": "Veldstraat 7", "zip": "9000", "city": "Gent"},
    {"name": "Wout Maes", "country_id": False},
)


def make_sending(env, company, until):
    """Connect a company itself, and give it invoices to send; the consent is left to a person."""
    control = os.environ["CODABOX_SANDBOX_CONTROL"]
    post(control, "companies", {"enterprise_num": f"BE{company.company_registry}", **ACCESS})
    since = env.cr.now() - timedelta(days=30)
    _connection, is_new = make_connection(env, company, "company", ACCESS, connected_at=since)
    if not is_new:
        return
    # Or Odoo asks how invoices should look before it sends the first one.
    company.external_report_layout_id = env.ref("web.external_layout_standard")
    make_invoices(env(context={**env.context, "allowed_company_ids": company.ids}), company, until)


def make_invoices(env, company, until):
    """Make a confirmed invoice for each customer."""
    belgium = env.ref("base.be")
    partners = env["res.partner"]
    moves = env["account.move"]
    for place, customer in enumerate(CUSTOMERS):
        partner = partners.create({"country_id": belgium.id, "company_id": company.id, **customer})
        moves |= moves.create(
            {
                "move_type": "out_invoice",
                "company_id": company.id,
                "partner_id": partner.id,
                "invoice_date": until - timedelta(days=len(CUSTOMERS) - place),
                "invoice_line_ids": [
                    (0, 0, {"name": "Onderhoud fiets", "quantity": place + 1, "price_unit": 45.0})
                ],
            }
        )
    moves.action_post()
