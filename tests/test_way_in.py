"""The way in on plain Community: for users with nothing but what Odoo's form of a user gives."""

from odoo.tests import HttpCase, tagged

from .common import CodaboxCase, credit
from .users_case import FormUsers

MENUS = ("documents", "bank_lines", "journals", "mandates", "feeds")


@tagged("-at_install", "post_install")
class TestWayIn(FormUsers, CodaboxCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bookkeeper = cls.make_form_user(
            "bookkeeper", "account_codabox.group_accountant", companies=cls.company
        )
        cls.invoicer = cls.make_form_user(
            "invoicer", "account.group_account_invoice", companies=cls.company
        )

    def test_the_plain_accountant_of_these_tests_is_the_one_whom_the_form_makes(self):
        self.assertEqual(self.accountant.all_group_ids, self.bookkeeper.all_group_ids)

    def test_bank_lines_and_journals_are_in_the_menu_of_codabox(self):
        for user in (self.bookkeeper, self.invoicer):
            seen = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            for name in MENUS:
                menu = self.env.ref(f"account_codabox.codabox_menu_{name}")
                with self.subTest(user=user.login, menu=menu.complete_name):
                    self.assertIn(menu.id, seen)
                    self.env[menu.action.res_model].with_user(user).search([], limit=1)

    def card(self, user):
        """Return what a user sees on the card of the bank journal."""
        journal = self.journal.with_user(user)
        return journal._get_journal_dashboard_data_batched()[journal.id]

    def test_who_may_not_fetch_has_no_button_for_it_and_reads_why(self):
        self.map_client()
        self.assertTrue(self.card(self.bookkeeper)["codabox_may"])
        self.assertFalse(self.card(self.invoicer)["codabox_may"])
        arch = self.env["account.journal"].get_view(
            self.env.ref("account.account_journal_dashboard_kanban_view").id, "kanban"
        )["arch"]
        self.assertIn("take the role", arch)

    def test_from_the_menu_to_the_card_and_the_lines(self):
        self.map_client()
        self.deliver(self.day(15, credit("10")))
        self.start_tour("/odoo", "account_codabox_way_in", login=self.bookkeeper.login)

    def test_who_only_invoices_sees_the_cards_without_buttons(self):
        self.map_client()
        self.receive(self.day(15, credit("10")))
        self.start_tour("/odoo", "account_codabox_way_in_reads", login=self.invoicer.login)
