from datetime import date

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import UNKNOWN_IBAN, CodaboxCase, credit, debit
from .soda_common import GROSS, NET, SodaCase
from .soda_common import credit as soda_credit
from .soda_common import debit as soda_debit


@tagged("-at_install", "post_install")
class TestTours(CodaboxCase, HttpCase):
    """What a person does, in a real browser. An error in the browser fails the tour."""

    def test_connect_with_a_token_then_fetch_and_open_the_statement(self):
        self.connection.unlink()
        administrator = new_test_user(
            self.env,
            "codabox_administrator",
            "base.group_user,base.group_system,account.group_account_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        index = self.deliver(
            self.day(
                15, credit("121.00", communication="Invoice 7"), debit("45.99"), opening="1000"
            )
        )
        # What is after it is booked, in whatever year this runs.
        self.company.fiscalyear_lock_date = date(2025, 12, 31)
        # The tour cannot know the port of the sandbox.
        self.env["ir.default"].set("codabox.connect", "base_url", self.sandbox.url)
        self.start_tour("/odoo", "account_codabox_connect", login=administrator.login)
        self.assertEqual(self.document(index).state, "imported")
        self.assertEqual(self.puts(), [index])

    def test_an_accountant_fetches_from_the_bank_journal_on_the_dashboard(self):
        self.map_client()
        index = self.deliver(self.day(15, credit("10")))
        self.deliver(self.day(15, credit("20"), account=UNKNOWN_IBAN))
        self.start_tour(
            "/odoo/action-account.open_account_journal_dashboard_kanban",
            "account_codabox_dashboard",
            login=self.accountant.login,
        )
        self.assertEqual(self.document(index).state, "imported")


@tagged("-at_install", "post_install")
class TestPayrollTour(SodaCase, HttpCase):
    """The first month with nothing mapped, corrected in the browser; the second posts itself."""

    def test_an_accountant_maps_the_first_month_and_the_second_is_posted(self):
        self.company.codabox_soda_post = True
        first = self.receive_soda(
            self.month(soda_debit(GROSS, "100.00", "Gross"), soda_credit(NET, "100.00", "Net"))
        )
        move = first.payroll_ids.move_id
        self.assertEqual(move.state, "draft")
        self.start_tour(
            f"/odoo/account.move/{move.id}",
            "account_codabox_payroll_mapping",
            login=self.accountant.login,
        )
        self.env.invalidate_all()
        self.assertEqual(self.items(move), [("620300", 100.0), (NET, -100.0)])
        second = self.receive_soda(
            self.month(
                soda_debit(GROSS, "100.00", "Gross"),
                soda_credit(NET, "100.00", "Net"),
                period="202602",
            )
        )
        move = second.payroll_ids.move_id
        self.assertEqual(self.items(move), [("620300", 100.0), (NET, -100.0)])
        self.assertEqual(move.state, "posted")
