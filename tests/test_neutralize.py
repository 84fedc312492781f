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

    def setUp(self):
        super().setUp()
        self.map_client()
        self.env["codabox.connect"].sudo().create({"software_key": SOFTWARE_KEY, "token": "1234"})
        self.index = self.deliver(self.day(15, credit("10")))
        self.env.flush_all()
        for query in get_neutralization_queries(["base", "account_codabox"]):
            self.cr.execute(query)
        self.env.invalidate_all()
        self.registry.clear_all_caches()  # a copy starts afresh
        self.sandbox.clear_log()

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
        with patch.dict(os.environ, SECRETS):
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
