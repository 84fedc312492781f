"""Every button of every view of ours, in every state of its record, pressed by each role that sees it.

What comes is success, an action or a sentence: never an error of the machine or of the database.
"""

import os
from contextlib import suppress

from psycopg2 import Error

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .buttons_case import Presser, is_hidden
from .rights_case import RightsCase

# What a record is in: each value of these is put in it, whatever it was.
STATES = ("state", "codabox_send_state", "kind")
# Who sees one more thing than another; the others see what one of these sees.
ROLES = ("read-only A", "accountant A", "administrator A")
if "CODABOX_BUTTONS" in os.environ:  # all of them take some minutes, as CONTRIBUTING.md says
    ROLES += (
        "invoicing A", "accountant of a branch of A", "officer A", "manager A",
        "payroll A, books A+B", "CodaBox administrator A",
    )  # fmt: skip
# What a record is for good: another one has the other value.
FIXED = {"codabox.feed.kind": {"kind"}}


@tagged("-at_install", "post_install")
class TestButtons(RightsCase, Presser):
    def setUp(self):
        super().setUp()
        self.faults, self.pressed, self.views = [], set(), {}

    def states(self, record):
        """Return the states to put a record in: column and value, the one it has first."""
        found = [{}]
        for name in STATES:
            if name in FIXED.get(record._name, ()):
                continue
            field = record._fields.get(name)
            if field is not None and field.store and field.type == "selection":
                values = dict(field._description_selection(self.env))
                found += [{name: value} for value in values if value != record[name]]
        return found

    def put(self, record, state):
        """Put a record in a state, past whatever keeps it from there."""
        for name, value in state.items():
            self.env.cr.execute(
                SQL("UPDATE %s SET %s = %s WHERE id = %s", SQL.identifier(record._table),
                    SQL.identifier(name), value, record.id)
            )  # fmt: skip
        self.env.invalidate_all()

    def press_all(self, view, names, user):
        """Press what a user sees of a view, on a record of each owner in each state."""
        model = self.env[view.model]
        if model._transient or not model.with_user(self.users[user]).has_access("read"):
            return
        for owner, record in self.records(view.model).items():
            if owner.split()[0] == "B":
                continue  # who has A and B presses no other buttons there
            for state in self.states(record):
                with self.rolled_back():
                    self.put(record, state)
                    what = f"{view.model} {owner} {state or ''} by {user}:"
                    for name in self.visible(record, view, names, user):
                        self.press_one(record, name, what, user)

    def visible(self, record, view, names, user):
        """Return the places in the view of the buttons that a user sees on a record."""
        with self.as_user(self.users[user]) as env:
            mine = env[record._name].browse(record.ids)
            if not mine._filtered_access("read"):
                return []
            if (view, user) not in self.views:
                self.views[view, user] = self.seen(env, view, names)
            nodes, tree = self.views[view, user]
            try:
                values = self.values(mine, tree)
            except AccessError as refusal:  # he finds the record, and its form does not open
                self.faults.append(f"{view.name} by {user} does not open: {refusal}")
                return []
            return [node for node in nodes if not is_hidden(node, values)]

    def press_one(self, record, node, what, user):
        key = (what, node.get("name"), node.get("context"))
        if key in self.pressed:
            return
        self.pressed.add(key)
        # What failed in the database leaves it so until it is rolled back.
        with self.rolled_back(), suppress(Error), self.as_user(self.users[user]) as env:
            self.click(env[record._name].browse(record.ids), node, f"{what} {node.get('name')}")

    @mute_logger("odoo.sql_db", "odoo.addons.account_codabox", "odoo.tests.common", "odoo.models")
    def test_no_button_that_is_seen_ends_in_an_error_of_the_machine(self):
        for view, names in self.own_buttons().items():
            for user in ROLES:
                self.press_all(view, names, user)
        self.assertGreater(len(self.pressed), 30 * len(ROLES))
        self.assertFalse(self.faults, "\n".join(sorted(set(self.faults))))
