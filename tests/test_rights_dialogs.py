"""What each dialog takes from whom: each relation, of each owner, by each door, over HTTP."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .rights_case import RightsCase

HEAD = """# Dialogs

Written by `tests/test_rights_dialogs.py`, which fails when this is not so: whose records a dialog takes in which
field, from whom, and so shows him. Each was put in by `onchange`, `web_save` of a new dialog and of one that is
there, and its name read. Who is not named may not open the dialog.
"""


@tagged("-at_install", "post_install")
class TestRightsDialogs(RightsCase):
    def dialogs(self):
        return [name for name in self.own_models() if self.env[name]._transient]

    def relations(self, dialog):
        """Return the fields of a dialog that take a record."""
        fields = map(self.env[dialog]._fields.get, self.own_fields(dialog))
        return [
            field
            for field in fields
            if field.type in ("many2one", "many2many")
            and field.comodel_name in self.registry
            and not self.env[field.comodel_name]._transient
        ]

    def takes(self, dialog, field, record, there):
        """Return whether any door takes this record from whoever is logged in."""
        values = {field.name: record.id if field.type == "many2one" else [[6, 0, record.ids]]}
        spec = {field.name: {"fields": {"display_name": {}}}}
        doors = [
            self.ask(dialog, "onchange", [], values, [field.name], spec),
            self.ask(dialog, "web_save", [], values, spec),
        ]
        if there:
            doors.append(self.ask(dialog, "web_save", [there], values, spec))
        return not all(map(self.refused, doors))

    def there(self, dialog):
        """Return the id of a dialog that whoever is logged in opened and may write, if it opens empty."""
        if self.call(dialog, "has_access", [], "write"):
            return self.ask(dialog, "create", {}).get("result")
        return None

    def cells(self, dialog):
        fields = self.relations(dialog)
        cells = {field.name: {user: [] for user in self.users} for field in fields}
        for user in self.users:
            self.log_in(user)
            if not fields or not self.call(dialog, "has_access", [], "create"):
                continue
            there = self.there(dialog)
            for field in fields:
                for owner, record in self.records(field.comodel_name).items():
                    if self.takes(dialog, field, record, there):
                        cells[field.name][user].append(owner)
        return cells

    def may_all_the_same(self, user, what):
        dialog, name = what.replace("`", "").split(" ")
        taken = self.env[dialog]._fields[name].comodel_name
        if "branch" in user and taken in ("account.journal", "account.tax"):
            return "Odoo lets a branch use those of its parent"
        if user == "administrator A" and taken == "res.company":
            return "Odoo shows all companies to who makes them"
        return super().may_all_the_same(user, what)

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.account_codabox")
    def test_every_record_that_a_dialog_takes_is_on_the_written_page(self):
        parts = [HEAD]
        for dialog in self.dialogs():
            parts.append(self.section(f"`{dialog}`", self.cells(dialog)))
        self.assert_page("rights/dialogs.md", "\n".join(parts))
