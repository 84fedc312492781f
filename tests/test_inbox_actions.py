"""What a person does with a document: retry, release, discard, undo; and what is refused."""

import base64
import io
import zipfile

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..codabox import Channel, grouped_iban
from .common import UNKNOWN_IBAN, CodaboxCase, credit, date, debit

CLIENT_ACTIVITY = "account_codabox.mail_activity_type_document"


@tagged("-at_install", "post_install")
class TestInboxActions(CodaboxCase):
    mapped = True

    def book(self):
        document = self.receive(
            self.day(15, credit("121", communication="Seven"), debit("45.99"), opening="1000")
        )
        self.assert_state(document, "imported")
        return document

    def match(self, line):
        """Match a bank line, as far as undo is concerned: its counterpart is known."""
        counterpart = line.move_id.line_ids.filtered(
            lambda item: item.account_id == self.journal.suspense_account_id
        )
        counterpart.account_id = self.env["account.account"].search(
            [("account_type", "=", "income"), ("company_ids", "=", self.company.id)], limit=1
        )
        self.assertTrue(line.is_reconciled)

    def discard(self, document, reason):
        with self.as_user(self.accountant) as env:
            env["codabox.document.discard"].create(
                {"document_ids": document.ids, "reason": reason}
            ).action_discard()

    def snapshot(self):
        return [
            (line.date, line.amount, line.payment_ref, line.running_balance, line.statement_id.name)
            for line in self.lines()
        ]

    # --- Retry, release, discard ---------------------------------------------------------------

    def test_a_booked_document_cannot_be_retried_released_or_discarded(self):
        document = self.book()
        for method in ("action_retry", "action_release", "action_accept_mismatch"):
            with self.subTest(method), self.assertRaisesRegex(UserError, "Imported"):
                self.press(document, method)
        with self.assertRaisesRegex(UserError, "Imported"):
            self.discard(document, "why not")
        self.assertEqual(len(self.lines()), 2)

    def test_what_is_older_than_the_first_day_to_book_is_kept_until_released(self):
        self.feed().kind_ids.filtered(lambda k: k.kind == "coda").book_from = date(2026, 1, 16)
        early = self.receive(self.day(15, credit("10")))
        on_the_day = self.receive(self.day(16, credit("20"), opening="10"))
        self.assert_state(early, "stored", "before_book_from")
        self.assertIn("01/16/2026", early.reason)
        self.assert_state(on_the_day, "imported")
        self.assertTrue(early.can_release)
        self.press(early, "action_release")
        self.assert_state(early, "imported")
        self.assertEqual(self.lines().mapped("running_balance"), [10.0, 30.0])

    def test_discarding_keeps_a_document_out_and_says_who_and_why(self):
        document = self.receive(self.day(15, credit("10"), account=UNKNOWN_IBAN))
        self.discard(document, "Private account of the owner.")
        self.assert_state(document, "discarded", "discarded")
        for text in (self.accountant.name, "Private account of the owner."):
            self.assertIn(text, document.reason)
            self.assertIn(text, document.message_ids[0].body)
        self.make_journal(self.company, UNKNOWN_IBAN)
        self.night()
        self.assertEqual(document.state, "discarded")
        self.assertEqual(set(document.file_ids.mapped("state")), {"here"})

    def test_nothing_is_discarded_without_a_reason(self):
        document = self.receive(self.day(15, credit("10"), account=UNKNOWN_IBAN))
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.discard(document, False)
        self.assertEqual(document.state, "waiting")

    # --- To-dos --------------------------------------------------------------------------------

    def test_documents_that_wait_are_one_to_do_that_closes_by_itself(self):
        feed = self.feed()
        first = self.receive(self.day(15, credit("10"), account=UNKNOWN_IBAN))
        second = self.receive(self.day(16, credit("20"), account=UNKNOWN_IBAN, opening="10"))
        self.assertEqual(feed.activity_ids.user_id, self.accountant)
        self.assertEqual(len(feed.activity_search([CLIENT_ACTIVITY])), 1)
        self.make_journal(self.company, UNKNOWN_IBAN)
        self.press(first, "action_retry")
        self.assertEqual(len(feed.activity_ids), 1, "one still waits")
        self.press(second, "action_retry")
        self.assertFalse(feed.activity_ids)

    def test_the_to_do_goes_to_the_responsible_of_the_client_first(self):
        self.feed().user_id = self.env.ref("base.user_admin")
        self.receive(self.day(15, credit("10"), account=UNKNOWN_IBAN))
        self.assertEqual(self.feed().activity_ids.user_id, self.env.ref("base.user_admin"))

    # --- Undo ----------------------------------------------------------------------------------

    def test_undo_takes_statement_and_lines_away_and_retry_books_the_same(self):
        document = self.book()
        before = self.snapshot()
        statement = document.statement_ids.bank_statement_id
        self.press(document, "action_undo")
        self.assert_state(document, "waiting", "undone")
        self.assertIn(self.accountant.name, document.reason)
        self.assertFalse(statement.exists())
        self.assertFalse(self.lines())
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertEqual(self.snapshot(), before)
        self.assert_books_agree(document.statement_ids.bank_statement_id)

    def test_the_night_does_not_book_again_what_a_person_undid(self):
        document = self.book()
        self.press(document, "action_undo")
        self.night()
        self.assert_state(document, "waiting", "undone")
        self.assertFalse(self.lines())

    def test_undo_is_refused_when_a_line_is_matched_and_names_it(self):
        document = self.book()
        self.match(self.lines()[0])
        with self.assertRaisesRegex(UserError, "Seven"):
            self.press(document, "action_undo")
        self.assertEqual((document.state, len(self.lines())), ("imported", 2))

    def test_undo_is_refused_in_a_closed_period_and_names_the_lock(self):
        # Odoo closes no year with lines to match; one of nothing needs no match.
        document = self.receive(self.day(15, credit("0", communication="Information")))
        self.company.hard_lock_date = date(2026, 1, 31)
        with self.assertRaisesRegex(UserError, "closed until 2026-01-31"):
            self.press(document, "action_undo")
        self.assertEqual((document.state, len(self.lines())), ("imported", 1))

    def test_a_bank_statement_that_a_user_deletes_goes_whole_and_its_document_waits(self):
        document = self.book()
        before = self.snapshot()
        self.press(document.statement_ids.bank_statement_id, "unlink")
        self.assert_state(document, "waiting", "result_deleted")
        self.assertIn(self.accountant.name, document.reason)
        self.assertFalse(self.lines())
        self.assertEqual(len(self.feed().activity_ids), 1)
        self.press(document, "action_retry")
        self.assertEqual(self.snapshot(), before)
        self.assertFalse(self.feed().activity_ids)

    def test_a_user_cannot_delete_a_bank_statement_with_a_matched_line(self):
        document = self.book()
        self.match(self.lines()[0])
        with self.assertRaisesRegex(UserError, "Seven"):
            self.press(document.statement_ids.bank_statement_id, "unlink")
        self.assertEqual((document.state, len(self.lines())), ("imported", 2))

    # --- Looking -------------------------------------------------------------------------------

    def test_the_zip_holds_exactly_the_bytes_of_codabox(self):
        index = self.deliver(self.day(15, credit("10")))
        self.night()
        delivered = self.sandbox.find(index, Channel.FEED)[1].files
        with self.as_user(self.accountant) as env:
            archive = base64.b64decode(
                env["codabox.document"].browse(self.document(index).id).archive
            )
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            found = {name.rpartition(".")[2]: opened.read(name) for name in opened.namelist()}
        self.assertEqual(found, delivered)

    def test_a_reason_is_read_in_the_language_of_the_reader(self):
        document = self.receive(self.day(15, credit("10"), account=UNKNOWN_IBAN))
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env["ir.module.module"]._load_module_terms(["account_codabox"], ["nl_NL"])
        self.assertTrue(
            document.with_context(lang="nl_NL").reason.startswith(
                f"{self.company.name} heeft geen bankdagboek voor rekening {grouped_iban(UNKNOWN_IBAN)} in EUR."
            )
        )
        self.assertIn("has no bank journal", document.with_context(lang="en_US").reason)

    # --- Clients that come and go --------------------------------------------------------------

    def test_a_client_that_disappears_is_ended_and_its_documents_stay(self):
        document = self.receive(self.day(15, credit("10"), account=UNKNOWN_IBAN))
        feed = self.feed()
        self.assertTrue(feed.activity_ids)
        gone = self.sandbox.feeds[self.client]
        self.sandbox.remove_client(self.client)
        self.night()
        self.assertEqual((feed.state, feed.reason_code), ("ended", "client_ended"))
        self.assertFalse(feed.activity_ids)
        self.assertTrue(document.exists())
        self.sandbox.feeds[self.client] = gone
        self.night()
        self.assertEqual((feed.state, feed.reason_code), ("active", False))
