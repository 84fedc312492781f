"""Which public method each user gets past the check of, called over HTTP on a record of each owner."""

import inspect

from odoo.tests import tagged
from odoo.tools import mute_logger

from .rights_case import RightsCase
from .test_security_methods import LISTS, public_methods

HEAD = """# Methods

Written by `tests/test_rights_methods.py`, which fails when this is not so: which methods can be called by RPC on
a record of whom, without being refused. What they need is nothing, so many end in a sentence.
"""


@tagged("-at_install", "post_install")
class TestRightsMethods(RightsCase):
    def models(self):
        """Return the models of which methods of ours can be called on a record."""
        found = {name: public_methods(self.env[name]) for name in sorted(self.env.registry)}
        return {
            name: methods
            for name, methods in found.items()
            if methods and not self.env[name]._abstract and not self.env[name]._transient
        }

    def passes(self, record, name, method):
        """Return whether a call is not refused; what it did is taken back."""
        given = list(inspect.signature(method).parameters.values())[1:]
        needed = [p for p in given if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD]
        ids = [] if getattr(method, "_api_model", False) else [record.ids]
        with self.rolled_back():
            answer = self.ask(record._name, name, *ids, *[False] * len(needed))
        return not self.refused(answer)

    def cells(self, model, methods):
        """Return the cells of the page of one model: method -> user -> owners."""
        cells = {name: {user: [] for user in self.users} for name in methods}
        for user in self.users:
            self.log_in(user)
            for owner, record in self.records(model).items():
                for name, method in methods.items():
                    if self.passes(record, name, method):
                        cells[name][user].append(owner)
        return cells

    def may_all_the_same(self, user, what):
        if what in {f"`{model}` {name}" for model, name in LISTS}:
            return "opens a list asked for with the id it was given, and reads nothing of it"
        return super().may_all_the_same(user, what)

    @mute_logger("odoo.http", "odoo.addons.account_codabox")
    def test_every_method_that_is_not_refused_is_on_the_written_page(self):
        parts = [HEAD]
        for model, methods in self.models().items():
            parts.append(self.section(f"`{model}`", self.cells(model, methods)))
        self.assert_page("rights/methods.md", "\n".join(parts))
