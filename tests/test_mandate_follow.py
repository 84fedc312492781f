"""Changes are told on the client; what stands still or is wrong becomes a to-do, and goes again."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import IBAN, OTHER_IBAN, credit
from .test_mandate_sync import MandateCase

PROBLEM = "account_codabox.mail_activity_type_mandate_problem"
STUCK = "account_codabox.mail_activity_type_mandate_stuck"


class FollowCase(MandateCase):
    mapped = True

    def setUp(self):
        super().setUp()
        self.coda = self.mandates("coda")

    def turn(self, state, days=0, service="coda", **changes):
        """CodaBox has a mandate in a state since so many days; the night reads it."""
        lists = {"coda": "coda_mandates", "soda": "social_mandates"}
        since = (fields.Datetime.now() - timedelta(days=days)).isoformat()
        with self.sandbox.editing(self.client) as client:
            client[lists[service]][0].update(state=state, state_modified_at=since, **changes)
        self.night()

    def todos(self, xml_id, mandate=None):
        return (mandate or self.coda).activity_search([xml_id])


@tagged("-at_install", "post_install")
class TestMandateFollow(FollowCase):
    def test_a_new_state_is_told_on_the_mandate_and_on_its_client(self):
        partner = self.company.partner_id
        before = partner.message_ids
        self.turn("problem", reason="Signer is no mandatary.", reason_code="R-7")
        told = (partner.message_ids - before).mapped("preview")
        self.assertEqual(len(told), 1)
        for words in ("Active", "Problem", "Signer is no mandatary.", self.company.name):
            self.assertIn(words, told[0])
        tracked = self.coda.message_ids.sudo().tracking_value_ids
        self.assertIn("Problem", tracked.mapped("new_value_char"))
        self.night()
        self.assertEqual(len(partner.message_ids - before), 1, "nothing changed, nothing is told")

    def test_taking_over_tells_nothing(self):
        self.assertFalse(
            self.company.partner_id.message_ids.filtered(lambda m: "mandate" in (m.preview or ""))
        )

    def test_a_problem_asks_the_responsible_at_once_and_closes_by_itself(self):
        self.turn("problem", reason="Signer is no mandatary.", reason_code="R-7")
        todo = self.todos(PROBLEM)
        self.assertEqual(todo.user_id, self.accountant)
        self.assertIn("Signer is no mandatary.", todo.note)
        self.night()
        self.assertEqual(self.todos(PROBLEM), todo, "asked once")
        self.turn("signed")
        self.assertFalse(self.todos(PROBLEM))

    def test_the_responsible_of_the_client_goes_before_that_of_the_connection(self):
        self.feed().user_id = self.env.user
        self.turn("problem")
        self.assertEqual(self.todos(PROBLEM).user_id, self.env.user)

    def test_each_state_has_its_own_number_of_days(self):
        states = {
            "registered": 7,
            "prepared": 7,
            "available-online": 14,
            "sent-client": 14,
            "signed": 7,
            "sent-hq": 30,
        }
        for state, days in states.items():
            for passed, expected in ((days - 1, 0), (days + 1, 1)):
                with self.subTest(state=state, days=passed), self.rolled_back():
                    self.turn(state, days=passed)
                    self.assertEqual(len(self.todos(STUCK)), expected)
        soda = self.mandates("soda")
        for state, days in {"requested": 45, "delayed": 30, "confirmed": 60}.items():
            for passed, expected in ((days - 1, 0), (days + 1, 1)):
                with self.subTest(state=state, days=passed), self.rolled_back():
                    self.turn(state, days=passed, service="soda")
                    self.assertEqual(len(self.todos(STUCK, soda)), expected)

    def test_the_number_of_days_is_a_setting_of_the_office(self):
        settings = self.env["res.config.settings"].create({})
        settings.codabox_days_to_sign = 3
        settings.execute()
        self.turn("sent-client", days=4)
        self.assertIn("Remind the client", self.todos(STUCK).note)
        self.company.codabox_days_to_sign = 0
        self.night()
        self.assertFalse(self.todos(STUCK), "0 is never")

    def test_what_moves_on_is_asked_no_more(self):
        self.turn("sent-client", days=20)
        self.assertTrue(self.todos(STUCK))
        self.turn("sent-hq")
        self.assertFalse(self.todos(STUCK))
        self.turn("active", days=400)
        self.assertFalse(self.coda.activity_ids, "an active mandate is never stuck")

    def test_a_todo_that_a_person_closed_comes_back_only_after_a_while(self):
        self.turn("sent-client", days=20)
        self.todos(STUCK).action_feedback("Phoned him.")
        self.night()
        self.assertFalse(self.todos(STUCK))
        self.coda.todo_on = fields.Datetime.now() - timedelta(days=15)
        self.night()
        self.assertTrue(self.todos(STUCK))

    def test_refreshing_by_hand_closes_the_todo_too(self):
        self.turn("problem")
        self.sandbox.set_coda_mandate(self.client, IBAN, state="signed")
        self.press(self.coda, "action_refresh")
        self.assertFalse(self.todos(PROBLEM))

    def test_the_reminders_that_are_due_follow_the_rules_of_codabox(self):
        self.turn("sent-client", days=30)
        self.assertEqual(self.coda.reminder_count, 2)
        self.turn("available-online", days=30)
        self.assertEqual(self.coda.reminder_count, 0, "there the office reminds")

    # --- Silent --------------------------------------------------------------------------------

    def test_the_last_document_of_each_mandate_and_account_is_known(self):
        self.deliver(self.day(15, credit("10")))
        self.deliver(self.day(18, credit("10"), opening="10"))
        self.sandbox.add_document(
            self.client, "soda", {"xml": b"<soda/>"}, metadata={"issue_date": "2026-01-31"}
        )
        self.night()
        self.assertEqual(str(self.coda.last_document_date), "2026-01-18")
        self.assertEqual(str(self.coda.account_ids.last_document_date), "2026-01-18")
        self.assertEqual(str(self.mandates("soda").last_document_date), "2026-01-31")
        self.assertFalse(self.mandates("purchase_invoice").last_document_date)

    def test_the_filters_find_silent_and_unsigned_mandates(self):
        view = self.env.ref("account_codabox.codabox_mandate_view_search")
        arch = self.env["codabox.mandate"].with_user(self.accountant).get_view(view.id, "search")
        self.assertIn('name="silent_30"', arch["arch"])
        today = fields.Date.today()
        domain = [
            ("state", "=", "active"),
            "|", ("last_document_date", "=", False), ("last_document_date", "<", "today -30d"),
        ]  # fmt: skip
        mandates = self.env["codabox.mandate"].with_user(self.accountant)
        self.assertIn(self.coda, mandates.search(domain).sudo())
        self.coda.last_document_date = today - timedelta(days=29)
        self.assertNotIn(self.coda, mandates.search(domain).sudo())


@tagged("-at_install", "post_install")
class TestMandateComparison(FollowCase):
    def rows(self, user=None):
        """Return account -> result, as a user sees the report."""
        report = self.seen_by(user or self.accountant, self.env["codabox.mandate.comparison"])
        self.env.flush_all()
        return {row.iban: row.result for row in report.search([])}

    def test_an_account_in_order(self):
        self.assertEqual(self.rows(), {IBAN: "no_document"})
        self.coda.account_ids.last_document_date = fields.Date.today()
        self.assertEqual(self.rows(), {IBAN: "ok"})
        self.coda.account_ids.last_document_date = fields.Date.today() - timedelta(days=40)
        self.assertEqual(self.rows(), {IBAN: "silent"})
        self.turn("sent-client")
        self.assertEqual(self.rows(), {IBAN: "under_way"})

    def test_a_journal_without_mandate_and_a_mandate_without_journal(self):
        self.sandbox.set_coda_mandate(self.client, IBAN, ibans=[OTHER_IBAN])
        self.night()
        self.assertEqual(self.rows(), {IBAN: "no_mandate", OTHER_IBAN: "no_journal"})
        self.turn("archived")
        self.assertEqual(self.rows(), {IBAN: "no_mandate"})
        (row,) = self.seen_by(self.accountant, self.env["codabox.mandate.comparison"]).search([])
        self.assertEqual(row.action_open()["res_model"], "account.journal")

    def test_two_journals_or_two_mandates_of_one_account_do_not_double_lines(self):
        self.make_journal(self.company, IBAN, currency_id=self.env.ref("base.USD").id)
        self.assertEqual(self.rows(), {IBAN: "no_document"})
        report = self.env["codabox.mandate.comparison"].sudo().search([])
        self.assertEqual(len(report), len(set(report.ids)))

    def test_a_company_sees_the_lines_of_its_own_books_only(self):
        other = self.sandbox.add_client("P", "Garage Piet", accounts=[OTHER_IBAN])
        self.map_client(self.other_company, other)
        self.assertEqual(set(self.rows()), {IBAN})
        self.assertEqual(set(self.rows(self.env.user)), {IBAN, OTHER_IBAN})

    def test_a_client_that_is_no_company_is_shown_to_the_office(self):
        self.sandbox.add_client("S", "Stranger", accounts=[OTHER_IBAN])
        self.night()
        self.assertEqual(self.rows()[OTHER_IBAN], "no_company")
