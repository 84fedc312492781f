"""Questions to the clients of an office, and their answers over real HTTP."""

from odoo import http
from odoo.tests import HttpCase, new_test_user

from .common import date
from .portal_case import SIGNED
from .test_coda_book import BookCase

PATH = "/my/codabox/questions"
PHOTO = b"\x89PNG\r\n\x1a\n" + b"0" * 100


class AskingCase(BookCase):
    """Jo is asked about bank lines of his bakery; Piet is another client of the office."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_BE")
        cls.jo = cls.company.partner_id
        cls.jo.write({"email": "jo@example.com", "lang": "nl_BE"})
        cls.piet = cls.other_company.partner_id
        cls.piet.write({"email": "piet@example.com"})

    def setUp(self):
        super().setUp()
        self.accountant.lang = "en_US"
        self.contacts = self.env["codabox.client.contact"].sudo()
        self.questions = self.env["codabox.client.question"].sudo()

    def line(self, amount=45.0, text="KAART 1234"):
        """Make a bank line of money out."""
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.journal.id,
                "date": date(2026, 1, 11),
                "amount": -amount,
                "partner_name": "COLRUYT",
                "payment_ref": text,
            }
        )

    def seen(self, line, field):
        """Return what the plain accountant sees, in English."""
        return line.with_user(self.accountant).with_context(lang="en_US")[field]

    def dialog(self, records, user=None, **values):
        """Press *Ask the client*, and fill the dialog in."""
        action = self.press(records, "action_codabox_ask_client", user=user)
        wizard = self.env["codabox.client.ask"].sudo().browse(action["res_id"])
        if values:
            self.press(wizard, "write", values, user=user)
        return wizard

    def ask(self, records, user=None, **values):
        """Ask as a person does; return the questions."""
        before = self.questions.search([])
        self.do(self.dialog(records, user=user, **values), "action_ask", user=user)
        return self.questions.search([], order="id") - before

    def mails(self):
        """Return the mails to clients, the oldest first."""
        return self.env["mail.mail"].sudo().search([("body_html", "ilike", PATH)], order="id")

    def weekly(self):
        """The scheduled action of the mail runs."""
        self.run_job(self.env.ref("account_codabox.ir_cron_client_questions"))
        self.env.invalidate_all()

    def a_week_later(self):
        """The last mail of each client was a week ago."""
        for contact in self.contacts.search([("mailed_on", "!=", False)]):
            contact.mailed_on = contact.mailed_on.replace(year=contact.mailed_on.year - 1)

    def notes(self, line):
        return " ".join(map(str, line.move_id.message_ids.mapped("body")))


class AskingPortalCase(AskingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jo_user = cls.make_portal_user("jo", cls.jo)
        cls.piet_user = cls.make_portal_user("piet", cls.piet)

    @classmethod
    def make_portal_user(cls, login, client):
        """Make a portal user who is a contact of a client."""
        user = new_test_user(cls.env, f"asked_{login}", "base.group_portal")
        user.partner_id.parent_id = client
        user.lang = "en_US"
        return user

    def log_in(self, user):
        self.authenticate(user and user.login, user and user.login)

    def page(self, contact=None, **params):
        """Open the page; it is not followed anywhere."""
        path = f"{PATH}/{contact.id}" if contact else PATH
        return self.url_open(path, params=params, allow_redirects=False)

    def answer(self, question, *files, csrf=True, **posted):
        """Send the form of a question, as the page does."""
        token = posted.pop("access_token", None)
        return self.url_open(
            f"{PATH}/{question.contact_id.id}/{question.id}",
            params={"access_token": token} if token else None,
            data={**posted, **({"csrf_token": http.Request.csrf_token(self)} if csrf else {})},
            files=[("files", file) for file in files] or None,
            allow_redirects=False,
        )

    def assert_sent_away(self, answer):
        self.assertEqual(answer.status_code, 303, answer.url)
        self.assertTrue(answer.headers["Location"].endswith("/my"), answer.headers["Location"])
        self.assertNotIn("COLRUYT", answer.text)


__all__ = ["PATH", "PHOTO", "SIGNED", "AskingCase", "AskingPortalCase"]
