"""The Overview: is everything in, and what must a person do."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from ..models.office.codabox_feed_kind_counts import COUNTS
from ..models.office.codabox_feed_kind_light import CURES
from .overview_case import OverviewCase
from .test_security import SecurityCase

# What is late has no list of its own: its button is the proof.
FAULTS = [*COUNTS, "overdue", "late_payroll"]


@tagged("-at_install", "post_install")
class TestOverview(OverviewCase):
    def test_each_fault_is_shown_and_gone_after_its_cure(self):
        for name in FAULTS:
            with self.subTest(name), self.rolled_back():
                with getattr(self, name)() as kind:
                    self.assert_shown(name, self.row(kind))
                self.assertNotIn(name, self.told(self.row(kind)))

    def told(self, row):
        """Return all that a row says."""
        return {row.cure, *(count["name"] for count in row.counts or ())}

    def assert_shown(self, name, row):
        self.assertIn(name, self.told(row))
        self.assertIn(row.light, ("bad", "look"))
        self.assertLessEqual(list(CURES).index(row.cure), list(CURES).index(name))
        self.assertTrue(row.todo)
        self.assertIn(row, self.rows(domain=[("light", "in", ("bad", "look", "off"))]))
        if name in COUNTS:
            self.assertEqual(row, self.rows(domain=[("waits_for", "=", name)]))
            self.assertEqual(self.proof(row, name), self.number(row, name))
        else:
            self.assertEqual(row, self.rows(domain=[("rhythm", "=", "overdue")]))

    def test_a_client_of_whom_all_is_in_is_in_order_and_not_in_the_default_list(self):
        self.receive(self.day(15))
        row = self.row("coda")
        self.assertEqual((row.light, row.cure, row.counts), ("ok", False, False))
        self.assertNotIn(row, self.rows(domain=[("light", "in", ("bad", "look", "off"))]))
        self.assertIn(row, self.rows(domain=[("light", "=", "ok")]))
        self.assertIn(row, self.rows(domain=[("light", "!=", "bad")]))

    def test_the_light_that_is_shown_is_the_one_that_is_found(self):
        self.receive(self.day(15))
        for row in self.rows():
            self.assertIn(row, self.rows(domain=[("light", "=", row.light)]), row.kind)

    def test_who_is_responsible_has_the_row_among_his_clients(self):
        row = self.row("coda")
        self.assertEqual(row.responsible_id, self.reader)
        self.feed().user_id = self.accountant
        self.assertEqual(self.row("coda").responsible_id, self.accountant)
        self.feed().user_id = False
        self.connection.sudo().user_id = self.payroll_user
        self.assertEqual(self.row("coda").responsible_id, self.payroll_user)

    def test_of_payroll_that_is_closed_to_the_reader_nothing_is_said(self):
        self.map_codes()
        self.receive_soda(self.month(period="202601"))
        self.document_of_payroll().payroll_ids.move_id.action_post()
        row = self.row("soda", self.accountant)
        self.assertEqual((row.light, row.account_text, row.newest), ("closed", False, False))
        self.assertNotIn("202601", str(row.read()))
        self.assertIn(self.row("soda").light, ("bad", "ok"))

    def document_of_payroll(self):
        return self.env["codabox.document"].sudo().search([("kind", "=", "soda")])

    def test_of_a_client_of_whom_only_payroll_is_known_nobody_says_that_nothing_came(self):
        self.feed().mandate_ids.unlink()
        self.feed().last_fetch = fields.Datetime.now()
        self.assertEqual(self.row("coda", self.accountant).cure, "no_mandate")
        self.env["codabox.document"].sudo().create(
            {
                "name": "Payroll",
                "feed_id": self.feed().id,
                "channel": "feed",
                "remote_index": "1",
                "document_model": "soda",
                "kind": "soda",
            }
        )
        self.assertFalse(self.row("coda", self.accountant).cure)
        self.assertEqual(self.row("coda", self.accountant).light, "none")

    def test_what_is_not_fetched_is_said_before_that_all_is_in(self):
        self.receive(self.day(15))
        for record, values, cure in (
            (self.connection, {"state": "broken"}, "connection"),
            (self.connection, {"fetch_automatically": False}, "fetch_off"),
            (self.feed(), {"is_fetched": False}, "fetch_off"),
            (self.feed(), {"failing_since": "2026-01-01"}, "failing"),
            (self.feed(), {"last_fetch": "2026-01-01"}, "not_fetched"),
            (self.feed(), {"last_fetch": False}, "not_fetched"),
        ):
            with self.subTest(values), self.rolled_back():
                record.sudo().write(values)
                row = self.row("coda")
                self.assertEqual(row.cure, cure)
                self.assertEqual(row.light, CURES[cure])
                self.assertTrue(row.todo)

    def test_the_mission_that_is_over_is_no_fault(self):
        with self.overdue():
            self.feed().kind_ids.write({"book_until": "2026-01-31"})
            row = self.row("coda")
            self.assertEqual((row.light, row.rhythm), ("ended", False))

    def test_an_account_is_late_again_when_its_rhythm_passed_since_a_person_looked(self):
        with self.overdue():
            self.assertIn("overdue", self.row("coda").account_text)
        row = self.row("coda")
        self.assertEqual((row.light, row.rhythm), ("ok", "checked"))
        self.assertEqual(row.complete_until, self.journal.codabox_checked_on)
        self.assertEqual(self.journal.codabox_checked_by_id, self.reader)
        self.assertFalse(self.journal.sudo().activity_ids)
        log = self.env["codabox.audit"].sudo().search([("action", "=", "checked")])
        self.assertEqual((log.user_id, log.res_id), (self.reader, self.journal.id))
        self.journal.sudo().codabox_checked_on = self.journal.codabox_silent_since.replace(day=1)
        self.assertEqual(self.row("coda").light, "bad")

    def test_an_account_in_its_rhythm_may_be_ticked_as_checked_too(self):
        self.receive(self.day(15))
        self.press(self.row("coda"), "action_office_checked", user=self.reader)
        row = self.row("coda")
        self.assertEqual((row.light, row.rhythm), ("ok", "checked"))
        self.assertEqual(row.complete_until, self.journal.codabox_checked_on)
        with self.assertRaises(UserError):
            self.press(self.row("soda"), "action_office_checked", user=self.reader)

    def test_who_only_invoices_says_nothing_about_the_bank_and_fetches_nothing(self):
        self.receive(self.day(15))
        invoicing = new_test_user(
            self.env,
            "overview_invoicing",
            "base.group_user,account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        for method in ("action_office_checked", "action_office_fetch", "action_office_stop"):
            with self.subTest(method), self.assertRaises(AccessError):
                self.press(self.row("coda", invoicing), method, user=invoicing)
        self.assertFalse(self.journal.codabox_checked_on)
        self.assertFalse(self.header(invoicing)["can_fetch"])

    def header(self, user=None):
        return self.rows(user, [("id", "=", 0)]).action_office_header()

    def test_fetch_now_goes_on_in_the_background_and_says_how_far_it_is(self):
        index = self.deliver(self.day(15))
        self.press(self.env["codabox.feed.kind"], "action_office_fetch", user=self.reader)
        header = self.header()
        self.assertEqual(header["running"], 1)
        self.assertIn("left: 1", header["progress"])
        self.run_job()
        self.assertEqual(self.document(index).state, "imported")
        header = self.header()
        self.assertEqual((header["running"], header["failed"]), (0, 0))
        self.assertTrue(header["last"] and header["next"])

    def test_stop_leaves_the_rest_to_the_next_night(self):
        index = self.deliver(self.day(15))
        self.press(self.env["codabox.feed.kind"], "action_office_fetch", user=self.reader)
        self.press(self.env["codabox.feed.kind"], "action_office_stop", user=self.reader)
        self.run_job()
        self.assertFalse(self.document(index))
        self.assertFalse(self.header()["running"])

    def test_the_header_counts_what_the_rows_count(self):
        with self.gaps():
            header = {count["name"]: count["number"] for count in self.header()["counts"]}
            for name, number in header.items():
                self.assertEqual(sum(self.number(row, name) for row in self.rows()), number, name)
            self.assertEqual(header["gaps"], 1)

    def test_clients_that_could_not_be_fetched_are_one_click_away(self):
        self.feed().failing_since = "2026-01-01"
        self.assertEqual(self.header()["failed"], 1)
        rows = self.rows()
        action = rows.browse().action_office_failed()
        self.assertEqual(rows.env[action["res_model"]].search_count(action["domain"]), 1)

    def test_how_far_an_account_is_stops_at_its_first_gap(self):
        with self.gaps():
            row = self.row("coda")
            self.assertEqual(str(row.complete_until), "2026-01-14")
            self.assertIn("missing", row.account_text)
        self.assertEqual(str(self.row("coda").complete_until), "2026-01-16")

    def test_what_nobody_said_whose_it_is_has_a_row_for_the_administrator(self):
        new = self.sandbox.add_client("NEW", "Nobody yet", accounts=["BE43068999999501"])
        self.night()
        row = self.rows(self.env.user).filtered(lambda r: r.feed_id == self.feed(new))
        self.assertTrue(row)
        self.assertEqual(set(row.mapped("cure")), {"choose_company"})
        self.assertFalse(self.rows().filtered(lambda r: r.feed_id == self.feed(new)))

    def test_a_withheld_document_has_its_row(self):
        self.feed().kind_ids.filtered(lambda k: k.kind == "purchase_invoice").unlink()
        with self.withheld():
            self.assertEqual(self.number(self.row("purchase_invoice"), "withheld"), 1)

    def test_as_many_queries_for_sixty_clients_as_for_ten(self):
        few, rows = self.queries(10)
        many, more = self.queries(60)
        self.assertEqual(more, rows + 50)
        self.assertEqual(many, few)

    def queries(self, clients):
        """Open the list with so many clients; return the number of queries and of rows."""
        feeds = self.env["codabox.feed"].sudo()
        made = feeds.search_count([("connection_id", "=", self.connection.id)])
        for number in range(made, clients):
            copy = feeds.create(
                {
                    "name": f"Client {number}",
                    "connection_id": self.connection.id,
                    "remote_id": 10_000 + number,
                    "company_id": self.company.id,
                    "state": "active",
                }
            )
            self.env["codabox.feed.kind"].sudo()._ensure(copy, "coda")
        names = {"light": {}, "counts": {}, "account_text": {}, "todo": {}, "mandate_state": {}}
        opened = self.rows(domain=[("id", "=", 0)])
        opened.web_search_read([("light", "!=", "ok")], names, limit=80)  # rules are kept now
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        found = opened.web_search_read([("light", "!=", "ok")], names, limit=80)
        return self.env.cr.sql_log_count - before, found["length"]


@tagged("-at_install", "post_install")
class TestOverviewHttp(SecurityCase, HttpCase):
    def call(self, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/codabox.feed.kind/{method}",
            {"model": "codabox.feed.kind", "method": method, "args": args, "kwargs": kwargs},
        )

    def test_an_accountant_of_another_company_sees_nothing_of_this_one(self):
        self.receive(self.day(16, account="BE71096123456769"))  # waits: nobody knows the account
        numbers = {}
        for user in (self.accountant, self.other_accountant):
            self.authenticate(user.login, user.login)
            rows = self.call("web_search_read", [], {"company_id": {}, "counts": {}})["records"]
            self.assertEqual({row["company_id"] for row in rows}, set(user.company_ids.ids))
            header = self.call("action_office_header", [])
            numbers[user] = {count["name"]: count["number"] for count in header["counts"]}
            self.assertEqual(
                self.call("web_search_read", [("waits_for", "=", "waiting")], {})["length"],
                int(user == self.accountant),
            )
        self.assertEqual(numbers[self.accountant]["waiting"], 1)
        self.assertNotIn("waiting", numbers[self.other_accountant])
