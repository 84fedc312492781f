"""Each cause of silence is one to-do, whatever else is well, and gone after its cure."""

from datetime import date, timedelta

from odoo import fields
from odoo.tests import tagged

from ..codabox import GRACE
from ..codabox.bank_days import is_bank_day
from ..codabox.soda import write_soda
from ..codabox.soda.builders import credit as owed
from ..codabox.soda.builders import debit as paid
from ..codabox.soda.builders import entry, soda
from .common import IBAN, NUMBER, credit, statement
from .sending_case import SendingCase
from .test_silence import ACTION, CLIENT, CONNECTION, SENDING, ActionCase, SilenceCase

ONE_DAY = timedelta(days=1)
MANY = 30  # clients; an office has ten times as many, and no more to-dos
CAUSES = (
    "codabox_does_not_answer",
    "codabox_refuses_the_credentials",
    "no_client_can_be_fetched",
    "one_client_cannot_be_fetched",
    "no_round_begins",
    "the_turn_of_a_client_never_comes",
    "the_action_that_fetches_is_off",
    "the_action_that_fetches_is_not_started",
    "the_action_that_fetches_fails",
    "the_action_that_sends_is_off",
    "the_action_that_sends_fails",
    "an_account_stops",
    "a_month_of_payroll_is_missing",
    "a_file_cannot_be_had",
)


def bank_days_ago(first, number):
    """Return so many bank days, the last one the first so many days ago, oldest first."""
    day, days = fields.Date.today() - first * ONE_DAY, []
    while len(days) < number:
        days += [day] if is_bank_day(day) else []
        day -= ONE_DAY
    return days[::-1]


