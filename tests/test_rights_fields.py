"""Which field of which record each user reads, as ``web_read`` gives it over HTTP."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .rights_case import RightsCase

HEAD = """# Fields

Written by `tests/test_rights_fields.py`, which fails when this is not so: what `web_read` gives whom.
**A**, **B**: of this company. **A for B**: of an office for its client. **none**: of a client of no company yet.
**wages**: tells who earns what. **payroll entry**: of the books, names nobody. **all**: of no company.
*of A*: the record is read, and this field is empty for who reads it, where it is not empty.
"""


@tagged("-at_install", "post_install")
class TestRightsFields(RightsCase):
    def values(self, record, names):
        """Return which of these fields whoever is logged in reads of a record, and their values."""
        answer = self.ask(record._name, "web_read", record.ids, {name: {} for name in names})
        if "error" not in answer:
            return answer["result"][0] if answer["result"] else {}
        if not self.refused(answer):
            self.fail(f"{record} {names}: {answer['error']['data']}")
        return None

    def given(self, record, names):
        """Return the values of the fields that he is given, asked all together, else one by one."""
        offered = self.call(record._name, "fields_get", names, ["type"]) or {}
        found = self.values(record, sorted(offered)) if offered else {}
        if found is None and self.values(record, ["display_name"]) is None:
            return {}
        single = set(names) - set(offered) if found is not None else names
        found = found or {}
        for name in single:
            found |= self.values(record, [name]) or {}
        return {name: found[name] for name in names if name in found}

    def cells(self, model):
        """Return the cells of the page of one model: field -> user -> owners."""
        names = self.own_fields(model)
        cells = {name: {user: [] for user in self.users} for name in names}
        for user, (owner, record) in self.asked(model):
            for name, value in self.given(record, names).items():
                is_kept_back = not value and bool(record[name])
                cells[name][user].append(f"*of {owner}*" if is_kept_back else owner)
        return cells

    def asked(self, model):
        for user in self.users:
            self.log_in(user)
            for item in self.records(model).items():
                yield user, item

    @mute_logger("odoo.http")
    def test_every_field_of_every_record_that_is_read_is_on_the_written_page(self):
        parts = [HEAD]
        for model in [*self.own_models(), *self.core_models()]:
            if not self.env[model]._transient and self.env[model]._auto:
                parts.append(self.section(f"`{model}`", self.cells(model)))
        self.assert_page("rights/fields.md", "\n".join(parts))
