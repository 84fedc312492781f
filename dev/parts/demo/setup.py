"""Run in `dev/odoo shell` before each start of the demo; `env` is given by the shell.

Makes, once, an accounting office and its clients as companies, and, every time, tells the
connection where the sandbox is now and fills the sandbox. Running it again changes nothing else.
"""

import os
import sys
from datetime import date, timedelta
from pathlib import Path

sys.path[:0] = [str(Path.cwd()), str(Path.cwd() / "dev" / "parts")]

from codabox.sandbox import PASSWORD, USERNAME  # noqa: E402
from demo import clients as demo  # noqa: E402
from demo.by_hand import make_second_office  # noqa: E402
from demo.connection import make_connection  # noqa: E402
from demo.documents import deliver  # noqa: E402
from demo.sending import make_sending  # noqa: E402

BOOK_FROM_DAYS = 75  # before the last statement; one statement of the demo is older


def demo_day(env):
    """Return the day on which this demo was made: its documents stay those of that day."""
    parameters = env["ir.config_parameter"].sudo()
    if not parameters.get_param("account_codabox_demo.day"):
        parameters.set_param("account_codabox_demo.day", str(date.today()))
    return date.fromisoformat(parameters.get_param("account_codabox_demo.day"))


def make_office(env):
    """Turn the database's first company into the accounting office."""
    office = env.ref("base.main_company")
    if office.company_registry != demo.OFFICE_NUMBER:
        office.write(
            {
                "name": demo.OFFICE_NAME,
                "company_registry": demo.OFFICE_NUMBER,
                "vat": f"BE{demo.OFFICE_NUMBER}",
                "street": "Lindelaan 5",
                "zip": "9000",
                "city": "Gent",
            }
        )
    return office


def make_company(env, client):
    """Return the company of a client, with a Belgian chart and its bank journals."""
    company = env["res.company"].search([("company_registry", "=", client.number)])
    if company:
        return company
    zip_code, city = client.city.split(" ", 1)
    belgium = env.ref("base.be")
    company = env["res.company"].create(
        {
            "name": client.name,
            "company_registry": client.number,
            "vat": f"BE{client.number}",
            "street": client.street,
            "zip": zip_code,
            "city": city,
            "country_id": belgium.id,
            "currency_id": env.ref("base.EUR").id,
            # Or Odoo asks its own service on the internet about a company that does not exist.
            "iap_enrich_auto_done": True,
        }
    )
    env["account.chart.template"].try_loading("be_comp", company, install_demo=False)
    make_journals(env(context={**env.context, "allowed_company_ids": company.ids}), company, client)
    return company


def make_journals(env, company, client):
    """Give the first bank account to the journal of the chart, and make one for each other."""
    journals = env["account.journal"]
    first = journals.search([("type", "=", "bank"), ("company_id", "=", company.id)], limit=1)
    for place, (name, iban) in enumerate(client.accounts.items()):
        if place == 0:
            first.write({"name": name, "bank_acc_number": iban, "show_on_dashboard": True})
        else:
            journals.create(
                {
                    "name": name,
                    "code": f"BNK{place + 1}",
                    "type": "bank",
                    "company_id": company.id,
                    "bank_acc_number": iban,
                    "show_on_dashboard": True,
                }
            )


def make_partners(env):
    """Make the customers and suppliers, so that bank lines find them by their account."""
    for partner in demo.PARTNERS:
        *words, legal_form = partner.name.split()
        name = " ".join([word.title() for word in words] + [legal_form])
        if not env["res.partner"].search_count([("name", "=", name)], limit=1):
            env["res.partner"].create(
                {
                    "name": name,
                    "is_company": True,
                    "company_id": False,
                    "company_registry": demo.PARTNER_NUMBERS[partner.name],
                    "country_id": env.ref("base.be").id,
                    "bank_ids": [(0, 0, {"acc_number": partner.account})],
                }
            )


def make_users(env, companies):
    """Let the administrator keep the books of all companies, and make a plain accountant."""
    admin = env.ref("base.user_admin")
    # What Odoo's form of a user offers.
    invoicing = env.ref("account.group_account_invoice")
    accountant = env.ref("account_codabox.group_accountant")
    admin.write(
        {
            "company_ids": [(4, company.id) for company in companies],
            "codabox_payroll_company_ids": [(4, company.id) for company in companies],
            "group_ids": [(4, accountant.id), (4, env.ref("account_codabox.group_payroll").id)],
        }
    )
    users = env["res.users"].with_context(no_reset_password=True)
    if not users.search_count([("login", "=", "accountant")], limit=1):
        users.create(
            {
                "name": "Accountant",
                "login": "accountant",
                "password": "accountant",
                "company_id": companies[0].id,
                "company_ids": [(6, 0, companies.ids)],
                "group_ids": [(6, 0, [env.ref("base.group_user").id, invoicing.id, accountant.id])],
            }
        )
    make_dutch_user(env, companies, invoicing | accountant)


def make_dutch_user(env, companies, groups):
    """Make the accountant of the five jobs: he works in Dutch and reads payroll too."""
    if env["res.users"].search_count([("login", "=", "boekhouder")], limit=1):
        return
    dutch = env["res.lang"]._activate_lang("nl_BE")
    env["base.language.install"].create({"lang_ids": [(6, 0, dutch.ids)]}).lang_install()
    groups |= env.ref("base.group_user") | env.ref("account_codabox.group_payroll")
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "name": "Boekhouder",
            "login": "boekhouder",
            "password": "boekhouder",
            "lang": "nl_BE",
            "company_id": companies[0].id,
            "company_ids": [(6, 0, companies.ids)],
            "group_ids": [(6, 0, groups.ids)],
            "codabox_payroll_company_ids": [(6, 0, companies.ids)],
        }
    )


def confirm_clients(env, connection, until):
    """Say which company each client is, except the last one: a person does that in the demo."""
    book_from = demo.working_days(until, 1)[0] - timedelta(days=BOOK_FROM_DAYS)
    for feed in connection.feed_ids.filtered(lambda f: f.state == "new" and f.proposed_company_id):
        feed._confirm_company(feed.proposed_company_id)
        for kind in connection._offered_kinds():
            env["codabox.feed.kind"]._ensure(feed, kind).book_from = book_from


def main(env):
    """Do it all."""
    env = env(context={**env.context, "tracking_disable": True, "lang": "en_US"})
    until = demo_day(env)
    office = make_office(env)
    companies = office
    for client in demo.COMPANIES:
        companies |= make_company(env, client)
    env = env(context={**env.context, "allowed_company_ids": companies.ids})
    second, salon = make_company(env, demo.SECOND_OFFICE), make_company(env, demo.SALON)
    make_users(env, companies)
    env.ref("base.user_admin").company_ids |= second | salon
    make_partners(env)
    # What the studio sold is posted at once, so that its payments find it.
    companies.filtered(lambda c: c.name == demo.STUDIO.name).codabox_sales_state = "posted"
    deliver(os.environ["CODABOX_SANDBOX_CONTROL"], until)
    access = {"username": USERNAME, "password": PASSWORD}
    connection, _is_new = make_connection(env, office, "office", access)
    env.cr.commit()
    connection.action_test()
    confirm_clients(env, connection, until)
    make_sending(env, companies.filtered(lambda c: c.name == demo.BICYCLES.name), until)
    env.cr.commit()
    make_second_office(env, second, salon).action_test()
    env.cr.commit()
    print(f"Clients confirmed: {len(connection.feed_ids.filtered('company_id'))}")


main(env)
