from odoo.tests import HttpCase, tagged

from .common import debit
from .test_rules import LANDLORD, RulesCase


@tagged("-at_install", "post_install")
class TestRulesTour(RulesCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("nl_BE")
        self.accountant.lang = "nl_BE"

    def test_an_accountant_books_a_charge_in_dutch(self):
        line = self.recent(debit("5.25", code="08013000"))
        url = f"/odoo/codabox-bank-lines/{line.id}"
        self.start_tour(url, "account_codabox_book_charge", login=self.accountant.login)
        self.env.invalidate_all()
        self.assertEqual(self.counterparts(line), [("657200", 5.25)])

    def test_an_accountant_switches_a_proposed_rule_on_in_dutch(self):
        *booked, last = self.recent(*(debit("900", counterparty=LANDLORD) for _ in range(4)))
        lines = last.browse([line.id for line in booked])
        self.say(lines, account_id=self.account("610000").id)
        url = "/odoo/codabox-rules-proposed"
        self.start_tour(url, "account_codabox_rule_proposed", login=self.accountant.login)
        self.env.invalidate_all()
        self.assertEqual(self.counterparts(last), [("610000", 900.0)])
