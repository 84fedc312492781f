"""Settings search and propose journals and accounts of their own company, whatever else is ticked."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from .common import CodaboxCase
from .users_case import FormUsers


@tagged("-at_install", "post_install")
class TestCompaniesSettings(CodaboxCase, FormUsers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        both = cls.company + cls.other_company
        cls.root = cls.make_form_user("root_of_odoo", "base.group_system",
                                      "account.group_account_manager", companies=both)  # fmt: skip

    def call(self, model, method, *args, **kwargs):
        """Call a method as the administrator, in one company with the other one ticked too."""
        kwargs["context"] = {"allowed_company_ids": (self.company + self.other_company).ids}
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def own_fields(self):
        """Return the fields of the settings that name something of the books of their company."""
        found = {}
        for name, field in self.env["res.config.settings"]._fields.items():
            target = field.related and self.env["res.company"]._fields.get(
                field.related.split(".")[-1]
            )
            if name.startswith("codabox_") and target and getattr(target, "check_company", False):
                found[name] = field
        return found

    def offered(self, name, field):
        """Return what the list of a field offers, as the web client asks for it."""
        views = self.call("res.config.settings", "get_views", [(False, "form")])["models"]
        known = views["res.config.settings"]["fields"][name]
        domain = safe_eval(known["domain"] or "[]", {"company_id": self.company.id})
        found = self.call(field.comodel_name, "name_search", "", domain, "ilike", 1000)
        return self.env[field.comodel_name].sudo().browse([id for id, _name in found])

    def of(self, field, company):
        """Return a record of a company that this field would take there."""
        records = self.env[field.comodel_name].sudo()
        owner = "company_ids" if "company_ids" in records else "company_id"
        target = self.env["res.company"]._fields[field.related.split(".")[-1]]
        domain = safe_eval(target.domain) if isinstance(target.domain, str) else []
        found = records.search([(owner, "in", company.ids), *domain], limit=1)
        return found or records.create({"name": company.name, owner: company.id})

    def test_only_what_is_of_the_company_of_the_settings_is_offered(self):
        fields = self.own_fields()
        self.assertGreater(len(fields), 5)
        self.authenticate(self.root.login, self.root.login)
        for name, field in fields.items():
            with self.subTest(name):
                mine, other = (self.of(field, c) for c in (self.company, self.other_company))
                offered = self.offered(name, field)
                self.assertIn(mine, offered)
                self.assertNotIn(other, offered)

    def test_what_is_of_another_company_all_the_same_is_refused_in_a_plain_sentence(self):
        for name, field in self.own_fields().items():
            other = self.of(field, self.other_company)
            settings = self.env["res.config.settings"].with_user(self.root)
            with self.subTest(name), self.rolled_back():
                with self.assertRaises(UserError) as refusal:
                    settings.with_company(self.company).create({name: other.id})
                self.assertNotIn("inconsistenc", str(refusal.exception))
                self.assertIn(self.company.name, str(refusal.exception))

    def test_an_upgrade_empties_what_is_of_another_company_and_nothing_else(self):
        theirs = {n: self.of(f, self.other_company) for n, f in self.own_fields().items()}
        self.other_company.write({name: record.id for name, record in theirs.items()})
        for name, record in theirs.items():  # as the screen took it until now
            self.env.cr.execute(
                SQL("UPDATE res_company SET %s = %s WHERE id = %s", SQL.identifier(name),
                    record.id, self.company.id)
            )  # fmt: skip
        self.env.invalidate_all()
        path = Path(__file__).parents[1] / "migrations/19.0.4.0.0/post-company-settings.py"
        spec = spec_from_file_location("settings", path)
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        with self.assertLogs(script.__name__, "WARNING"):
            script.migrate(self.env.cr, "19.0.3.0.0")
        script.migrate(self.env.cr, "19.0.3.0.0")
        self.env.invalidate_all()
        for name, record in theirs.items():
            with self.subTest(name):
                self.assertFalse(self.company[name])
                self.assertEqual(self.other_company[name].sudo(), record)
