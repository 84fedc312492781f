"""Every public method can be called by RPC, on any id: it asks whose record that is."""

import inspect
import json

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import IBAN
from .test_security import SecurityCase

MODULE = "odoo.addons.account_codabox."
# These open a list that is asked for with the id they were given, and read nothing of the record:
# the list shows what the user may see.
LISTS = {
    ("account.bank.statement", "action_codabox_transactions"),
    ("account.journal", "action_codabox_gaps"),
    ("account.journal", "action_codabox_transactions"),
    ("codabox.feed", "action_open_documents"),
    ("codabox.feed", "action_open_gaps"),
    ("codabox.feed", "action_open_mandates"),
    ("res.partner", "action_codabox_open_mandates"),
}
# Odoo's own method, to which we add: it gives names of fields and reads no company.
ODOOS = {("res.company", "cache_invalidation_fields")}


def public_methods(model):
    """Return the public methods that this add-on adds to a model, as Odoo lets RPC call them."""
    found = {}
    for cls in type(model).mro():
        if not cls.__module__.startswith(MODULE):
            continue
        for name, method in vars(cls).items():
            is_ours = (model._name, name) not in ODOOS
            if inspect.isfunction(method) and not name.startswith("_") and is_ours:
                found[name] = getattr(type(model), name)
    ours = {n: m for n, m in found.items() if not getattr(m, "_api_private", False)}
    return {n: m for n, m in ours.items() if n not in dir(type(model.env["base"]))}


@tagged("-at_install", "post_install")
class TestSecurityMethods(SecurityCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_administrator = cls.make_user(
            "other_administrator",
            "base.group_system,account.group_account_user,account_codabox.group_payroll",
            cls.other_company,
        )

    def records(self):
        """Return one record of the company of each model that has public methods of ours."""
        found = {}
        for name in sorted(self.env.registry):
            model = self.env[name].sudo().with_context(active_test=False)
            if model._abstract or model._transient or not public_methods(model):
                continue
            domain = []
            if "company_id" in model._fields:
                domain = [("company_id", "=", self.company.id)]
            found[name] = model.search(domain, limit=1) or self.make(model)
            self.assertTrue(found[name], name)
        return found

    def make(self, model):
        """Make a record of what this world has none of."""
        of_company = {"company_id": self.company.id}
        account = {**of_company, "account": IBAN, "currency_code": "EUR"}
        values = {
            "codabox.company.order": {
                "feed_id": self.new_coda.feed_id.id,
                "client_name": "New",
                "ordered_by_id": self.env.uid,
                "template_company_id": self.company.id,
                "book_from": "2026-01-01",
            },
            "codabox.gap": {**account, "date_from": "2026-01-01", "date_to": "2026-01-02"},
            "codabox.ignored.account": {**account, "reason": "Private"},
            "codabox.line.batch": {**of_company, "name": "Match all exact"},
            "codabox.soda.label": {**of_company, "code": "620", "name": "Kwartaalding"},
            "codabox.payroll": {
                **of_company,
                "document_id": self.soda.id,
                "name": "Payroll",
                "content_hash": "x",
            },
            "codabox.rule": {**of_company, "name": "Charges", "code": "80", "account_code": "6572"},
            "codabox.soda.mapping": {**of_company, "source": "X", "code": "620200"},
            "codabox.sender.answer": {
                **of_company,
                "answer": "addressee",
                "sender": "Supplier",
                "key": "x",
            },
            "res.partner": {**of_company, "name": "Client of Jo"},
        }
        if model._name.startswith("codabox.client."):
            return self.make_question(model)
        return model.create(values[model._name])

    def make_question(self, model):
        """Make a question to the client, and who answers it."""
        contact = model.env["codabox.client.contact"]._remember(
            self.company, self.company.partner_id
        )
        if model == contact.browse():
            return contact
        line = self.env["account.bank.statement.line"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        return model.create(
            {
                "company_id": self.company.id, "contact_id": contact.id, "kind": "what",
                "line_id": line.id, "user_id": self.env.uid, "asked_on": fields.Datetime.now(),
            }
        )  # fmt: skip

    def call(self, record, name, method):
        """Call a method over HTTP as the user who is logged in; what it needs is nothing."""
        given = list(inspect.signature(method).parameters.values())[1:]
        needed = [p for p in given if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]
        params = {
            "model": record._name,
            "method": name,
            "args": [
                [] if getattr(method, "_api_model", False) else record.ids,
                *[False] * len(needed),
            ],
            "kwargs": {},
        }
        if getattr(method, "_api_model", False):
            params["args"] = params["args"][1:]
        return self.url_open(
            f"/web/dataset/call_kw/{record._name}/{name}",
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        ).json()

    @mute_logger("odoo.http")
    def test_whoever_may_not_see_a_record_is_refused_by_every_method(self):
        records = self.records()
        for user in (self.other_accountant, self.other_administrator):
            self.authenticate(user.login, user.login)
            self.sandbox.clear_log()
            for model, record in records.items():
                for name, method in sorted(public_methods(record).items()):
                    with self.subTest(user=user.login, model=model, method=name):
                        answer = self.call(record, name, method)
                        if (model, name) in LISTS:
                            self.assertEqual(answer["result"]["domain"][0][2], record.ids)
                        else:
                            self.assert_refused(answer)
            self.assertEqual(self.sandbox.log, [])

    def assert_refused(self, answer):
        error = answer.get("error", {}).get("data", {})
        self.assertEqual(error.get("name"), "odoo.exceptions.AccessError", answer)
