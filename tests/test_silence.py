"""Never silent: each cause for which nothing comes has one to-do, which closes by itself."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL, html2plaintext

from ..models.sending import codabox_silence_sending
from ..models.silence import codabox_silence, codabox_silence_action
from .common import CodaboxCase, credit
from .sending_case import SendingCase

CONNECTION = codabox_silence.CONNECTION_TYPE
CLIENT = codabox_silence.CLIENT_TYPE
ACTION = codabox_silence_action.TYPE
SENDING = codabox_silence_sending.TYPE


class SilenceCase(CodaboxCase):
    mapped = True

    def setUp(self):
        super().setUp()
        self.clients = [self.client]
        self.clients += [self.sandbox.add_client(f"C{n}", f"Client {n}") for n in range(3)]
        self.night()

    def fail_for_ever(self, path, kind="server_error"):
        self.sandbox.fail(kind, path=path, times=None)

    def night(self):
        """One more day has passed since what is stored, then the night comes."""
        feeds = self.env["codabox.feed"].sudo().search([])
        for record in [*self.connection.sudo(), *feeds]:
            for name in ("failing_since", "failed_on"):
                if record[name]:
                    record[name] -= timedelta(days=1)
        self.same_day()

    def same_day(self):
        self.connection.next_fetch = False
        self.run_job()

    def nights(self, number):
        for _night in range(number):
            self.night()

    def long_ago(self, records, *names):
        """What these records say was written 27 hours ago."""
        self.env.flush_all()
        for name in names:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s - interval '27 hours' WHERE id IN %s",
                    SQL.identifier(records._table),
                    SQL.identifier(name),
                    SQL.identifier(name),
                    tuple(records.ids),
                )
            )
        self.env.invalidate_all()

    def judge(self):
        self.press(self.connection.browse(), "_watch_silence", user=self.env.ref("base.user_root"))

    def no_round(self):
        """The connection is due, and for 27 hours no round began."""
        self.connection.next_fetch = fields.Datetime.now() - timedelta(hours=3)
        self.long_ago(self.connection, "last_fetch")

    def todos(self, *types):
        """Return the open to-dos about silence, or of these types."""
        types = [self.env.ref(xml_id).id for xml_id in types or (CONNECTION, CLIENT, ACTION)]
        return self.env["mail.activity"].sudo().search([("activity_type_id", "in", types)])

    def assert_one(self, xml_id, record):
        """There is one to-do, of this type, for the responsible of this record."""
        todo = self.todos()
        self.assertEqual(len(todo), 1, todo.mapped("note"))
        self.assertEqual(todo.activity_type_id, self.env.ref(xml_id))
        self.assertEqual((todo.res_model, todo.res_id), (record._name, record.id))
        self.assertEqual(todo.user_id, record._responsible())
        return todo


@tagged("-at_install", "post_install")
class TestSilence(SilenceCase):
    def test_codabox_that_does_not_answer_for_three_nights_is_one_todo_until_it_does(self):
        for kind, path in (
            ("server_error", "/pod-client/"),
            ("drop", "/"),
            ("server_error", r"/delivery/feed/\d+/"),
        ):
            with self.subTest(kind, path=path), self.rolled_back():
                self.fail_for_ever(path, kind)
                self.nights(2)
                self.assertFalse(self.todos(), "two nights pass by themselves")
                self.night()
                todo = self.assert_one(CONNECTION, self.connection)
                self.nights(2)
                self.assertEqual(self.todos(), todo)
                self.sandbox.clear_faults()
                self.night()
                self.assertFalse(self.todos())
                self.assertFalse(self.connection.failing_since)
            self.sandbox.clear_faults()

    def test_nights_are_days_however_often_it_is_tried(self):
        self.fail_for_ever("/pod-client/")
        for _time in range(5):
            self.same_day()
        self.assertEqual(self.connection.failed_nights, 1)
        self.assertFalse(self.todos())

    def test_a_good_night_in_between_begins_anew(self):
        for path in ("/pod-client/", f"/delivery/feed/{self.client}/"):
            for _time in range(2):
                self.fail_for_ever(path)
                self.nights(2)
                self.sandbox.clear_faults()
                self.night()
        self.assertFalse(self.todos())

    def test_a_client_that_fails_alone_has_its_own_todo_until_it_comes_in(self):
        self.deliver(self.day(15, credit("10")))
        self.fail_for_ever(f"/delivery/feed/{self.client}/")
        self.nights(2)
        self.assertFalse(self.todos())
        self.night()
        todo = self.assert_one(CLIENT, self.feed())
        self.assertIn("Bakkerij Jo", html2plaintext(todo.note))
        self.nights(2)
        self.assertEqual(self.todos(), todo)
        self.sandbox.clear_faults()
        self.night()
        self.assertFalse(self.todos())
        self.assertEqual(self.lines().mapped("amount"), [10])

    def test_words_from_outside_are_told_as_they_are(self):
        name = "Bakkerij <b>Jo</b> & Co"
        self.feed().write({"name": name, "failed_nights": 3, "failing_since": "2026-01-01"})
        self.connection.sudo()._judge_silence()
        todo = self.assert_one(CLIENT, self.feed())
        self.assertIn(name, html2plaintext(todo.note))
        before = todo.note
        self.connection.sudo()._judge_silence()
        self.assertEqual(todo.note, before)

    def test_a_client_that_fails_alone_stays_alone_when_codabox_fails_for_a_night(self):
        self.fail_for_ever(f"/delivery/feed/{self.client}/")
        self.nights(3)
        todo = self.assert_one(CLIENT, self.feed())
        self.fail_for_ever(r"/delivery/feed/\d+/")
        self.night()
        self.assertEqual(self.todos(), todo)

    def test_the_button_that_brings_a_client_in_closes_its_todo(self):
        self.fail_for_ever(f"/delivery/feed/{self.client}/")
        self.nights(3)
        self.assert_one(CLIENT, self.feed())
        self.sandbox.clear_faults()
        self.press(self.feed(), "action_fetch")
        self.assertFalse(self.todos())

    def test_who_is_no_longer_fetched_is_no_todo(self):
        self.fail_for_ever(f"/delivery/feed/{self.client}/")
        self.nights(3)
        for values in ({"is_fetched": False}, {"state": "ended"}):
            with self.subTest(values), self.rolled_back():
                self.feed().write(values)
                self.run_job()
                self.assertFalse(self.todos())
        self.connection.fetch_automatically = False
        self.run_job()
        self.assertFalse(self.todos())

    def test_a_file_that_cannot_be_had_is_the_todo_of_its_document_only(self):
        index = self.deliver(self.day(15, credit("10")))
        self.fail_for_ever(f"{index}/cod")
        for _night in range(5):
            files = self.env["codabox.document.file"].sudo().search([("asked_on", "!=", False)])
            for file in files:
                file.asked_on -= timedelta(days=1)
            self.night()
        self.assertFalse(self.todos())
        self.assertEqual(
            self.feed().activity_ids.activity_type_id,
            self.env.ref("account_codabox.mail_activity_type_document"),
        )

    def test_the_todo_says_since_when_in_the_language_of_the_responsible(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.accountant.sudo().lang = "nl_BE"
        self.fail_for_ever("/pod-client/")
        self.nights(3)
        first = self.connection.failing_since.date()
        self.assertEqual(first, fields.Date.today() - timedelta(days=2))
        lang = self.env["res.lang"]._lang_get("nl_BE")
        self.assertIn(first.strftime(lang.date_format), self.todos().note)


@tagged("-at_install", "post_install")
class TestNothingTried(SilenceCase):
    """Nothing fails, because nothing is even tried: only the time that passed tells."""

    def test_a_connection_without_a_round_for_26_hours_is_one_todo_until_one_comes(self):
        self.judge()
        self.assertFalse(self.todos())
        self.no_round()
        self.judge()
        todo = self.assert_one(CONNECTION, self.connection)
        self.judge()
        self.assertEqual(self.todos(), todo)
        self.night()
        self.assertFalse(self.todos())

    def test_a_round_that_is_planned_or_failed_just_now_is_no_rest(self):
        self.no_round()
        for values in (
            {"next_fetch": fields.Datetime.now() + timedelta(hours=1)},
            {"failed_on": fields.Date.today(), "failed_nights": 1},
            {"fetch_automatically": False},
        ):
            with self.subTest(values), self.rolled_back():
                self.connection.sudo().write({"next_fetch": self.connection.next_fetch, **values})
                self.judge()
                self.assertFalse(self.todos())

    def test_a_client_whose_turn_never_comes_is_one_todo_until_it_comes(self):
        feed = self.feed()
        feed.fetch_pending = True
        self.judge()
        self.assertFalse(self.todos(), "it was marked just now")
        self.long_ago(feed, "write_date")
        self.judge()
        todo = self.assert_one(CLIENT, feed)
        self.judge()
        self.assertEqual(self.todos(), todo)
        self.night()
        self.assertFalse(self.todos())

    def test_a_client_at_whose_documents_the_process_dies_is_one_todo(self):
        feed = self.feed()
        run = (
            self.env["codabox.run"]
            .sudo()
            .create({"feed_id": feed.id, "started_at": fields.Datetime.now()})
        )
        self.long_ago(run, "write_date", "started_at")
        feed.write({"fetch_pending": True, "fetch_turns": 3})  # written by its last turn, just now
        self.judge()
        self.assert_one(CLIENT, feed)
        self.night()
        self.assertFalse(self.todos())

    def test_most_clients_without_a_turn_are_one_todo_of_the_connection(self):
        feeds = self.connection.sudo().feed_ids
        feeds.fetch_pending = True
        self.long_ago(feeds, "write_date")
        self.judge()
        self.assert_one(CONNECTION, self.connection)

    def test_what_waits_for_an_action_that_is_off_is_no_second_todo(self):
        self.no_round()
        self.feed().fetch_pending = True
        self.long_ago(self.feed(), "write_date")
        self.cron.sudo().active = False
        self.env["codabox.connection"].sudo()._watch_scheduled_action()
        self.judge()
        self.assert_one(ACTION, self.connection)


class ActionCase:
    """An action of ours in all its troubles. The class says which, and who watches."""

    def well(self, cron):
        """Return an action to what it is when all is well."""
        values = {"active": True, "failure_count": 0, "first_failure_date": False}
        cron.write({**values, "lastcall": fields.Datetime.now() - timedelta(hours=1)})

    def rest(self, *crons):
        """Odoo did not start these actions for 27 hours."""
        for cron in crons:
            cron.lastcall = fields.Datetime.now() - timedelta(hours=27)
            self.env["ir.cron.progress"].sudo().search([("cron_id", "=", cron.id)]).unlink()

    def fail(self, cron):
        """An action fails for days, and Odoo is about to switch it off."""
        first = fields.Datetime.now() - timedelta(days=4)
        cron.write({"failure_count": 4, "first_failure_date": first})

    def off(self, cron):
        cron.active = False

    def troubles(self):
        return (self.off, self.rest, self.fail)


@tagged("-at_install", "post_install")
class TestSilentAction(ActionCase, SilenceCase):
    def watch(self):
        self.env["codabox.connection"].sudo()._watch_scheduled_action()

    def test_a_scheduled_action_in_trouble_is_one_todo_until_it_runs_again(self):
        cron = self.cron.sudo()
        for trouble in self.troubles():
            with self.subTest(trouble.__name__):
                self.well(cron)
                self.watch()
                self.assertFalse(self.todos())
                trouble(cron)
                self.watch()
                todo = self.assert_one(ACTION, self.connection)
                self.watch()
                self.assertEqual(self.todos(), todo)
                self.well(cron)
                self.watch()
                self.assertFalse(self.todos())

    def test_an_action_that_is_started_and_does_not_come_to_its_end_is_not_at_rest(self):
        cron = self.cron.sudo()
        self.rest(cron)
        cron._add_progress()
        self.watch()
        self.assertFalse(self.todos())

    def test_of_several_copies_one_that_works_is_enough(self):
        cron = self.cron.sudo()
        copy = cron.copy({"name": "CodaBox: fetch (2)"})
        self.well(copy)
        for trouble in (self.off, self.rest):
            with self.subTest(trouble.__name__), self.rolled_back():
                trouble(cron)
                self.watch()
                self.assertFalse(self.todos())
                trouble(copy)
                self.watch()
                self.assert_one(ACTION, self.connection)

    def test_each_copy_that_fails_is_told(self):
        copy = self.cron.sudo().copy()
        self.well(copy)
        self.fail(copy)
        self.watch()
        self.assert_one(ACTION, self.connection)

    def test_an_action_that_was_deleted_is_told(self):
        self.cron.sudo().unlink()
        self.watch()
        self.assert_one(ACTION, self.connection)

    def test_however_many_connections_wait_for_the_action_it_is_one_todo(self):
        self.connection.copy({"name": "Second"}).write(
            {"state": "connected", "fetch_automatically": True}
        )
        self.cron.sudo().active = False
        self.watch()
        self.assert_one(ACTION, self.connection)
        self.connection.fetch_automatically = False
        self.watch()
        self.assertEqual(len(self.todos()), 1)
        self.assertNotEqual(self.todos().res_id, self.connection.id)

    def test_nobody_is_told_where_nothing_is_to_be_fetched(self):
        self.cron.sudo().active = False
        for values in ({"fetch_automatically": False}, {"state": "disconnected"}):
            with self.rolled_back():
                self.connection.write(values)
                self.watch()
                self.assertFalse(self.todos())

    def test_the_daily_cleaning_of_odoo_does_the_watching(self):
        connections = self.env.registry["codabox.connection"]
        for name in ("_watch_scheduled_action", "_watch_sending_action", "_watch_silence"):
            self.assertTrue(getattr(connections, name)._autovacuum)


@tagged("-at_install", "post_install")
class TestSilentSending(ActionCase, SendingCase):
    """The action that sends is watched as the one that fetches."""

    def setUp(self):
        super().setUp()
        self.company.sudo().codabox_send_schedule = "daily"
        for cron in (self.cron, self.send_cron):
            self.well(cron.sudo())

    def watch(self):
        self.env["codabox.connection"].sudo()._watch_scheduled_action()
        self.env["codabox.connection"].sudo()._watch_sending_action()

    def opened(self, xml_id=SENDING):
        types = self.env.ref(xml_id)
        return self.env["mail.activity"].sudo().search([("activity_type_id", "=", types.id)])

    def test_an_action_in_trouble_is_one_todo_until_it_runs_again(self):
        cron = self.send_cron.sudo()
        for trouble in self.troubles():
            with self.subTest(trouble.__name__):
                self.watch()
                self.assertFalse(self.opened())
                trouble(cron)
                self.watch()
                todo = self.opened()
                self.assertEqual((len(todo), todo.res_id), (1, self.own.id))
                self.assertFalse(self.opened(ACTION))
                self.watch()
                self.assertEqual(self.opened(), todo)
                self.well(cron)
                self.watch()
                self.assertFalse(self.opened())

    def test_who_sends_by_hand_is_told_while_answers_are_to_be_asked_for(self):
        self.company.sudo().codabox_send_schedule = "manual"
        self.off(self.send_cron.sudo())
        self.watch()
        self.assertFalse(self.opened())
        move = self.invoice()
        self.lose_answer()
        self.break_off("drop", "/sales-invoices/", method="GET")
        self.send(move)
        self.assert_send(move, "unknown", "send_unknown")
        self.watch()
        self.assertEqual(len(self.opened()), 1)

    def test_nobody_is_told_where_nothing_may_be_sent(self):
        self.off(self.send_cron.sudo())
        with self.rolled_back():
            self.own.sudo().state = "broken"
            self.watch()
            self.assertFalse(self.opened())
        self.company.sudo().codabox_consent_id = False
        self.watch()
        self.assertFalse(self.opened())

    def test_where_odoo_starts_no_action_at_all_it_is_one_cause(self):
        self.rest(self.cron.sudo(), self.send_cron.sudo())
        self.watch()
        self.assertEqual(len(self.opened(ACTION)), 1)
        self.assertFalse(self.opened())
        self.connection.sudo().fetch_automatically = False
        self.watch()
        self.assertFalse(self.opened(ACTION))
        self.assertEqual(len(self.opened()), 1, "nobody else is told")
