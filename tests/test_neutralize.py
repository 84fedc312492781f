"""A copy of a database neither fetches nor moves an offset."""

import os
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import new_test_user, tagged

from ..codabox.sandbox import CREDENTIALS, SOFTWARE_KEY
from .common import CodaboxCase, credit

SECRETS = {
    "CODABOX_SOFTWARE_KEY": SOFTWARE_KEY,
    "CODABOX_USERNAME": CREDENTIALS.username,
    "CODABOX_PASSWORD": CREDENTIALS.password,
}


@tagged("-at_install", "post_install")
class TestNeutralize(CodaboxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env, "codabox_neutral", "base.group_system", company_id=cls.company.id
        )

    mapped = True

    def setUp(self):
        super().setUp()
        self.env["codabox.connect"].sudo().create({"software_key": SOFTWARE_KEY, "token": "1234"})
        self.mandate = self.make_mailed_mandate()
        self.index = self.deliver(self.day(15, credit("10")))
        self.env.flush_all()
        for query in get_neutralization_queries(["base", "account_codabox"]):
            self.cr.execute(query)
        self.env.invalidate_all()
        self.registry.clear_all_caches()  # a copy starts afresh
        self.sandbox.clear_log()

    def make_mailed_mandate(self):
        """Make two mandates of one client whose links were mailed, by us and by hand."""
        client = self.env["res.partner"].create({"name": "Jo", "email": "jo@example.test"})
        mandates = self.env["codabox.mandate"].sudo()
        for number in ("1", "2"):
            mandates += mandates.create(
                {
                    "connection_id": self.connection.id,
                    "partner_id": client.id,
                    "service": "coda",
                    "state": "to_sign",
                    "remote_id": number,
                    "bank_bic": "BNAGBEBB",
                    "signing_url": f"https://sign.example.test/?a={number}&b=2",
                }
            )
        mandates._mail_to_clients({})
        self.token = mandates[0]._portal_ensure_token()
        client.message_post(body=mandates[0]._get_portal_url(), message_type="comment")
        client.message_post(body=mandates[1].signing_url)
        return mandates

    def assert_silent(self):
        self.assertEqual(self.sandbox.log, [])
        self.assertFalse(self.document(self.index))

    def test_neither_the_night_nor_a_button_reaches_codabox(self):
        self.run_job()
        for record, method in (
            (self.connection, "action_fetch"),
            (self.feed(), "action_fetch"),
            (self.journal, "action_codabox_fetch"),
        ):
            refusal = self.assertRaisesRegex(UserError, "no user and password|copy of a database")
            with self.subTest(record=record._name), refusal:
                self.press(record, method)
        with self.assertRaisesRegex(UserError, "no user and password|copy of a database"):
            self.press(self.connection, "action_test", user=self.administrator)
        self.assert_silent()

    def test_a_copy_holds_no_secret_at_all(self):
        for name in ("software_key", "username", "password"):
            self.assertFalse(self.connection.sudo()[name])
        self.assertFalse(self.env["codabox.connect"].sudo().search([]))
        self.assertEqual(self.connection.state, "disconnected")
        self.assertFalse(self.connection.next_fetch or self.connection.fetch_automatically)

    def test_a_copy_has_no_link_with_which_a_client_signs_or_uploads(self):
        self.assertTrue(self.mandate.exists())
        for name in ("signing_url", "access_token"):
            self.assertFalse(any(self.mandate.mapped(name)))
        self.cr.execute("SELECT string_agg(body, '') FROM mail_message")
        told = self.cr.fetchone()[0]
        self.cr.execute("SELECT string_agg(body_html, '') FROM mail_mail")
        told += self.cr.fetchone()[0]
        self.assertIn("Sign for", told)
        self.assertNotIn("sign.example.test", told)
        self.assertNotIn(self.token, told)

    def test_a_copy_on_the_same_server_does_not_use_the_secrets_of_that_server(self):
        with patch.dict(os.environ, SECRETS):
            self.run_job()
            with self.assertRaisesRegex(UserError, "no user and password|copy of a database"):
                self.press(self.connection, "action_fetch")
        self.assert_silent()

    def test_a_person_who_connects_a_copy_again_reaches_a_test_server_only(self):
        self.connection.write(
            {"secrets_from": "server", "state": "connected", "fetch_automatically": True}
        )
        listed = {"CODABOX_ADDRESSES": "127.0.0.1 codabox.example.com"}
        with patch.dict(os.environ, SECRETS | listed):
            for values in (
                {"environment": "production"},
                {"environment": "sandbox"},
                {"environment": "custom", "base_url": "https://codabox.example.com/v2/"},
            ):
                self.connection.write({"state": "connected", **values})
                with self.subTest(values), self.assertRaisesRegex(UserError, "copy of a database"):
                    self.connection._codabox_client()
                with self.subTest(values), self.assertRaisesRegex(UserError, "copy of a database"):
                    self.connection._codabox_client(anonymous=True)
                with self.subTest(values), self.assertRaises(UserError):
                    self.press(self.connection, "action_fetch")
            self.connection.write({"environment": "custom", "base_url": self.sandbox.url})
            self.press(self.connection, "action_fetch")
        self.assertEqual(self.document(self.index).state, "imported")
