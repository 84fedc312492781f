"""Who has which right on which model of ours, and of which companies he finds records.

Asked over HTTP, as a client of Odoo does, and compared with ``docs/rights.md``: what is not written
there fails. ``make rights`` writes it anew; read the difference before you commit it.
"""

import json
import os
from difflib import unified_diff
from pathlib import Path

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .test_security import SecurityCase
from .users_case import FormUsers

PAGE = Path(__file__).parents[1] / "docs" / "rights.md"
RIGHTS = {"read": "r", "write": "w", "create": "c", "unlink": "d"}
INVOICING = "account.group_account_invoice"
CLERK = (INVOICING, "account_codabox.group_accountant")
# Column of the page -> groups that Odoo's form of a user gives, and of which company.
ON_THE_FORM = {
    "employee A": ((), "A"),
    "invoicing A": ((INVOICING,), "A"),
    "accountant A": (CLERK, "A"),
    "accountant B": (CLERK, "B"),
    "accountant A+B": (CLERK, "AB"),
    "officer A": ((INVOICING, "account_codabox.group_mandate_officer"), "A"),
    "manager A": (("account.group_account_manager",), "A"),
    "payroll A, books A+B": ((*CLERK, "account_codabox.group_payroll"), "AB"),
    "CodaBox administrator A": (("account_codabox.group_administrator",), "A"),
    "administrator A": (("base.group_system",), "A"),
}  # fmt: skip
# What the world of the tests of documents does not have, of each company.
SEEDS = {
    "codabox.soda.mapping": {"source": "X", "code": "620"},
    "codabox.ignored.account": {
        "account": "BE71096123456769", "currency_code": "EUR", "reason": "Closed"
    },
    "codabox.gap": {
        "account": "BE71096123456769", "currency_code": "EUR",
        "date_from": "2026-01-01", "date_to": "2026-01-31",
    },
}  # fmt: skip
HEAD = """# Rights

Written by a test (`tests/test_rights.py`), which fails when this is not so. Asked over HTTP, of users
as Odoo's form of a user makes them; what each role is for: [ADR 21](adr/0021-roles.md).
"""


@tagged("-at_install", "post_install")
class TestRights(SecurityCase, FormUsers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = {"A": cls.company, "B": cls.other_company}
        companies["AB"] = cls.company + cls.other_company
        cls.users = {
            name: cls.make_form_user(
                f"rights {name}",
                *groups,
                companies=companies[where],
                payroll=cls.company if "payroll" in name else (),
            )
            for name, (groups, where) in ON_THE_FORM.items()
        }
        # In debug mode only, and by an invitation.
        for name, group in (
            ("read-only A", "account.group_account_readonly"),
            ("portal", "base.group_portal"),
        ):
            cls.users[name] = new_test_user(
                cls.env, f"rights {name}", group, company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)], password=f"rights {name}",
            )  # fmt: skip

    def setUp(self):
        super().setUp()
        audit = self.env["codabox.audit"]
        for company in self.company + self.other_company:
            audit._note("resolved", self.connection, company)
            for model, values in SEEDS.items():
                self.env[model].sudo().create({"company_id": company.id, **values})
        self.env.flush_all()

    def own_models(self):
        """Return the names of the models that this add-on brings."""
        return [
            name
            for name, model in sorted(self.registry.items())
            if model._original_module == "account_codabox" and not model._abstract
        ]

    def call(self, model, method, *args):
        """Return what a call over HTTP gives whoever is logged in; ``None`` for an error."""
        body = {"params": {"model": model, "method": method, "args": args, "kwargs": {}}}
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )
        return answer.json().get("result")

    def rights(self, model):
        """Return the rights of whoever is logged in, as letters."""
        found = [RIGHTS[mode] for mode in RIGHTS if self.call(model, "has_access", [], mode)]
        return "".join(found)

    def owners(self, model):
        """Return of which companies whoever is logged in finds records: A, B, none."""
        ids = self.call(model, "search", []) or []
        records = self.env[model].sudo().browse(ids)
        names = {self.company: "A", self.other_company: "B"}
        if "company_id" not in records and "document_id" not in records:
            return "all" if ids else ""
        found = {names.get(self._owner(record), "none yet") for record in records}
        return "+".join(sorted(found))

    def _owner(self, record):
        owner = record.document_id if "company_id" not in record else record
        return owner.company_id

    def page(self):
        """Return the page as it is true now."""
        models = self.own_models()
        stored = [name for name in models if not self.env[name]._transient and self.env[name]._auto]
        stored = [name for name in stored if self.env[name].sudo().search_count([], limit=1)]
        rights, owners = {}, {}
        for user in self.users.values():
            self.authenticate(user.login, user.login)
            for name in models:
                rights[name, user] = self.rights(name)
            for name in stored:
                owners[name, user] = self.owners(name)
        parts = [
            HEAD,
            "## Rights\n\nr read, w write, c create, d delete.\n",
            self._table(models, rights),
            "## Records\n\nOf which companies a user finds records, in a world with clients of company A,"
            " of B and of none yet;\nA is also the office. `all`: not of a company.\n",
            self._table(stored, owners),
        ]
        return "\n".join(parts)

    def _table(self, models, cells):
        """Return a table of Markdown: models by users."""
        rows = [["model", *self.users], ["---"] * (1 + len(self.users))]
        rows += [
            [f"`{name}`", *(cells[name, user] for user in self.users.values())] for name in models
        ]
        return "".join(f"| {' | '.join(row)} |\n" for row in rows)

    @mute_logger("odoo.http")
    def test_every_right_on_every_model_is_on_the_written_page(self):
        now = self.page()
        if os.environ.get("CODABOX_RIGHTS"):
            PAGE.write_text(now, encoding="utf-8")
        before = PAGE.read_text(encoding="utf-8")
        changed = unified_diff(before.splitlines(), now.splitlines(), "docs/rights.md", "now", n=0)
        self.assertEqual(before, now, "\n".join(changed))

    @mute_logger("odoo.http")
    def test_who_is_not_logged_in_is_answered_nothing_about_any_model(self):
        self.authenticate(None, None)
        for name in self.own_models():
            with self.subTest(name):
                self.assertIsNone(self.call(name, "has_access", [], "read"))
                self.assertIsNone(self.call(name, "search_read", []))

    def test_nothing_of_ours_is_written_or_deleted_by_who_only_reads(self):
        for name in ("portal", "employee A", "read-only A"):
            with self.as_user(self.users[name]) as env:
                for model in self.own_models():
                    for mode in ("write", "unlink"):
                        with self.subTest(name, model=model, mode=mode):
                            self.assertFalse(env[model].has_access(mode))
