"""In the browser, in Dutch: an accountant asks, and his client answers."""

from odoo.tests import tagged

from .asking_case import PATH, AskingPortalCase


@tagged("-at_install", "post_install")
class TestAskingTour(AskingPortalCase):
    def setUp(self):
        super().setUp()
        self.accountant.lang = self.jo_user.lang = "nl_BE"

    def test_an_accountant_asks_in_two_clicks_in_dutch(self):
        line = self.line()
        url = f"/odoo/codabox-bank-lines/{line.id}"
        self.start_tour(url, "account_codabox_ask_client", login=self.accountant.login)
        self.env.invalidate_all()
        self.assertEqual(self.questions.search([("line_id", "=", line.id)]).kind, "document")

    def test_a_client_answers_on_the_portal_in_dutch(self):
        lines = self.line(45), self.line(12.5)
        missing, private = self.ask(lines[0]), self.ask(lines[1], kind="private")
        self.start_tour(PATH, "account_codabox_client_answers", login=self.jo_user.login)
        self.env.invalidate_all()
        self.assertEqual((missing.answer, private.is_private), ("Brood voor de winkel", "yes"))
        self.assertTrue(missing.attachment_ids)
        self.start_tour(
            "/odoo/codabox-client-questions", "account_codabox_client_answered",
            login=self.accountant.login,
        )  # fmt: skip
        self.env.invalidate_all()
        self.assertTrue(lines[1].is_reconciled)
