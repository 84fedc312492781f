"""The payroll journal: upload by hand, fetch, what is to do, and the month that does not come."""

import io
import zipfile
from datetime import date

from psycopg2 import OperationalError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..codabox import GRACE, month_end
from ..codabox.sandbox import pdf
from .common import NUMBER, OTHER_NUMBER
from .soda_common import SodaCase, soda, write_soda

MISSING = "account_codabox.mail_activity_type_payroll_month"


@tagged("-at_install", "post_install")
class TestSodaJournal(SodaCase):
    def setUp(self):
        super().setUp()
        self.today = date(2026, 5, 15)
        self.patch(
            fields.Date, "context_today", staticmethod(lambda _record, timestamp=None: self.today)
        )
        self.payroll_journal = self.company._codabox_payroll_journal()

    def upload(self, *files, user=None, button=True, journal=None):
        """Upload files on a journal card as the browser does; return what was made."""
        with self.as_user(user or self.payroll_user) as env:
            attachments = env["ir.attachment"].create(
                [{"name": name, "raw": content} for name, content in files]
            )
            journal = env["account.journal"].browse((journal or self.payroll_journal).id)
            if button:
                journal = journal.with_context(codabox_upload=True)
            action = journal.create_document_from_attachment(attachments.ids)
            ids = [action["res_id"]] if action.get("res_id") else action["domain"][0][2]
        self.env.invalidate_all()
        return self.env[action["res_model"]].sudo().browse(ids)

    def file(self, **values):
        return write_soda(soda(self.month(**values)))

    def test_an_upload_is_booked_with_its_pdf_and_delivered_later_it_is_a_duplicate(self):
        document = self.upload(("jan.xml", self.file()), ("jan.pdf", pdf(["January"])))
        self.assert_state(document, "imported")
        self.assertEqual((document.kind, document.channel), ("soda", "upload"))
        move = document.payroll_ids.move_id
        self.assertEqual(move.journal_id, self.payroll_journal)
        self.assertTrue(move.message_main_attachment_id)
        again = self.receive_soda(data=self.file())
        self.assert_state(again, "duplicate", "same_statement")

    def test_a_file_that_is_dropped_is_recognised_by_its_content(self):
        document = self.upload(("x.txt", self.file()), button=False)
        self.assertEqual(document._name, "codabox.document")
        other = self.upload(("letter.txt", b"Hello"), button=False)
        self.assertEqual(other._name, "account.move")

    def test_a_zip_with_two_months_is_two_documents_booked_in_order(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("b/feb.xml", self.file(period="202602", sequence="2"))
            archive.writestr("b/jan.xml", self.file())
            archive.writestr("b/jan.pdf", pdf(["January"]))
        documents = self.upload(("payroll.zip", buffer.getvalue()))
        self.assertEqual(documents.mapped("state"), ["imported", "imported"])
        periods = documents.payroll_ids.sorted("id").mapped("period")
        self.assertEqual(periods, ["202601", "202602"])
        self.assertEqual(len(documents.payroll_ids._attachments()), 3)

    def test_what_is_no_payroll_is_kept_and_told(self):
        document = self.upload(("x.xml", b"<Invoice/>"))
        self.assert_state(document, "failed", "not_soda")
        with self.assertRaisesRegex(UserError, "only.pdf"):
            self.upload(("only.pdf", pdf(["x"])))

    def test_who_is_not_of_payroll_uploads_none(self):
        for button in (True, False):
            with self.assertRaises(AccessError):
                self.upload(("jan.xml", self.file()), user=self.accountant, button=button)

    def card(self, user):
        self.env.invalidate_all()
        journal = self.payroll_journal.with_user(user)
        return journal._get_journal_dashboard_data_batched()[journal.id].get("codabox_payroll")

    def test_the_card_offers_fetch_and_upload_and_counts_what_is_to_do(self):
        self.upload(("bad.xml", b"<SocialDocument/>"))
        self.receive_soda(self.month())
        self.assertEqual(
            self.card(self.payroll_user),
            {"connected": True, "upload": True, "todo": 2, "unmapped": 3, "closed": False},
        )
        self.assertEqual(
            self.card(self.accountant),
            {"connected": True, "upload": False, "todo": 0, "unmapped": 3, "closed": False},
        )

    def test_fetch_on_the_card_brings_the_payroll(self):
        index = self.deliver_soda(self.month())
        self.press(self.payroll_journal, "action_codabox_fetch")
        self.run_job()
        self.assert_state(self.document(index), "imported")

    # --- The month that does not come ------------------------------------------------------------

    def todos(self):
        return self.payroll_journal.activity_ids.filtered(
            lambda a: a.activity_type_id == self.env.ref(MISSING)
        )

    def months_before(self, count):
        """Return the month this many months before the last one that is late, as ``YYYYMM``."""
        day = self.today - GRACE
        months = day.year * 12 + day.month - 2 - count  # the last month that ended before that day
        return f"{months // 12}{months % 12 + 1:02d}"

    def test_a_late_month_is_asked_once_and_the_question_closes_when_it_comes(self):
        for day in (
            "2026-12-31",
            "2027-01-01",
            "2027-01-20",  # December is twenty days over
            "2027-01-21",  # and one more: late
            "2028-02-29",
            "2028-03-20",
            "2028-03-21",
        ):
            self.today = date.fromisoformat(day)
            with self.subTest(day), self.rolled_back():
                self.assert_asked_once()

    def assert_asked_once(self):
        self.receive_soda(self.month(period=self.months_before(1)))
        self.night()
        (todo,) = self.todos()
        month = self.months_before(0)
        self.assertIn(f"TESTSOC for {month[4:]}/{month[:4]}", todo.note)
        self.assertEqual(todo.user_id, self.payroll_user)
        self.receive_soda(self.month(period=month, sequence="2"))
        self.assertFalse(self.todos(), "the month after it is not late yet")

    def test_a_month_in_between_is_asked_about_until_it_comes_itself(self):
        for count, sequence in ((3, "1"), (2, "2"), (0, "3")):
            self.receive_soda(self.month(period=self.months_before(count), sequence=sequence))
        month = self.months_before(1)
        (todo,) = self.todos()
        self.assertIn(f"for {month[4:]}/{month[:4]}", todo.note)
        self.night()
        self.assertEqual(self.todos(), todo)
        self.receive_soda(self.month(period=month, sequence="4"))
        self.assertFalse(self.todos())

    def test_payroll_that_waits_has_come_and_that_of_another_has_not(self):
        self.receive_soda(self.month(period=self.months_before(1)))
        month = self.months_before(0)
        self.company.sudo().fiscalyear_lock_date = month_end(month)
        for enterprise, is_missing in ((OTHER_NUMBER, True), (NUMBER, False)):
            document = self.receive_soda(
                self.month(period=month, sequence="2", enterprise=enterprise)
            )
            self.assertEqual(document.state, "waiting")
            self.assertEqual(bool(self.todos()), is_missing, enterprise)

    def test_who_has_it_now_may_read_another_language(self):
        self.receive_soda(self.month(period=self.months_before(1)))
        (todo,) = self.todos()
        self.env["res.lang"]._activate_lang("nl_BE")
        todo.user_id.lang = "nl_BE"
        self.night()
        self.assertEqual(self.todos(), todo)

    def test_who_answered_is_not_asked_again(self):
        self.receive_soda(self.month(period=self.months_before(1)))
        self.todos().action_feedback()
        self.night()
        self.assertFalse(self.todos())

    def test_a_secretariat_that_was_left_long_ago_is_not_asked_about(self):
        self.receive_soda(self.month(period=self.months_before(8)))
        self.night()
        self.assertFalse(self.todos())

    def test_the_settings_make_the_journal_and_keep_it(self):
        self.assertEqual(self.company._codabox_payroll_journal(), self.payroll_journal)
        other = self.other_company._codabox_payroll_journal()
        self.assertEqual((other.company_id, other.code), (self.other_company, "SODA"))


@tagged("-at_install", "post_install")
class TestSodaJournalTogether(TransactionCase):
    def test_of_two_workers_that_make_the_journal_the_second_waits_for_the_first(self):
        company = self.env.ref("base.main_company")  # in the database, so that both see it
        self.assertFalse(company.codabox_soda_journal_id)
        self.env.cr.execute("SET LOCAL lock_timeout = '100ms'")
        with self.registry.cursor() as first:
            first.execute("SELECT FROM res_company WHERE id = %s FOR NO KEY UPDATE", [company.id])
            with (
                self.assertRaises(OperationalError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(flush=False),
            ):
                company._codabox_payroll_journal()
        journal = company._codabox_payroll_journal()
        self.assertEqual(journal.company_id, company)
        self.assertEqual(company._codabox_payroll_journal(), journal)
