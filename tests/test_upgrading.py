from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from ..upgrading import reload_records, remove_records

FILE = "security/account_codabox_security.xml"
RULE = "codabox_document_rule_payroll"


@tagged("post_install", "-at_install")
class TestUpgrading(TransactionCase):
    """What migrations use to change rules and groups in databases that exist."""

    def setUp(self):
        super().setUp()
        self.rule = self.env.ref(f"account_codabox.{RULE}")
        self.payroll = self.env.ref("account_codabox.group_payroll")

    def _is(self, rule):
        return rule.read(["name", "domain_force", "perm_write", "global", "groups"])[0]

    def test_a_changed_rule_becomes_what_the_file_says(self):
        """Also what the file does not mention: groups that were added, rights that were taken."""
        before = self._is(self.rule)
        self.rule.write(
            {
                "domain_force": "[(1, '=', 1)]",
                "perm_write": False,
                "groups": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )
        reload_records(self.env.cr, FILE, RULE)
        self.assertEqual(self._is(self.rule), before)

    def test_a_rule_that_an_administrator_switched_off_stays_off(self):
        self.rule.active = False
        reload_records(self.env.cr, FILE, RULE)
        self.assertFalse(self.rule.active)

    def test_a_rule_that_was_deleted_comes_back(self):
        before = self._is(self.rule) | {"id": None}
        self.rule.unlink()
        reload_records(self.env.cr, FILE, RULE)
        again = self.env.ref(f"account_codabox.{RULE}")
        self.assertEqual(self._is(again) | {"id": None}, before)

    def test_rules_that_are_not_named_stay_as_they_are(self):
        other = self.env.ref("account_codabox.codabox_run_rule_accountant")
        other.domain_force = "[(0, '=', 1)]"
        reload_records(self.env.cr, FILE, RULE)
        self.assertEqual(other.domain_force, "[(0, '=', 1)]")

    def test_a_group_keeps_its_users_and_loses_what_it_no_longer_implies(self):
        user = self.env.ref("base.user_admin")
        user.group_ids += self.payroll
        self.payroll.implied_ids = self.env.ref("base.group_system")
        reload_records(self.env.cr, "security/account_codabox_groups.xml", "group_payroll")
        self.assertFalse(self.payroll.implied_ids)
        self.assertIn(self.payroll, user.group_ids)

    def test_a_rule_that_no_file_has_any_longer_is_removed_once(self):
        remove_records(self.env.cr, RULE)
        self.assertFalse(self.rule.exists())
        remove_records(self.env.cr, RULE)

    def test_an_unknown_name_and_a_text_of_users_are_refused(self):
        with self.assertRaises(LookupError):
            reload_records(self.env.cr, FILE, "no_such_rule")
        with self.assertRaises(ValueError):
            reload_records(self.env.cr, "data/mail_template_data.xml", "mail_template_ask_access")
        with self.assertRaises(ValueError):
            remove_records(self.env.cr, "mail_template_ask_access")
