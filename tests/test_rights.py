"""Who has which right on which model of ours, and of which companies he finds records.

Asked over HTTP, as a client of Odoo does, and compared with ``docs/rights.md``: what is not written
there fails. ``make rights`` writes it anew; read the difference before you commit it.
"""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .rights_case import RightsCase

RIGHTS = {"read": "r", "write": "w", "create": "c", "unlink": "d"}
HEAD = """# Rights

Written by a test (`tests/test_rights.py`), which fails when this is not so. Asked over HTTP, of users
as Odoo's form of a user makes them; what each role is for: [ADR 21](adr/0021-roles.md).
Further: [fields](rights/fields.md), [methods](rights/methods.md), [dialogs](rights/dialogs.md), and
[files and addresses](rights/files.md). `make rights` writes all of them anew.
"""


@tagged("-at_install", "post_install")
class TestRights(RightsCase):
    def rights(self, model):
        """Return the rights of whoever is logged in, as letters."""
        found = [RIGHTS[mode] for mode in RIGHTS if self.call(model, "has_access", [], mode)]
        return "".join(found)

    def owners(self, model):
        """Return of which companies whoever is logged in finds records: A, B, none."""
        ids = self.call(model, "search", []) or []
        records = self.env[model].sudo().browse(ids)
        return ", ".join(sorted({self.owner(record) for record in records}))

    def page(self):
        """Return the page as it is true now."""
        models = self.own_models()
        stored = [name for name in models if not self.env[name]._transient and self.env[name]._auto]
        stored = [name for name in stored if self.env[name].sudo().search_count([], limit=1)]
        rights, owners = {}, {}
        for user in self.users:
            self.log_in(user)
            for name in models:
                rights[name, user] = self.rights(name)
            for name in stored:
                owners[name, user] = self.owners(name)
                self.assert_allowed(
                    f"`{name}`", {user: filter(None, owners[name, user].split(", "))}
                )
        parts = [
            HEAD,
            "## Rights\n\nr read, w write, c create, d delete.\n",
            self._table(models, rights),
            "## Records\n\nOf which companies a user finds records, in a world with clients of company A,"
            " of B and of none yet;\nA is also the office (`A for B`). `wages`: tells who earns what."
            " `all`: not of a company.\n",
            self._table(stored, owners),
        ]
        return "\n".join(parts)

    def _table(self, models, cells):
        """Return a table of Markdown: models by users."""
        rows = [["model", *self.users], ["---"] * (1 + len(self.users))]
        rows += [[f"`{name}`", *(cells[name, user] for user in self.users)] for name in models]
        return "".join(f"| {' | '.join(row)} |\n" for row in rows)

    @mute_logger("odoo.http")
    def test_every_right_on_every_model_is_on_the_written_page(self):
        self.assert_page("rights.md", self.page())

    @mute_logger("odoo.http")
    def test_who_is_not_logged_in_is_answered_nothing_about_any_model(self):
        self.context = {}
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
