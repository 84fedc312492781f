"""Who was given a role, and what a company lets its people do, is told whichever way it came."""

import json

from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import CodaboxCase
from .users_case import FormUsers

INVOICING = "account.group_account_invoice"
ACCOUNTANT = "account_codabox.group_accountant"
PAYROLL = "account_codabox.group_payroll"


@tagged("-at_install", "post_install")
class TestAuditRoles(CodaboxCase, FormUsers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root = cls.make_form_user("root_of_odoo", "base.group_system", companies=cls.company)
        cls.clerk = cls.make_form_user("clerk", INVOICING, companies=cls.company)
        cls.known = cls.env["codabox.audit"].sudo().search([])

    def call(self, model, method, *args):
        """Call a method over HTTP as the administrator of Odoo."""
        self.authenticate("root_of_odoo", "root_of_odoo")
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {"params": {"model": model, "method": method, "args": args, "kwargs": {}}}
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        self.assertNotIn("error", answer)
        return answer["result"]

    def told(self):
        """Return what was told since the last look: what, who, in which company, about what."""
        self.env.invalidate_all()
        rows = self.env["codabox.audit"].sudo().search([], order="id") - self.known
        self.known += rows
        return [(row.action, row.user_id, row.company_id, row.subject) for row in rows]

    def row(self, action, subject):
        return (action, self.root, self.company, subject)

    def test_a_role_is_told_on_the_user_on_its_group_and_on_a_group_that_brings_it(self):
        accountant = self.env.ref(ACCOUNTANT)
        given = self.row("role_given", "clerk: Accountant")
        taken = self.row("role_taken", "clerk: Accountant")
        link, unlink = Command.link, Command.unlink
        other = self.env["res.groups"].sudo().create({"name": "Of the office"})
        for model, record, field, id_ in (
            ("res.users", self.clerk, "group_ids", accountant.id),
            ("res.groups", accountant, "user_ids", self.clerk.id),
            ("res.groups", accountant, "all_user_ids", self.clerk.id),
        ):
            for command, row in ((link, given), (unlink, taken)):
                with self.subTest(field, command=command.__name__):
                    self.call(model, "write", record.ids, {field: [command(id_)]})
                    self.assertEqual(self.told(), [row])
        other.user_ids = self.clerk
        for record, field, id_ in (
            (other, "implied_ids", accountant.id),
            (accountant, "implied_by_ids", other.id),
        ):
            for command, row in ((link, given), (unlink, taken)):
                with self.subTest(field, command=command.__name__):
                    self.call("res.groups", "write", record.ids, {field: [command(id_)]})
                    self.assertEqual(self.told(), [row])
        other.implied_ids = accountant
        self.told()
        self.call("res.groups", "unlink", other.ids)
        self.assertEqual(self.told(), [taken])

    def test_a_user_who_is_made_with_roles_is_told_and_one_without_is_not(self):
        values = {"name": "New", "login": "new", "company_id": self.company.id,
                  "company_ids": self.company.ids}  # fmt: skip
        roles = [self.env.ref(name).id for name in (ACCOUNTANT, PAYROLL)]
        self.call("res.users", "create", {**values, "group_ids": roles})
        self.call("res.users", "create", {**values, "login": "plain", "name": "Plain"})
        self.call("res.users", "write", self.clerk.ids, {"name": "Clerk"})
        self.assertEqual(
            sorted(self.told()),
            sorted(
                [
                    self.row("role_given", "New: Accountant"),
                    self.row("role_given", "New: Payroll documents"),
                ]
            ),
        )

    def test_a_group_that_is_made_with_members_and_a_role_is_told(self):
        values = {"name": "Team", "user_ids": self.clerk.ids, "implied_ids": []}
        self.call("res.groups", "create", values)
        self.assertEqual(self.told(), [])
        values |= {"name": "Books", "implied_ids": self.env.ref(ACCOUNTANT).ids}
        self.call("res.groups", "create", values)
        self.assertEqual(self.told(), [self.row("role_given", "clerk: Accountant")])

    def test_what_a_company_lets_its_people_do_is_told_when_it_changes(self):
        name = self.company.display_name
        for field, on, off in (
            ("codabox_wages_open", "wages_opened", "wages_closed"),
            ("codabox_mandates_restricted", "orders_restricted", "orders_opened"),
        ):
            for value, rows in (
                (False, []),
                (True, [self.row(on, name)]),
                (True, []),
                (False, [self.row(off, name)]),
            ):
                with self.subTest(field, value=value):
                    self.call("res.company", "write", self.company.ids, {field: value})
                    self.assertEqual(self.told(), rows)

    def test_payroll_given_by_a_call_is_told(self):
        self.call("res.users", "write", self.clerk.ids,
                  {"codabox_payroll_company_ids": self.company.ids})  # fmt: skip
        self.assertEqual(self.told(), [self.row("given", self.clerk.display_name)])
