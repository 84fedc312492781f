"""A connection after the wizard: disconnect, connect again, several at once, secrets on the server."""

import os
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..codabox.sandbox import CREDENTIALS, SOFTWARE_KEY
from .common import NUMBER, credit
from .test_connect import ConnectCase


@tagged("-at_install", "post_install")
class TestConnectAfterwards(ConnectCase):
    def connected(self):
        wizard, connection = self.see_clients()
        self.step(wizard, "action_start")
        return connection

    def test_a_disconnected_connection_forgets_its_secrets_and_keeps_its_documents(self):
        index = self.deliver(self.day(15, credit("10")))
        connection = self.connected()
        connection.next_fetch = False
        self.run_job()
        self.press(connection, "action_disconnect", user=self.administrator)
        self.assertEqual((connection.state, connection.reason_code), ("disconnected",) * 2)
        self.assertIn(self.administrator.name, connection.reason)
        self.assertFalse(connection.username or connection.password)
        self.sandbox.clear_log()
        self.run_job()
        with self.assertRaisesRegex(UserError, "token"):
            self.press(connection, "action_fetch", user=self.administrator)
        self.assertEqual(self.sandbox.log, [])
        self.assertTrue(self.document(index))

    def test_a_connection_connects_again_and_knows_its_clients(self):
        connection = self.connected()
        feed = connection.feed_ids
        self.press(connection, "action_disconnect", user=self.administrator)
        wizard = self.begin(connection_id=connection.id, software_key=False)
        self.step(wizard, "action_to_token")
        self.step(wizard, "action_connect", token=self.sandbox.issue_token())
        self.assertEqual((connection.state, connection.reason_code), ("connected", False))
        self.assertEqual((connection.feed_ids, feed.company_id), (feed, self.company))

    def test_two_connections_of_one_database_keep_to_themselves(self):
        office = self.connected()
        wizard = self.begin(role="company")
        self.step(wizard, "action_to_token")
        self.step(wizard, "action_request_token")
        (mail,) = self.sandbox.mails()
        self.step(wizard, "action_connect", token=mail.token)
        own = wizard.connection_id.sudo()
        self.assertNotEqual(own.username, office.username)
        self.assertNotEqual(own.feed_ids.remote_id, office.feed_ids.remote_id)

    def test_secrets_of_the_server_are_used_and_never_stored(self):
        self.map_secrets_to_server()
        secrets = {
            "CODABOX_SOFTWARE_KEY": SOFTWARE_KEY,
            "CODABOX_USERNAME": CREDENTIALS.username,
            "CODABOX_PASSWORD": CREDENTIALS.password,
        }
        with patch.dict(os.environ, secrets):
            self.press(self.connection, "action_test", user=self.administrator)
            self.assertEqual(self.connection.state, "connected")
            self.feed()._confirm_company(self.company)
            self.feed().kind_ids.book_from = False
            self.connection.write({"fetch_automatically": True, "next_fetch": False})
            document = self.receive(self.day(15, credit("10")))
        self.assertEqual(document.state, "imported")
        self.assertEqual(
            [self.connection[name] for name in ("software_key", "username", "password")],
            [False] * 3,
        )

    def map_secrets_to_server(self):
        self.connection.write(
            {"secrets_from": "server", "software_key": False, "username": False, "password": False}
        )

    def test_secrets_that_the_server_does_not_have_are_asked_for(self):
        self.map_secrets_to_server()
        with self.assertRaisesRegex(UserError, "token"):
            self.press(self.connection, "action_test", user=self.administrator)

    def test_what_the_server_does_not_hold_comes_with_the_token(self):
        self.map_secrets_to_server()
        with patch.dict(os.environ, {"CODABOX_SOFTWARE_KEY": SOFTWARE_KEY}):
            wizard = self.begin(connection_id=self.connection.id, software_key=False)
            self.step(wizard, "action_to_token")
            self.step(wizard, "action_connect", token=self.sandbox.issue_token())
            self.assertEqual(self.connection.state, "connected")
            self.assertEqual(self.connection.secrets_from, "server")
            self.assertFalse(self.connection.software_key)
            self.press(self.connection, "action_test", user=self.administrator)

    def test_a_token_is_not_used_up_while_the_server_holds_another_user(self):
        self.map_secrets_to_server()
        token = self.sandbox.issue_token()
        server = {"CODABOX_SOFTWARE_KEY": SOFTWARE_KEY, "CODABOX_USERNAME": "somebody"}
        wizard = self.begin(connection_id=self.connection.id, software_key=False)
        with patch.dict(os.environ, server):
            self.step(wizard, "action_to_token")
            with self.assertRaisesRegex(UserError, "CODABOX_USERNAME"):
                self.step(wizard, "action_connect", token=token)
        with patch.dict(os.environ, {"CODABOX_SOFTWARE_KEY": SOFTWARE_KEY}):
            self.step(wizard, "action_connect", token=token)
        self.assertEqual(self.connection.state, "connected")

    def test_an_archived_company_is_proposed_only_where_no_other_has_the_number(self):
        connection = self.connected()
        self.company.write({"active": True})
        self.other_company.write({"company_registry": NUMBER, "active": False})
        feed = connection.feed_ids
        feed.company_id = False
        self.assertEqual(feed.proposed_company_id, self.company)

    def test_a_connection_that_the_database_stops_does_not_stop_the_others(self):
        connection = self.connected()
        twin = connection.copy(
            {
                "software_key": SOFTWARE_KEY,
                "username": CREDENTIALS.username,
                "password": CREDENTIALS.password,
            }
        )
        both = connection + twin
        both.write({"state": "connected", "fetch_automatically": True, "next_fetch": False})
        start = type(connection)._start_round
        unlucky = min(both.ids)

        def conflict(self, feeds=None):
            if self.id == unlucky:
                raise SerializationFailure("could not serialize access")
            return start(self, feeds)

        with patch.object(type(connection), "_start_round", conflict):
            self.run_job()
        first, second = both.sorted("id")
        self.assertFalse(first.next_fetch, "still due")
        self.assertTrue(second.next_fetch)
