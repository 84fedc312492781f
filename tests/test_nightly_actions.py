"""Several scheduled actions side by side: how many there are, that all are woken, what is left of them."""

from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.base.models import ir_cron

from .. import uninstall_hook
from .common import CodaboxCase, credit
from .sending_case import SendingCase


def settings(env):
    """Open the settings as an administrator does."""
    return env["res.config.settings"].create({})


@tagged("-at_install", "post_install")
class TestNightlyActions(CodaboxCase):
    def actions(self):
        return self.env["ir.cron"]._codabox_actions("fetch")

    def choose(self, number):
        """Save the settings with this number."""
        with self.as_user(self.env.user) as env:
            opened = settings(env)
            opened.codabox_fetch_actions = number
            opened.execute()
        self.env.invalidate_all()

    def test_the_setting_makes_archives_and_brings_back_copies(self):
        self.assertEqual(settings(self.env).codabox_fetch_actions, 1)
        self.choose(4)
        made = self.actions()
        self.assertEqual(made.mapped("active"), [True] * 4)
        self.assertEqual(made[0], self.cron.sudo(), "the shipped one comes first")
        self.assertEqual(len(set(made.mapped("name"))), 4)
        for name in ("model_id", "code", "user_id", "interval_number", "interval_type", "priority"):
            self.assertEqual(len(set(made.mapped(name))), 1, name)
        self.choose(2)
        self.assertEqual(made.mapped("active"), [True, True, False, False])
        self.assertEqual(settings(self.env).codabox_fetch_actions, 2)
        self.choose(3)
        self.assertEqual(self.actions(), made, "archived ones come back before others are made")
        self.choose(1)
        self.assertEqual(made.filtered("active"), self.cron.sudo())

    def test_the_shipped_action_comes_back_first(self):
        self.choose(2)
        self.cron.sudo().active = False
        self.assertEqual(settings(self.env).codabox_fetch_actions, 1)
        self.choose(2)
        self.assertEqual(self.actions().mapped("active"), [True, True])

    def test_the_number_has_limits(self):
        for number in (0, -1, 9, 1000):
            with self.subTest(number), self.assertRaises(ValidationError):
                self.choose(number)
        self.assertEqual(len(self.actions()), 1)

    def test_settings_saved_for_something_else_leave_a_switched_off_action_alone(self):
        self.cron.sudo().active = False
        settings(self.env).execute()
        self.assertFalse(self.cron.active)

    def test_a_copy_made_by_hand_counts_and_is_woken_too(self):
        self.cron.sudo().copy({"name": "By hand", "code": "model._cron_fetch()  # at noon"})
        self.assertEqual(settings(self.env).codabox_fetch_actions, 2)
        with self.triggers(self.actions()[1]) as captured:
            self.connection.fetch_time = 5
        self.assertEqual(captured.records.mapped("call_at"), [self.connection.next_fetch])

    def test_all_actions_are_woken_for_the_night_and_archived_ones_are_not(self):
        self.choose(4)
        self.choose(3)
        awake, asleep = self.actions()[:3], self.actions()[3:]
        self.map_client()
        with self.triggers(awake) as captured, self.triggers(asleep) as none:
            self.connection.fetch_time = 5
            self.env["ir.cron"]._codabox_trigger("fetch")
        self.assertEqual(len(captured.records), 6)
        self.assertEqual(captured.records.cron_id, awake.with_env(self.env))
        self.assertFalse(none.records)

    def test_who_starts_the_round_calls_the_others_to_help_and_they_end_when_nothing_is_left(self):
        self.choose(3)
        self.map_client()
        indexes = [
            self.deliver(
                self.day(15, credit("10")), feed=self.sandbox.add_client(f"C{n}", f"Client {n}")
            )
            for n in range(4)
        ]
        starter, *helpers = self.actions()
        self.connection.next_fetch = False
        with (
            patch.multiple(ir_cron, MIN_TIME_PER_JOB=0, MIN_RUNS_PER_JOB=1),
            self.triggers(self.actions()) as captured,
        ):
            self.run_turn(starter)
            self.assertLessEqual({*helpers}, {*captured.records.cron_id.sudo()})
            for _turn in range(2):
                for helper in helpers:
                    self.run_turn(helper)
        with self.triggers(self.actions()) as captured:
            for action in self.actions():
                self.run_turn(action)
        self.assertFalse(captured.records, "nobody wakes anybody for nothing")
        self.assertEqual(sorted(self.puts()), sorted(indexes))
        self.assertEqual(
            self.env["codabox.document"].sudo().search_count([("remote_index", "in", indexes)]), 4
        )

    def test_uninstalling_leaves_no_copy_behind(self):
        self.choose(4)
        copies = self.actions()[1:]
        uninstall_hook(self.env(user=1))
        self.assertFalse(copies.exists())
        self.assertTrue(self.cron.exists())


@tagged("-at_install", "post_install")
class TestSendActions(SendingCase):
    def test_copies_of_the_action_that_sends_are_woken_too(self):
        self.env["ir.cron"]._codabox_set_number("send", 2)
        actions = self.env["ir.cron"]._codabox_actions("send")
        self.assertEqual(actions[0], self.send_cron.sudo())
        with self.triggers(actions) as captured:
            self.company.codabox_send_schedule = "daily"
        self.assertEqual(len(captured.records), 2)
        self.assertEqual(captured.records.cron_id.sudo(), actions)
