"""Who reads the secrets of a connection: administrators, and nobody's log."""

import os
from unittest.mock import patch
from urllib.parse import urlsplit

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..codabox import SANDBOX_URL
from ..codabox.sandbox import CREDENTIALS, SOFTWARE_KEY
from .test_security import SECRETS, SecurityCase


@tagged("-at_install", "post_install")
class TestSecrets(SecurityCase):
    def test_secrets_are_read_by_administrators_only(self):
        for name in SECRETS:
            with self.subTest(name):
                connection = self.seen_by(self.accountant, self.connection)
                self.assertNotIn(name, connection.fields_get())
                self.assertRaises(AccessError, connection.read, [name])
                self.assertRaises(AccessError, connection.export_data, [name])
                self.assertRaises(AccessError, connection.search, [(name, "=like", "%")])
        connection = self.seen_by(self.administrator, self.connection)
        self.assertEqual(connection.password, CREDENTIALS.password)

    def test_a_copy_of_a_connection_has_no_secrets_and_is_not_connected(self):
        copy = self.connection.copy()
        self.assertEqual([copy[name] for name in SECRETS], [False] * 3)
        self.assertEqual((copy.state, copy.fetch_automatically), ("draft", False))

    def test_no_secret_is_ever_in_the_log_or_in_what_a_user_reads(self):
        self.sandbox.configure_pod(password="changed")
        with self.assertLogs(level="DEBUG") as log:
            self.night()
            url = SANDBOX_URL.replace("sandbox", "nowhere")
            listed = patch.dict(os.environ, {"CODABOX_ADDRESSES": urlsplit(url).hostname})
            with listed, self.assertRaises(UserError) as refusal:
                self.connection.base_url = url
                self.press(self.connection, "action_fetch")
        told = "\n".join([*log.output, str(refusal.exception), self.connection.reason or ""])
        told += "".join(self.connection.message_ids.mapped("body"))
        self.assertIn("pod-client", told)
        for secret in (SOFTWARE_KEY, CREDENTIALS.username, CREDENTIALS.password):
            self.assertNotIn(secret, told)
