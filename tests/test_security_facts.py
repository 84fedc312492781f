"""What says what happened is written by the software, never by a user."""

import json

from odoo.exceptions import AccessError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .facts_lists import CODE, USERS
from .test_connect import ConnectCase

MODULE = "account_codabox"
FACTS = "codabox.facts.mixin"


def listed(lists):
    """Return a list of lists.py as (model, field)."""
    return {(model, name) for model, names in lists.items() for name in names.split()}


@tagged("-at_install", "post_install")
class TestFacts(ConnectCase, HttpCase):
    def own_fields(self):
        """Return every field of ours that could be written in a record that stays."""
        return {
            (name, field.name): field
            for name, model in self.env.registry.items()
            if not model._abstract and not model._transient and model._auto
            for field in model._fields.values()
            if MODULE in field._modules
            and not field.inherited
            and field.name not in MAGIC_COLUMNS
            and field.type != "one2many"
            and (field.store or field.inverse or (field.related and not field.readonly))
        }

    def test_every_field_is_on_one_of_two_lists(self):
        users, code = listed(USERS), listed(CODE)
        self.assertFalse(users & code)
        found = set(self.own_fields())
        self.assertEqual(found - users - code, set(), "on no list")
        self.assertEqual((users | code) - found, set(), "on a list, and nowhere else")

    def test_what_only_code_writes_is_read_only_for_an_administrator_too(self):
        found = self.own_fields()
        for model, name in sorted(listed(CODE)):
            if self.is_closed(model):
                continue
            with self.subTest(model, field=name):
                records = self.env[model].with_user(self.administrator)
                self.assertFalse(records._has_field_access(found[model, name], "write"))
                self.assertTrue(records.sudo()._has_field_access(found[model, name], "write"))

    def is_closed(self, model):
        """Say whether no group at all may make or change records of this model."""
        domain = [("model_id.model", "=", model), "|", ("perm_write", "=", True),
                  ("perm_create", "=", True)]  # fmt: skip
        return not self.env["ir.model.access"].sudo().search_count(domain)

    def test_what_users_write_stays_theirs(self):
        found = self.own_fields()
        for model, name in sorted(listed(USERS)):
            with self.subTest(model, field=name):
                records = self.env[model].with_user(self.administrator)
                self.assertTrue(records._has_field_access(found[model, name], "write"))

    # --- Over HTTP -----------------------------------------------------------------------------

    def call(self, model, method, *args, **kwargs):
        """Call a method over HTTP as the user who is logged in."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        ).json()

    def assert_refused(self, answer, field):
        name = answer.get("error", {}).get("data", {}).get("name")
        self.assertEqual(name, "odoo.exceptions.AccessError", answer)
        self.assertIn(field, answer["error"]["data"]["message"])

    @mute_logger("odoo.http")
    def test_an_accountant_changes_no_fact_by_rpc(self):
        partner = self.env["res.partner"].create({"name": "Jo"})
        move = self.make_invoice(partner)
        line = self.env["account.bank.statement.line"].create(
            {"journal_id": self.journal.id, "date": "2026-01-05", "amount": 5, "payment_ref": "x"}
        )
        records = {
            record._name: record
            for record in (
                move,
                move.line_ids[0],
                line,
                self.env["account.bank.statement"].create({"line_ids": line.ids}),
                self.env["res.partner.bank"].create(
                    {"acc_number": "BE71096123456769", "partner_id": partner.id}
                ),
                partner,
            )
        }
        self.accountant.group_ids += self.env.ref("base.group_partner_manager")
        self.authenticate("plain_accountant", "plain_accountant")
        for model, record in records.items():
            allowed = self.call(model, "write", record.ids, {})
            self.assertTrue(allowed.get("result"), f"the user may write {model}")
            for name in CODE[model].split():
                with self.subTest(model, field=name):
                    answer = self.call(model, "write", record.ids, {name: self.other(record, name)})
                    self.assert_refused(answer, name)

    def other(self, record, name):
        """Return a value that the field does not have: Odoo drops what changes nothing."""
        field = record._fields[name]
        if field.type == "boolean":
            return not record.sudo()[name]
        if field.relational:
            return self.env[field.comodel_name].sudo().search([], limit=1).id or 1
        values = {"date": "2020-01-01", "datetime": "2020-01-01 00:00:00", "json": {"a": 1}}
        if field.type == "selection":
            return field.get_values(self.env)[-1]
        return values.get(field.type, "eA==")

    @mute_logger("odoo.http")
    def test_nobody_makes_an_invoice_that_is_sent_already(self):
        self.authenticate("plain_accountant", "plain_accountant")
        values = {"move_type": "out_invoice"}
        sent = {"codabox_send_state": "sent"}
        self.assert_refused(
            self.call("account.move", "create", [values | sent]), "codabox_send_state"
        )
        context = {"default_codabox_send_state": "sent"}
        self.assert_refused(
            self.call("account.move", "create", [values], context=context), "codabox_send_state"
        )

    def test_nobody_replaces_the_file_that_was_sent(self):
        move = self.make_invoice(self.env["res.partner"].create({"name": "Jo"}))
        attachment = self.env["ir.attachment"].sudo().create(
            {
                "name": "ubl.xml", "raw": b"<sent/>", "res_model": move._name, "res_id": move.id,
                "res_field": "codabox_ubl_file",
            }
        )  # fmt: skip
        for method, args in (("write", [{"raw": b"<other/>"}]), ("unlink", [])):
            with self.subTest(method), self.assertRaises(AccessError):
                self.press(attachment, method, *args)
        self.assertEqual(attachment.raw, b"<sent/>")
