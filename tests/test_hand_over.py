"""Who is away has a deputy; who leaves hands over all, and it is said before what that is."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import CodaboxCase

CLIENT = "account_codabox.mail_activity_type_silent_client"
CONNECTION = "account_codabox.mail_activity_type_silent_connection"
TOGETHER = "account_codabox.mail_activity_type_mandates_together"


class HandOverCase(CodaboxCase):
    mapped = True

    def setUp(self):
        super().setUp()
        self.env["mail.activity"].sudo().search([]).unlink()
        groups = "base.group_user,account.group_account_user"
        self.colleague, self.stranger = (
            new_test_user(
                self.env,
                login,
                groups,
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
            for login, company in (("colleague", self.company), ("stranger", self.other_company))
        )

    def plan(self, record, xml_id=CLIENT, user=None):
        """Plan a to-do as the night does; return it."""
        record = record.with_user(self.env.ref("base.user_root"))
        user = user or self.accountant
        return record.activity_schedule(xml_id, user_id=user.id, note="Look").sudo()


@tagged("-at_install", "post_install")
class TestDeputy(HandOverCase):
    def away(self, deputy, days=1):
        until = fields.Date.today() + timedelta(days=days)
        self.accountant.sudo().write({"codabox_deputy_id": deputy.id, "codabox_away_until": until})

    def test_new_to_dos_go_to_the_deputy_while_somebody_is_away(self):
        self.assertEqual(self.plan(self.feed()).user_id, self.accountant)
        for days, expected in ((0, self.colleague), (-1, self.accountant)):
            self.away(self.colleague, days)
            self.assertEqual(self.plan(self.feed()).user_id, expected)

    def test_a_deputy_who_may_not_read_it_is_none(self):
        self.away(self.stranger)
        self.assertEqual(self.plan(self.feed()).user_id, self.accountant)

    def test_who_has_left_gets_nothing_any_more(self):
        self.accountant.sudo().active = False
        admin = self.env.ref("base.user_admin")
        self.assertEqual(self.plan(self.feed()).user_id, admin)
        self.accountant.sudo().codabox_deputy_id = self.colleague
        self.assertEqual(self.plan(self.feed()).user_id, self.colleague)
        self.colleague.sudo().active = False
        self.assertEqual(self.plan(self.feed()).user_id, admin)

    def test_what_a_person_plans_and_to_dos_of_others_stay_with_who_was_chosen(self):
        self.away(self.colleague)
        todo = self.plan(self.feed(), "mail.mail_activity_data_todo")
        self.assertEqual(todo.user_id, self.accountant)

    def test_a_common_to_do_of_mandates_stays_open_with_the_deputy(self):
        mandate = self.env["codabox.mandate"].sudo().search([], limit=1)
        mandate.write({"state": "problem", "todo_together": True})
        self.assertEqual(mandate._responsible(), self.accountant)
        self.away(self.colleague)
        connection = self.connection.sudo()
        for _time in range(2):
            connection._ask_together(self.accountant)
            todo = connection.activity_search([TOGETHER])
            self.assertEqual(todo.user_id, self.colleague)
            self.assertEqual(len(todo), 1)

    def test_the_deputy_opens_no_more_files_than_before(self):
        self.away(self.colleague)
        self.assertEqual(self.feed()._responsible(), self.accountant)


@tagged("-at_install", "post_install")
class TestHandOver(HandOverCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.feed().user_id = self.accountant
        other = self.sandbox.add_client("PIET", "Garage Piet")
        self.other_feed = self.map_client(self.other_company, other)
        self.other_feed.user_id = self.accountant
        self.env["mail.activity"].sudo().search([]).unlink()
        self.mine = self.plan(self.feed()) + self.plan(self.connection, CONNECTION)
        self.others = self.plan(self.other_feed)

    def dialog(self, to, user=None):
        values = {"from_user_id": self.accountant.id, "to_user_id": to.id}
        return self.env["codabox.hand.over"].with_user(user or self.env.user).create(values)

    def test_it_is_said_before_what_moves_and_what_stays(self):
        dialog = self.dialog(self.colleague)
        self.assertIn("clients 1, connections 1, to-dos 2", dialog.summary)
        self.assertIn("2.", dialog.left_text)
        self.assertFalse(self.dialog(self.env.user).left_text)

    def test_all_that_was_said_moves_and_nothing_else(self):
        self.mine.codabox_told_on = fields.Datetime.now()
        self.dialog(self.colleague).action_hand_over()
        self.assertEqual(self.feed().user_id, self.colleague)
        self.assertEqual(self.connection.user_id, self.colleague)
        self.assertEqual(self.mine.user_id, self.colleague)
        self.assertFalse(any(self.mine.mapped("codabox_told_on")), "new to the colleague")
        self.assertEqual(self.other_feed.user_id, self.accountant)
        self.assertEqual(self.others.user_id, self.accountant)

    def test_who_left_hands_over_and_nobody_else_gets_it(self):
        self.accountant.sudo().active = False
        self.dialog(self.colleague).action_hand_over()
        self.assertEqual(self.feed().user_id, self.colleague)
        for nobody in (self.accountant, self.stranger):
            nobody.sudo().active = False
            with self.assertRaises(UserError):
                self.dialog(nobody).action_hand_over()

    def test_only_an_administrator_hands_over(self):
        with self.assertRaises(AccessError):
            self.dialog(self.colleague, self.accountant)
        with self.assertRaises(AccessError):
            self.dialog(self.colleague).with_user(self.accountant).action_hand_over()

    def test_through_the_web_an_accountant_of_another_company_neither_sees_nor_does_it(self):
        dialog = self.dialog(self.colleague)
        self.authenticate(self.stranger.login, self.stranger.login)
        for method, arguments in (
            ("read", [dialog.ids, ["summary"]]),
            ("action_hand_over", [dialog.ids]),
            ("create", [{"from_user_id": self.accountant.id, "to_user_id": self.stranger.id}]),
        ):
            with (
                self.subTest(method),
                mute_logger("odoo.http"),
                self.assertRaises(JsonRpcException),
            ):
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/codabox.hand.over/{method}",
                    {
                        "model": "codabox.hand.over",
                        "method": method,
                        "args": arguments,
                        "kwargs": {},
                    },
                )
        self.assertEqual(self.feed().user_id, self.accountant)
