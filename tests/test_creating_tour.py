"""From a new client in CodaBox's list to his first booked statement, in CodaBox's menu only."""

from odoo.tests import HttpCase, tagged

from .common import credit
from .creating_case import NEW_IBAN, NEW_NUMBER, CreatingCase


@tagged("-at_install", "post_install")
class TestCreatingTour(CreatingCase, HttpCase):
    browser_size = "1366x768"

    def test_a_new_client_has_his_company_and_his_first_statement(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.manager.lang = "nl_BE"
        feed = self.add_new(accounts=[{"iban": NEW_IBAN, "bank_id": "KREDBEBB"}])
        day = self.day(15, credit("10"), account=NEW_IBAN, enterprise_number=NEW_NUMBER)
        self.deliver(day, feed=feed)
        self.see()
        login, patient = self.manager.login, 180  # a chart takes seconds, on a busy machine many
        self.start_tour("/odoo", "account_codabox_create_company", login=login, timeout=patient)
        self.env.invalidate_all()
        company = self.feed(feed).company_id
        self.assertEqual(company.name, "Nieuw BV")
        lines = self.env["account.bank.statement.line"].sudo()
        line = lines.search([("company_id", "=", company.id)])
        self.assertEqual((line.amount, line.journal_id.name), (10, "KBC BE69 7331 2345 6778"))
