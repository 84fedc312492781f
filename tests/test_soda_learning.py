"""What is learned of payroll: with its analytic, for all clients of a secretariat, and un-learned."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .soda_common import GROSS, NET, TAX, SodaCase


@tagged("-at_install", "post_install")
class TestSodaLearning(SodaCase):
    def setUp(self):
        super().setUp()
        self.mapping = self.env["codabox.soda.mapping"]
        plan = self.env["account.analytic.plan"].create({"name": "Shops"})
        shop = {"name": "Shop", "plan_id": plan.id, "company_id": False}
        self.shop = self.env["account.analytic.account"].create(shop)
        self.distribution = {str(self.shop.id): 100}

    def draft(self):
        """Return the draft entry of a month that came in the night."""
        return self.receive_soda(self.month()).payroll_ids.move_id

    def item(self, move, code=GROSS):
        return move.line_ids.filtered(lambda line: line.codabox_soda_code == code)

    def row(self, code=GROSS, company=None):
        return self.mapping.search(
            [("company_id", "=", (company or self.company).id), ("code", "=", code)]
        )

    def give(self, move, code="620300"):
        """Give the gross pay of a draft another account and a shop, as the accountant does."""
        values = {
            "account_id": self.account(code).id,
            "analytic_distribution": self.distribution,
        }
        self.press(self.item(move), "write", values)

    def test_always_keeps_the_analytic(self):
        move = self.draft()
        self.give(move)
        self.press(move, "action_codabox_always")
        self.assertEqual(self.row().account_id, self.account("620300"))
        self.assertEqual(self.row().analytic_distribution, self.distribution)

    def test_undo_takes_the_drafts_back_too_and_what_a_person_changed_stays(self):
        self.map_codes()
        move = self.draft()
        self.give(move)
        self.press(move, "action_codabox_always")
        self.press(self.row(), "action_undo")
        self.assertEqual(self.row().account_id, self.account(GROSS))
        self.assertEqual(self.item(move).account_id, self.account(GROSS))
        self.give(move, "620400")
        self.press(self.row(), "action_undo")
        self.assertEqual(self.item(move).account_id, self.account("620400"), "his own answer")

    def test_undo_of_the_first_account_is_an_open_question_again(self):
        self.map_codes({TAX: TAX, NET: NET})
        move = self.draft()
        self.give(move)
        self.press(move, "action_codabox_always")
        self.assertFalse(move.codabox_has_flags)
        self.press(self.row(), "action_undo")
        self.assertTrue(move.codabox_has_flags)
        self.assertEqual(self.item(move).account_id, self.company.codabox_soda_suspense_account_id)

    def office(self):
        """Let the accountant keep the other company too, in which the secretariat is known."""
        self.accountant.sudo().company_ids = [Command.link(self.other_company.id)]
        self.mapping.create({"company_id": self.other_company.id, "source": "TESTSOC", "code": NET})

    def test_always_for_all_my_clients_with_this_secretariat(self):
        self.office()
        move = self.draft()
        self.give(move)
        self.press(move, "action_codabox_always_everywhere")
        there = self.row(company=self.other_company)
        self.assertEqual(there.account_id, self.account("620300", self.other_company))
        self.assertEqual(there.analytic_distribution, self.distribution)

    def test_what_is_mapped_there_stays_and_only_companies_of_the_user_are_touched(self):
        self.mapping.create(
            {
                "company_id": self.other_company.id,
                "source": "TESTSOC",
                "code": GROSS,
                "account_id": self.account(GROSS, self.other_company).id,
            }
        )
        move = self.draft()
        self.give(move)
        self.press(move, "action_codabox_always_everywhere")
        there = self.row(company=self.other_company)
        self.assertEqual(there.account_id, self.account(GROSS, self.other_company))

    def test_copy_keeps_the_analytic_that_the_company_may_use(self):
        self.office()
        rows = self.map_codes({GROSS: GROSS, TAX: TAX})
        own = self.env["account.analytic.account"].create(
            {"name": "Own", "plan_id": self.shop.plan_id.id, "company_id": self.company.id}
        )
        self.row(GROSS).analytic_distribution = self.distribution
        self.row(TAX).analytic_distribution = {str(own.id): 100}
        with self.as_user(self.accountant) as env:
            copies = env["codabox.soda.copy"]
            values = {"mapping_ids": [Command.set(rows.ids)], "is_for_all": True}
            copies.create(values).action_copy()
        there = self.other_company
        self.assertEqual(self.row(GROSS, there).analytic_distribution, self.distribution)
        self.assertFalse(self.row(TAX, there).analytic_distribution)
        self.assertTrue(self.row(TAX, there).account_id)

    def test_the_window_asks_for_a_company_or_all(self):
        rows = self.map_codes()
        wizard = self.env["codabox.soda.copy"].with_context(
            active_model="codabox.soda.mapping", active_ids=rows.ids
        )
        with self.assertRaises(AssertionError), Form(wizard):
            pass  # neither is said
        with self.assertRaises(UserError):
            wizard.create({}).action_copy()
