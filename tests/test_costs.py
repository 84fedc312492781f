"""What CodaBox costs the office, and what to stop: told per account, with what the bank goes on charging."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import IBAN, credit
from .mandate_case import MandateCase

BELFIUS = "GKCCBEBB"


@tagged("-at_install", "post_install")
class TestCosts(MandateCase):
    """The client of this office: bank statements of one account, payroll, purchase invoices."""

    mapped = True

    def setUp(self):
        super().setUp()
        self.partner = self.company.partner_id
        self.coda = self.mandates().filtered(lambda m: m.service == "coda")
        self.today = fields.Date.today()

    def rows(self, user=None):
        """Return the rows as a user reads them."""
        self.env.flush_all()
        self.env.invalidate_all()
        costs = self.env["codabox.cost"].with_user(user or self.accountant)
        return costs.search([("client_company_id", "=", self.company.id)])

    def row(self, service="coda"):
        [row] = self.rows().filtered(lambda r: r.service == service)
        return row

    def moved(self, days):
        """A statement with a movement came, so many days ago."""
        self.receive(self.day(15, credit("10")))
        statement = self.env["codabox.statement"].sudo().search([("account", "=", IBAN)])
        statement.closing_date = self.today - timedelta(days)
        self.coda.account_ids.last_document_date = statement.closing_date

    def known_since(self, days):
        """The client was seen here first so many days ago."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE codabox_feed SET create_date = %s WHERE id = %s",
            [self.today - timedelta(days), self.feed().id],
        )

    def price(self, service="coda", amount=2.5, user=None):
        prices = self.env["codabox.price"].with_user(user or self.env.user)
        return prices.create(
            {"company_id": self.connection.company_id.id, "service": service, "amount": amount}
        )

    def test_an_account_on_which_something_moves_is_not_to_be_stopped(self):
        self.moved(20)
        self.assertFalse(self.row().why)
        self.assertFalse(self.row().advice)
        self.assertFalse(self.row().can_archive)

    def test_an_account_on_which_nothing_moves_is_and_its_bank_goes_on_charging(self):
        self.moved(200)
        self.coda.bank_bic = BELFIUS
        row = self.row()
        self.assertEqual((row.why, row.last_movement_date), ("quiet", self.today - timedelta(200)))
        self.assertIn("Belfius", row.advice)
        self.assertTrue(row.can_archive)
        action = self.press(row, "action_archive")
        self.assertEqual(action["res_model"], "codabox.mandate.archive")
        self.assertEqual(action["context"]["default_mandate_ids"][0][2], self.coda.ids)

    def test_a_statement_without_movements_is_no_sign_of_life(self):
        self.moved(200)
        statement = self.env["codabox.statement"].sudo().search([("account", "=", IBAN)])
        statement.copy({"key": "later", "closing_date": self.today, "movement_count": 0})
        self.assertEqual(self.row().why, "quiet")

    def test_what_nothing_is_known_of_is_not_to_be_stopped(self):
        self.coda.state_date = False
        self.assertFalse(self.row().why, "since when it is active is not known")
        self.coda.state_date = self.today - timedelta(30)
        self.assertFalse(self.row().why, "the first statement may still come")
        self.coda.state_date = self.today - timedelta(100)
        self.assertFalse(self.row().why, "it may have gone to other software before")
        self.known_since(100)
        self.assertFalse(self.row().why, "nobody asked for it yet")
        self.feed().last_fetch = fields.Datetime.now()
        self.assertEqual(self.row().why, "never")

    def test_a_mission_that_is_over_is_stopped_kind_by_kind(self):
        self.moved(1)
        kind = self.feed().kind_ids.filtered(lambda k: k.kind == "soda")
        kind.book_until = self.today - timedelta(1)
        self.assertEqual(self.row("soda").why, "left")
        self.assertFalse(self.row("coda").why)

    def test_an_account_that_a_person_ignores_is_paid_for_all_the_same(self):
        self.moved(1)
        values = {"account": IBAN, "currency_code": "EUR", "reason": "Private."}
        ignored = self.env["codabox.ignored.account"].sudo()
        ignored.create({"company_id": self.company.id, **values})
        self.assertEqual(self.row().why, "ignored")

    def test_a_mandate_with_another_account_that_is_needed_cannot_be_archived_from_here(self):
        self.moved(200)
        self.coda.account_ids = [
            Command.create({"iban": "BE43068999999501", "last_document_date": self.today})
        ]
        quiet, needed = self.rows().filtered(lambda r: r.service == "coda").sorted("iban")[::-1]
        self.assertEqual((quiet.why, needed.why), ("quiet", False))
        self.assertTrue(quiet.is_shared)
        self.assertIn("MyCodaBox", quiet.advice)
        for row in (quiet, needed, quiet + needed):
            with self.assertRaisesRegex(UserError, "MyCodaBox"):
                self.press(row, "action_archive")
        self.assertEqual(self.coda.state, "active")

    def test_without_a_price_nothing_is_said_to_cost_nothing(self):
        self.assertFalse(self.row().has_price)
        self.price(amount=2.5)
        self.price("soda", amount=0)
        self.assertEqual((self.row().has_price, self.row().price), (True, 2.5))
        self.assertEqual((self.row("soda").has_price, self.row("soda").price), (True, 0))
        self.assertFalse(self.row("purchase_invoice").has_price)

    def test_the_client_has_no_part_in_the_prices_of_his_accountant(self):
        client = new_test_user(
            self.env,
            "client_bookkeeper",
            "base.group_user,account_codabox.group_accountant",
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        self.coda.client_company_id = self.other_company
        price = self.price()
        costs = self.env["codabox.cost"].with_user(client)
        self.assertFalse(costs.search([]))
        self.assertFalse(self.env["codabox.price"].with_user(client).search([]))
        with self.assertRaises(AccessError):
            price.with_user(client).read(["amount"])
        with self.assertRaises(AccessError):
            self.price("soda", user=self.accountant)
