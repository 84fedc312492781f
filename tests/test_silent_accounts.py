"""An account that is silent against its own rhythm is one to-do, until a statement comes."""

from datetime import date, datetime, timedelta

from odoo.tests import tagged

from ..codabox.bank_days import is_bank_day
from ..models.journal.account_journal_codabox_silence import TYPE
from .common import IBAN, NUMBER, CodaboxCase, statement

LAST = date(2028, 2, 25)  # a Friday before a leap day
ONE_DAY = timedelta(days=1)


def after(number, day=LAST):
    """Return the bank day so many of them after a day."""
    while number:
        day += ONE_DAY
        number -= is_bank_day(day)
    return day


@tagged("-at_install", "post_install")
class TestSilentAccounts(CodaboxCase):
    mapped = True

    def setUp(self):
        super().setUp()
        days = [LAST - number * ONE_DAY for number in range(14)]
        self.deliver(*(self.of_day(day) for day in reversed(days) if is_bank_day(day)))
        self.night()

    def of_day(self, day):
        """Return an empty statement of the account."""
        return statement(
            account=IBAN, enterprise_number=NUMBER, day=day, opening_day=day - ONE_DAY, opening="0"
        )

    def watch(self, today):
        """The daily cleaning comes on a day, in the night of which CodaBox was asked."""
        self.feed().last_fetch = datetime.combine(today, datetime.min.time())
        self.env["account.journal"].sudo()._codabox_watch_accounts(today)

    def todos(self):
        return self.journal.sudo().activity_search([TYPE])

    def assert_silent(self, is_silent, today=None):
        self.watch(today or after(10))
        self.assertEqual(len(self.todos()), int(is_silent))

    def test_ten_bank_days_of_silence_are_one_todo_until_a_statement_comes(self):
        self.assert_silent(False, after(10) - ONE_DAY)
        self.assert_silent(True)
        todo = self.todos()
        self.assertEqual(todo.user_id, self.accountant)
        self.assertIn(self.journal.name, todo.note)
        self.assert_silent(True, after(30))
        self.assertEqual(self.todos(), todo)
        self.deliver(self.of_day(after(9)))
        self.night()
        self.assertFalse(self.todos())
        self.assert_silent(False, after(12))

    def test_who_answered_is_asked_again_only_when_it_stops_anew(self):
        self.assert_silent(True)
        self.todos().action_feedback()
        self.assert_silent(False, after(20))
        self.deliver(self.of_day(after(20)))
        self.night()
        self.assert_silent(True, after(31))

    def test_where_no_statement_is_to_come_nobody_is_asked(self):
        for record, values in (
            (self.feed(), {"is_fetched": False}),
            (self.feed(), {"state": "ended"}),
            (self.connection, {"state": "disconnected"}),
            (self.connection, {"fetch_automatically": False}),
            (self.journal, {"active": False}),
        ):
            with self.subTest(values), self.rolled_back():
                record.sudo().write(values)
                self.assert_silent(False)

    def test_nights_that_failed_are_no_silence_of_the_account(self):
        since = datetime.combine(after(3), datetime.min.time())
        for record in (self.feed(), self.connection.sudo()):
            with self.rolled_back():
                record.failing_since = since
                self.assert_silent(False, after(40))
        self.assert_silent(True)
        self.feed().failing_since = datetime.combine(after(12), datetime.min.time())
        self.assert_silent(True, after(13))

    def test_a_client_that_was_not_asked_for_since_says_nothing_of_its_account(self):
        self.feed().last_fetch = datetime.combine(after(3), datetime.min.time())
        self.env["account.journal"].sudo()._codabox_watch_accounts(after(40))
        self.assertFalse(self.todos())

    def test_an_account_whose_mandate_tells_itself_is_no_second_todo(self):
        mandate = self.env["codabox.mandate"].sudo().search([("service", "=", "coda")])
        self.assertIn(IBAN, mandate.account_ids.mapped("iban"))
        for state, is_silent in (("problem", False), ("archived", False), ("active", True)):
            with self.subTest(state), self.rolled_back():
                mandate.state = state
                self.assert_silent(is_silent)

    def test_a_file_that_nobody_could_read_yet_is_its_own_todo(self):
        self.sandbox.add_document(self.client, "coda", {"cod": b"no statement"})
        self.night()
        self.assert_silent(False)

    def test_words_of_people_stand_in_the_todo_as_they_are(self):
        self.journal.name = "Zicht <b>1</b>"
        self.assert_silent(True)
        self.assertIn("Zicht &lt;b&gt;1&lt;/b&gt;", self.todos().note)

    def test_accounts_that_rarely_move_cost_no_query_each(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(statements._last_of_silent(after(10))), 1)
            return self.env.cr.sql_log_count - before

        statements = self.env["codabox.statement"].sudo()
        self.watch(after(10))
        few = queries()
        known = statements.search([("journal_id", "=", self.journal.id)], limit=3)
        for number in range(1, 6):
            journal = self.make_journal(self.company, f"BE{number:014d}")
            for record in known:
                record.copy({"journal_id": journal.id, "key": f"{number}-{record.id}"})
        self.assertEqual(queries(), few)

    def test_a_plain_accountant_has_the_todo_on_his_own_journal_only(self):
        self.assert_silent(True)
        mine = self.journal.with_user(self.accountant).activity_ids
        self.assertEqual(mine.activity_type_id, self.env.ref(TYPE))
        self.assertEqual(self.todos().user_id.company_ids, self.company)
