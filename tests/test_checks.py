"""VAT-ready and Closed: what each line says, what a person said, and what came after it."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .checks_case import ChecksCase
from .common import IBAN, NUMBER, credit, statement
from .overview_case import ONE_DAY

VAT = ("filing", "purchases", "sales", "taxes", "numbers", "suppliers", "foreign")
CLOSED = ("bank", "ledger", "lines", "suspense", "payroll", "codes", "entries", "wages", "cards")


@tagged("-at_install", "post_install")
class TestChecks(ChecksCase):
    def setUp(self):
        super().setUp()
        self.in_order()

    def lights(self, **options):
        feed = self.feed_as(**options)
        return feed.vat_light, feed.closed_light

    def test_a_month_of_which_all_is_in_can_be_ready_and_closed(self):
        for kind in ("vat", "closed"):
            states = {line.name: line.state for line in self.check(kind).lines}
            self.assertFalse(
                {name for name, state in states.items() if state not in ("ok", "fact")}
            )
        self.assertEqual(self.lights(), ("green", "green"))

    def test_each_fault_is_in_its_line_and_gone_after_its_cure(self):
        for kind, names in (("vat", VAT), ("closed", CLOSED)):
            for name in names:
                with self.subTest(name), self.rolled_back():
                    with getattr(self, name)() as number:
                        self.assert_shown(kind, name, number)
                    self.assertEqual(self.line(kind, name).state, "ok")

    def assert_shown(self, kind, name, number):
        line = self.line(kind, name)
        self.assertIn(line.state, ("todo", "unknown"))
        self.assertEqual(self.check(kind).light, "open")
        feed = self.feed_as()
        self.assertTrue(feed._check_sentence(line))
        self.assertTrue(feed[f"{kind}_todo"])
        self.assertIn(feed, feed.search([(f"{kind}_light", "=", "open")]))
        if number is not None:
            self.assertEqual(len(self.proof(name)), number)
            self.assertEqual(line.facts.get("count", number), number)

    def test_a_balance_is_that_of_the_list_that_proves_it(self):
        for name in ("suspense", "wages"):
            with self.subTest(name), self.rolled_back(), getattr(self, name)():
                line = self.line("closed", name)
                odd = sum(amount for _prefix, amount, _expected in line.facts.get("odd", ()))
                shown = [
                    i
                    for i in self.proof(name)
                    if name == "suspense" or i.account_id.code[:3] == "455"
                ]
                amount = sum(item.balance for item in shown)
                self.assertAlmostEqual(amount, line.facts.get("amount", odd))

    def test_a_statement_over_the_end_of_the_month_makes_no_difference(self):
        day = self.period.end + 3 * ONE_DAY
        movement = credit("10", entry_date=self.period.end)
        values = {"account": IBAN, "enterprise_number": NUMBER, "opening_day": self.period.end}
        self.receive(statement(movements=[movement], day=day, number=2, **values))
        self.assertEqual(self.lines_of(self.journal).mapped("date"), [self.period.end])
        self.assertEqual(self.line("closed", "ledger").state, "ok")

    def test_what_waits_at_codabox_is_what_the_overview_says(self):
        with self.withheld():
            line = self.line("vat", "arrived")
            self.assertEqual((line.state, line.facts["trouble"]), ("todo", "withheld"))
            self.assertEqual(len(self.proof("arrived")), line.facts["count"])
        with self.waiting():
            self.assertEqual(self.line("closed", "statements").facts["trouble"], "waiting")
            # The bank never holds up the VAT.
            self.assertEqual(self.line("vat", "arrived").state, "ok")

    def test_a_person_says_ready_and_a_late_bill_reopens_it(self):
        feed = self.feed_as()
        feed.action_check_ready_vat()
        self.assertEqual(self.lights(), ("ready", "green"))
        self.assertIn(self.reader.name, self.feed_as().vat_todo)
        log = self.env["codabox.audit"].sudo().search([("action", "=", "ready")])
        self.assertEqual(log.user_id, self.reader)
        bill = self.post("in_invoice", self.period.end)
        feed = self.feed_as()
        self.assertEqual(feed.vat_light, "reopened")
        for part in (bill.ref, "21.00", "came after"):
            self.assertIn(part, feed.reopened_text)
        self.assertIn(feed, feed.search([("is_reopened", "=", True)]))
        feed.action_check_ready_vat()
        self.assertEqual(self.lights()[0], "ready")
        self.assertFalse(self.feed_as().reopened_text)

    def test_what_is_reset_or_deleted_reopens_and_what_is_of_another_period_does_not(self):
        feed = self.feed_as()
        feed.action_check_ready_vat()
        feed.action_check_ready_closed()
        self.post("in_invoice", self.period.end + ONE_DAY)
        self.assertEqual(self.lights(), ("ready", "ready"))
        with self.rolled_back(), self.bank_lines(1):
            self.assertEqual(self.lights(), ("ready", "reopened"))
        bills = self.env["account.move"].search(
            [("move_type", "=", "in_invoice"), ("date", "=", self.period.start)]
        )
        bills.button_draft()
        self.assertEqual(self.lights(), ("reopened", "reopened"))
        self.assertIn("reset to draft", self.feed_as().reopened_text)

    def test_a_reopened_period_is_told_whatever_period_is_looked_at(self):
        self.feed_as().action_check_ready_vat()
        self.post("in_invoice", self.period.end)
        later = self.feed_as(codabox_period_day=str(self.period.end + ONE_DAY))
        self.assertNotEqual(later.vat_light, "reopened")
        self.assertIn("21.00", later.reopened_text)

    def test_a_draft_that_comes_after_the_word_is_told_too(self):
        self.feed_as().action_check_ready_vat()
        self.draft("in_invoice", self.period.end)
        feed = self.feed_as()
        self.assertEqual(feed.vat_light, "reopened")
        self.assertIn("1 drafts", feed.vat_todo)

    def test_ready_is_said_of_the_green_ones_only(self):
        with self.purchases(), self.assertRaises(UserError):
            self.feed_as().action_check_ready_vat()
        running = self.feed_as(codabox_period_day=str(fields.Date.today()))
        self.assertEqual(running.vat_light, "running")
        with self.assertRaises(UserError):
            running.action_check_ready_vat()

    def test_what_a_person_says_is_right_holds_as_long_as_it_is_so(self):
        with self.suspense():
            self.feed_as()._say_line_right("closed", "suspense")
            self.assertEqual(self.line("closed", "suspense").state, "right")
            self.assertEqual(self.lights()[1], "green")
            self.entry(self.period.end, ("499000", 3), ("604000", -3))
            self.assertEqual(self.line("closed", "suspense").state, "todo")
        with self.assertRaises(UserError):
            self.feed_as()._say_line_right("vat", "numbers")

    def test_nobody_guesses_how_often_vat_is_filed(self):
        self.company.sudo().codabox_vat_period = False
        feed = self.feed_as()
        self.assertEqual((feed.vat_light, feed.check_due), ("open", False))
        with self.assertRaises(UserError):
            feed._say_line_right("vat", "filing")
        feed._say_filing("quarter")
        feed = self.feed_as()
        self.assertEqual(feed.check_due.day, 25)
        feed._say_filing("none")
        feed = self.feed_as()
        self.assertEqual((feed.vat_light, feed.check_due), ("none", False))

    def test_payroll_is_closed_to_who_may_not_see_it(self):
        states = {line.name: line.state for line in self.check("closed", self.accountant).lines}
        self.assertEqual(states["payroll"], "closed")
        self.assertNotIn("wages", states)
        feed = self.feed_as(self.accountant)
        self.assertEqual(feed.closed_light, "closed")
        with self.assertRaises(UserError):
            feed.action_check_ready_closed()

    def test_an_account_that_the_chart_lacks_is_not_said_to_be_empty(self):
        self.account("499000").sudo().code = "498999"
        line = self.line("closed", "suspense")
        self.assertEqual(line.state, "unknown")
        self.assertIn("chart", self.feed_as()._check_sentence(line))

    def test_who_only_invoices_or_reads_says_nothing(self):
        for name, group in (("invoice", "invoice"), ("readonly", "readonly")):
            user = new_test_user(
                self.env,
                f"checks_{name}",
                f"base.group_user,account.group_account_{group}",
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )
            feed = self.feed_as(user)
            for say in (
                feed.action_check_ready_vat,
                lambda feed=feed: feed._say_filing("quarter"),
                lambda feed=feed: feed._say_line_right("vat", "taxes"),
            ):
                with self.subTest(name), self.assertRaises(AccessError):
                    say()
            self.assertTrue(feed.vat_light)

    def test_the_period_that_is_due_is_the_one_that_is_shown(self):
        feed = self.feed_as().with_context(codabox_period_day=False)
        due = feed.check_due
        self.assertGreaterEqual(due, fields.Date.today())
        before = feed.with_context(codabox_periods_back=1)
        self.assertLess(before.check_due, fields.Date.today())

    def test_as_many_queries_for_sixty_clients_as_for_ten(self):
        few = self.queries(10)
        many = self.queries(60)
        self.assertEqual(many, few)

    def queries(self, clients):
        """Open the list with so many clients of as many companies; return the number of queries."""
        made = self.env["codabox.feed"].sudo().search_count([("name", "=like", "Many %")])
        for number in range(made, clients):
            company = self.env["res.company"].sudo().create({"name": f"Many {number}"})
            company.codabox_vat_period = "quarter" if number % 2 else "month"
            self.reader.sudo().company_ids += company
            feed = self.env["codabox.feed"].sudo().create(
                {
                    "name": f"Many {number}",
                    "connection_id": self.connection.id,
                    "remote_id": 20_000 + number,
                    "company_id": company.id,
                    "state": "active",
                }
            )  # fmt: skip
            for kind in ("coda", "soda", "purchase_invoice"):
                self.env["codabox.feed.kind"].sudo()._ensure(feed, kind)
        names = ("vat_light", "vat_todo", "closed_light", "closed_todo", "check_due")
        opened = self.feed_as().browse()
        columns = {name: {} for name in names}
        opened.web_search_read([("vat_light", "!=", "ready")], columns, limit=200)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        opened.web_search_read([("vat_light", "!=", "ready")], columns, limit=200)
        return self.env.cr.sql_log_count - before


@tagged("-at_install", "post_install")
class TestChecksHttp(ChecksCase, HttpCase):
    browser_size = "1366x768"

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def test_an_accountant_of_another_company_sees_and_says_nothing_of_this_one(self):
        self.in_order()
        other = new_test_user(
            self.env,
            "checks_other",
            "base.group_user,account_codabox.group_accountant",
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        self.feed_as().action_check_ready_vat()
        view = self.feed_as().action_check_open()["res_id"]
        check = self.env["codabox.period.check"].sudo().search([])
        self.authenticate(other.login, other.login)
        feed = self.feed()
        for model, method, args in (
            ("codabox.feed", "action_check_open", [feed.ids]),
            ("codabox.feed", "action_check_ready_vat", [feed.ids]),
            ("codabox.feed", "action_check_ready_closed", [feed.ids]),
            ("codabox.check.view", "action_filing_none", [[view]]),
            ("codabox.check.view", "create", [[{"feed_id": feed.id, "day": "2026-01-31"}]]),
            ("codabox.check.view", "web_read", [[view], {"vat_light": {}}]),
            ("codabox.period.check", "web_read", [check.ids, {"figures": {}}]),
            ("codabox.period.check", "create", [[{"company_id": self.company.id}]]),
        ):
            with (
                self.subTest(f"{model}.{method}"),
                mute_logger("odoo.http"),
                self.assertRaises(JsonRpcException) as refused,
            ):
                self.call(model, method, *args)
            self.assertIn("AccessError", str(refused.exception))
        listed = self.call("codabox.feed", "web_search_read", [], {"company_id": {}})["records"]
        self.assertNotIn(feed.id, [row["id"] for row in listed])
        self.assertFalse(self.call("codabox.period.check", "search_read", [], ["came"]))

    def test_in_dutch_a_line_is_cured_the_client_is_ready_and_a_late_bill_reopens_it(self):
        self.in_order()
        self.post("in_invoice", self.period.end, taxed=False, amount=33.0)
        self.env["res.lang"]._activate_lang("nl_BE")
        self.reader.lang = "nl_BE"
        self.env.ref("account_codabox.codabox_period_action").sudo().copy(
            {"path": "codabox-before", "context": "{'search_default_before': 1}"}
        )
        self.start_tour("/odoo/codabox-before", "account_codabox_checks", login=self.reader.login)
        check = self.env["codabox.period.check"].sudo().search([("kind", "=", "vat")])
        self.assertEqual((check.state, check.ready_by_id), ("ready", self.reader))
        self.post("in_invoice", self.period.end, amount=50.0)
        self.start_tour(
            "/odoo/codabox-before", "account_codabox_checks_reopened", login=self.reader.login
        )
