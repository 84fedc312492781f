"""Connecting an office with many clients: looked at in the background, confirmed all at once."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.connecting import codabox_connection_look, codabox_feed_sure
from ..wizards import codabox_connect
from .common import credit
from .test_connect import ConnectCase

CLIENTS = 12


@tagged("-at_install", "post_install")
class TestConnectLarge(ConnectCase):
    """Twelve clients count as many here; a person waits for none of them."""

    def setUp(self):
        super().setUp()
        self.look_cron = self.env.ref("account_codabox.ir_cron_look")
        self.patch(codabox_connect, "LINES", 5)
        self.patch(codabox_connection_look, "LOOK_SECONDS", 0)
        numbers = [f"{4_000_000 + n:08}{97 - (4_000_000 + n) % 97:02}" for n in range(CLIENTS)]
        self.companies = self.env["res.company"].create(
            [
                {"name": f"Company {n}", "company_registry": number}
                for n, number in enumerate(numbers)
            ]
        )
        self.administrator.company_ids = [Command.link(c.id) for c in self.companies]
        self.feeds = [
            self.sandbox.add_client(f"C{n:02}", f"Client {n:02}", enterprise_num=f"BE{number}")
            for n, number in enumerate(numbers)
        ]
        for feed in self.feeds:
            self.deliver(self.day(15, credit("10")), feed=feed)

    def look(self):
        """The scheduled action looks on."""
        self.run_job(self.look_cron)
        self.env.invalidate_all()

    def new(self, connection, number):
        return connection.feed_ids.filtered(lambda f: f.remote_id == self.feeds[number])

    def test_what_waits_is_looked_at_in_the_background_with_progress(self):
        with self.triggers(self.look_cron) as capture:
            wizard, connection = self.see_clients()
        self.assertTrue(capture.records)
        self.assertTrue(wizard.is_large)
        self.assertFalse(wizard.line_ids)
        total = CLIENTS + 1
        self.assertEqual(wizard.look_count, total)
        self.assertEqual(wizard.look_left_count, total - 1, "one at once, the others later")
        self.assertIn(f"1 of {total}", wizard.look_text)
        self.look()
        self.assertEqual((wizard.look_left_count, wizard.look_failed_count), (0, 0))
        self.assertFalse(wizard.look_text)
        feed = self.new(connection, 3)
        self.assertEqual((feed.waiting_count, str(feed.waiting_from)), (1, "2026-01-15"))
        self.assertEqual(self.puts(), [], "only looked at")
        self.assertFalse(connection.feed_ids.document_ids)

    def test_one_client_that_fails_does_not_fail_the_step(self):
        for kind, body in (("forbidden", ""), ("server_error", ""), ("status", "<html>")):
            with self.subTest(kind), self.rolled_back():
                self.sandbox.clear_faults()
                token = self.sandbox.issue_token()
                options = {"status": 200, "body": body} if kind == "status" else {}
                self.sandbox.fail(kind, path=f"/feed/{self.feeds[3]}/$", times=None, **options)
                wizard, connection = self.see_clients(token)
                self.look()
                self.assertEqual((wizard.look_left_count, wizard.look_failed_count), (0, 1))
                self.assertTrue(self.new(connection, 3).look_note)
                self.assertEqual(self.new(connection, 4).waiting_count, 1)
                self.assertEqual(connection.state, "connected")
                failed = self.env["codabox.feed"].search([("look_failure", "!=", False)])
                self.assertEqual(failed, self.new(connection, 3))
                self.sandbox.clear_faults()
                self.press(failed, "action_look_again", user=self.administrator)
                self.look()
                self.assertFalse(failed.look_note)
                self.assertEqual(failed.waiting_count, 1)

    def test_a_codabox_that_is_away_ends_the_looking_and_says_so_on_each(self):
        wizard, connection = self.see_clients()
        self.sandbox.fail("drop", path="/feed/", times=None)
        self.look()
        self.assertEqual(wizard.look_left_count, 0)
        self.assertEqual(wizard.look_failed_count, CLIENTS)
        self.assertEqual(connection.state, "connected")

    def test_a_few_clients_are_looked_at_at_once_and_stand_in_the_dialog(self):
        self.patch(codabox_connect, "LINES", 40)
        self.patch(codabox_connection_look, "LOOK_SECONDS", 600)
        self.sandbox.fail("server_error", path=f"/feed/{self.feeds[3]}/$", times=None)
        wizard, _connection = self.see_clients()
        self.assertEqual(len(wizard.line_ids), CLIENTS + 1)
        self.assertEqual(wizard.look_failed_count, 1)
        self.assertEqual(len(wizard.line_ids.filtered("look_note")), 1)
        self.step(wizard, "action_start")

    # --- Confirming ----------------------------------------------------------------------------

    def test_all_that_are_sure_are_confirmed_and_the_others_stay(self):
        wizard, connection = self.see_clients()
        # A number of two companies, one of two clients, a company of somebody else, an old company.
        self.companies[1].company_registry = self.companies[0].company_registry
        with self.sandbox.editing(self.feeds[3]) as client:
            client["legal_entity"]["enterprise_num"] = f"BE{self.companies[2].company_registry}"
        self.press(connection, "action_test", user=self.administrator)
        self.administrator.company_ids = [Command.unlink(self.companies[4].id)]
        self.companies[5].active = False
        self.env.invalidate_all()
        left = {self.new(connection, n) for n in (0, 1, 2, 3, 4, 5)}
        self.step(wizard, "action_confirm_sure")
        self.env.invalidate_all()
        waiting = connection.feed_ids.filtered(lambda f: f.state == "new")
        self.assertEqual(set(waiting), left)
        with self.as_user(self.administrator) as env:
            seen = env["codabox.connect"].browse(wizard.id)
            self.assertEqual((seen.sure_count, seen.unsure_count), (0, len(left)))
        self.assertIn(str(CLIENTS + 1 - len(left)), wizard.confirmed_text)
        feed = self.new(connection, 7)
        self.assertEqual(feed.company_id, self.companies[7])
        self.assertEqual(set(feed.kind_ids.mapped("kind")), set(connection._offered_kinds()))
        self.assertTrue(all(feed.kind_ids.mapped("book_from")))

    def test_what_does_not_fit_in_the_time_is_left_to_the_next_press(self):
        self.patch(codabox_feed_sure, "SURE_SECONDS", 0)
        self.patch(codabox_feed_sure, "CHUNK", 5)
        wizard, connection = self.see_clients()
        confirmed = []
        for _press in range(3):
            self.step(wizard, "action_confirm_sure")
            self.env.invalidate_all()
            confirmed.append(wizard.confirmed_count)
        self.assertEqual(confirmed, [5, 10, CLIENTS + 1])
        self.assertEqual(set(connection.feed_ids.mapped("state")), {"active"})

    def test_the_list_finds_the_sure_ones(self):
        _wizard, connection = self.see_clients()
        with self.as_user(self.administrator) as env:
            found = env["codabox.feed"].search([("is_sure", "=", True)])
            self.assertEqual(len(found), CLIENTS + 1)
        action = self.step(_wizard, "action_open_clients")
        with self.as_user(self.administrator) as env:
            env["codabox.feed"].action_confirm_sure()
            self.assertFalse(
                env["codabox.feed"].search_count([("state", "=", "active")]),
                "only of the connection that is shown",
            )
            env["codabox.feed"].with_context(**action["context"]).action_confirm_sure()
        self.env.invalidate_all()
        self.assertEqual(set(connection.feed_ids.mapped("state")), {"active"})
        self.assertEqual(action["res_model"], "codabox.feed")
        self.assertEqual(
            self.env["codabox.feed"].search_count(action["domain"]), len(connection.feed_ids)
        )

    # --- Role ----------------------------------------------------------------------------------

    def test_the_role_is_proposed_from_the_answer(self):
        wizard, connection = self.see_clients(role="company")
        self.assertEqual((wizard.role, wizard.proposed_role), ("company", "office"))
        self.step(wizard, "action_take_role")
        self.env.invalidate_all()
        self.assertEqual((connection.role, wizard.proposed_role), ("office", "office"))
        self.assertNotIn("send", connection.function_ids.mapped("code"))

    def test_a_company_alone_is_proposed_as_company_only_when_no_office_has_it(self):
        for feed in self.feeds:
            self.sandbox.remove_client(feed)
        wizard, connection = self.see_clients()
        self.assertEqual(wizard.proposed_role, "office")
        connection.feed_ids.filtered(lambda f: f.state != "ended").fiduciary_ref = False
        self.env.invalidate_all()
        self.assertEqual(wizard.proposed_role, "company")

    def test_disconnecting_says_what_is_left_to_do_at_codabox(self):
        _wizard, connection = self.see_clients()
        self.press(connection, "action_disconnect", user=self.administrator)
        self.assertIn("revoked in MyCodaBox", connection.reason)


@tagged("-at_install", "post_install")
class TestConnectLargeSecurity(ConnectCase):
    def setUp(self):
        super().setUp()
        _wizard, connection = self.see_clients()
        self.own_feed = connection.feed_ids

    def test_a_plain_accountant_confirms_and_looks_at_nothing(self):
        for method in ("action_confirm_sure", "action_look_again"):
            with self.subTest(method), self.assertRaises(AccessError):
                self.press(self.own_feed, method)
        self.assertEqual(self.own_feed.state, "new")

    def test_an_administrator_of_another_company_neither(self):
        self.administrator.write(
            {
                "company_id": self.other_company.id,
                "company_ids": [Command.set(self.other_company.ids)],
            }
        )
        for method in ("action_confirm_sure", "action_look_again"):
            with self.subTest(method), self.assertRaises(AccessError):
                self.press(self.own_feed, method, user=self.administrator)
        feeds = self.env["codabox.feed"]
        self.administrator.flush_recordset()
        with self.as_user(self.administrator) as env:
            context = {"codabox_connection_id": self.own_feed.connection_id.id}
            env[feeds._name].with_context(**context).action_confirm_sure()
        self.assertEqual(self.own_feed.state, "new")
