"""Two clients of one office, each with a user of the portal, and what they do over real HTTP."""

import base64

from odoo import Command, fields, http
from odoo.tests import HttpCase, new_test_user

from ..codabox.sandbox import pdf
from .common import IBAN, OTHER_IBAN, CodaboxCase

DOCUMENT = pdf(["Mandate of Bakkerij Jo"])
SIGNED = pdf(["Mandate of Bakkerij Jo", "signed"])
LINK = "https://sign.example.test/jo"
PATH = "/my/codabox/mandates"
# What only the office sees.
SECRET = "Signer is no mandatary of this company"


class PortalCase(CodaboxCase, HttpCase):
    """Jo and Piet are clients of the same office; each has a mandate at a bank to sign."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jo = cls.make_client("Bakkerij Jo")
        cls.piet = cls.make_client("Garage Piet")
        cls.jo_user = cls.make_portal_user("jo", cls.jo)
        cls.piet_user = cls.make_portal_user("piet", cls.piet)

    @classmethod
    def make_client(cls, name):
        return cls.env["res.partner"].create({"name": name, "is_company": True})

    @classmethod
    def make_portal_user(cls, login, client):
        """Make a portal user who is a contact of a client."""
        user = new_test_user(cls.env, f"codabox_{login}", "base.group_portal")
        user.partner_id.parent_id = client
        return user

    def setUp(self):
        super().setUp()
        self.mandate = self.make_mandate(self.jo, signing_url=LINK, pdf=True)
        self.other = self.make_mandate(self.piet, iban=OTHER_IBAN, remote_id="piet-1", pdf=True)

    def make_mandate(self, client, *, iban=IBAN, pdf=False, **values):
        """Make a mandate for bank statements as CodaBox lists it."""
        values = {
            "connection_id": self.connection.id,
            "partner_id": client.id,
            "client_ref": f"ref-{client.id}",
            "client_name": client.name,
            "service": "coda",
            "bank_bic": "BNAGBEBB",
            "state": "to_sign",
            "raw_state": "sent-client",
            "state_date": fields.Datetime.now(),
            "remote_id": "jo-1",
            "problem_reason": SECRET,
            "account_ids": [Command.create({"iban": iban})],
            **values,
        }
        mandate = self.env["codabox.mandate"].sudo().create(values)
        if pdf:
            mandate.pdf = base64.b64encode(DOCUMENT)
        return mandate

    def token(self, mandate):
        return mandate._portal_ensure_token()

    # -------------------------------------------------------------------------
    # Doing
    # -------------------------------------------------------------------------

    def login(self, user):
        """Open a session: of a user, or of nobody."""
        self.authenticate(user and user.login, user and user.login)

    def get(self, mandate, suffix="", **params):
        """Open a page of a mandate; it is not followed anywhere."""
        mandate_id = mandate if isinstance(mandate, (int, str)) else mandate.id
        return self.url_open(f"{PATH}/{mandate_id}{suffix}", params=params, allow_redirects=False)

    def upload(self, mandate, content=SIGNED, name="signed.pdf", csrf=True, **params):
        """Upload a file as the form of the page does."""
        return self.url_open(
            f"{PATH}/{mandate.id}/upload",
            params=params,
            data={"csrf_token": http.Request.csrf_token(self)} if csrf else {"a": "b"},
            files={"signed": (name, content)} if content is not None else None,
            allow_redirects=False,
        )

    def uploads(self, mandate):
        """Return what is kept of a mandate, whichever way it came, as bytes."""
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", mandate._name), ("res_id", "=", mandate.id)])
        )
        return attachments.filtered(lambda a: not a.res_field)

    # -------------------------------------------------------------------------
    # Expecting
    # -------------------------------------------------------------------------

    def assert_sent_away(self, answer):
        """The answer shows nothing, and is the same whether the mandate exists or not."""
        self.assertEqual(answer.status_code, 303, answer.url)
        self.assertTrue(answer.headers["Location"].endswith("/my"), answer.headers["Location"])
        self.assertNotIn(b"%PDF", answer.content)
        self.assertNotIn("Piet", answer.text)
