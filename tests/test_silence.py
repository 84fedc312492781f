"""Never silent: each cause for which nothing comes has one to-do, which closes by itself."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ..models.connection import codabox_silence, codabox_silence_action
from .common import CodaboxCase, credit

CONNECTION = codabox_silence.CONNECTION_TYPE
CLIENT = codabox_silence.CLIENT_TYPE
ACTION = codabox_silence_action.TYPE


class SilenceCase(CodaboxCase):
    def setUp(self):
        super().setUp()
        self.map_client()
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
class TestSilentAction(SilenceCase):
    def watch(self):
        self.env["codabox.connection"].sudo()._watch_scheduled_action()

    def well(self):
        return {
            "active": True,
            "failure_count": 0,
            "first_failure_date": False,
            "lastcall": fields.Datetime.now() - timedelta(hours=1),
        }

    def troubles(self):
        now = fields.Datetime.now()
        yield {"active": False}
        yield {"lastcall": now - timedelta(hours=27)}
        yield {"failure_count": 4, "first_failure_date": now - timedelta(days=4)}

    def test_a_scheduled_action_in_trouble_is_one_todo_until_it_runs_again(self):
        cron = self.cron.sudo()
        for values in self.troubles():
            with self.subTest(values):
                cron.write(self.well())
                self.watch()
                self.assertFalse(self.todos())
                cron.write(values)
                self.watch()
                todo = self.assert_one(ACTION, self.connection)
                self.watch()
                self.assertEqual(self.todos(), todo)
                cron.write(self.well())
                self.watch()
                self.assertFalse(self.todos())

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
        method = self.env.registry["codabox.connection"]._watch_scheduled_action
        self.assertTrue(method._autovacuum)
