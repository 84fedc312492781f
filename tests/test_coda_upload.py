"""Files uploaded by hand on a journal card go the same way, and never double a delivery."""

import base64
import io
import zipfile

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..codabox import Channel
from ..codabox.coda import write_coda
from ..codabox.sandbox import pdf
from .common import IBAN, NUMBER, OTHER_IBAN, UNKNOWN_IBAN, CodaboxCase, credit


@tagged("-at_install", "post_install")
class TestCodaUpload(CodaboxCase):
    def setUp(self):
        super().setUp()
        self.first_day = self.day(15, credit("10", communication="One"))
        self.second_day = self.day(16, credit("20", communication="Two"), opening="10")

    def upload(self, *picked, journal=None, user=None, button=True):
        """Upload (name, content) files as the widget on the journal card does.

        Returns the documents, and what the user is told by file name.
        """
        with self.as_user(user or self.accountant) as env:
            attachments = env["ir.attachment"].create(
                [{"name": name, "raw": content} for name, content in picked]
            )
            context = {"default_journal_id": (journal or self.journal).id}
            if button:
                context["codabox_upload"] = True
            action = (
                env["account.journal"]
                .with_context(**context)
                .create_document_from_attachment(attachments.ids)
            )
            self.action = action
            told = action["context"].get("notifications", {})
            ids = env[action["res_model"]].search(action["domain"], order="id").ids
        return self.env[action["res_model"]].sudo().browse(ids), told

    def zipped(self, **files):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in files.items():
                archive.writestr(name.replace("_", "."), content)
        return buffer.getvalue()

    def delivered_pdf(self, document):
        """Give the PDF that CodaBox has of a delivered document."""
        return self.sandbox.find(document.remote_index, Channel.FEED)[1].files["pdf"]

    def test_an_uploaded_file_is_booked_without_any_client_of_codabox(self):
        document, told = self.upload(("15.cod", write_coda([self.first_day])))
        self.assert_state(document, "imported")
        self.assertFalse(told)
        self.assertFalse(document.feed_id)
        self.assertEqual((document.channel, document.company_id), ("upload", self.company))
        self.assertEqual(self.action["res_id"], document.id)
        self.assertEqual(self.lines().mapped("amount"), [10.0])
        self.assert_books_agree(document.statement_ids.bank_statement_id)
        self.assertEqual(document.file_ids._raw(), write_coda([self.first_day]))
        self.assertFalse(document.activity_ids)
        self.assertFalse(self.env["ir.attachment"].search([("name", "=", "15.cod")]).filtered(
            lambda a: not a.res_model
        ))  # fmt: skip
        self.assertFalse(self.env["codabox.feed.kind"].search([("feed_id", "=", False)]))

    def test_a_zip_of_several_is_booked_in_the_order_of_the_statements_with_their_pdfs(self):
        content = self.zipped(
            a_cod=write_coda([self.second_day]),
            a_pdf=pdf(["Two"]),
            b_txt=write_coda([self.first_day]),
            notes_txt=b"Hello",
        )
        documents, told = self.upload(("all.zip", content))
        self.assertEqual(documents.mapped("state"), ["imported", "imported"])
        self.assertEqual(self.lines().mapped("running_balance"), [10.0, 30.0])
        second = documents.filtered(lambda d: d.document_date == self.second_day.closing.date)
        self.assertEqual(sorted(second.file_ids.mapped("format")), ["cod", "pdf"])
        self.assertIn(
            b"%PDF", second.statement_ids.bank_statement_id.attachment_ids.mapped("raw")[1][:5]
        )
        self.assertEqual(list(told), ["notes.txt"])

    def test_the_account_in_the_file_says_the_journal_not_the_card(self):
        other = self.make_journal(self.company, OTHER_IBAN)
        document, _told = self.upload(("15.cod", write_coda([self.first_day])), journal=other)
        self.assertEqual(document.statement_ids.bank_statement_id.journal_id, self.journal)
        self.assertFalse(self.lines(other))

    def test_an_account_of_another_company_waits_and_tells_who_uploaded(self):
        self.make_journal(self.other_company, OTHER_IBAN)
        content = write_coda([self.day(15, credit("1"), account=OTHER_IBAN)])
        document, _told = self.upload(("15.cod", content))
        self.assert_state(document, "waiting", "account_elsewhere")
        self.assertIn("another company", document.with_user(self.accountant).reason)
        self.assertRecordValues(document.activity_ids, [{"user_id": self.accountant.id}])

    def test_an_unknown_account_waits_and_its_todo_closes_when_it_is_booked(self):
        content = write_coda([self.day(15, credit("1"), account=UNKNOWN_IBAN)])
        document, _told = self.upload(("15.cod", content))
        self.assert_state(document, "waiting", "unknown_account")
        self.assertTrue(document.activity_ids)
        self.make_journal(self.company, UNKNOWN_IBAN)
        self.press(document, "action_retry")
        self.assert_state(document, "imported")
        self.assertFalse(document.activity_ids)

    def test_what_cannot_be_read_is_kept_failed_and_told_at_once(self):
        whole = write_coda([self.first_day])
        for name, content, code in (
            ("bill.txt", b"Dear customer", "not_recognised"),
            ("empty.cod", b"", "not_recognised"),
            ("half.cod", whole[: len(whole) // 2], "broken_content"),
            ("half.zip", self.zipped(a_cod=whole)[:-40], "not_recognised"),
        ):
            with self.subTest(name), self.rolled_back():
                document, _told = self.upload((name, content))
                self.assert_state(document, "failed", code)
                # The form that opens shows the reason.
                self.assertEqual(
                    (self.action["res_id"], self.action["view_mode"]), (document.id, "form")
                )
                self.assertEqual(document.file_ids._raw(), content)
                self.assertTrue(document.activity_ids)
        self.assertFalse(self.lines())

    def test_a_bad_file_among_good_ones_stops_none_of_them(self):
        documents, told = self.upload(
            ("15.cod", write_coda([self.first_day])),
            ("bad.cod", b"Hello"),
            ("16.cod", write_coda([self.second_day])),
        )
        self.assertEqual(sorted(documents.mapped("state")), ["failed", "imported", "imported"])
        failed = documents.filtered(lambda d: d.state == "failed")
        self.assertEqual(told, {"bad.cod": failed.reason})
        self.assertEqual(self.lines().mapped("amount"), [10.0, 20.0])

    def test_the_same_file_twice_points_to_the_first_and_books_once(self):
        content = write_coda([self.first_day])
        first, _told = self.upload(("15.cod", content))
        again, _told = self.upload(("copy.cod", content))
        self.assert_state(again, "duplicate", "same_statement")
        self.assertEqual(again.duplicate_of_id, first)
        self.assertEqual(self.lines().mapped("amount"), [10.0])

    def test_a_delivery_of_what_was_uploaded_is_a_duplicate_and_gives_its_pdf(self):
        self.map_client()
        uploaded, _told = self.upload(("15.cod", write_coda([self.first_day])))
        delivered = self.receive(self.first_day)
        self.assert_state(delivered, "duplicate", "same_statement")
        self.assertEqual(delivered.duplicate_of_id, uploaded)
        self.assertEqual(self.lines().mapped("amount"), [10.0])
        bank_statement = uploaded.statement_ids.bank_statement_id
        shown = bank_statement.with_user(self.accountant).codabox_pdf
        self.assertEqual(base64.b64decode(shown), self.delivered_pdf(delivered))
        self.assertEqual(len(bank_statement.attachment_ids), 2)

    def test_a_pdf_that_codabox_gives_later_is_shown_with_the_statement(self):
        self.map_client()
        document = self.receive(self.first_day, files=("cod", "xml"))
        bank_statement = document.statement_ids.bank_statement_id
        self.assertFalse(bank_statement.codabox_pdf)
        self.sandbox.find(document.remote_index, Channel.FEED)[1].files["pdf"] = pdf(["Late"])
        self.night()
        self.assertEqual(base64.b64decode(bank_statement.codabox_pdf), self.delivered_pdf(document))
        self.assertEqual(len(bank_statement.attachment_ids), 2)

    def test_an_upload_of_what_was_delivered_is_a_duplicate_also_within_a_bigger_file(self):
        self.map_client()
        delivered = self.receive(self.first_day)
        again, _told = self.upload(("15.cod", write_coda([self.first_day])))
        self.assertEqual(again.duplicate_of_id, delivered)
        both, _told = self.upload(("both.cod", write_coda([self.first_day, self.second_day])))
        self.assert_state(both, "imported")
        self.assertEqual(self.lines().mapped("amount"), [10.0, 20.0])

    def test_the_first_day_to_book_of_a_client_does_not_hold_an_upload(self):
        self.map_client(book_from=self.second_day.closing.date)
        self.assert_state(self.receive(self.first_day), "stored", "before_book_from")
        content = write_coda([self.day(14, credit("1"))])
        self.assert_state(self.upload(("14.cod", content))[0], "imported")

    def test_a_file_of_another_enterprise_waits(self):
        content = write_coda([self.day(15, credit("1"), enterprise_number="0403170701")])
        document, _told = self.upload(("15.cod", content))
        self.assert_state(document, "waiting", "foreign_statement_upload")
        self.assertIn(NUMBER, document.reason)

    def test_a_dropped_file_is_taken_when_it_is_coda_and_left_to_odoo_otherwise(self):
        document, _told = self.upload(("drop.txt", write_coda([self.first_day])), button=False)
        self.assertEqual(document._name, "codabox.document")
        moves, _told = self.upload(("letter.txt", b"Hello"), button=False)
        self.assertEqual(moves._name, "account.move")
        documents, _told = self.upload(
            ("16.cod", write_coda([self.second_day])), ("letter.txt", b"Hello"), button=False
        )
        self.assertEqual((documents._name, len(documents)), ("codabox.document", 1))

    def test_a_pdf_alone_is_no_statement(self):
        with self.assertRaisesRegex(UserError, "only.pdf"):
            self.upload(("only.pdf", pdf(["x"])))

    def test_an_uploaded_document_is_seen_by_its_company_only(self):
        document, _told = self.upload(("15.cod", write_coda([self.first_day])))
        stranger = new_test_user(
            self.env,
            "stranger",
            "base.group_user,account.group_account_user",
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        model = self.env["codabox.document"]
        self.assertIn(document, model.with_user(self.accountant).search([]))
        self.assertFalse(model.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            self.upload(("x.cod", b"x"), user=stranger)

    def test_who_keeps_no_books_uploads_nothing(self):
        auditor = new_test_user(
            self.env,
            "auditor",
            "base.group_user,account.group_account_readonly",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        with self.assertRaises(AccessError):
            self.upload(("15.cod", write_coda([self.first_day])), user=auditor)

    def test_the_card_of_a_bank_journal_offers_the_upload_and_shows_what_is_to_do(self):
        self.upload(("15.cod", write_coda([self.day(15, credit("1"), account=UNKNOWN_IBAN)])))
        journal = self.journal.with_user(self.accountant)
        card = journal._get_journal_dashboard_data_batched()[journal.id]
        self.assertEqual(card["codabox_upload"], {"todo": 1})
        self.assertEqual(journal.bank_account_id.sanitized_acc_number, IBAN)
