from odoo.tests import HttpCase, tagged

from .mandate_case import KBC, MandateCase


@tagged("-at_install", "post_install")
class TestMandateOrderTours(MandateCase, HttpCase):
    """Ordering in a real browser, as an accountant."""

    def setUp(self):
        super().setUp()
        self.partner.child_ids.lang = "en_US"

    def tour(self, name):
        self.start_tour(f"/odoo/res.partner/{self.partner.id}", name, login=self.accountant.login)

    def test_two_accounts_at_two_banks_and_a_secretariat(self):
        self.tour("account_codabox_order_mandate")
        self.assertEqual(self.posts(), ["clients", "coda-mandates", "social-mandates"])
        self.assertEqual(len(self.mandates()), 3)

    def test_an_account_that_is_taken_then_an_answer_that_is_lost(self):
        self.sandbox.add_client("X", "Garage Piet", enterprise_num="BE0403170701", accounts=[KBC])
        self.sandbox.fail("drop_after", method="POST", path="/coda-mandates/$")
        self.tour("account_codabox_order_refused")
        self.assertEqual(self.posts(), ["clients", "coda-mandates"])
        self.assertEqual(self.mandates().bank_name, "ING")

    def test_a_wrong_enterprise_number(self):
        self.partner.company_registry = "0417497107"
        self.tour("account_codabox_order_wrong_number")
        self.assertEqual(self.posts(), [])

    def test_what_is_missing_is_filled_in_from_the_banner(self):
        view = self.env["res.partner"].with_user(self.accountant).get_view(view_type="form")
        self.assertNotIn("action_codabox_complete", view["arch"], "he may not change clients")
        self.accountant.group_ids += self.env.ref("base.group_partner_manager")
        self.partner = self.env["res.partner"].create({"name": "Nieuw", "is_company": True})
        self.assertEqual(
            self.partner.codabox_missing, ["address", "number", "email", "accounts", "contact"]
        )
        self.tour("account_codabox_partner_missing")
        self.assertFalse(self.partner.codabox_missing)
        self.assertEqual(self.partner.bank_ids.sanitized_acc_number, KBC)
        self.assertEqual(self.partner.child_ids.type, "contact")
