"""A rule for all clients whose owner left books nothing: it is said once, and taken over."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import debit
from .test_rules import RulesCase

TODO = "account_codabox.mail_activity_type_rule_silent"


@tagged("-at_install", "post_install")
class TestRulesSilent(RulesCase):
    def setUp(self):
        super().setUp()
        self.leaver = self.user("leaver", "base.group_user,account_codabox.group_accountant")
        self.leaver.company_ids = [Command.set((self.company | self.other_company).ids)]
        self.clients_rule = self.rule(code="80", scope="clients", user=self.leaver)
        self.switch_on(self.clients_rule, user=self.leaver)

    def todos(self):
        return self.connection.activity_search([TODO])

    def leave(self):
        self.leaver.sudo().active = False
        self.env.invalidate_all()

    def charge(self, amount, days=10, opening="0"):
        return self.recent(debit(amount, code="08013000"), days=days, opening=opening)

    def test_who_leaves_takes_the_permission_along_and_it_is_said_once(self):
        self.leave()
        self.assertTrue(self.seen(self.clients_rule, "is_silent"))
        self.assertIn("leaver", self.seen(self.clients_rule, "silent_text"))
        self.assert_open(self.charge("5"))
        [todo] = self.todos()
        self.assertIn("Charges", todo.note)
        todo.action_done()
        self.env["codabox.rule"].sudo()._tell_silent()
        self.assertFalse(self.todos(), "it was said")

    def test_another_one_takes_it_over_and_it_books_again(self):
        self.leave()
        self.assertTrue(self.todos())
        self.do(self.clients_rule, "action_take_over")
        self.assertEqual(self.clients_rule.switched_by_id, self.accountant)
        self.assertFalse(self.seen(self.clients_rule, "is_silent"))
        self.assertFalse(self.todos())
        self.assertEqual(self.counterparts(self.charge("5")), [("657200", 5.0)])

    def test_who_keeps_no_books_any_more_books_no_more_by_his_rules(self):
        self.leaver.sudo().group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        self.env.invalidate_all()
        self.env["codabox.rule"].sudo()._tell_silent()
        self.assertTrue(self.todos())
        self.assert_open(self.charge("5"))

    def test_a_rule_that_books_in_some_companies_says_where_it_does_not(self):
        self.env["codabox.feed"].sudo().create(
            {
                "connection_id": self.connection.id,
                "remote_id": 990001,
                "name": "Garage Piet",
                "company_id": self.other_company.id,
            }
        )
        self.leaver.sudo().write(
            {"company_ids": [Command.set(self.company.ids)], "company_id": self.company.id}
        )
        self.env.invalidate_all()
        rule = self.clients_rule.with_user(self.env.user)
        self.assertFalse(rule.is_silent)
        self.assertIn(self.other_company.name, rule.silent_text)

    def test_what_is_off_or_of_others_is_not_taken_over(self):
        self.do(self.clients_rule, "action_switch_off", user=self.leaver)
        with self.assertRaises(UserError):
            self.do(self.clients_rule, "action_take_over")
