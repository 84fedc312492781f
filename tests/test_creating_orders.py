"""The company of a client: who may have it made, what stands in its way, and that it is made once."""

from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import NUMBER, OTHER_IBAN, OTHER_NUMBER
from .creating_case import NEW_IBAN, NEW_NUMBER, CreatingCase


class Killed(BaseException):
    """The process ends here."""


@tagged("-at_install", "post_install")
class TestCreatingOrders(CreatingCase, HttpCase):
    """Companies with the small chart of Odoo: two are made in all of these tests."""

    def companies(self):
        return self.env["res.company"].sudo().with_context(active_test=False).search_count([])

    def assert_problem(self, order, code):
        before = self.companies()
        self.judge(order)
        self.assertEqual((order.state, order.reason_code), ("problem", code), order.reason)
        self.assertEqual(self.companies(), before)
        self.assertNotIn("%(", order.reason)

    # --- What stands in the way ---------------------------------------------------------------

    def test_what_codabox_has_wrong_is_told_on_that_order_and_is_put_right_there(self):
        self.add_new(number=None)
        self.add_new("ODD", "Odd", number="0830003067")
        self.see()
        feeds = self.feed().search([("state", "=", "new"), ("name", "in", ("Nieuw BV", "Odd"))])
        orders = self.order(feeds)
        nobody = orders.filtered(lambda o: o.client_name == "Nieuw BV")
        self.assert_problem(nobody, "create_number_missing")
        self.assert_problem(orders - nobody, "create_number_wrong")
        self.press(nobody, "write", {"number": "0830.003.066"}, user=self.manager)
        self.press(nobody, "action_create_again", user=self.manager)
        self.env.invalidate_all()
        self.assertEqual((nobody.state, nobody.reason), ("todo", ""))
        nobody.client_name = " "
        self.assert_problem(nobody, "create_name_missing")

    def test_the_number_of_codabox_is_not_replaced_by_that_of_somebody_else(self):
        self.add_new()
        self.see()
        order = self.order(self.feed().search([("name", "=", "Nieuw BV")]))
        self.press(order, "write", {"number": "BE0417497106"}, user=self.manager)
        self.assert_problem(order, "create_number_other")

    def test_who_has_the_number_is_that_company_and_is_proposed(self):
        """By the enterprise number: the VAT number of a group is shared."""
        self.company.write({"vat": f"BE{NEW_NUMBER}", "company_registry": NUMBER})
        self.add_new("PIET", "Garage Piet", OTHER_NUMBER)
        self.add_new()
        self.see()
        feeds = self.feed().search([("name", "in", ("Garage Piet", "Nieuw BV"))])
        orders = self.order(feeds)
        order = orders.filtered(lambda o: o.client_name == "Garage Piet")
        self.other_company.active = False
        self.assert_problem(order, "create_company_exists")
        self.assertEqual(order.existing_company_id, self.other_company)
        told = order.with_user(self.manager).reason
        self.assertIn("another company", told, "its name is of who may enter it")
        with self.assertRaises(AccessError):
            self.press(order, "action_choose_existing", user=self.manager)
        self.other_company.active = True
        self.manager.company_ids += self.other_company
        self.assertIn("Garage Piet", order.with_user(self.manager).reason)
        self.press(order, "action_choose_existing", user=self.manager)
        self.env.invalidate_all()
        self.assertEqual(order.feed_id.company_id, self.other_company)
        self.assertEqual(order.state, "cancelled")
        other = orders - order
        self.assertEqual(other.with_user(self.manager)._finds_company(), ("", {}))

    def test_a_client_that_left_or_has_its_company_gets_none(self):
        self.add_new()
        self.see()
        feed = self.feed().search([("name", "=", "Nieuw BV")])
        order = self.order(feed)
        with self.rolled_back():
            feed._end()
            self.assert_problem(order, "create_client_ended")
        feed.write({"company_id": self.company.id, "state": "active"})
        self.assert_problem(order, "create_has_company")
        with self.assertRaises(UserError):
            self.dialog(feed)

    def test_a_right_that_was_taken_meanwhile_counts(self):
        self.add_new()
        self.see()
        order = self.order(self.feed().search([("name", "=", "Nieuw BV")]))
        for lose, code in (
            (lambda: self.manager.write({"active": False}), "create_right_lost"),
            (
                lambda: self.manager.write(
                    {
                        "group_ids": [
                            Command.unlink(self.env.ref("account.group_account_manager").id)
                        ]
                    }
                ),
                "create_right_lost",
            ),
            (
                lambda: self.manager.write(
                    {
                        "company_ids": [Command.set(self.other_company.ids)],
                        "company_id": self.other_company.id,
                    }
                ),
                "create_right_lost",
            ),
            (
                lambda: order.write({"template_company_id": self.other_company.id}),
                "create_template_lost",
            ),
        ):
            with self.subTest(code), self.rolled_back():
                lose()
                self.env.invalidate_all()
                self.assert_problem(order, code)

    def test_what_odoo_refuses_is_told_and_the_others_are_made_all_the_same(self):
        self.add_new()
        self.add_new("B", "Tweede", "0417497106")
        self.see()
        orders = self.order(self.feed().search([("name", "in", ("Nieuw BV", "Tweede"))]))
        self.assertEqual(len(orders), 2)
        words = "No such day"
        with patch.object(type(self.orders), "_make", side_effect=UserError(words)):
            self.run_job(self.create_cron)
        self.env.invalidate_all()
        self.assertEqual(set(orders.mapped("reason_code")), {"create_refused"})
        self.assertIn(words, orders[0].reason)
        orders.write({"state": "todo"})
        fault = [ValueError("unforeseen"), []]
        with (
            patch.object(type(self.orders), "_make", side_effect=fault),
            mute_logger("odoo.addons.account_codabox.models.creating.codabox_company_order_job"),
        ):
            self.run_job(self.create_cron)
        self.env.invalidate_all()
        self.assertEqual(orders.sorted("id").mapped("state"), ["problem", "done"])

    # --- Once --------------------------------------------------------------------------------

    def test_killed_at_any_step_nothing_is_left_and_the_next_run_makes_one(self):
        self.add_new()
        self.see()
        order = self.order(self.feed().search([("name", "=", "Nieuw BV")]))
        before, orders = self.companies(), type(self.orders)
        for step in ("_load_chart", "_keep_done"):
            with (
                self.subTest(step),
                patch.object(orders, step, side_effect=Killed),
                self.assertRaises(Killed),
            ):
                self.run_turn(self.create_cron)
            self.env.invalidate_all()
            self.assertEqual((self.companies(), order.state), (before, "todo"))
            self.assertFalse(order.feed_id.company_id)
        self.run_job(self.create_cron)
        self.run_job(self.create_cron)
        self.env.invalidate_all()
        self.assertEqual((self.companies(), order.state), (before + 1, "done"), order.reason)
        self.assertEqual(order.feed_id.company_id, order.company_id)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_a_second_company_for_a_client_or_a_number(self):
        self.add_new()
        self.add_new("B", "Tweede", "0417497106")
        self.see()
        orders = self.order(self.feed().search([("name", "in", ("Nieuw BV", "Tweede"))]))
        first, second = orders
        first.write({"company_id": self.company.id, "state": "done"})
        self.env.flush_all()
        again = first.copy({"state": "todo", "company_id": False})
        for order, values in (
            (again, {"company_id": self.other_company.id, "number": "BE0403170701"}),
            (second, {"company_id": self.other_company.id, "number": first.number}),
        ):
            with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
                order.write(values)
                order.flush_recordset()

    def test_another_run_that_was_quicker_leaves_the_order_to_be_looked_at_again(self):
        self.add_new()
        self.add_new("B", "Tweede", "0417497106")
        self.see()
        first, second = self.order(self.feed().search([("name", "in", ("Nieuw BV", "Tweede"))]))
        first.write({"company_id": self.company.id, "state": "done"})
        number = first.number

        def make(order):
            order.write({"company_id": self.other_company.id, "number": number})
            return []

        with (
            patch.object(type(self.orders), "_make", make),
            mute_logger("odoo.sql_db"),
        ):
            self.run_turn(self.create_cron)
        self.env.invalidate_all()
        self.assertEqual((second.state, second.company_id.id), ("todo", False))

    def test_a_client_that_is_fetched_at_this_moment_comes_later(self):
        self.add_new()
        self.see()
        order = self.order(self.feed().search([("name", "=", "Nieuw BV")]))
        nobody = self.env["codabox.feed"]
        with (
            patch.object(type(nobody), "try_lock_for_update", lambda feeds, **kwargs: nobody),
            self.triggers(self.create_cron) as captured,
        ):
            self.run_turn(self.create_cron)
        self.env.invalidate_all()
        self.assertEqual(order.state, "todo")
        self.assertGreater(min(captured.records.mapped("call_at")), fields.Datetime.now())

    # --- Who may -----------------------------------------------------------------------------

    def test_only_who_administers_codabox_and_accounting_orders_and_changes(self):
        self.add_new()
        self.see()
        feed = self.feed().search([("name", "=", "Nieuw BV")])
        order = self.order(feed)
        boss = self.make_form_user(
            "boss", "account_codabox.group_administrator", companies=self.company
        )
        for user in (self.accountant, boss):
            with self.subTest(user.login):
                for record, method, *arguments in (
                    (feed, "action_create_company"),
                    (order, "action_create_again"),
                    (order, "action_cancel"),
                    (order, "write", {"client_name": "Mine"}),
                ):
                    with self.assertRaises(AccessError):
                        self.press(record, method, *arguments, user=user)
        for name in ("template_company_id", "state", "company_id", "ordered_by_id", "feed_id"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.press(order, "write", {name: False}, user=self.manager)

    @mute_logger("odoo.http")
    def test_over_http_nobody_of_another_company_finds_orders_or_has_companies_made(self):
        self.add_new()
        self.see()
        order = self.order(self.feed().search([("name", "=", "Nieuw BV")]))
        outside = self.make_form_user(
            "outside", "account_codabox.group_accountant", companies=self.other_company
        )
        elsewhere = self.make_form_user(
            "elsewhere",
            "account.group_account_manager",
            "account_codabox.group_administrator",
            companies=self.other_company,
        )
        for user in (outside, elsewhere):
            self.authenticate(user.login, user.login)
            for model, method, ids in (
                ("codabox.company.order", "read", order.ids),
                ("codabox.company.order", "action_create_again", order.ids),
                ("codabox.company.order", "action_choose_existing", order.ids),
                ("codabox.company.order", "action_open_client", order.ids),
                ("codabox.feed", "action_create_company", order.feed_id.ids),
            ):
                with self.subTest(user=user.login, method=method):
                    answer = self.url_open(
                        f"/web/dataset/call_kw/{model}/{method}",
                        json={
                            "params": {
                                "model": model,
                                "method": method,
                                "args": [ids],
                                "kwargs": {},
                            }
                        },
                    ).json()
                    self.assertIn("AccessError", answer["error"]["data"]["name"])

    def test_the_dialog_takes_what_its_user_may_choose_only(self):
        self.add_new()
        self.see()
        feed = self.feed().search([("name", "=", "Nieuw BV")])
        outside = self.make_form_user(
            "outside", "account_codabox.group_accountant", companies=self.other_company
        )
        for values, error in (
            ({"template_company_id": self.other_company.id}, AccessError),
            ({"template_company_id": False}, UserError),
            ({"user_id": outside.id}, UserError),
            ({"book_from": False}, UserError),
            ({"closed_until": fields.Date.today()}, UserError),
        ):
            with self.subTest(values), self.assertRaises(error):
                wizard = self.env["codabox.company.create"].browse(self.dialog(feed, **values))
                self.press(wizard, "action_create_companies", user=self.manager)
        self.assertFalse(self.orders.search([("feed_id", "=", feed.id)]))

    def test_where_the_company_is_chosen_it_may_be_made_as_well(self):
        """From a row of the Overview: [Choose company] shows the client without a proposal."""
        self.add_new()
        self.see()
        feed = self.feed().search([("name", "=", "Nieuw BV")])
        row = feed.kind_ids[:1]
        self.assertEqual(row.with_user(self.manager).cure, "choose_company")
        with self.as_user(self.manager) as env:
            action = env[row._name].browse(row.id).action_office_cure()
            chooser = env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(chooser.without_count, 1)
            action = chooser.action_create_company()
            dialog = env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(
                (dialog._name, dialog.feed_ids.id), ("codabox.company.create", feed.id)
            )

    def test_the_company_it_is_like_need_not_be_ticked(self):
        self.manager.company_ids += self.other_company
        self.add_new()
        self.see()
        feed = self.feed().search([("name", "=", "Nieuw BV")])
        with self.as_user(self.manager) as env:
            ticked = env["codabox.feed"].with_context(allowed_company_ids=self.company.ids)
            action = ticked.browse(feed.id).action_create_company()
            dialog = ticked.env[action["res_model"]].browse(action["res_id"])
            dialog.write({"template_company_id": self.other_company.id})
            spec = {"template_ids": {}, "template_company_id": {"fields": {"display_name": {}}}}
            (read,) = dialog.web_read(spec)
        self.assertEqual(set(read["template_ids"]), set((self.company + self.other_company).ids))
        self.assertEqual(read["template_company_id"]["display_name"], "Garage Piet")

    def test_many_are_made_in_the_background_with_progress_and_can_be_stopped(self):
        self.add_new()
        self.add_new("B", "Tweede", "0417497106")
        self.see()
        feeds = self.feed().search([("name", "in", ("Nieuw BV", "Tweede"))])
        wizard = self.env["codabox.company.create"].sudo().browse(self.dialog(feeds))
        with self.triggers(self.create_cron) as captured:
            self.press(wizard, "action_create_companies", user=self.manager)
        self.assertTrue(captured.records)
        self.env.invalidate_all()
        self.assertIn("0 of 2", wizard.progress_text)
        with patch.object(
            type(self.orders), "_find_problem", lambda o: ("create_client_ended", {})
        ):
            self.judge(wizard.order_ids.sudo()[0])
        self.assertIn("Need you: 1", wizard.progress_text)
        self.press(wizard, "action_stop", user=self.manager)
        self.env.invalidate_all()
        self.assertEqual(sorted(wizard.order_ids.mapped("state")), ["cancelled", "problem"])

    def test_an_account_in_the_books_of_another_company_stays_there(self):
        foreign, broken = "NL91ABNA0417164300", "BE69733123456779"
        self.make_journal(self.other_company, OTHER_IBAN)
        known = {"iban": NEW_IBAN, "bank_id": "KREDBEBB"}
        self.add_new(accounts=[known, OTHER_IBAN, foreign, broken])
        self.see()
        order = self.order(self.feed().search([("name", "=", "Nieuw BV")]))
        accounts, notes = order._find_accounts()
        self.assertEqual([account.iban for account in accounts], [NEW_IBAN])
        self.assertEqual(
            sorted(code for code, _facts in notes),
            ["create_account_elsewhere", "create_account_foreign", "create_account_invalid"],
        )
