"""The second office of the demo: its CodaBox takes no orders from software, as CodaBox today.

Its client is not at CodaBox yet: a person orders by a prepared request, and follows it.
"""

import os

from codabox.sandbox import PASSWORD, USERNAME
from demo import clients as demo
from demo.connection import make_connection
from demo.documents import post

LOGIN = "rietveld"
# The invented accounts are with a bank that only sandboxes know, and this one lists no banks.
BANKS = {"CDBXBE33": {"name": "Voorbeeldbank", "signing": "online"}}


def make_second_office(env, office, salon):
    """Connect the second office, with a plain accountant and a client whose mandates are missing."""
    control = os.environ["CODABOX_SECOND_SANDBOX_CONTROL"]
    post(control, "reset", {"seed_name": "empty"})
    post(control, "settings", {"provisional": False})
    access = {"username": USERNAME, "password": PASSWORD}
    url = os.environ["CODABOX_SECOND_SANDBOX_URL"]
    connection, is_new = make_connection(env, office, "office", access, url=url)
    if is_new:
        connection.mandate_banks = BANKS
        make_accountant(env, office | salon)
        make_contact(env, salon.partner_id)
    return connection


def make_accountant(env, companies):
    """Make the accountant of this office, as Odoo's form of a user gives it."""
    groups = (
        "base.group_user",
        "account.group_account_invoice",
        "account_codabox.group_accountant",
    )
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "name": "Noor van Rietveld",
            "login": LOGIN,
            "password": LOGIN,
            "company_id": companies[0].id,
            "company_ids": [(6, 0, companies.ids)],
            "group_ids": [(6, 0, [env.ref(group).id for group in groups])],
        }
    )


def make_contact(env, partner):
    """Make who signs for the client."""
    partner.write({"ref": demo.SALON.code, "is_company": True})
    env["res.partner"].create(
        {
            "name": "Lien Vandeputte",
            "function": "bestuurder",
            "email": "lien@example.test",
            "parent_id": partner.id,
        }
    )


def enter_in_my_codabox(control):
    """Type the prepared order over in MyCodaBox, as somebody of the office does."""
    salon = demo.SALON
    return post(
        control,
        "my-codabox",
        {
            "enterprise_num": salon.number,
            "client_code": salon.code,
            "name": salon.name,
            "contact_email": "lien@example.test",
            "ibans": list(salon.accounts.values()),
            "root": control.replace("/_sandbox/", "/sign/"),
        },
    )