@tagged("-at_install", "post_install")
class TestCauses(ActionCase, SilenceCase, SendingCase):
    """One office with everything: bank statements, payroll, and a company that sends."""

    chart = "be_comp"

    def setUp(self):
        super().setUp()
        self.company._codabox_payroll_journal()
        self.company.sudo().codabox_send_schedule = "daily"
        for cron in (self.cron, self.send_cron):
            self.well(cron.sudo())

    # -------------------------------------------------------------------------
    # The causes: each is planted, yields the type of its to-do, and is cured
    # -------------------------------------------------------------------------

    def codabox_does_not_answer(self):
        yield from self.failing("/pod-client/", CONNECTION)

    def no_client_can_be_fetched(self):
        yield from self.failing(r"/delivery/feed/\d+/", CONNECTION)

    def one_client_cannot_be_fetched(self):
        yield from self.failing(f"/delivery/feed/{self.client}/", CLIENT)

    def failing(self, path, xml_id):
        self.fail_for_ever(path)
        self.nights(3)
        yield xml_id
        self.sandbox.clear_faults()
        self.night()

    def codabox_refuses_the_credentials(self):
        self.fail_for_ever("/pod-client/", "unauthorized")
        self.night()
        yield "account_codabox.mail_activity_type_connection"
        self.sandbox.clear_faults()
        self.press(self.connection.sudo(), "action_test", user=self.env.ref("base.user_root"))

    def no_round_begins(self):
        self.no_round()
        yield CONNECTION
        self.night()

    def the_turn_of_a_client_never_comes(self):
        self.feed().fetch_pending = True
        self.long_ago(self.feed(), "write_date")
        yield CLIENT
        self.night()

    def the_action_that_fetches_is_off(self):
        yield from self.action(self.off, self.cron, ACTION)

    def the_action_that_fetches_is_not_started(self):
        yield from self.action(self.rest, self.cron, ACTION)

    def the_action_that_fetches_fails(self):
        yield from self.action(self.fail, self.cron, ACTION)

    def the_action_that_sends_is_off(self):
        yield from self.action(self.off, self.send_cron, SENDING)

    def the_action_that_sends_fails(self):
        yield from self.action(self.fail, self.send_cron, SENDING)

    def action(self, trouble, cron, xml_id):
        trouble(cron.sudo())
        yield xml_id
        self.well(cron.sudo())

    def an_account_stops(self):
        self.deliver(*map(self.empty, bank_days_ago(21, 9)))
        self.night()
        yield "account_codabox.mail_activity_type_silent_account"
        self.deliver(*map(self.empty, bank_days_ago(1, 1)))
        self.night()

    def empty(self, day):
        """Return a statement without movements."""
        values = {"account": IBAN, "enterprise_number": NUMBER, "opening": "0"}
        return statement(day=day, opening_day=day - ONE_DAY, **values)

    def a_month_of_payroll_is_missing(self):
        late = (fields.Date.today() - GRACE - ONE_DAY).replace(day=1) - ONE_DAY
        self.payroll(late.replace(day=1) - ONE_DAY, "1")
        yield "account_codabox.mail_activity_type_payroll_month"
        self.payroll(late, "2")

    def payroll(self, month: date, sequence):
        lines = (paid("620200", "100.00", "Gross"), owed("455000", "100.00", "Net"))
        values = {"enterprise": f"BE{NUMBER}", "sequence": sequence}
        data = write_soda(soda(entry(f"{month:%Y%m}", *lines, **values)))
        self.sandbox.add_document(self.client, "soda", {"xml": data})
        self.night()
        # What its draft asks is another to-do.
        for move in self.env["codabox.payroll"].sudo().search([]).move_id:
            move._codabox_override("Seen")
        self.env.cr.flush()

    def a_file_cannot_be_had(self):
        index = self.deliver(self.day(15, credit("10")))
        self.fail_for_ever(f"{index}/cod")
        self.nights(4)
        yield "account_codabox.mail_activity_type_document"
        self.sandbox.clear_faults()
        self.night()

    def night(self):
        files = self.env["codabox.document.file"].sudo().search([("asked_on", "!=", False)])
        for file in files:
            file.asked_on -= timedelta(days=8)
        return super().night()

    # -------------------------------------------------------------------------

    def watch(self):
        """The daily cleaning of Odoo comes."""
        connections = self.env["codabox.connection"].sudo()
        connections._watch_scheduled_action()
        connections._watch_sending_action()
        self.judge()
        self.env["account.journal"].sudo()._codabox_watch_accounts()

    def all_todos(self):
        return self.env["res.users"]._codabox_todos()

    def test_each_cause_is_one_todo_and_gone_after_its_cure(self):
        for name in CAUSES:
            with self.subTest(name), self.rolled_back():
                self.watch()
                self.assertFalse(self.all_todos())
                steps = getattr(self, name)()
                xml_id = next(steps)
                self.watch()
                todo = self.all_todos()
                self.assertEqual(todo.mapped("activity_type_id"), self.env.ref(xml_id))
                self.assertEqual(len(todo), 1, todo.mapped("note"))
                self.watch()
                self.assertEqual(self.all_todos(), todo, "opened once")
                self.assertEqual(list(steps), [])
                self.watch()
                self.assertFalse(self.all_todos(), "closed by itself")
            self.sandbox.clear_faults()

    def test_three_nights_without_codabox_are_one_todo_however_many_clients(self):
        for path in ("/pod-client/", r"/delivery/feed/\d+/"):
            with self.subTest(path), self.rolled_back():
                self.add_clients(4)
                few = self.three_bad_nights(path)
                self.add_clients(MANY)
                many = self.three_bad_nights(path)
                # The first time Odoo reads more: what it then keeps.
                self.assertLessEqual(many, few, "queries")
            self.sandbox.clear_faults()

    def add_clients(self, number):
        known = len(self.sandbox.feeds)
        for place in range(number):
            self.sandbox.add_client(f"M{known + place}", f"More {known + place}")
        self.night()

    def three_bad_nights(self, path):
        """Let three nights fail; there is one to-do. Return what it costs to judge them anew."""
        self.fail_for_ever(path)
        self.nights(3)
        self.watch()
        self.assertEqual(len(self.all_todos()), 1)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.connection.sudo()._judge_silence()
        self.env.flush_all()
        cost = self.env.cr.sql_log_count - before
        self.sandbox.clear_faults()
        self.night()
        self.assertFalse(self.all_todos())
        return cost
