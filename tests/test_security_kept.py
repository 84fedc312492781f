"""Where secrets are kept: in a table that nobody reads and no log sees, or on the server."""

import logging
import os
from unittest.mock import patch

from lxml import etree
from psycopg2 import Error
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import SQL, config

from ..codabox.sandbox import CREDENTIALS, SOFTWARE_KEY
from .test_connect import ConnectCase
from .test_security import SECRETS

_logger = logging.getLogger("odoo.sql_db")

NEEDLE = "needle-7c1f"
SET = {
    "CODABOX_JO_SOFTWARE_KEY": SOFTWARE_KEY,
    "CODABOX_JO_USERNAME": CREDENTIALS.username,
    "CODABOX_JO_PASSWORD": CREDENTIALS.password,
}


@tagged("-at_install", "post_install")
class TestSecretsKept(ConnectCase):
    def stored(self, record):
        """Return the secrets that the table has of a record."""
        self.cr.execute(
            "SELECT name, value FROM codabox_secret"
            " WHERE res_model = %s AND res_id = %s AND value > ''",
            [record._name, record.id],
        )
        return dict(self.cr.fetchall())

    def refuse(self, table):
        """Let PostgreSQL refuse every change of a table, as when another one was first."""
        self.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION codabox_refuse() RETURNS trigger AS
                'BEGIN RAISE EXCEPTION ''refused by the test''; END' LANGUAGE plpgsql;
                CREATE TRIGGER codabox_refuse BEFORE UPDATE ON %s
                FOR EACH ROW EXECUTE FUNCTION codabox_refuse();
                """,
                SQL.identifier(table),
            )
        )

    # --- The log -------------------------------------------------------------------------------

    def test_a_form_whose_saving_is_refused_logs_no_secret(self):
        forms = {
            self.connection: dict.fromkeys(SECRETS, NEEDLE) | {"name": "Other"},
            self.begin(): {"software_key": NEEDLE, "token": NEEDLE, "base_url": "http://[::1]/"},
        }
        for record, values in forms.items():
            for table in (record._table, "codabox_secret"):
                with self.subTest(record._name, table=table), self.rolled_back():
                    self.refuse(table)
                    with self.assertLogs(level="INFO") as log, self.assertRaises(Error) as refusal:
                        _logger.warning("saved as an administrator")
                        record.with_user(self.administrator).web_save(values, {"id": {}})
                        self.env.flush_all()
                    self.assertNotIn(NEEDLE, "".join([*log.output, str(refusal.exception)]))

    def test_two_who_save_at_once_log_no_secret(self):
        db = db_connect(self.cr.dbname)
        with db.cursor() as first, db.cursor() as second:
            secrets = [
                api.Environment(cr, SUPERUSER_ID, {})["codabox.connection"].browse(-1)
                for cr in (first, second)
            ]
            self.addCleanup(self.forget, db)
            for cr in (first, second):
                cr.execute("SELECT 1")  # each now sees the database as it is
            secrets[0]._keep_secret("password", "other")
            first.commit()
            with (
                self.assertLogs(level="INFO") as log,
                self.assertRaises(SerializationFailure) as refusal,
            ):
                _logger.warning("saved by the second")
                secrets[1]._keep_secret("password", NEEDLE)
            self.assertNotIn(NEEDLE, "".join([*log.output, str(refusal.exception)]))

    def forget(self, db):
        with db.cursor() as cr:
            cr.execute("DELETE FROM codabox_secret WHERE res_id = -1")

    def test_what_cannot_be_a_secret_is_refused_without_repeating_it(self):
        for value in (f"{NEEDLE}\0", f"{NEEDLE}\ud800", f"{NEEDLE}\n{NEEDLE}"):
            with self.subTest(ascii(value)), self.assertRaises(UserError) as refusal:
                self.connection.password = value
            self.assertNotIn(NEEDLE, repr(refusal.exception))
        self.connection.password = f"  {NEEDLE}\n"
        self.assertEqual(self.stored(self.connection)["password"], NEEDLE)

    # --- The table -----------------------------------------------------------------------------

    def test_nobody_reads_or_writes_the_table_of_secrets(self):
        secrets = self.env["codabox.secret"].with_user(self.administrator)
        for call in (
            lambda: secrets.search([]),
            lambda: secrets.search_read([], ["value"]),
            lambda: secrets.create({"res_model": "x", "res_id": 1, "name": "x"}),
        ):
            self.assertRaises(AccessError, call)

    def test_no_table_of_ours_has_a_column_for_what_a_form_hides(self):
        ours = [("module", "=", "account_codabox"), ("model", "=", "ir.ui.view")]
        found = self.env["ir.model.data"].sudo().search(ours).mapped("res_id")
        views = self.env["ir.ui.view"].sudo().browse(found)
        hidden = {
            (view.model, field.get("name"))
            for view in views
            for field in etree.fromstring(view.arch).iter("field")
            if field.get("password")
        }
        self.assertIn(("codabox.connect", "token"), hidden)
        for model, name in hidden:
            self.assertFalse(self.env[model]._fields[name].store, f"{model}.{name}")

    def test_secrets_go_with_their_record(self):
        wizard = self.begin()
        self.assertEqual(self.stored(wizard), {"software_key": SOFTWARE_KEY})
        wizard.unlink()
        self.assertEqual(self.stored(wizard), {})

    def test_what_is_typed_in_one_field_leaves_the_others_as_they_were_typed(self):
        new = self.env["codabox.connection"].new({"software_key": NEEDLE})
        self.assertFalse(new.password)
        self.assertEqual(new.software_key, NEEDLE)
        self.connection.username = NEEDLE
        self.connection.invalidate_recordset()
        self.assertEqual(
            self.stored(self.connection), {"software_key": SOFTWARE_KEY, "username": NEEDLE}
        )


@tagged("-at_install", "post_install")
class TestSecretsOfServer(ConnectCase):
    def setUp(self):
        super().setUp()
        self.connection.write(
            {"secrets_from": "server", "server_set": "jo", **dict.fromkeys(SECRETS, False)}
        )

    def assert_used(self, set_name, expected, **settings):
        """What the server holds by this name is used, or not."""
        self.connection.server_set = set_name
        with patch.dict(os.environ, settings):
            found = self.connection._codabox_secret("username")
        self.assertEqual(found, CREDENTIALS.username if expected else "")

    def test_each_connection_has_a_set_of_its_own(self):
        self.assert_used("jo", True, **SET)
        self.assert_used("JO", True, **SET)
        self.assert_used("piet", False, **SET)
        self.assert_used(False, False, **SET)
        self.assert_used(False, True, CODABOX_USERNAME=CREDENTIALS.username)
        self.connection.server_set = "jo"
        twin = self.connection.copy({"secrets_from": "server", "server_set": "piet"})
        for name in ("jo", "JO"):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "each its own"):
                twin.server_set = name
        with self.assertRaisesRegex(ValidationError, "letters"):
            twin.server_set = "../piet"

    def test_a_set_is_for_the_database_that_the_server_names(self):
        self.assert_used("jo", True, **SET, CODABOX_JO_DATABASE=self.cr.dbname)
        self.assert_used("jo", False, **SET, CODABOX_JO_DATABASE="of_somebody_else")
        several = config.options.new_child({"db_name": [self.cr.dbname, "other"]})
        with patch.object(config, "options", several):
            self.assert_used("jo", False, **SET)
            self.assert_used("jo", True, **SET, CODABOX_JO_DATABASE=self.cr.dbname)

    def test_what_the_server_does_not_have_is_named_with_what_to_do(self):
        with self.assertRaises(UserError) as refusal:
            self.press(self.connection, "action_test", user=self.administrator)
        for name in ("CODABOX_JO_USERNAME", "CODABOX_JO_PASSWORD", "CODABOX_JO_DATABASE"):
            self.assertIn(name, str(refusal.exception))

    def test_an_address_that_the_server_does_not_list_gets_nothing(self):
        with patch.dict(os.environ, SET):
            self.press(self.connection, "action_test", user=self.administrator)
            self.sandbox.clear_log()
            for listed in ("", "127.0.0.2", "127.0.0.1:1", "127.0.0.1.example.com"):
                with (
                    self.subTest(listed),
                    patch.dict(os.environ, {"CODABOX_ADDRESSES": listed}),
                    self.assertRaisesRegex(UserError, "CODABOX_ADDRESSES"),
                ):
                    self.press(self.connection, "action_test", user=self.administrator)
            self.assertEqual(self.sandbox.log, [])
            port = self.sandbox.url.split(":")[2].split("/")[0]
            with patch.dict(os.environ, {"CODABOX_ADDRESSES": f"a.example, 127.0.0.1:{port}"}):
                self.press(self.connection, "action_test", user=self.administrator)

    def test_an_address_that_is_no_longer_listed_is_told_in_the_connection(self):
        self.connection.write({"secrets_from": "database", "software_key": SOFTWARE_KEY})
        self.connection.write(
            {
                "state": "connected",
                "username": CREDENTIALS.username,
                "password": CREDENTIALS.password,
                "fetch_automatically": True,
            }
        )
        with patch.dict(os.environ, {"CODABOX_ADDRESSES": ""}):
            self.night()
        self.assertEqual(self.connection.reason_code, "address_not_listed")
        self.assertIn("CODABOX_ADDRESSES", self.connection.reason)
        self.assertEqual(self.connection.failed_nights, 1)
        self.night()
        self.assertFalse(self.connection.reason_code)

    def test_an_own_address_is_saved_only_when_the_server_lists_it(self):
        with self.assertRaisesRegex(ValidationError, "CODABOX_ADDRESSES"):
            self.connection.base_url = "https://codabox.example.com/v2/"
        with patch.dict(os.environ, {"CODABOX_ADDRESSES": "codabox.example.com"}):
            self.connection.base_url = "https://codabox.example.com/v2/"
